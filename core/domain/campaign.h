// SPDX-License-Identifier: GPL-3.0-or-later
//
// An attestation campaign: for a period, the owners of the models in scope answer a list of questions, one by one. How
// the models stood is kept twice, when it was opened and when it was signed off.
#pragma once

#include "core/domain/differences.h"
#include "core/domain/governance.h"
#include "core/domain/model.h"

namespace countersign {

/// Which models are asked; a part that is empty asks for nothing. Retired models are never asked.
struct CampaignScope
{
    std::set<std::int64_t> tiers; ///< levels; 0: not tiered
    std::set<std::string> stages; ///< ids (stageIdOf): of built-in stages their names, of others that the policy adds
    std::string businessUnit;
    std::string owner; ///< full name
};
BOOST_DESCRIBE_STRUCT(CampaignScope, (), (tiers, stages, businessUnit, owner))

/// How a model stood at one moment.
struct ModelSnapshot
{
    ModelId model;
    std::string reference;
    std::string name;
    std::string owner;
    Stage stage = Stage::proposed;
    std::string policyStage;      ///< as Model::policyStage
    std::int64_t tier = 0;        ///< level in force, 0: not tiered
    std::optional<Health> health; ///< of its newest run
    std::int64_t openFindings = 0;
    Hash256 record; ///< SHA-256 of the model's canonical JSON
};
BOOST_DESCRIBE_STRUCT(ModelSnapshot, (),
                      (model, reference, name, owner, stage, policyStage, tier, health, openFindings, record))

struct Campaign
{
    CampaignId id;
    std::string title;
    CampaignScope scope;
    Date from{}; ///< the period in which is answered, both days included
    Date until{};
    std::vector<std::string> questions;
    std::vector<ModelSnapshot> before; ///< the models asked, in the order of their ids
    std::vector<ModelSnapshot> after;  ///< the same when it was signed off
    bool open = true;
    std::string statement; ///< with which it was signed off
    UserId closedBy;
    std::optional<UtcTime> closedAt;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;

    [[nodiscard]] bool asks(const ModelId &model) const;
    [[nodiscard]] bool isAnsweredOn(Date day) const { return open && from <= day && day <= until; }
};
BOOST_DESCRIBE_STRUCT(Campaign, (),
                      (id, title, scope, from, until, questions, before, after, open, statement, closedBy, closedAt, by,
                       at, revision, entry))

enum class AttestedAnswer { yes, no, notApplicable };
BOOST_DESCRIBE_ENUM(AttestedAnswer, yes, no, notApplicable)
[[nodiscard]] std::string displayName(AttestedAnswer answer);

struct AttestationLine
{
    AttestedAnswer answer = AttestedAnswer::yes;
    std::string comment; ///< needed unless the answer is yes
};
BOOST_DESCRIBE_STRUCT(AttestationLine, (), (answer, comment))

/// The answers for one model, one line to each question in order.
struct Attestation
{
    AttestationId id;
    CampaignId campaign;
    ModelId model;
    std::vector<AttestationLine> lines;
    std::string fullName; ///< as printed when signed
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
};
BOOST_DESCRIBE_STRUCT(Attestation, (), (id, campaign, model, lines, fullName, by, at, revision, entry))

// The facts of a campaign (core/domain/fact.h).

struct CampaignOpened
{
    Campaign record;
};
BOOST_DESCRIBE_STRUCT(CampaignOpened, (), (record))

struct AttestationGiven
{
    Attestation record;
};
BOOST_DESCRIBE_STRUCT(AttestationGiven, (), (record))

/// The campaign is signed off, with the models as they stand then.
struct CampaignClosed
{
    CampaignId campaign;
    std::string statement;
    std::vector<ModelSnapshot> after;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(CampaignClosed, (), (campaign, statement, after, basedOn))

struct Registry;

/// The models that a campaign asks, as they were gathered.
[[nodiscard]] std::vector<ModelId> modelsOf(const Campaign &campaign);
/// The models that a scope names, in the order of their ids; of these, modelsAsked() (core/policy/scope.h) leaves out
/// what is no model under the policy.
[[nodiscard]] std::vector<ModelId> modelsInScope(const Registry &registry, const CampaignScope &scope);
/// How `models` stand now, in that order; unknown ones are left out. One pass over the register.
[[nodiscard]] std::vector<ModelSnapshot> snapshotOf(const Registry &registry, const std::vector<ModelId> &models);

/// One model of a campaign: how it stood, what was answered, and what differs since the campaign was opened: until now,
/// or until it was signed off.
struct CampaignLine
{
    ModelSnapshot before;
    const Attestation *attestation = nullptr; ///< none: not answered
    std::vector<FieldChange> changes;

    /// Answers other than yes.
    [[nodiscard]] std::int64_t exceptions() const;
};
/// In the order of the campaign's models. The pointers are into `registry`.
[[nodiscard]] std::vector<CampaignLine> campaignLines(const Registry &registry, const Campaign &campaign);

} // namespace countersign
