// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/histogramchart.h"

#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QValueAxis>
#include <algorithm>

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

double share(quint64 count, quint64 rows)
{
    return rows > 0 ? static_cast<double>(count) / static_cast<double>(rows) : 0;
}

QString percent(double value)
{
    return QLocale().toString(100 * value, 'f', 2) + u" %"_s;
}

void refill(QBarSet *set, const QList<qreal> &values)
{
    set->remove(0, set->count());
    set->append(values);
}

} // namespace

HistogramChart::HistogramChart(QWidget *parent)
    : PlotView(parent)
    , m_scale(ValueScale::fromZero(1))
    , m_chart(addChart())
    , m_xAxis(addAxis(m_chart, Qt::AlignBottom))
    , m_yAxis(addAxis(m_chart, Qt::AlignLeft))
    , m_bars(new QBarSeries(m_chart))
    , m_reference(new QBarSet(tr("Reference"), m_bars))
    , m_current(new QBarSet(tr("Current"), m_bars))
{
    m_bars->append(m_reference);
    m_bars->append(m_current);
    m_bars->setBarWidth(0.84);
    attach(m_chart, m_bars, m_xAxis, m_yAxis);
}

void HistogramChart::setData(HistogramData shown)
{
    m_data = std::move(shown);
    double highest = 0;
    for (int i = 0; i < pointCount(); ++i)
        highest = std::max({highest, referenceShare(i), currentShare(i)});
    m_scale = ValueScale::fromZero(105 * highest);
    contentWasSet();
}

double HistogramChart::referenceShare(int bin) const
{
    return share(m_data.bins.at(static_cast<std::size_t>(bin)).reference, m_data.referenceRows);
}

double HistogramChart::currentShare(int bin) const
{
    return share(m_data.bins.at(static_cast<std::size_t>(bin)).current, m_data.currentRows);
}

ChartTable HistogramChart::table() const
{
    ChartTable table{
        {tr("Bin"), tr("Reference count"), tr("Reference share"), tr("Current count"), tr("Current share")}, {}};
    for (int i = 0; i < pointCount(); ++i) {
        const auto &bin = m_data.bins.at(static_cast<std::size_t>(i));
        table.rows << QVariantList{bin.label, bin.reference, referenceShare(i), bin.current, currentShare(i)};
    }
    return table;
}

QString HistogramChart::description() const
{
    if (m_data.bins.empty())
        return emptyText();
    int widest = 0;
    for (int i = 1; i < pointCount(); ++i) {
        if (std::abs(currentShare(i) - referenceShare(i)) > std::abs(currentShare(widest) - referenceShare(widest)))
            widest = i;
    }
    return tr("%1: %2 (%3 rows) against %4 (%5 rows) in %6 bins. The largest difference is in bin %7: %8 against %9.")
        .arg(m_data.title, m_data.currentLabel, QLocale().toString(m_data.currentRows), m_data.referenceLabel,
             QLocale().toString(m_data.referenceRows), QString::number(pointCount()),
             m_data.bins.at(static_cast<std::size_t>(widest)).label, percent(currentShare(widest)),
             percent(referenceShare(widest)));
}

QRectF HistogramChart::pointArea(int index) const
{
    const double slot = m_plot.width() / std::max(1, pointCount());
    const double top = yOf(m_plot, m_scale, 100 * std::max(referenceShare(index), currentShare(index)));
    return {m_plot.left() + (index + 0.08) * slot, top, 0.84 * slot, std::max(1.0, m_plot.bottom() - top)};
}

QString HistogramChart::pointText(int index) const
{
    const auto &bin = m_data.bins.at(static_cast<std::size_t>(index));
    const QLocale locale;
    return tr("%1\nReference: %2 of %3 (%4)\nCurrent: %5 of %6 (%7)")
        .arg(bin.label, locale.toString(bin.reference), locale.toString(m_data.referenceRows),
             percent(referenceShare(index)), locale.toString(bin.current), locale.toString(m_data.currentRows),
             percent(currentShare(index)));
}

int HistogramChart::pointAt(const QPointF &position) const
{
    if (pointCount() == 0 || !QRectF(m_plot.topLeft(), m_plot.bottomRight()).contains(position))
        return -1;
    const int slot = static_cast<int>((position.x() - m_plot.left()) * pointCount() / m_plot.width());
    return std::min(slot, pointCount() - 1);
}

QString HistogramChart::emptyText() const
{
    return tr("Select a feature to compare its distributions.");
}

void HistogramChart::layoutPlots()
{
    const QFontMetricsF metrics(labelFont());
    QStringList labels;
    QList<qreal> reference;
    QList<qreal> current;
    for (int i = 0; i < pointCount(); ++i) {
        labels << m_data.bins.at(static_cast<std::size_t>(i)).label;
        reference << 100 * referenceShare(i);
        current << 100 * currentShare(i);
    }
    const QRectF whole = sceneRect();
    const double axis = valueAxisWidth(m_scale) + 4;
    m_labels = CategoryAxis(labels, labelFont(), whole.width() - axis - 14, CategoryAxis::Crowded::Slant);
    const double left = std::max(axis, m_labels.overhang());
    m_plot = whole.adjusted(left, metrics.height() + 8, -14, -m_labels.height() - 2);
    if (m_plot.width() < 20 || m_plot.height() < 20)
        return;
    m_chart->setPlotArea(m_plot);
    refill(m_reference, reference);
    refill(m_current, current);
    m_reference->setColor(colours().reference);
    m_current->setColor(colours().current);
    for (QBarSet *set : {m_reference, m_current})
        set->setPen(Qt::NoPen);
    m_xAxis->setRange(-0.5, std::max(1, pointCount()) - 0.5);
    m_yAxis->setRange(m_scale.minimum(), m_scale.maximum());
}

void HistogramChart::paintUnder(QPainter &painter)
{
    const double slot = m_plot.width() / std::max(1, pointCount());
    for (int i = 0; i < pointCount(); ++i) {
        if (m_data.bins.at(static_cast<std::size_t>(i)).outside)
            painter.fillRect(QRectF(m_plot.left() + i * slot, m_plot.top(), slot, m_plot.height()),
                             colours().wash(Tone::Unknown));
    }
    paintValueAxis(painter, m_plot, m_scale, tr("% of rows"));
    painter.setPen(QPen(colours().mutedText, 1));
    painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    m_labels.draw(painter, m_plot);
}

void HistogramChart::paintOver(QPainter &painter)
{
    const QFontMetricsF metrics(labelFont());
    const double used = metrics.horizontalAdvance(tr("% of rows")) + 12;
    paintLegend(painter, QRectF(used, 2, m_plot.right() - used, metrics.height()),
                {{m_data.referenceLabel, colours().reference, LegendEntry::Mark::Square},
                 {m_data.currentLabel, colours().current, LegendEntry::Mark::Square}});
}

} // namespace countersign
