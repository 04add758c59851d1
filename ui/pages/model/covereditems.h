// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>

#include "ui/pages/model/requestrows.h"

namespace countersign {

/// What a signature covers, item by item with a short digest; an item opened shows the whole digest and its id.
class CoveredItems : public QTreeWidget
{
    Q_OBJECT

public:
    explicit CoveredItems(QWidget *parent = nullptr);
    /// `differences` marks what changed since it was shown before.
    void show(const std::vector<CoveredItem> &items, const std::vector<CoverDifference> &differences = {});
    using QTreeWidget::show;
    [[nodiscard]] QSize sizeHint() const override;
};

} // namespace countersign
