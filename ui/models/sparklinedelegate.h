// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/badgedelegate.h"

namespace countersign {

/// Paints cells that have a SparklineRole as a small course, badges and the others as BadgeDelegate does.
class SparklineDelegate : public BadgeDelegate
{
    Q_OBJECT

public:
    using BadgeDelegate::BadgeDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace countersign
