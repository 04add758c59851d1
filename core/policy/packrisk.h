// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a pack about what controls leave of a risk and how much of it may stand: control matrix, residual rule,
// appetite.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace countersign {

/// One row of the control matrix.
struct Control
{
    std::string id;
    std::string title;
    std::set<std::int64_t> tiers; ///< where it is asked for
    std::string source;           ///< the paragraph it follows
    std::string check;            ///< one of controlCheckIds() (controls.h) that shows it; empty: shown by people
};
BOOST_DESCRIBE_STRUCT(Control, (), (id, title, tiers, source, check))

/// How the controls of a model stand, by those that the program can judge; unknown: it can judge none of them.
enum class ControlState { adequate, weak, missing, unknown };
BOOST_DESCRIBE_ENUM(ControlState, adequate, weak, missing, unknown)

/// How the controls of a model make its control state, and this and its inherent tier the residual one. A pack that
/// says nothing: one control that is not met makes them weak, half of them missing, and the residual is the inherent.
struct ResidualRule
{
    std::int64_t weakFrom = 1;       ///< controls not met, from which they are weak
    double missingShare = 0.5;       ///< not met of those judged, from which they are missing; above 0, at most 1
    std::set<std::string> essential; ///< ids of controls of which one not met is enough for "missing"
    /// By how many levels the residual tier is milder than the inherent one, below 0: riskier. It stays among the
    /// tiers.
    std::map<ControlState, std::int64_t> milderBy;
    std::string source; ///< the paragraph it follows; may be empty
};
BOOST_DESCRIBE_STRUCT(ResidualRule, (), (weakFrom, missingShare, essential, milderBy, source))

/// What the appetite for model risk is measured by; each is described in core/workspace/portfolio.h.
enum class AppetiteMeasure {
    reviewsOverdue,
    redUnexplained,
    productionUntiered,
    productionUnmonitored,
    monitoringOverdue,
    productionUnvalidated,
    findingsPastDue,
    conditionsPastDate,
    approvalsExpired
};
BOOST_DESCRIBE_ENUM(AppetiteMeasure, reviewsOverdue, redUnexplained, productionUntiered, productionUnmonitored,
                    monitoringOverdue, productionUnvalidated, findingsPastDue, conditionsPastDate, approvalsExpired)

/// One limit of the appetite: at most so many are inside it.
struct AppetiteRule
{
    AppetiteMeasure measure = AppetiteMeasure::reviewsOverdue;
    std::set<std::int64_t> tiers; ///< of models with these in force; empty: of every model
    std::int64_t atMost = 0;
    std::string setBy;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AppetiteRule, (), (measure, tiers, atMost, setBy, reason))

} // namespace countersign
