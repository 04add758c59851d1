// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sparklinedelegate.h"

#include <QPainter>

#include "ui/widgets/itemroles.h"
#include "ui/widgets/sparkline.h"

namespace countersign {

void SparklineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto line = index.data(SparklineRole).value<Sparkline>();
    if (line.values.empty()) {
        BadgeDelegate::paint(painter, option, index);
        return;
    }
    paintGround(painter, option, index);
    painter->save();
    painter->setFont(option.font);
    painter->setClipRect(option.rect);
    paintSparkline(*painter, option.rect.adjusted(2, 1, -2, -1), line, option.palette,
                   option.state.testFlag(QStyle::State_Selected));
    painter->restore();
}

QSize SparklineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    constexpr int characters = 22; // the course, and its last value in a badge
    const auto usual = BadgeDelegate::sizeHint(option, index);
    const bool line = index.data(SparklineRole).isValid();
    return line ? QSize(option.fontMetrics.averageCharWidth() * characters, usual.height()) : usual;
}

} // namespace countersign
