// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/promotion.h"

namespace countersign {

/// What a figure says of a challenger beside the champion.
enum class Compared {
    better,
    worse,
    toldApart, ///< but neither is better: a share that describes the data, or both miss the target on opposite sides
    notToldApart,
    noInterval ///< nothing says how much of the difference is chance
};
[[nodiscard]] std::string displayName(Compared compared);

/// By the interval of the difference at 95 %, and by which direction the catalogue of figures calls better.
[[nodiscard]] Compared comparedOf(const PromotionFigure &figure);

} // namespace countersign
