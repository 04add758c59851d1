// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/badgedelegate.h"

#include <QApplication>
#include <QPainter>

#include "ui/models/recordmodel.h"
#include "ui/widgets/badge.h"

namespace countersign {

namespace {

BadgeStyle badgeAt(const QModelIndex &index)
{
    return index.data(BadgeRole).value<BadgeStyle>();
}

const QStyle *styleOf(const QStyleOptionViewItem &option)
{
    return option.widget ? option.widget->style() : QApplication::style();
}

} // namespace

void BadgeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus; // whole rows are selected: no frame around one cell
    if (option->displayAlignment.testFlag(Qt::AlignRight))
        option->text += QChar(0x2002); // an en space keeps the number off the text of the next column
}

void BadgeDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    auto ground = option;
    initStyleOption(&ground, index);
    ground.text.clear();
    styleOf(option)->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
}

void BadgeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto badge = badgeAt(index);
    if (badge.isNull()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    paintGround(painter, option, index);
    painter->save();
    painter->setFont(option.font);
    const auto margin = styleOf(option)->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, option.widget) + 1;
    paintBadge(*painter, option.rect.adjusted(margin, 1, -margin, -1), badge, option.palette);
    painter->restore();
}

QSize BadgeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto badge = badgeAt(index);
    if (badge.isNull())
        return QStyledItemDelegate::sizeHint(option, index);
    return badgeSize(badge, QFontMetrics(option.font)) + QSize(option.fontMetrics.averageCharWidth(), 2);
}

} // namespace countersign
