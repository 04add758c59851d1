// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace countersign {

/// What views and proxies may ask beside Qt's own roles.
enum ItemRole {
    SortRole = Qt::UserRole + 100, ///< the value a column sorts by
    BadgeRole,                     ///< a BadgeStyle, for BadgeDelegate
    SparklineRole,                 ///< a Sparkline, for SparklineDelegate
    KeyRole                        ///< the record's identity, for keeping the current row over a reset
};

} // namespace countersign
