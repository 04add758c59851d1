// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/periods.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// How performance is measured, settled once for a run from its roles and its target's values.
struct OutcomePlan
{
    enum class Kind { None, Auc, Error };
    Kind kind = Kind::None;
    std::string predictor; ///< score (Auc) or prediction column
    std::string target;
    std::string positive; ///< Auc: the target value of the event, as text
    std::string remark;   ///< why there is none, or what was assumed; empty where there is nothing to say
};

/// AUC for a target of two values and a score; error measures for any other number target and a prediction (or, where
/// none is named, the score).
[[nodiscard]] OutcomePlan planOutcome(const LogTable &table, const ColumnRoles &roles);

struct GroupOutcome
{
    std::uint64_t labelledRows = 0; ///< rows whose target is known
    std::optional<AucEvidence> auc;
    std::optional<ErrorEvidence> error;
};

/// One for each group; rows without target or predictor are left out of the measures.
[[nodiscard]] std::vector<GroupOutcome> measureOutcome(const LogTable &table, const RowGroups &groups,
                                                       const OutcomePlan &plan, unsigned threads);

/// The numbers that follow from the evidence alone.
[[nodiscard]] Performance performanceOf(const std::optional<AucEvidence> &auc,
                                        const std::optional<ErrorEvidence> &error);

} // namespace countersign
