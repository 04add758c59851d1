// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/curvechart.h"

#include <QChart>
#include <QFontMetricsF>
#include <QLineSeries>
#include <QLocale>
#include <QPainter>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr double curveMark = 7;
constexpr double cap = 3; ///< half the width of a whisker's end

QString shortNumber(double value)
{
    return QString::number(value, 'g', 4);
}

} // namespace

CurveChart::CurveChart(QWidget *parent)
    : PlotView(parent)
    , m_xScale(ValueScale::fromZero(1))
    , m_yScale(ValueScale::fromZero(1))
    , m_chart(addChart())
    , m_xAxis(addAxis(m_chart, Qt::AlignBottom))
    , m_yAxis(addAxis(m_chart, Qt::AlignLeft))
{
}

void CurveChart::setData(CurveData shown)
{
    m_data = std::move(shown);
    std::stable_partition(m_data.curves.begin(), m_data.curves.end(),
                          [](const auto &curve) { return curve.reference; });
    m_points.clear();
    double widest = 0;
    double highest = 0;
    for (std::size_t c = 0; c < m_data.curves.size(); ++c) {
        for (std::size_t p = 0; p < m_data.curves[c].points.size(); ++p) {
            const CurveData::Point &point = m_data.curves[c].points[p];
            m_points.push_back({c, p});
            widest = std::max(widest, point.x);
            highest = std::max(highest, point.high.value_or(point.y));
        }
    }
    m_xScale = ValueScale::fromZero(m_data.wholeUnit ? 1 : 1.04 * widest);
    m_yScale = ValueScale::fromZero(m_data.wholeUnit ? 1 : 1.04 * highest);
    contentWasSet();
}

const CurveData::Point &CurveChart::at(int index) const
{
    const Place &place = m_points.at(static_cast<std::size_t>(index));
    return m_data.curves[place.curve].points[place.point];
}

QColor CurveChart::colourOf(std::size_t curve) const
{
    return m_data.curves.at(curve).reference ? colours().reference : colours().current;
}

ChartTable CurveChart::table() const
{
    ChartTable table{{tr("Curve"), m_data.xTitle, m_data.yTitle, tr("Interval from"), tr("to"), tr("Rows"), tr("Note")},
                     {}};
    for (const CurveData::Curve &curve : m_data.curves) {
        for (const CurveData::Point &p : curve.points)
            table.rows << QVariantList{curve.name,
                                       p.x,
                                       p.y,
                                       p.low ? QVariant(*p.low) : QVariant(),
                                       p.high ? QVariant(*p.high) : QVariant(),
                                       p.n ? QVariant(*p.n) : QVariant(),
                                       p.note};
    }
    return table;
}

QString CurveChart::description() const
{
    if (m_points.empty())
        return emptyText();
    QStringList sentences{tr("%1 against %2.").arg(m_data.yTitle, m_data.xTitle)};
    for (const CurveData::Curve &curve : m_data.curves) {
        if (curve.points.empty())
            continue;
        const auto farthest =
            std::max_element(curve.points.begin(), curve.points.end(),
                             [](const auto &a, const auto &b) { return std::abs(a.y - a.x) < std::abs(b.y - b.x); });
        sentences << tr("%1: %n point(s), furthest from the diagonal at %2, %3.", nullptr,
                        static_cast<int>(curve.points.size()))
                         .arg(curve.name, shortNumber(farthest->x), shortNumber(farthest->y));
    }
    return sentences.join(u' ');
}

QPointF CurveChart::position(const CurveData::Point &point) const
{
    return {m_plot.left() + point.x / m_xScale.maximum() * m_plot.width(), yOf(m_plot, m_yScale, point.y)};
}

QRectF CurveChart::pointArea(int index) const
{
    const QPointF centre = position(at(index));
    return {centre.x() - curveMark / 2, centre.y() - curveMark / 2, curveMark, curveMark};
}

QString CurveChart::pointText(int index) const
{
    const CurveData::Point &p = at(index);
    QStringList lines{m_data.curves[m_points[static_cast<std::size_t>(index)].curve].name,
                      u"%1: %2"_s.arg(m_data.xTitle, shortNumber(p.x)),
                      u"%1: %2"_s.arg(m_data.yTitle, shortNumber(p.y))};
    if (p.low && p.high)
        lines << tr("95 % interval: %1 to %2").arg(shortNumber(*p.low), shortNumber(*p.high));
    if (p.n)
        lines << tr("Rows: %1").arg(QLocale().toString(*p.n));
    if (!p.note.isEmpty())
        lines << p.note;
    return lines.join(u'\n');
}

int CurveChart::neighbour(int index, Qt::Key key) const
{
    const Place from = m_points.at(static_cast<std::size_t>(index));
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        const int next = PlotView::neighbour(index, key);
        return m_points.at(static_cast<std::size_t>(next)).curve == from.curve ? next : index;
    }
    const auto count = m_data.curves.size();
    const std::size_t curve = (from.curve + (key == Qt::Key_Up ? 1 : count - 1)) % count;
    const double x = at(index).x;
    int best = index;
    double nearest = std::numeric_limits<double>::infinity();
    for (int i = 0; i < pointCount(); ++i) {
        if (m_points.at(static_cast<std::size_t>(i)).curve == curve && std::abs(at(i).x - x) < nearest) {
            nearest = std::abs(at(i).x - x);
            best = i;
        }
    }
    return best;
}

QString CurveChart::emptyText() const
{
    return m_data.empty.isEmpty() ? tr("There is nothing to draw for this period.") : m_data.empty;
}

void CurveChart::layoutPlots()
{
    const QFontMetricsF metrics(labelFont());
    m_plot = sceneRect().adjusted(valueAxisWidth(m_yScale) + 4, metrics.height() + 8, -16, -2 * metrics.height() - 10);
    if (m_plot.width() < 20 || m_plot.height() < 20)
        return;
    m_chart->setPlotArea(m_plot);
    m_xAxis->setRange(0, m_xScale.maximum());
    m_yAxis->setRange(0, m_yScale.maximum());
    fillSeries();
}

void CurveChart::fillSeries()
{
    while (m_series.size() < m_data.curves.size()) {
        const Series series{new QLineSeries(m_chart), new QScatterSeries(m_chart)};
        attach(m_chart, series.line, m_xAxis, m_yAxis);
        attach(m_chart, series.marks, m_xAxis, m_yAxis);
        m_series.push_back(series);
    }
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        QList<QPointF> line;
        QList<QPointF> marks;
        if (i < m_data.curves.size()) {
            for (const CurveData::Point &point : m_data.curves[i].points)
                line << QPointF(point.x, point.y);
            if (m_data.curves[i].marks)
                marks = line;
            m_series[i].line->setPen(QPen(colourOf(i), 2));
            m_series[i].marks->setMarkerSize(curveMark);
            m_series[i].marks->setColor(colourOf(i));
            m_series[i].marks->setBorderColor(colours().background);
        }
        m_series[i].line->replace(line);
        m_series[i].marks->replace(marks);
    }
}

void CurveChart::paintUnder(QPainter &painter)
{
    paintValueAxis(painter, m_plot, m_yScale, m_data.yTitle);
    const QFontMetricsF metrics(labelFont());
    painter.setPen(QPen(colours().mutedText, 1));
    painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    for (const double tick : m_xScale.ticks()) {
        const double x = m_plot.left() + tick / m_xScale.maximum() * m_plot.width();
        painter.drawText(QRectF(x - 30, m_plot.bottom() + 3, 60, metrics.height()), Qt::AlignCenter,
                         m_xScale.label(tick));
    }
    painter.drawText(QRectF(m_plot.left(), m_plot.bottom() + 4 + metrics.height(), m_plot.width(), metrics.height()),
                     Qt::AlignCenter, metrics.elidedText(m_data.xTitle, Qt::ElideRight, m_plot.width()));
    if (!m_data.diagonal.isEmpty()) {
        const double end = std::min(m_xScale.maximum(), m_yScale.maximum());
        painter.setPen(QPen(colours().mutedText, 1.2, Qt::DashLine));
        painter.drawLine(m_plot.bottomLeft(), position({end, end, {}, {}, {}, {}}));
    }
    for (int i = 0; i < pointCount(); ++i) {
        const CurveData::Point &p = at(i);
        if (!p.low || !p.high)
            continue;
        const double x = position(p).x();
        const double low = yOf(m_plot, m_yScale, std::max(0.0, *p.low));
        const double high = yOf(m_plot, m_yScale, std::min(m_yScale.maximum(), *p.high));
        painter.setPen(QPen(colourOf(m_points[static_cast<std::size_t>(i)].curve), 1));
        painter.drawLine(QPointF(x, low), QPointF(x, high));
        painter.drawLine(QPointF(x - cap, low), QPointF(x + cap, low));
        painter.drawLine(QPointF(x - cap, high), QPointF(x + cap, high));
    }
}

void CurveChart::paintOver(QPainter &painter)
{
    const QFontMetricsF metrics(labelFont());
    QList<LegendEntry> entries;
    if (!m_data.diagonal.isEmpty())
        entries << LegendEntry{m_data.diagonal, colours().mutedText, LegendEntry::Mark::Line};
    for (std::size_t i = 0; i < m_data.curves.size(); ++i)
        entries << LegendEntry{m_data.curves[i].name, colourOf(i), LegendEntry::Mark::Square};
    const double used = metrics.horizontalAdvance(m_data.yTitle) + 10;
    paintLegend(painter, QRectF(used, 2, m_plot.right() - used, metrics.height()), entries);
}

} // namespace countersign
