// SPDX-License-Identifier: GPL-3.0-or-later
//
// Remediation of findings, and champion beside challenger.
#pragma once

#include "tests/core/domain/world.h"

namespace world {

inline RemediationPlan plan(const std::string &owner = "Olga Owner", const std::string &reason = {})
{
    RemediationPlan made;
    made.text = "Ask the branches for the incomes that are missing.";
    made.owner = owner;
    made.targetOn = *parseDate("2026-12-31");
    made.reason = reason;
    return made;
}

inline RemediationEvidence remediation()
{
    RemediationEvidence made;
    made.text = "Incomes are complete since September.";
    made.files = {{"incomes.csv", sha256("incomes"), 7}};
    return made;
}

inline PromotionSide side(const MonitoringRun &of)
{
    PromotionSide made;
    made.version = of.version;
    made.run = of.id;
    made.result = of.result;
    made.source = of.source;
    made.period = of.to;
    made.rows = of.rows;
    made.labelledRows = of.rows;
    return made;
}

inline Promotion promotion(const MonitoringRun &champion, const MonitoringRun &challenger)
{
    Promotion made;
    made.champion = side(champion);
    made.challenger = side(challenger);
    made.figures = {{"roc_auc",
                     "AUC",
                     {0.71, 0.68, 0.74},
                     {0.75, 0.72, 0.78},
                     {0.04, -0.002, 0.082},
                     champion.rows,
                     challenger.rows,
                     false,
                     true}};
    return made;
}

inline ExceptionSignature exceptionSignature(const User &by, Role role, bool approved = true)
{
    ExceptionSignature made;
    made.by = by.id;
    made.fullName = by.fullName;
    made.role = role;
    made.approved = approved;
    made.comment = approved ? "" : "Not convincing.";
    return made;
}

} // namespace world
