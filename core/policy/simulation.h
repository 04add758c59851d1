// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a draft policy would do to the inventory as it stands, before it is published.
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// A model whose tier would change.
struct TierMove
{
    ModelId model;
    std::string reference;
    std::string name;
    std::int64_t from = 0; ///< 0: not tiered
    std::string fromLabel;
    std::int64_t to = 0; ///< 0: the answers given do not fit the draft; it must be assessed anew
    std::string toLabel;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(TierMove, (), (model, reference, name, from, fromLabel, to, toLabel, why))

/// Something that would be overdue under the draft and is not under the policy in force.
struct NewlyOverdue
{
    ModelId model;
    std::string reference;
    std::string what; ///< "review", "monitoring", "tier assessment" or "finding: title"
    Date due{};
    std::int64_t days = 0;
    std::string why; ///< a sentence
};
BOOST_DESCRIBE_STRUCT(NewlyOverdue, (), (model, reference, what, due, days, why))

/// An approval that the people enrolled could not give, or that the draft would not let them.
struct UnmetApproval
{
    std::string subject; ///< "Deployment, Tier 1, critical", or "open request for CR-014, Retail PD"
    std::string why;
};
BOOST_DESCRIBE_STRUCT(UnmetApproval, (), (subject, why))

/// An approval that the draft takes the ground from: it covers the policy in force, as every signature does.
struct StaleDecision
{
    ModelId model;
    RequestId request;
    std::string reference;
    std::string version; ///< its label
    std::string signer;  ///< and the role: "Ann Approver, approver"
    Date signedOn{};
    bool material = false; ///< the draft changes what the signature rested on, not the policy's number alone
    std::string why;
};
BOOST_DESCRIBE_STRUCT(StaleDecision, (), (model, request, reference, version, signer, signedOn, material, why))

/// A model in a stage that the draft does not have, or that counts as another one under it.
struct LostStage
{
    ModelId model;
    std::string reference;
    std::string name;
    std::string stage; ///< label under the policy in force
    std::string why;
};
BOOST_DESCRIBE_STRUCT(LostStage, (), (model, reference, name, stage, why))

struct Simulation
{
    std::string pack;
    std::int64_t version = 0;
    std::int64_t models = 0;  ///< looked at: those not retired
    std::int64_t unrated = 0; ///< of these, in scope and without a tier: held to the demands of the riskiest
    std::vector<TierMove> moves;
    std::vector<NewlyOverdue> overdue;
    std::vector<UnmetApproval> unmet;
    std::vector<LostStage> stages;    ///< retired models too
    std::vector<StaleDecision> stale; ///< material ones first
    std::int64_t recordsRead = 0;     ///< by the passes over the register: grows with it, not faster
};
BOOST_DESCRIBE_STRUCT(Simulation, (),
                      (pack, version, models, unrated, moves, overdue, unmet, stages, stale, recordsRead))

/// `inForce` judges the register now, `draft` would. Answers that the draft does not know count as unknown where its
/// rule for unknown answers allows that. Confirmed overrides stay where the draft has their tier. What is overdue is
/// judged as the queues do (reviewqueue.h with its triggers, monitoringdue.h, rerating.h), models never validated,
/// monitored or rated too; the draft's own publication counts as of `today`.
[[nodiscard]] Simulation simulatePolicy(const PolicyPack &draft, const PolicyPack &inForce, const Registry &registry,
                                        Date today);

/// Approvals of `pack` that the people enrolled could not give, of every trigger, tier by tier.
[[nodiscard]] std::vector<UnmetApproval> unmetApprovals(const PolicyPack &pack, const Registry &registry);

} // namespace countersign
