// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/driftscatter.h"

#include <QChart>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>
#include <numeric>

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr double radius = 4.5;
constexpr int mostLabels = 8;
constexpr double longestLabel = 130;
constexpr double unknownX = -0.08; ///< where features of unknown importance stand, left of 0
constexpr int manyPoints = 150;
constexpr double importanceSplit = 0.5; ///< right of it a feature counts as important, as in the field's drift plots

const QList<Tone> tones = {Tone::Plain, Tone::Unknown, Tone::Green, Tone::Amber, Tone::Red};

QScatterSeries::MarkerShape shapeOf(Tone tone)
{
    switch (tone) {
    case Tone::Amber:
        return QScatterSeries::MarkerShapeTriangle;
    case Tone::Red:
        return QScatterSeries::MarkerShapeRotatedRectangle;
    default:
        return QScatterSeries::MarkerShapeCircle;
    }
}

} // namespace

DriftScatter::DriftScatter(QWidget *parent)
    : PlotView(parent)
    , m_scale(ValueScale::fromZero(1))
    , m_chart(addChart())
    , m_xAxis(addAxis(m_chart, Qt::AlignBottom))
    , m_yAxis(addAxis(m_chart, Qt::AlignLeft))
{
    for (const Tone tone : tones) {
        auto *series = new QScatterSeries(m_chart);
        series->setMarkerShape(shapeOf(tone));
        attach(m_chart, series, m_xAxis, m_yAxis);
        m_series << series;
    }
    connect(this, &PlotView::pointActivated, this, [this](int index) {
        m_selected = index;
        Q_EMIT featureSelected(m_data.points.at(static_cast<std::size_t>(index)).name);
    });
}

void DriftScatter::setData(DriftScatterData shown)
{
    const QString selected = m_selected >= 0 ? m_data.points.at(static_cast<std::size_t>(m_selected)).name : QString();
    m_data = std::move(shown);
    auto &points = m_data.points;
    std::stable_sort(points.begin(), points.end(), [](const auto &a, const auto &b) { return a.x < b.x; });
    m_byDrift.resize(pointCount());
    std::iota(m_byDrift.begin(), m_byDrift.end(), 0);
    std::stable_sort(m_byDrift.begin(), m_byDrift.end(), [&points](int a, int b) {
        return points.at(static_cast<std::size_t>(a)).y < points.at(static_cast<std::size_t>(b)).y;
    });
    double highest = 0;
    double knee = 0;
    for (const auto &point : points)
        highest = std::max(highest, point.y);
    for (const LimitLine &limit : m_data.limits) {
        highest = std::max(highest, 1.15 * limit.value);
        knee = knee > 0 ? std::min(knee, limit.value) : limit.value;
    }
    m_scale = ValueScale::fromZero(1.08 * highest, knee).withRoomBelow();
    const bool anyUnknown = std::any_of(points.begin(), points.end(), [](const auto &p) { return !p.x; });
    m_xLowest = m_data.xIsRank ? 0.5 : anyUnknown ? 2 * unknownX : -0.03;
    m_xHighest = m_data.xIsRank ? std::max(1, pointCount()) + 0.5 : 1.05;
    m_selected = -1;
    setSelected(selected);
    contentWasSet();
}

void DriftScatter::setSelected(const QString &feature)
{
    const auto &points = m_data.points;
    const auto found = std::find_if(points.begin(), points.end(), [&](const auto &p) { return p.name == feature; });
    m_selected = found == points.end() ? -1 : static_cast<int>(found - points.begin());
    placeLabels();
    viewport()->update();
}

QStringList DriftScatter::labelled() const
{
    QStringList names;
    for (const NameLabel &label : m_labels)
        names << m_data.points.at(static_cast<std::size_t>(label.point)).name;
    return names;
}

ChartTable DriftScatter::table() const
{
    ChartTable table{{tr("Feature"), m_data.xTitle, m_data.yTitle, tr("Verdict")}, {}};
    for (auto index = m_byDrift.crbegin(); index != m_byDrift.crend(); ++index) {
        const auto &point = m_data.points.at(static_cast<std::size_t>(*index));
        table.rows << QVariantList{point.name, point.x ? QVariant(*point.x) : QVariant(), point.y,
                                   toneWord(point.tone)};
    }
    return table;
}

QString DriftScatter::description() const
{
    if (m_data.points.empty())
        return emptyText();
    QStringList sentences{
        tr("%1 against %2 for %n feature(s).", nullptr, pointCount()).arg(m_data.yTitle, m_data.xTitle)};
    for (const Tone tone : {Tone::Red, Tone::Amber, Tone::Green, Tone::Unknown}) {
        QStringList names;
        int count = 0;
        for (auto index = m_byDrift.crbegin(); index != m_byDrift.crend(); ++index) {
            const auto &point = m_data.points.at(static_cast<std::size_t>(*index));
            if (point.tone != tone)
                continue;
            if (++count <= 3)
                names << tr("%1 %2").arg(point.name, QString::number(point.y, 'f', 3));
        }
        if (count > 0)
            sentences << tr("%1 %2: %3%4.")
                             .arg(count)
                             .arg(toneWord(tone), names.join(u", "_s), count > 3 ? tr(" and more") : QString());
    }
    return sentences.join(u' ');
}

QPointF DriftScatter::position(int index) const
{
    const auto &point = m_data.points.at(static_cast<std::size_t>(index));
    const double share = (point.x.value_or(unknownX) - m_xLowest) / (m_xHighest - m_xLowest);
    return {m_plot.left() + share * m_plot.width(), yOf(m_plot, m_scale, point.y)};
}

QRectF DriftScatter::pointArea(int index) const
{
    const QPointF centre = position(index);
    return {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius};
}

QString DriftScatter::pointText(int index) const
{
    const auto &point = m_data.points.at(static_cast<std::size_t>(index));
    QStringList lines{point.name, u"%1: %2"_s.arg(m_data.yTitle, QString::number(point.y, 'f', 4)),
                      u"%1: %2"_s.arg(m_data.xTitle, point.x ? QString::number(*point.x, 'g', 3) : tr("not known"))};
    if (!point.note.isEmpty())
        lines << point.note;
    return lines.join(u'\n');
}

int DriftScatter::neighbour(int index, Qt::Key key) const
{
    if (key == Qt::Key_Left || key == Qt::Key_Right)
        return PlotView::neighbour(index, key);
    const qsizetype rank = m_byDrift.indexOf(index) + (key == Qt::Key_Up ? 1 : -1);
    return m_byDrift.at(std::clamp<qsizetype>(rank, 0, m_byDrift.size() - 1));
}

QString DriftScatter::emptyText() const
{
    return tr("No feature has this statistic in this period.");
}

void DriftScatter::layoutPlots()
{
    const QFontMetricsF metrics(labelFont());
    const double left = valueAxisWidth(m_scale) + 4;
    const double right = std::max(14.0, limitNamesWidth(m_data.limits) + 2);
    m_plot = sceneRect().adjusted(left, metrics.height() + 8, -right, -2 * metrics.height() - 10);
    if (m_plot.width() < 20 || m_plot.height() < 20)
        return;
    m_chart->setPlotArea(m_plot);
    m_xAxis->setRange(m_xLowest, m_xHighest);
    m_yAxis->setRange(m_scale.minimum(), m_scale.maximum());
    fillSeries();
    placeLabels();
}

void DriftScatter::fillSeries()
{
    for (int i = 0; i < tones.size(); ++i) {
        const Tone tone = tones.at(i);
        QList<QPointF> points;
        for (const auto &point : m_data.points) {
            if (point.tone == tone)
                points << QPointF(point.x.value_or(unknownX), m_scale.axis(point.y));
        }
        QScatterSeries *series = m_series.at(i);
        QColor fill = colours().tone(tone);
        fill.setAlphaF(tone == Tone::Unknown ? 0.0F : 0.85F);
        series->setMarkerSize(pointCount() > manyPoints ? 1.3 * radius : 2 * radius);
        series->setColor(fill);
        series->setBorderColor(colours().tone(tone));
        series->replace(points);
    }
}

void DriftScatter::placeLabels()
{
    m_labels.clear();
    if (m_plot.height() < 20)
        return;
    QList<int> wanted;
    if (m_selected >= 0)
        wanted << m_selected;
    for (auto index = m_byDrift.crbegin(); index != m_byDrift.crend() && wanted.size() < mostLabels; ++index) {
        if (*index != m_selected)
            wanted << *index;
    }
    QList<QRectF> taken;
    for (const int index : std::as_const(wanted))
        taken << pointArea(index);
    const QFontMetricsF metrics(labelFont());
    for (const int index : std::as_const(wanted)) {
        const QString &name = m_data.points.at(static_cast<std::size_t>(index)).name;
        const QString text = metrics.elidedText(name, Qt::ElideMiddle, longestLabel);
        const QSizeF size(metrics.horizontalAdvance(text) + 2, metrics.height());
        const QPointF at = position(index);
        const double away = radius + 3;
        const QList<QRectF> places = {{QPointF(at.x() + away, at.y() - size.height() / 2), size},
                                      {QPointF(at.x() - away - size.width(), at.y() - size.height() / 2), size},
                                      {QPointF(at.x() - size.width() / 2, at.y() - away - size.height()), size},
                                      {QPointF(at.x() - size.width() / 2, at.y() + away), size}};
        for (const QRectF &place : places) {
            const bool free =
                std::none_of(taken.begin(), taken.end(), [&](const QRectF &t) { return t.intersects(place); });
            if (!free || !m_plot.adjusted(0, -4, 8, 4).contains(place))
                continue;
            m_labels << NameLabel{index, text, place};
            taken << place;
            break;
        }
    }
}

void DriftScatter::paintUnder(QPainter &painter)
{
    const double amber = m_data.limits.empty() ? m_plot.top() : yOf(m_plot, m_scale, m_data.limits.front().value);
    if (!m_data.limits.empty()) {
        const double middle =
            m_data.xIsRank ? m_plot.right()
                           : m_plot.left() + (importanceSplit - m_xLowest) / (m_xHighest - m_xLowest) * m_plot.width();
        painter.fillRect(QRectF(m_plot.topLeft(), QPointF(middle, amber)), colours().wash(Tone::Amber));
        painter.fillRect(QRectF(QPointF(middle, m_plot.top()), QPointF(m_plot.right(), amber)),
                         colours().wash(Tone::Red));
        painter.fillRect(QRectF(QPointF(m_plot.left(), amber), m_plot.bottomRight()), colours().wash(Tone::Green));
    }
    paintValueAxis(painter, m_plot, m_scale, m_data.yTitle);
    painter.setPen(QPen(colours().mutedText, 1));
    painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    const QFontMetricsF metrics(labelFont());
    if (m_xLowest < unknownX) {
        const double x = m_plot.left() + (unknownX - m_xLowest) / (m_xHighest - m_xLowest) * m_plot.width();
        painter.drawText(QRectF(x - 20, m_plot.bottom() + 3, 40, metrics.height()), Qt::AlignCenter, tr("n/a"));
    }
    const ValueScale ticks = m_data.xIsRank ? ValueScale::fromZero(pointCount()) : ValueScale::fromZero(1);
    double lastRight = -1;
    for (const double tick : ticks.ticks()) {
        const double share = (tick - m_xLowest) / (m_xHighest - m_xLowest);
        const double x = m_plot.left() + share * m_plot.width();
        const QString text = ticks.label(tick);
        const double half = metrics.horizontalAdvance(text) / 2 + 1;
        if (share < 0 || x - half < lastRight)
            continue;
        painter.drawText(QRectF(x - half, m_plot.bottom() + 3, 2 * half, metrics.height()), Qt::AlignCenter, text);
        lastRight = x + half + 4;
    }
    painter.drawText(QRectF(m_plot.left(), m_plot.bottom() + 4 + metrics.height(), m_plot.width(), metrics.height()),
                     Qt::AlignCenter, metrics.elidedText(m_data.xTitle, Qt::ElideRight, m_plot.width()));
    paintLimits(painter, m_plot, m_scale, m_data.limits);
}

void DriftScatter::paintOver(QPainter &painter)
{
    painter.setFont(labelFont());
    paintLimitNames(painter, m_plot, m_scale, m_data.limits, true);
    QColor halo = colours().background;
    halo.setAlphaF(0.75F);
    for (const NameLabel &label : std::as_const(m_labels)) {
        painter.fillRect(label.area, halo);
        painter.setPen(colours().text);
        painter.drawText(label.area, Qt::AlignCenter, label.text);
    }
    if (m_selected < 0)
        return;
    painter.setPen(QPen(colours().current, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(position(m_selected), radius + 3, radius + 3);
}

} // namespace countersign
