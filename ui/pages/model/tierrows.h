// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "core/policy/controls.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

[[nodiscard]] QStringList breakdownHeadings();
/// Factor by factor how the score arises; the last row is the sum.
[[nodiscard]] QList<Row> breakdownRows(const TierComputation &computation);

[[nodiscard]] QStringList assessmentHeadings();
/// Every published assessment of a model, newest first; the key is the assessment's id.
[[nodiscard]] QList<Row> assessmentRows(const PolicyPack &pack, const Registry &registry, const ModelId &model);

[[nodiscard]] QStringList controlHeadings();
/// The controls that the policy asks for, with what was found of each.
[[nodiscard]] QList<Row> controlRows(const RiskStanding &risk);
[[nodiscard]] BadgeStyle controlBadge(ControlState state);

/// The scores that are still possible: a factor without an answer counts from its mildest to its harshest.
struct ScoreRange
{
    double low = 0;
    double high = 0;
};
[[nodiscard]] ScoreRange possibleScores(const TierComputation &computation);

/// "62.5": at most two decimals, none that say nothing.
[[nodiscard]] QString scoreText(double score);

/// The answers that `method` knows, in its order; others are dropped, as when an older method asked differently.
[[nodiscard]] std::vector<TierAnswer> knownAnswers(const TierMethod &method, const std::vector<TierAnswer> &answers);

} // namespace countersign
