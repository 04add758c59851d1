// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/promotion.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

/// `champion` and `challenger` are the labels of the versions.
[[nodiscard]] QStringList promotionHeadings(const std::string &champion, const std::string &challenger);
/// Figure by figure: both sides, the difference with its interval, what it says of the challenger, how many rows.
[[nodiscard]] QList<Row> promotionRows(const Promotion &promotion);
/// What is compared: logs, periods and rows of both sides, and what the intervals take for granted.
[[nodiscard]] QString promotionSidesText(const Promotion &promotion);

} // namespace countersign
