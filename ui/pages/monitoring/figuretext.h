// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "core/monitoring/outcomeresult.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

/// Four significant digits, without an exponent where people would not write one.
[[nodiscard]] QString figureNumber(double value);
/// The value, or a dash; sorted by the number. `figure` may be null.
[[nodiscard]] Cell valueCell(const Figure *figure);
/// "0.712 to 0.744", or a dash.
[[nodiscard]] Cell intervalCell(const Figure *figure);

/// "0.013", "<0.001", or a dash.
[[nodiscard]] QString pvalueText(const std::optional<double> &pvalue);
[[nodiscard]] Cell pvalueCell(const std::optional<double> &pvalue);

} // namespace countersign
