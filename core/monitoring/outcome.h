// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logtable.h"
#include "core/monitoring/run.h"

#include <string>

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

/// AUC and its like for a target of two values and a score; error measures for any other number target and a
/// prediction (or, where none is named, the score). A target without a value in the log yet is judged by the
/// reference's, which may be the same table.
[[nodiscard]] OutcomePlan planOutcome(const LogTable &log, const LogTable &referenceLog, const ColumnRoles &roles);

/// Throws Exception(InvalidInput) where the column holds text; `role` says in the message what it is for.
void requireNumber(const LogTable &table, const std::string &name, const char *role);

} // namespace countersign
