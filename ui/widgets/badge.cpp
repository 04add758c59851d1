// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/widgets/text.h"

namespace countersign {

namespace {

using Tone = Theme::Colour;

BadgeStyle style(std::string_view text, Tone tone, BadgeShape shape)
{
    return {toQt(text), tone, shape};
}

int padding(const QFontMetrics &metrics)
{
    return metrics.height() / 2;
}

int shapeSide(const QFontMetrics &metrics)
{
    return metrics.height() * 5 / 9;
}

void paintBars(QPainter &painter, const QRectF &box, int filled, const QColor &colour)
{
    constexpr int bars = 4;
    const auto gap = box.width() / (bars * 4);
    const auto width = (box.width() - (bars - 1) * gap) / bars;
    for (int bar = 0; bar < bars; ++bar) {
        const auto height = box.height() * (bar + 1) / bars;
        const QRectF column(box.left() + bar * (width + gap), box.bottom() - height, width, height);
        auto shade = colour;
        shade.setAlphaF(bar < filled ? 1.0F : 0.25F);
        painter.fillRect(column, shade);
    }
}

void paintShape(QPainter &painter, const QRectF &box, BadgeShape shape, const QColor &colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (shape) {
    case BadgeShape::none:
        break;
    case BadgeShape::circle:
        painter.drawEllipse(box);
        break;
    case BadgeShape::square:
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case BadgeShape::triangle: {
        QPainterPath path(QPointF(box.center().x(), box.top()));
        path.lineTo(box.bottomRight());
        path.lineTo(box.bottomLeft());
        path.closeSubpath();
        painter.drawPath(path);
        break;
    }
    case BadgeShape::ring:
        painter.setPen(QPen(colour, box.width() / 6));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(box.adjusted(1, 1, -1, -1));
        break;
    case BadgeShape::bars1:
    case BadgeShape::bars2:
    case BadgeShape::bars3:
    case BadgeShape::bars4:
        paintBars(painter, box, static_cast<int>(shape) - static_cast<int>(BadgeShape::bars1) + 1, colour);
        break;
    }
}

} // namespace

BadgeStyle badgeFor(Health health)
{
    switch (health) {
    case Health::green:
        return style(displayName(health), Tone::green, BadgeShape::circle);
    case Health::amber:
        return style(displayName(health), Tone::amber, BadgeShape::triangle);
    case Health::red:
        return style(displayName(health), Tone::red, BadgeShape::square);
    case Health::notEnoughData:
        break;
    }
    return style(displayName(health), Tone::noData, BadgeShape::ring);
}

BadgeStyle badgeFor(Stage stage)
{
    switch (stage) {
    case Stage::inProduction:
        return style(displayName(stage), Tone::green, BadgeShape::circle);
    case Stage::approved:
        return style(displayName(stage), Tone::accent, BadgeShape::circle);
    case Stage::restricted:
        return style(displayName(stage), Tone::amber, BadgeShape::triangle);
    case Stage::inDevelopment:
    case Stage::inValidation:
        return style(displayName(stage), Tone::accent, BadgeShape::ring);
    case Stage::proposed:
    case Stage::retired:
        break;
    }
    return style(displayName(stage), Tone::noData, stage == Stage::retired ? BadgeShape::square : BadgeShape::ring);
}

BadgeStyle stageBadge(Stage countsAs, const QString &label)
{
    auto badge = badgeFor(countsAs);
    badge.text = label;
    return badge;
}

BadgeStyle badgeFor(VersionStage stage)
{
    switch (stage) {
    case VersionStage::inProduction:
        return style(displayName(stage), Tone::green, BadgeShape::circle);
    case VersionStage::approved:
        return style(displayName(stage), Tone::accent, BadgeShape::circle);
    case VersionStage::inDevelopment:
    case VersionStage::inValidation:
        return style(displayName(stage), Tone::accent, BadgeShape::ring);
    case VersionStage::retired:
        break;
    }
    return style(displayName(stage), Tone::noData, BadgeShape::square);
}

BadgeStyle badgeFor(RequestStatus status)
{
    switch (status) {
    case RequestStatus::open:
        return style(displayName(status), Tone::accent, BadgeShape::ring);
    case RequestStatus::approved:
        return style(displayName(status), Tone::green, BadgeShape::circle);
    case RequestStatus::approvedWithConditions:
    case RequestStatus::changesRequested:
        return style(displayName(status), Tone::amber, BadgeShape::triangle);
    case RequestStatus::refused:
        return style(displayName(status), Tone::red, BadgeShape::square);
    case RequestStatus::timedOut:
        return style(displayName(status), Tone::noData, BadgeShape::square);
    case RequestStatus::withdrawn:
        break;
    }
    return style(displayName(status), Tone::noData, BadgeShape::ring);
}

BadgeStyle badgeFor(Severity severity)
{
    switch (severity) {
    case Severity::low:
        return style(displayName(severity), Tone::noData, BadgeShape::bars1);
    case Severity::medium:
        return style(displayName(severity), Tone::amber, BadgeShape::bars2);
    case Severity::high:
        return style(displayName(severity), Tone::red, BadgeShape::bars3);
    case Severity::critical:
        break;
    }
    return style(displayName(severity), Tone::red, BadgeShape::bars4);
}

BadgeStyle tierBadge(std::int64_t level, const QString &label)
{
    switch (level) {
    case 0:
        return {label, Tone::noData, BadgeShape::ring};
    case 1:
        return {label, Tone::red, BadgeShape::bars4};
    case 2:
        return {label, Tone::amber, BadgeShape::bars3};
    case 3:
        return {label, Tone::accent, BadgeShape::bars2};
    default:
        return {label, Tone::noData, BadgeShape::bars1};
    }
}

QSize badgeSize(const BadgeStyle &style, const QFontMetrics &metrics)
{
    const int shape = style.shape == BadgeShape::none ? 0 : shapeSide(metrics) + padding(metrics) * 2 / 3;
    return {metrics.horizontalAdvance(style.text) + shape + 2 * padding(metrics),
            metrics.height() + padding(metrics) / 2};
}

void paintBadge(QPainter &painter, const QRect &area, const BadgeStyle &style, const QPalette &palette)
{
    if (style.isNull())
        return;
    const auto theme = Theme::of(palette);
    const auto metrics = painter.fontMetrics();
    auto size = badgeSize(style, metrics).boundedTo(area.size());
    const QRect box(area.left(), area.top() + (area.height() - size.height()) / 2, size.width(), size.height());

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    auto edge = theme.colour(style.tone);
    edge.setAlphaF(0.45F);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(theme.tint(style.tone));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 4.0, box.height() / 4.0);

    auto left = box.left() + padding(metrics);
    if (style.shape != BadgeShape::none) {
        const auto side = shapeSide(metrics);
        paintShape(painter, QRectF(left, box.center().y() - side / 2.0 + 0.5, side, side), style.shape,
                   theme.colour(style.tone));
        left += side + padding(metrics) * 2 / 3;
    }
    painter.setPen(theme.colour(Tone::text));
    const QRect words(left, box.top(), box.right() - padding(metrics) / 2 - left, box.height());
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(style.text, Qt::ElideRight, words.width() + padding(metrics) / 2));
    painter.restore();
}

Badge::Badge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

Badge::Badge(const BadgeStyle &style, QWidget *parent)
    : Badge(parent)
{
    setBadge(style);
}

void Badge::setBadge(const BadgeStyle &style)
{
    m_style = style;
    setAccessibleName(style.text);
    if (style.isNull())
        hide();
    else if (parentWidget())
        show();
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return m_style.isNull() ? QSize(0, 0) : badgeSize(m_style, fontMetrics());
}

QSize Badge::minimumSizeHint() const
{
    return sizeHint().boundedTo({fontMetrics().height() * 3, sizeHint().height()});
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBadge(painter, rect(), m_style, palette());
}

} // namespace countersign
