// SPDX-License-Identifier: GPL-3.0-or-later
//
// The arithmetic of tier scores in whole millionths, so that a score is the same whatever the order of its terms.
#pragma once

#include "core/policy/policypack.h"

namespace countersign {

using Millionths = std::int64_t;

[[nodiscard]] Millionths millionths(double value);
[[nodiscard]] double fromMillionths(Millionths value);
/// Weight x points.
[[nodiscard]] Millionths contribution(const TierFactor &factor, double points);
/// Weight x points of one answer.
[[nodiscard]] Millionths contribution(const TierFactor &factor, const TierAnswerOption &answer);
/// What "unknown" counts for a factor; nothing where it cannot be given.
[[nodiscard]] std::optional<double> unknownPoints(const TierMethod &method, const TierFactor &factor);
/// The first tier whose minimum `score` reaches; the mildest when none.
[[nodiscard]] const TierLevel &tierFor(const std::vector<TierLevel> &tiers, Millionths score);
/// The first band whose minimum `score` reaches; the mildest when none.
[[nodiscard]] const AxisBand &bandFor(const TierAxis &axis, Millionths score);
/// Every score that some combination of answers gives. Beyond 100,000 of them neighbours are merged, at first those
/// within a thousandth of a point, which no threshold of a sensible method tells apart. `without`: ids of factors that
/// are left out.
[[nodiscard]] std::set<Millionths> reachableScores(const TierMethod &method, const std::set<std::string> &without = {});
/// The same for the factors of one axis of a risk matrix.
[[nodiscard]] std::set<Millionths> reachableScores(const TierMethod &method, const TierAxis &axis,
                                                   const std::set<std::string> &without = {});

} // namespace countersign
