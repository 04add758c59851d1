// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tile.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/widgets/text.h"

namespace countersign {

Tile::Tile(const QString &caption, const QString &icon, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(icon)
{
    setText(caption);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void Tile::setCount(qint64 count, Theme::Colour tone, const QString &remark)
{
    m_count = count;
    m_tone = count > 0 ? tone : Theme::Colour::noData;
    m_remark = remark;
    setAccessibleName(tr("%1: %2").arg(text().remove(QLatin1Char('&')), countText(count)));
    setAccessibleDescription(remark);
    update();
}

QFont Tile::numberFont() const
{
    auto large = font();
    large.setPointSizeF(large.pointSizeF() * 2);
    large.setBold(true);
    return large;
}

QSize Tile::sizeHint() const
{
    const auto line = fontMetrics().height();
    return {fontMetrics().averageCharWidth() * 30, QFontMetrics(numberFont()).height() + 2 * line + line};
}

QSize Tile::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 18, sizeHint().height()};
}

void Tile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void Tile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto theme = Theme::current(this);
    const auto tone = theme.colour(m_tone);
    const auto unit = fontMetrics().height() / 2;
    const auto card = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);

    painter.setPen(
        QPen(hasFocus() || underMouse() ? theme.colour(Theme::Colour::accent) : theme.colour(Theme::Colour::border),
             hasFocus() ? 2 : 1));
    painter.setBrush(theme.colour(Theme::Colour::surface));
    painter.drawRoundedRect(card, unit / 2.0, unit / 2.0);
    if (m_count > 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tone);
        painter.drawRoundedRect(QRectF(1, unit, unit / 2.0, height() - 2.0 * unit), unit / 4.0, unit / 4.0);
    }

    const auto area = rect().adjusted(2 * unit, unit, -2 * unit, -unit);
    painter.setFont(numberFont());
    painter.setPen(m_count > 0 ? theme.colour(Theme::Colour::text) : theme.colour(Theme::Colour::mutedText));
    const auto numberHeight = painter.fontMetrics().height();
    painter.drawText(QRect(area.left(), area.top(), area.width(), numberHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     countText(m_count));

    const auto side = fontMetrics().height() * 3 / 2;
    auto iconPalette = palette();
    iconPalette.setColor(QPalette::WindowText, m_count > 0 ? tone : theme.colour(Theme::Colour::mutedText));
    themedIcon(m_icon, iconPalette)
        .paint(&painter, QRect(area.right() - side, area.top() + (numberHeight - side) / 2, side, side));

    painter.setFont(font());
    const QRect captionLine(area.left(), area.top() + numberHeight, area.width(), fontMetrics().height());
    painter.setPen(theme.colour(Theme::Colour::text));
    painter.drawText(captionLine, Qt::AlignLeft | Qt::TextShowMnemonic, text());
    painter.setPen(theme.colour(Theme::Colour::mutedText));
    painter.drawText(captionLine.translated(0, fontMetrics().height()), Qt::AlignLeft,
                     fontMetrics().elidedText(m_remark, Qt::ElideRight, area.width()));
}

} // namespace countersign
