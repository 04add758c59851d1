// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "ui/shell/theme.h"

namespace countersign {

namespace {

struct Range
{
    double low = 0;
    double high = 1;
};

std::optional<Range> rangeOf(const Sparkline &line)
{
    std::vector<double> all;
    for (const auto &value : line.values)
        if (value)
            all.push_back(*value);
    if (all.empty())
        return std::nullopt;
    if (line.limit)
        all.push_back(*line.limit);
    if (line.fromZero)
        all.push_back(0);
    const auto [low, high] = std::minmax_element(all.begin(), all.end());
    Range range{*low, *high};
    if (range.low == range.high) {
        range.low -= 0.5;
        range.high += 0.5;
    }
    return range;
}

} // namespace

void paintSparkline(QPainter &painter, const QRect &area, const Sparkline &line, const QPalette &palette, bool selected)
{
    const auto range = rangeOf(line);
    if (!range)
        return;
    const QFontMetrics metrics(painter.font());
    const auto theme = Theme::of(palette);
    const auto plain = palette.color(QPalette::Active, QPalette::HighlightedText);
    const auto labelWidth = badgeSize(line.last, metrics).width();
    const QRectF plot = QRectF(area).adjusted(2, metrics.height() / 4.0, -labelWidth - 6, -metrics.height() / 4.0);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (plot.width() > metrics.height()) {
        const auto y = [&](double value) {
            return plot.bottom() - (value - range->low) / (range->high - range->low) * plot.height();
        };
        if (line.limit) {
            painter.setPen(QPen(selected ? plain : theme.colour(Theme::Colour::mutedText), 1, Qt::DashLine));
            painter.drawLine(QPointF(plot.left(), y(*line.limit)), QPointF(plot.right(), y(*line.limit)));
        }
        QPainterPath path;
        bool drawing = false;
        QPointF end;
        for (std::size_t at = 0; at < line.values.size(); ++at) {
            if (!line.values[at]) {
                drawing = false;
                continue;
            }
            const double along =
                line.values.size() == 1 ? 1.0 : static_cast<double>(at) / static_cast<double>(line.values.size() - 1);
            end = QPointF(plot.left() + plot.width() * along, y(*line.values[at]));
            if (drawing)
                path.lineTo(end);
            else
                path.moveTo(end);
            drawing = true;
        }
        const auto colour = selected ? plain : theme.colour(Theme::Colour::current);
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
        painter.setBrush(colour);
        painter.drawEllipse(end, 2, 2);
    }
    painter.restore();
    paintBadge(painter, QRect(area.right() - labelWidth - 1, area.top(), labelWidth + 1, area.height()), line.last,
               palette);
}

} // namespace countersign
