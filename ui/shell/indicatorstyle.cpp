// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/indicatorstyle.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include <algorithm>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// How one is drawn, from its state and palette.
struct Look
{
    QColor fill;
    QColor outline;
    QColor mark;
};

Look lookOf(const QStyleOption &option, bool marked)
{
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool hovered = enabled && option.state.testFlag(QStyle::State_MouseOver);
    const bool pressed = enabled && option.state.testFlag(QStyle::State_Sunken);
    const bool onHighlight = option.state.testFlag(QStyle::State_Selected);
    const auto theme = Theme::of(option.palette);
    const auto base = option.palette.color(QPalette::Active, QPalette::Base);
    if (!enabled) {
        const auto pale = option.palette.color(QPalette::Disabled, QPalette::WindowText);
        return {option.palette.color(QPalette::Active, QPalette::Window), pale, pale};
    }
    if (onHighlight) {
        const auto text = option.palette.color(QPalette::Active, QPalette::HighlightedText);
        return {option.palette.color(QPalette::Active, QPalette::Highlight), text, text};
    }
    const auto accent = theme.colour(Theme::Colour::accent);
    if (marked)
        return {pressed ? accent.darker(115) : accent, accent, base};
    const auto strong = hovered || pressed ? accent : theme.colour(Theme::Colour::mutedText);
    return {base, strong, theme.colour(Theme::Colour::text)};
}

/// The largest square in the middle, on whole pixels.
QRectF squareIn(const QRect &rect)
{
    const int side = std::min(rect.width(), rect.height());
    const QPoint corner(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2);
    return QRectF(corner, QSizeF(side, side)).adjusted(0.5, 0.5, -0.5, -0.5);
}

void drawMark(QPainter &painter, const QRectF &box, QStyle::State state, const QColor &colour)
{
    const double side = box.width();
    QPen pen(colour, std::max(1.6, side / 8), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const auto at = [&box, side](double x, double y) { return box.topLeft() + QPointF(x * side, y * side); };
    if (state.testFlag(QStyle::State_NoChange)) {
        painter.drawLine(at(0.27, 0.5), at(0.73, 0.5));
        return;
    }
    QPainterPath tick(at(0.24, 0.52));
    tick.lineTo(at(0.43, 0.71));
    tick.lineTo(at(0.77, 0.31));
    painter.drawPath(tick);
}

void drawBox(QPainter &painter, const QStyleOption &option)
{
    const bool marked = option.state.testFlag(QStyle::State_On) || option.state.testFlag(QStyle::State_NoChange);
    const auto look = lookOf(option, marked);
    const auto box = squareIn(option.rect);
    constexpr double radius = 2.5;
    painter.setPen(look.outline);
    painter.setBrush(look.fill);
    painter.drawRoundedRect(box, radius, radius);
    if (marked)
        drawMark(painter, box, option.state, look.mark);
}

void drawCircle(QPainter &painter, const QStyleOption &option)
{
    const bool marked = option.state.testFlag(QStyle::State_On);
    const auto look = lookOf(option, marked);
    const auto circle = squareIn(option.rect);
    painter.setPen(look.outline);
    painter.setBrush(look.fill);
    painter.drawEllipse(circle);
    if (!marked)
        return;
    const double ring = circle.width() * 0.3;
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.mark);
    painter.drawEllipse(circle.adjusted(ring, ring, -ring, -ring));
}

} // namespace

IndicatorStyle::IndicatorStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

void IndicatorStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                   const QWidget *widget) const
{
    const bool box = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    if (!box && element != PE_IndicatorRadioButton) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (box)
        drawBox(*painter, *option);
    else
        drawCircle(*painter, *option);
    painter->restore();
}

} // namespace countersign
