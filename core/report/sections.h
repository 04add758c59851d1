// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts that several reports share.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/controls.h"
#include "core/policy/policypack.h"
#include "core/report/report.h"

namespace countersign {

/// The full name of a user, or the id of one the register does not know.
[[nodiscard]] std::string personName(const Registry &registry, const UserId &user);
[[nodiscard]] std::string shown(const std::optional<Date> &date); ///< empty for none
[[nodiscard]] std::string minuteOf(UtcTime time);                 ///< "2026-11-24 10:52 UTC"
/// At most so many characters, an ellipsis for the rest; never within a character.
[[nodiscard]] std::string cut(const std::string &text, std::size_t most);
/// "PSI of income in 2021-12 is 0.430 (limit 0.250)"
/// The plan in force: text, who answers for it, target, how often it was revised.
[[nodiscard]] std::string planInWords(const Finding &finding);
/// The evidence of remediation with the beginnings of the digests of its files, oldest first.
[[nodiscard]] std::string evidenceInWords(const Finding &finding);
[[nodiscard]] std::string breachInWords(const Breach &breach);

/// "21,600 EUR a year: ..."
[[nodiscard]] std::string costInWords(const CostEstimate &cost);

void addIdentity(Report &report, const PolicyPack &pack, const Registry &registry, const Model &model);
void addTier(Report &report, const PolicyPack &pack, const Registry &registry, const Model &model);
/// Inherent tier, control state and residual tier, and each control with what was found.
void addRisk(Report &report, const RiskStanding &risk);
void addVersions(Report &report, const Registry &registry, const Model &model);
void addMonitoring(Report &report, const Registry &registry, const Model &model);
void addFindings(Report &report, const Registry &registry, const Model &model);
/// Every request with its signatures: who, in which role, what it means, and the digests it covers.
void addSignOffs(Report &report, const Registry &registry, const Model &model);
void addHistory(Report &report, const std::vector<const TimelineItem *> &items);

} // namespace countersign
