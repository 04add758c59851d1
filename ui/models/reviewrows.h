// SPDX-License-Identifier: GPL-3.0-or-later
//
// The review queue as a table.
#pragma once

#include "core/policy/reviewqueue.h"
#include "ui/models/recordmodel.h"

namespace countersign {

[[nodiscard]] std::vector<RecordColumn<ReviewItem>> reviewColumns();
/// Every reason with its day, a line each.
[[nodiscard]] QString reasonsText(const ReviewItem &item);

struct ReviewFilter
{
    enum class Due { any, overdue, within30, within90, noDay };

    QString text; ///< every word must occur in reference, name, reasons, owner or validator
    Due due = Due::any;
    std::optional<std::int64_t> tier;
    std::optional<QString> owner;
    std::optional<QString> validator; ///< empty: nobody is named

    [[nodiscard]] bool matches(const ReviewItem &item) const;
};

} // namespace countersign
