// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of the Policy page.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/simulation.h"
#include "ui/models/recordmodel.h"

namespace countersign {

/// A policy that is or was in force.
struct PolicyVersionRow
{
    PolicyId id;
    QString title;
    QString pack;
    std::int64_t version = 0;
    UtcTime at{};
    QString by;
    bool inForce = false;
};

/// A policy that somebody proposed.
struct ProposalRow
{
    ProposalId id;
    QString title;
    std::int64_t version = 0;
    UtcTime at{};
    QString by;
    BadgeStyle state;
    bool waits = false; ///< for signatures, or for being published
};
/// The newest first. Those begun from a policy that has been replaced wait no longer.
[[nodiscard]] std::vector<ProposalRow> proposalRows(const Registry &registry, Date today);
[[nodiscard]] std::vector<RecordColumn<ProposalRow>> proposalColumns();

/// The newest first.
[[nodiscard]] std::vector<PolicyVersionRow> policyVersionRows(const Registry &registry);

/// The version after all that were published of the pack; its own where none was.
[[nodiscard]] std::int64_t nextPolicyVersion(const Registry &registry, const PolicyPack &pack);

[[nodiscard]] std::vector<RecordColumn<PolicyVersionRow>> policyVersionColumns();
[[nodiscard]] std::vector<RecordColumn<PolicyFault>> faultColumns();
/// `before` and `after` head the columns of the two values.
[[nodiscard]] std::vector<RecordColumn<FieldChange>> changeColumns(const QString &before, const QString &after);
[[nodiscard]] std::vector<RecordColumn<TierMove>> moveColumns();
[[nodiscard]] std::vector<RecordColumn<NewlyOverdue>> newlyOverdueColumns();
[[nodiscard]] std::vector<RecordColumn<LostStage>> lostStageColumns();
[[nodiscard]] std::vector<RecordColumn<UnmetApproval>> unmetColumns();
[[nodiscard]] std::vector<RecordColumn<StaleDecision>> staleDecisionColumns();

} // namespace countersign
