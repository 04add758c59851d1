// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/intervalchart.h"

#include <QChart>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr double mark = 9;
constexpr double whiskerEnd = 4;
constexpr double widestLabelShare = 0.4;

const QList<Tone> intervalTones = {Tone::Plain, Tone::Unknown, Tone::Green, Tone::Amber, Tone::Red};

} // namespace

IntervalChart::IntervalChart(QWidget *parent)
    : PlotView(parent)
    , m_scale(ValueScale::fromZero(1))
    , m_chart(addChart())
    , m_xAxis(addAxis(m_chart, Qt::AlignBottom))
    , m_yAxis(addAxis(m_chart, Qt::AlignLeft))
{
    for (const Tone tone : intervalTones) {
        auto *marks = new QScatterSeries(m_chart);
        marks->setMarkerSize(mark);
        marks->setMarkerShape(tone == Tone::Red     ? QScatterSeries::MarkerShapeRotatedRectangle
                              : tone == Tone::Amber ? QScatterSeries::MarkerShapeTriangle
                                                    : QScatterSeries::MarkerShapeCircle);
        attach(m_chart, marks, m_xAxis, m_yAxis);
        m_marks << marks;
    }
}

void IntervalChart::setData(IntervalData shown)
{
    m_data = std::move(shown);
    double lowest = std::numeric_limits<double>::max();
    double highest = std::numeric_limits<double>::lowest();
    const auto include = [&](const std::optional<double> &value) {
        if (value) {
            lowest = std::min(lowest, *value);
            highest = std::max(highest, *value);
        }
    };
    for (const auto &each : m_data.rows) {
        include(each.value);
        include(each.low);
        include(each.high);
    }
    for (const LimitLine &limit : m_data.limits)
        include(limit.value);
    m_scale = ValueScale::around(lowest, highest);
    contentWasSet();
}

const IntervalData::Row &IntervalChart::row(int index) const
{
    return m_data.rows.at(static_cast<std::size_t>(index));
}

double IntervalChart::xOf(double value) const
{
    const double share = (value - m_scale.minimum()) / (m_scale.maximum() - m_scale.minimum());
    return m_plot.left() + share * m_plot.width();
}

double IntervalChart::rowHeight() const
{
    return m_plot.height() / std::max(1, pointCount());
}

double IntervalChart::centreOf(int index) const
{
    return m_plot.top() + (index + 0.5) * rowHeight();
}

ChartTable IntervalChart::table() const
{
    ChartTable table{{m_data.rowTitle, m_data.xTitle, tr("Interval from"), tr("to"), tr("Rows"), tr("Note")}, {}};
    const auto cell = [](const std::optional<double> &value) { return value ? QVariant(*value) : QVariant(); };
    for (const auto &each : m_data.rows)
        table.rows << QVariantList{each.label, cell(each.value), cell(each.low), cell(each.high), each.n, each.note};
    return table;
}

QString IntervalChart::description() const
{
    if (m_data.rows.empty())
        return emptyText();
    QStringList sentences{tr("%1 for %n row(s).", nullptr, pointCount()).arg(m_data.xTitle)};
    for (const auto &each : m_data.rows) {
        if (each.tone == Tone::Red || each.tone == Tone::Amber)
            sentences << tr("%1: %2, %3.")
                             .arg(each.label, toneWord(each.tone), QString::number(each.value.value_or(0), 'g', 3));
    }
    return sentences.join(u' ');
}

QRectF IntervalChart::pointArea(int index) const
{
    const auto &each = row(index);
    const double x = each.value ? xOf(*each.value) : m_plot.left();
    return {x - mark / 2, centreOf(index) - mark / 2, mark, mark};
}

QString IntervalChart::pointText(int index) const
{
    const auto &each = row(index);
    QStringList lines{each.label, u"%1: %2"_s.arg(m_data.xTitle, each.value ? QString::number(*each.value, 'g', 4)
                                                                            : tr("not defined"))};
    if (each.low && each.high)
        lines << tr("95 % interval: %1 to %2")
                     .arg(QString::number(*each.low, 'g', 4), QString::number(*each.high, 'g', 4));
    lines << tr("Rows: %1").arg(QLocale().toString(each.n));
    if (!each.note.isEmpty())
        lines << each.note;
    return lines.join(u'\n');
}

int IntervalChart::neighbour(int index, Qt::Key key) const
{
    const int step = key == Qt::Key_Right || key == Qt::Key_Down ? 1 : -1;
    return std::clamp(index + step, 0, pointCount() - 1);
}

QString IntervalChart::emptyText() const
{
    return m_data.empty.isEmpty() ? tr("There is nothing to compare in this period.") : m_data.empty;
}

void IntervalChart::layoutPlots()
{
    const QFontMetricsF metrics(labelFont());
    double widest = metrics.horizontalAdvance(m_data.rowTitle);
    for (const auto &each : m_data.rows)
        widest = std::max(widest, metrics.horizontalAdvance(each.label));
    const double left = std::min(widest, widestLabelShare * sceneRect().width()) + 12;
    m_plot = sceneRect().adjusted(left, metrics.height() + 8, -18, -2 * metrics.height() - 10);
    if (m_plot.width() < 20 || m_plot.height() < 20)
        return;
    m_chart->setPlotArea(m_plot);
    m_xAxis->setRange(m_scale.minimum(), m_scale.maximum());
    m_yAxis->setRange(-pointCount(), 0);
    for (int t = 0; t < intervalTones.size(); ++t) {
        const Tone tone = intervalTones.at(t);
        QList<QPointF> points;
        for (int i = 0; i < pointCount(); ++i) {
            if (row(i).value && row(i).tone == tone)
                points << QPointF(*row(i).value, -(i + 0.5));
        }
        const QColor colour = tone == Tone::Plain ? colours().current : colours().tone(tone);
        m_marks.at(t)->setColor(colour);
        m_marks.at(t)->setBorderColor(colour);
        m_marks.at(t)->replace(points);
    }
}

void IntervalChart::paintAxis(QPainter &painter) const
{
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    double lastRight = -1;
    for (const double tick : m_scale.ticks()) {
        const double x = xOf(tick);
        painter.setPen(QPen(colours().grid, 1));
        painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
        const QString text = m_scale.label(tick);
        const double half = metrics.horizontalAdvance(text) / 2 + 1;
        if (x - half < lastRight)
            continue;
        painter.setPen(colours().mutedText);
        painter.drawText(QRectF(x - half, m_plot.bottom() + 3, 2 * half, metrics.height()), Qt::AlignCenter, text);
        lastRight = x + half + 4;
    }
    painter.setPen(colours().mutedText);
    painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    painter.drawText(QRectF(m_plot.left(), m_plot.bottom() + 4 + metrics.height(), m_plot.width(), metrics.height()),
                     Qt::AlignCenter, metrics.elidedText(m_data.xTitle, Qt::ElideRight, m_plot.width()));
}

void IntervalChart::paintUnder(QPainter &painter)
{
    paintAxis(painter);
    const QFontMetricsF metrics(labelFont());
    for (const LimitLine &limit : m_data.limits) {
        const bool plain = limit.tone == Tone::Plain;
        painter.setPen(
            QPen(plain ? colours().mutedText : colours().tone(limit.tone), 1.2, plain ? Qt::DotLine : Qt::DashLine));
        painter.drawLine(QPointF(xOf(limit.value), m_plot.top()), QPointF(xOf(limit.value), m_plot.bottom()));
    }
    const double labelWidth = m_plot.left() - 10;
    const int every = std::max(1, static_cast<int>(metrics.height() / std::max(1.0, rowHeight())) + 1);
    for (int i = 0; i < pointCount(); ++i) {
        const auto &each = row(i);
        const double y = centreOf(i);
        if (rowHeight() >= metrics.height() || i % every == 0) {
            painter.setPen(colours().text);
            painter.drawText(QRectF(2, y - metrics.height() / 2, labelWidth, metrics.height()),
                             Qt::AlignLeft | Qt::AlignVCenter,
                             metrics.elidedText(each.label, Qt::ElideMiddle, labelWidth));
        }
        if (!each.value) {
            painter.setPen(colours().mutedText);
            painter.drawText(QRectF(m_plot.left() + 4, y - metrics.height() / 2, m_plot.width(), metrics.height()),
                             Qt::AlignLeft | Qt::AlignVCenter, tr("not defined"));
            continue;
        }
        if (!each.low || !each.high)
            continue;
        painter.setPen(QPen(each.tone == Tone::Plain ? colours().current : colours().tone(each.tone), 1.5));
        painter.drawLine(QPointF(xOf(*each.low), y), QPointF(xOf(*each.high), y));
        for (const double end : {*each.low, *each.high})
            painter.drawLine(QPointF(xOf(end), y - whiskerEnd), QPointF(xOf(end), y + whiskerEnd));
    }
}

void IntervalChart::paintOver(QPainter &painter)
{
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    painter.setPen(colours().mutedText);
    painter.drawText(QRectF(2, 2, m_plot.left() - 8, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_data.rowTitle, Qt::ElideRight, m_plot.left() - 10));
    double free = m_plot.left();
    for (const LimitLine &limit : m_data.limits) {
        const double width = metrics.horizontalAdvance(limit.label) + 4;
        const double left = std::min(std::max(free, xOf(limit.value) - width / 2), m_plot.right() + 16 - width);
        painter.setPen(limit.tone == Tone::Plain ? colours().mutedText : colours().tone(limit.tone));
        painter.drawText(QRectF(left, 2, width, metrics.height()), Qt::AlignCenter, limit.label);
        free = left + width + 4;
    }
}

} // namespace countersign
