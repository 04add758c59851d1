// SPDX-License-Identifier: GPL-3.0-or-later
//
// The painting that all plots share: value axis, limits, legend and callout.
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <limits>

#include "ui/charts/plotview.h"
#include "ui/charts/valuescale.h"

namespace countersign {

namespace {

constexpr double pad = 6;

} // namespace

void PlotView::paintCallout(QPainter &painter, int index) const
{
    const QRectF anchor = pointArea(index);
    const QFont small = labelFont();
    const QFontMetricsF metrics(small);
    const QString text = pointText(index);
    const double widest = std::min(300.0, sceneRect().width() - 4 * pad);
    const QRectF measured = metrics.boundingRect(QRectF(0, 0, widest, 400), Qt::TextWordWrap, text);
    QRectF box(0, 0, measured.width() + 2 * pad, measured.height() + 2 * pad);
    box.moveBottomLeft(QPointF(anchor.center().x() + 8, anchor.top() - 4));
    if (box.right() > sceneRect().right() - 2)
        box.moveRight(anchor.center().x() - 8);
    if (box.top() < 2)
        box.moveTop(std::min(anchor.bottom() + 4, sceneRect().bottom() - box.height() - 2));
    box.moveLeft(std::clamp(box.left(), 2.0, std::max(2.0, sceneRect().right() - box.width() - 2)));
    box.moveTop(std::max(2.0, box.top()));
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(anchor.adjusted(-2, -2, 2, 2), 3, 3);
    painter.setPen(QPen(m_style.unknown, 1));
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.setFont(small);
    painter.drawText(box.adjusted(pad, pad, -pad, -pad), Qt::TextWordWrap, text);
}

double PlotView::valueAxisWidth(const ValueScale &scale) const
{
    const QFontMetricsF metrics(labelFont());
    double widest = 0;
    for (const double tick : scale.ticks())
        widest = std::max(widest, metrics.horizontalAdvance(scale.label(tick)));
    return widest + pad;
}

void PlotView::paintValueAxis(QPainter &painter, const QRectF &plot, const ValueScale &scale,
                              const QString &title) const
{
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    double lastTop = std::numeric_limits<double>::max();
    for (const double tick : scale.ticks()) {
        const double y = yOf(plot, scale, tick);
        painter.setPen(QPen(m_style.grid, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const QRectF area(0, y - metrics.height() / 2, plot.left() - pad, metrics.height());
        if (area.bottom() > lastTop)
            continue;
        painter.setPen(m_style.mutedText);
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, scale.label(tick));
        lastTop = area.top();
    }
    painter.setPen(m_style.mutedText);
    const QRectF head(2, plot.top() - metrics.height() - 4, plot.right() - 2, metrics.height());
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     scale.logarithmic() ? tr("%1 (log scale)").arg(title) : title);
}

void PlotView::paintLegend(QPainter &painter, const QRectF &strip, const QList<LegendEntry> &entries) const
{
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    double right = strip.right();
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const double room = right - strip.left() - 18;
        if (room < std::min(60.0, metrics.horizontalAdvance(entry->text) + 1))
            return;
        const QString text = metrics.elidedText(entry->text, Qt::ElideMiddle, room);
        const double width = metrics.horizontalAdvance(text) + 1;
        painter.setPen(m_style.text);
        painter.drawText(QRectF(right - width, strip.top(), width, strip.height()), Qt::AlignVCenter, text);
        const QRectF symbol(right - width - 14, strip.center().y() - 4.5, 9, 9);
        painter.setPen(QPen(entry->colour, 1.5));
        painter.setBrush(entry->mark == LegendEntry::Mark::Square ? QBrush(entry->colour) : QBrush(Qt::NoBrush));
        if (entry->mark == LegendEntry::Mark::Line)
            painter.drawLine(QPointF(symbol.left(), symbol.center().y()), QPointF(symbol.right(), symbol.center().y()));
        else if (entry->mark == LegendEntry::Mark::Hollow)
            painter.drawEllipse(symbol);
        else
            painter.drawRect(symbol);
        right = symbol.left() - 12;
    }
}

double PlotView::yOf(const QRectF &plot, const ValueScale &scale, double value)
{
    const double share = (scale.axis(value) - scale.minimum()) / (scale.maximum() - scale.minimum());
    return plot.bottom() - share * plot.height();
}

void PlotView::paintLimits(QPainter &painter, const QRectF &plot, const ValueScale &scale,
                           const std::vector<LimitLine> &limits) const
{
    for (const LimitLine &limit : limits) {
        const double y = yOf(plot, scale, limit.value);
        if (y < plot.top() - 1 || y > plot.bottom() + 1)
            continue;
        const bool plain = limit.tone == Tone::Plain;
        painter.setPen(
            QPen(plain ? m_style.mutedText : m_style.tone(limit.tone), 1.2, plain ? Qt::DotLine : Qt::DashLine));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
}

void PlotView::paintLimitNames(QPainter &painter, const QRectF &plot, const ValueScale &scale,
                               std::vector<LimitLine> limits, bool beside) const
{
    std::sort(limits.begin(), limits.end(), [](const auto &a, const auto &b) { return a.value > b.value; });
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    QColor halo = m_style.background;
    halo.setAlphaF(0.75F);
    double above = plot.top() - metrics.height();
    for (const LimitLine &limit : limits) {
        const double y = yOf(plot, scale, limit.value);
        if (y < plot.top() - 1 || y > plot.bottom() + 1)
            continue;
        const double width = metrics.horizontalAdvance(limit.label) + 4;
        const bool plain = limit.tone == Tone::Plain; // the reference: at the left, out of the way of the limits
        double top = beside ? std::max(above, y - metrics.height() / 2) : y - metrics.height() - 1;
        if (!plain && !beside && top <= above)
            top = std::max(y + 1, above);
        const double left = beside ? plot.right() + 2 : plain ? plot.left() + 2 : plot.right() - width - 2;
        const QRectF area(left, top, width, metrics.height());
        if (!beside)
            painter.fillRect(area, halo);
        painter.setPen(plain ? m_style.mutedText : m_style.tone(limit.tone));
        painter.drawText(area, Qt::AlignCenter, limit.label);
        if (!plain)
            above = std::max(beside ? above : y, top + metrics.height());
    }
}

double PlotView::limitNamesWidth(const std::vector<LimitLine> &limits) const
{
    const QFontMetricsF metrics(labelFont());
    double widest = 0;
    for (const LimitLine &limit : limits)
        widest = std::max(widest, metrics.horizontalAdvance(limit.label) + 6);
    return widest;
}

} // namespace countersign
