// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timelinechart.h"

#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QFontMetricsF>
#include <QLineSeries>
#include <QLocale>
#include <QPainter>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr double markSize = 8;
constexpr double smallMarkSize = 5;
constexpr int manyPeriods = 60;
constexpr double countShare = 0.2; ///< of the height, for the bars

const QList<Tone> tones = {Tone::Plain, Tone::Unknown, Tone::Green, Tone::Amber, Tone::Red};

} // namespace

TimelineChart::TimelineChart(QWidget *parent)
    : PlotView(parent)
    , m_scale(ValueScale::fromZero(1))
    , m_countScale(ValueScale::fromZero(1))
    , m_values(addChart())
    , m_xAxis(addAxis(m_values, Qt::AlignBottom))
    , m_yAxis(addAxis(m_values, Qt::AlignLeft))
    , m_counts(addChart())
    , m_countXAxis(addAxis(m_counts, Qt::AlignBottom))
    , m_countYAxis(addAxis(m_counts, Qt::AlignLeft))
    , m_bars(new QBarSeries(m_counts))
    , m_barSet(new QBarSet(tr("Rows"), m_bars))
{
    m_bars->append(m_barSet);
    m_bars->setBarWidth(0.7);
    attach(m_counts, m_bars, m_countXAxis, m_countYAxis);
    for (int i = 0; i <= tones.size(); ++i) {
        auto *marks = new QScatterSeries(m_values);
        attach(m_values, marks, m_xAxis, m_yAxis);
        m_marks << marks;
    }
    connect(this, &PlotView::pointActivated, this, [this](int index) {
        m_selected = index;
        Q_EMIT periodSelected(index);
    });
}

void TimelineChart::setData(TimelineData shown)
{
    m_data = std::move(shown);
    double lowest = std::numeric_limits<double>::max();
    double highest = std::numeric_limits<double>::lowest();
    double knee = 0;
    quint64 most = 0;
    const auto include = [&](double value) {
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    };
    for (const auto &p : m_data.points) {
        for (const auto &value : {p.value, p.low, p.high, p.other}) {
            if (value)
                include(*value);
        }
        most = std::max(most, p.count);
    }
    for (const LimitLine &limit : m_data.limits) {
        include(m_data.fromZero ? 1.15 * limit.value : limit.value);
        if (limit.tone != Tone::Plain)
            knee = knee > 0 ? std::min(knee, limit.value) : limit.value;
    }
    m_scale = m_data.fromZero ? ValueScale::fromZero(1.08 * highest, knee).withRoomBelow()
                              : ValueScale::around(lowest, highest);
    m_countScale = ValueScale::fromZero(static_cast<double>(most));
    m_selected = std::min(m_selected, pointCount() - 1);
    contentWasSet();
}

void TimelineChart::setSelected(int period)
{
    m_selected = period < pointCount() ? period : -1;
    viewport()->update();
}

const TimelineData::Point &TimelineChart::point(int index) const
{
    return m_data.points.at(static_cast<std::size_t>(index));
}

double TimelineChart::slot() const
{
    return m_plot.width() / std::max(1, pointCount());
}

ChartTable TimelineChart::table() const
{
    ChartTable table{{tr("Period"), m_data.yTitle, m_data.countTitle, tr("Verdict"), tr("Part of the reference")}, {}};
    const auto any = [this](auto test) { return std::any_of(m_data.points.begin(), m_data.points.end(), test); };
    const bool intervals = any([](const auto &p) { return p.low.has_value(); });
    const bool others = !m_data.otherTitle.isEmpty();
    const auto cell = [](const std::optional<double> &value) { return value ? QVariant(*value) : QVariant(); };
    if (intervals)
        table.columns << tr("Interval from") << tr("to");
    if (others)
        table.columns << m_data.otherTitle;
    for (const auto &p : m_data.points) {
        QVariantList line{p.label, cell(p.value), p.count, p.enough ? toneWord(p.tone) : toneWord(Tone::Unknown),
                          p.inReference ? tr("yes") : tr("no")};
        if (intervals)
            line << cell(p.low) << cell(p.high);
        if (others)
            line << cell(p.other);
        table.rows << line;
    }
    return table;
}

QString TimelineChart::description() const
{
    if (m_data.points.empty())
        return emptyText();
    const auto worst = std::max_element(m_data.points.begin(), m_data.points.end(), [](const auto &a, const auto &b) {
        return std::pair(a.tone, a.value.value_or(0)) < std::pair(b.tone, b.value.value_or(0));
    });
    const auto count = [this](Tone tone) {
        return std::count_if(m_data.points.begin(), m_data.points.end(),
                             [tone](const auto &p) { return p.enough && p.tone == tone; });
    };
    QString words = tr("%1 over %2 periods from %3 to %4.")
                        .arg(m_data.title, QString::number(pointCount()), point(0).label, m_data.points.back().label);
    if (worst->tone == Tone::Amber || worst->tone == Tone::Red)
        words += tr(" %1 red, %2 amber; worst in %3: %4.")
                     .arg(count(Tone::Red))
                     .arg(count(Tone::Amber))
                     .arg(worst->label, QString::number(worst->value.value_or(0), 'f', 3));
    if (m_data.points.back().value)
        words += tr(" Latest: %1.").arg(QString::number(*m_data.points.back().value, 'f', 3));
    const auto poor =
        std::count_if(m_data.points.begin(), m_data.points.end(), [](const auto &p) { return !p.enough; });
    if (poor > 0)
        words += tr(" %n period(s) without enough data.", nullptr, static_cast<int>(poor));
    return words;
}

QRectF TimelineChart::pointArea(int index) const
{
    const double left = m_plot.left() + index * slot();
    const auto &p = point(index);
    if (!p.value)
        return {left, m_countPlot.top(), slot(), m_countPlot.height()};
    const double y = yOf(m_plot, m_scale, *p.value);
    return QRectF(left + slot() / 2 - 4, y - 4, 8, 8);
}

QString TimelineChart::pointText(int index) const
{
    const auto &p = point(index);
    QStringList lines{p.inReference ? tr("%1 (reference)").arg(p.label) : p.label,
                      u"%1: %2"_s.arg(m_data.yTitle, p.value ? QString::number(*p.value, 'f', 4) : u"–"_s),
                      u"%1: %2"_s.arg(m_data.countTitle, QLocale().toString(p.count))};
    if (p.low && p.high)
        lines.insert(
            2, tr("95 % interval: %1 to %2").arg(QString::number(*p.low, 'f', 4), QString::number(*p.high, 'f', 4)));
    if (p.other)
        lines << u"%1: %2"_s.arg(m_data.otherTitle, QString::number(*p.other, 'f', 4));
    if (!p.note.isEmpty())
        lines << p.note;
    return lines.join(u'\n');
}

int TimelineChart::pointAt(const QPointF &position) const
{
    if (pointCount() == 0 || !QRectF(m_plot.topLeft(), m_countPlot.bottomRight()).contains(position))
        return -1;
    const int slotAt = static_cast<int>((position.x() - m_plot.left()) * pointCount() / m_plot.width());
    return std::min(slotAt, pointCount() - 1);
}

QString TimelineChart::emptyText() const
{
    return tr("There are no periods to show.");
}

void TimelineChart::layoutPlots()
{
    const QFontMetricsF metrics(labelFont());
    const QRectF whole = sceneRect();
    const double left = std::max(valueAxisWidth(m_scale), valueAxisWidth(m_countScale)) + 4;
    QStringList labels;
    for (const auto &p : m_data.points)
        labels << p.label;
    m_labels = CategoryAxis(labels, labelFont(), whole.width() - left - 14, CategoryAxis::Crowded::Thin);
    const double top = metrics.height() + 8;
    const double room = whole.height() - top - m_labels.height() - 2;
    if (room < 60 || whole.width() - left < 40)
        return;
    const double bars = countShare * (room - 8);
    m_plot = QRectF(left, top, whole.width() - left - 14, room - bars - 8);
    m_countPlot = QRectF(left, m_plot.bottom() + 8, m_plot.width(), bars);
    m_values->setPlotArea(m_plot);
    m_counts->setPlotArea(m_countPlot);
    m_xAxis->setRange(-0.5, std::max(1, pointCount()) - 0.5);
    m_yAxis->setRange(m_scale.minimum(), m_scale.maximum());
    m_countXAxis->setRange(-0.5, std::max(1, pointCount()) - 0.5);
    m_countYAxis->setRange(0, m_countScale.maximum());
    fillValues();
    fillCounts();
}

void TimelineChart::fillLines(QList<QLineSeries *> &lines, std::optional<double> TimelineData::Point::*value,
                              const QPen &pen)
{
    QList<QList<QPointF>> stretches;
    bool broken = true;
    for (int i = 0; i < pointCount(); ++i) {
        const auto &here = point(i).*value;
        if (here && broken)
            stretches.append(QList<QPointF>());
        if (here)
            stretches.last() << QPointF(i, m_scale.axis(*here));
        broken = !here;
    }
    while (lines.size() < stretches.size()) {
        auto *line = new QLineSeries(m_values);
        attach(m_values, line, m_xAxis, m_yAxis);
        lines << line;
    }
    for (int i = 0; i < lines.size(); ++i) {
        lines.at(i)->replace(stretches.value(i));
        lines.at(i)->setPen(pen);
    }
}

void TimelineChart::fillValues()
{
    fillLines(m_lines, &TimelineData::Point::value, QPen(colours().mutedText, 1.4));
    fillLines(m_otherLines, &TimelineData::Point::other, QPen(colours().current, 2, Qt::DashLine));
    QList<QList<QPointF>> marks(m_marks.size());
    for (int i = 0; i < pointCount(); ++i) {
        const auto &p = point(i);
        if (p.value)
            marks[p.enough ? tones.indexOf(p.tone) : tones.size()] << QPointF(i, m_scale.axis(*p.value));
    }
    for (int i = 0; i < m_marks.size(); ++i) {
        QScatterSeries *series = m_marks.at(i);
        const bool hollow = i == tones.size();
        const Tone tone = hollow ? Tone::Unknown : tones.at(i);
        series->setMarkerShape(tone == Tone::Red     ? QScatterSeries::MarkerShapeRotatedRectangle
                               : tone == Tone::Amber ? QScatterSeries::MarkerShapeTriangle
                                                     : QScatterSeries::MarkerShapeCircle);
        series->setMarkerSize(pointCount() > manyPeriods ? smallMarkSize : markSize);
        series->setColor(hollow ? colours().background : colours().tone(tone));
        series->setBorderColor(colours().tone(tone));
        series->replace(marks.at(i));
    }
}

void TimelineChart::fillCounts()
{
    QList<qreal> counts;
    for (const auto &p : m_data.points)
        counts << static_cast<qreal>(p.count);
    m_barSet->remove(0, m_barSet->count());
    m_barSet->append(counts);
    m_barSet->setColor(colours().reference);
    m_barSet->setPen(Qt::NoPen);
}

void TimelineChart::paintUnder(QPainter &painter)
{
    const double height = m_countPlot.bottom() - m_plot.top();
    for (int first = 0; first < pointCount(); ++first) {
        int after = first;
        while (after < pointCount() && point(after).inReference)
            ++after;
        painter.fillRect(QRectF(m_plot.left() + first * slot(), m_plot.top(), (after - first) * slot(), height),
                         colours().wash(Tone::Unknown));
        first = after;
    }
    if (m_selected >= 0) {
        QColor band = colours().current;
        band.setAlphaF(0.16F);
        painter.fillRect(QRectF(m_plot.left() + m_selected * slot(), m_plot.top(), std::max(2.0, slot()), height),
                         band);
    }
    paintValueAxis(painter, m_plot, m_scale, m_data.yTitle);
    paintCountAxis(painter);
    paintLimits(painter, m_plot, m_scale, m_data.limits);
    paintIntervals(painter);
    painter.setPen(colours().mutedText);
    m_labels.draw(painter, m_countPlot);
}

void TimelineChart::paintIntervals(QPainter &painter) const
{
    QColor quiet = colours().mutedText;
    quiet.setAlphaF(0.6F);
    painter.setPen(QPen(quiet, pointCount() > manyPeriods ? 1.0 : 1.5));
    for (int i = 0; i < pointCount(); ++i) {
        const auto &p = point(i);
        if (!p.low || !p.high)
            continue;
        const double x = m_plot.left() + (i + 0.5) * slot();
        painter.drawLine(QPointF(x, yOf(m_plot, m_scale, *p.low)), QPointF(x, yOf(m_plot, m_scale, *p.high)));
    }
}

void TimelineChart::paintCountAxis(QPainter &painter) const
{
    painter.setPen(QPen(colours().mutedText, 1));
    painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    painter.drawLine(m_countPlot.bottomLeft(), m_countPlot.bottomRight());
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    const double top = m_countScale.ticks().isEmpty() ? 0 : m_countScale.ticks().last();
    const double y = yOf(m_countPlot, m_countScale, top);
    painter.drawText(QRectF(0, y - metrics.height() / 2, m_countPlot.left() - 6, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, m_countScale.label(top));
}

void TimelineChart::paintOver(QPainter &painter)
{
    paintLimitNames(painter, m_plot, m_scale, m_data.limits);
    const QFontMetricsF metrics(labelFont());
    QList<LegendEntry> entries;
    const auto any = [this](auto test) { return std::any_of(m_data.points.begin(), m_data.points.end(), test); };
    if (any([](const auto &p) { return p.inReference; }))
        entries << LegendEntry{tr("reference"), colours().unknownWash.darker(115), LegendEntry::Mark::Square};
    if (any([](const auto &p) { return p.value && !p.enough; }))
        entries << LegendEntry{tr("not enough data"), colours().unknown, LegendEntry::Mark::Hollow};
    if (any([](const auto &p) { return p.other.has_value(); }))
        entries << LegendEntry{m_data.otherTitle, colours().current, LegendEntry::Mark::Line};
    entries << LegendEntry{m_data.countTitle, colours().reference, LegendEntry::Mark::Square};
    const double used = metrics.horizontalAdvance(m_data.yTitle) + (m_scale.logarithmic() ? 72 : 10);
    paintLegend(painter, QRectF(used, 2, m_plot.right() - used, metrics.height()), entries);
}

} // namespace countersign
