// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logtable.h"
#include "core/monitoring/run.h"

#include <cstdint>
#include <set>
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

/// What a plan is made from.
struct TargetFacts
{
    bool text = false;              ///< else numbers
    bool empty = false;             ///< holds no value at all
    std::uint64_t categories = 0;   ///< different texts
    std::vector<std::string> texts; ///< of a text target with at most two
    std::set<double> numbers;       ///< of a number target; a third stands for all beyond two
    bool numericPredictor = true;   ///< of the prediction, or the score where no prediction is named
};

/// Whether a value is a word for what models of risk foretell: "default", "bad", "fraud", in any letter case.
[[nodiscard]] bool namesOutcome(const std::string &word);

/// Where no event is asked for it is the one of two values with such a name, or "yes", "true" and their like; else the
/// larger. Precondition: the roles name a target, and a score or prediction.
[[nodiscard]] OutcomePlan planOutcome(const TargetFacts &target, const ColumnRoles &roles);

/// AUC and its like for a target of two values and a score; error measures for any other number target and a
/// prediction (or, where none is named, the score). A target without a value in the log yet is judged by the
/// reference's, which may be the same table.
[[nodiscard]] OutcomePlan planOutcome(const LogTable &log, const LogTable &referenceLog, const ColumnRoles &roles);

/// Throws Exception(InvalidInput) where the column holds text; `role` says in the message what it is for.
void requireNumber(const LogTable &table, const std::string &name, const char *role);

} // namespace countersign
