// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks behind checkConsistent(), one overload for each kind of fact.
#pragma once

#include "core/domain/text.h"
#include "core/domain/transition.h"

#include <unordered_set>

namespace countersign {

/// The references of all models, folded, so that an import of thousands does not compare each with each.
using References = std::unordered_set<std::string>;

/// Throws from its call operators when a fact does not fit.
class Checker
{
public:
    /// `now` is the registry with the act's earlier facts applied; `base` the one before the act, with its timeline.
    /// `references` is none for an act of one fact.
    Checker(const Registry &now, const Registry &base, const Act &act, const References *references)
        : m_now(now)
        , m_base(base)
        , m_act(act)
        , m_references(references)
    {
    }

    void operator()(const WorkspaceCreated &fact) const;
    void operator()(const PolicyPublished &fact) const;
    void operator()(const UserEnrolled &fact) const;
    void operator()(const UserChanged &fact) const;
    void operator()(const ModelRegistered &fact) const;
    void operator()(const ModelEdited &fact) const;
    void operator()(const VersionRegistered &fact) const;
    void operator()(const VersionEdited &fact) const;
    void operator()(const DocumentAttached &fact) const;
    void operator()(const ValidationRecorded &fact) const;
    void operator()(const FindingRaised &fact) const;
    void operator()(const FindingClosed &fact) const;
    void operator()(const MonitoringRecorded &fact) const;
    void operator()(const MonitoringExplained &fact) const;
    void operator()(const TierPublished &fact) const;
    void operator()(const TierOverrideConfirmed &fact) const;
    void operator()(const DeploymentRequested &fact) const;
    void operator()(const RequestSigned &fact) const;
    void operator()(const RequestWithdrawn &fact) const;
    void operator()(const RequestAbstained &fact) const;
    void operator()(const VersionDeployed &fact) const;
    void operator()(const DelegationRecorded &fact) const;
    void operator()(const DelegationEnded &fact) const;
    void operator()(const ExceptionRequested &fact) const;
    void operator()(const ExceptionSigned &fact) const;
    void operator()(const ExceptionAbstained &fact) const;
    void operator()(const SignOffConditionMet &fact) const;
    void operator()(const ExceptionClosed &fact) const;
    void operator()(const RecordEvidenced &fact) const;
    void operator()(const LimitationRecorded &fact) const;
    void operator()(const LimitationChanged &fact) const;
    void operator()(const OverlayRecorded &fact) const;
    void operator()(const OverlayChanged &fact) const;
    void operator()(const IncidentRecorded &fact) const;
    void operator()(const IncidentChanged &fact) const;
    void operator()(const AssumptionRecorded &fact) const;
    void operator()(const AssumptionChanged &fact) const;
    void operator()(const ConditionMet &fact) const;
    void operator()(const CampaignOpened &fact) const;
    void operator()(const AttestationGiven &fact) const;
    void operator()(const CampaignClosed &fact) const;
    void operator()(const UsageRecorded &fact) const;
    void operator()(const UsageChanged &fact) const;
    void operator()(const CostRecorded &fact) const;
    void operator()(const CostChanged &fact) const;
    void operator()(const RetrainingRecorded &fact) const;
    void operator()(const RetrainingChanged &fact) const;
    void operator()(const HandOverRecorded &fact) const;
    void operator()(const HandOverChanged &fact) const;
    void operator()(const ExplanationRecorded &fact) const;
    void operator()(const ExplanationChanged &fact) const;
    void operator()(const RemediationPlanned &fact) const;
    void operator()(const RemediationEvidenced &fact) const;
    void operator()(const ScopeDecided &fact) const;
    void operator()(const PolicyProposed &fact) const;
    void operator()(const ProposalSigned &fact) const;
    void operator()(const ProposalAbstained &fact) const;
    void operator()(const ProposalWithdrawn &fact) const;

private:
    [[nodiscard]] Date today() const { return effectiveDay(m_base, m_act.at); }
    /// Of an exception or a proposal: alone in its entry, by its author, with a comment to refuse.
    void checkSignature(const ExceptionSignature &signature) const;
    void checkPolicy(const std::string &pack, std::int64_t version, const std::string &text) const;
    [[nodiscard]] const PolicyProposal &proposal(const ProposalId &id, std::int64_t basedOn) const;
    /// The same, while it gathers signatures.
    [[nodiscard]] const PolicyProposal &openProposal(const ProposalId &id, std::int64_t basedOn) const;
    void checkUser(const User &user) const;
    void checkModel(const Model &model) const;
    void checkVersion(const ModelVersion &version) const;
    void checkReferenceFree(const Model &model) const;
    /// The act's author, unless `named` says nobody.
    void checkAuthor(const UserId &named, const std::string &what) const;
    /// `revision` is that of `record` as it stands, else a Conflict that says who changed it, when, and what.
    void checkRevision(const std::string &record, const ModelId &model, const std::string &title, std::int64_t revision,
                       std::int64_t basedOn) const;
    template <class T>
    void checkRecorded(const T &record, const char *kind) const;
    template <class T>
    void checkChanged(const T &record, const char *kind) const;
    void checkRecord(const Limitation &record) const;
    void checkRecord(const Overlay &record) const;
    void checkRecord(const Incident &record) const;
    void checkRecord(const Assumption &record) const;
    void checkRecord(const UsageReport &record) const;
    void checkRecord(const CostEstimate &record) const;
    void checkRecord(const RetrainingPolicy &record) const;
    void checkRecord(const HandOver &record) const;
    void checkRecord(const Explanation &record) const;
    [[nodiscard]] const Campaign &openCampaign(const CampaignId &id) const;
    [[nodiscard]] const PolicyException &exception(const ExceptionId &id, std::int64_t basedOn) const;
    /// The same, still to be decided on the day of the act.
    [[nodiscard]] const PolicyException &requestedException(const ExceptionId &id, std::int64_t basedOn) const;
    [[nodiscard]] const Model &model(const ModelId &id) const;
    [[nodiscard]] const Model &livingModel(const ModelId &id, const std::string &purpose) const;
    /// The version `id`, which must belong to `model`.
    [[nodiscard]] const ModelVersion &version(const VersionId &id, const ModelId &model) const;
    /// From a request or an exception with those signatures.
    template <class Signature>
    void checkAbstains(const std::vector<Abstention> &abstentions, const std::vector<Signature> &signatures,
                       const std::string &reason, const char *noun) const;
    /// Conditions being written, of `what` ("the validation").
    void checkOpenConditions(const std::vector<DueCondition> &conditions, const std::string &what) const;
    static void checkMet(const std::vector<DueCondition> &conditions, std::int64_t place, const std::string &evidence);
    /// One version of a model is in production at a time.
    void checkAlone(const ModelVersion &version) const;
    [[nodiscard]] const DeploymentRequest &openRequest(const RequestId &id, std::int64_t basedOn) const;
    [[nodiscard]] const Finding &openFinding(const FindingId &id, std::int64_t basedOn) const;
    void checkEvidence(const RemediationEvidence &evidence) const;
    static void checkFile(const std::string &fileName, std::int64_t size, const Hash256 &hash);
    /// One side of a promotion: run and period belong to the version.
    void checkSide(const PromotionSide &side, const ModelId &model, const std::string &what) const;
    void checkPromotion(const DeploymentRequest &request) const;

    const Registry &m_now;
    const Registry &m_base;
    const Act &m_act;
    const References *m_references;
};

/// "CR-014, Retail PD, version 2.1".
[[nodiscard]] std::string titleOf(const Model &model, const ModelVersion &version);

[[noreturn]] inline void invalid(std::string what, std::string remedy = {})
{
    throw Exception(ErrorCode::InvalidInput, std::move(what), std::move(remedy));
}

/// The record of `id`, or NotFound.
template <class K, class T>
const T &need(const std::map<K, T> &records, const K &id, const char *kind)
{
    const auto found = records.find(id);
    if (found == records.end())
        throw Exception(ErrorCode::NotFound, std::string("There is no ") + kind + " with the id \"" + id.str() + "\".",
                        "Refresh the page; it may belong to another workspace.");
    return found->second;
}

/// `id` is well formed and no record has it yet.
template <class K, class T>
void checkNewId(const std::map<K, T> &records, const K &id, const char *kind)
{
    constexpr std::size_t longest = 64;
    const auto &text = id.str();
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.' || c == ':';
    };
    bool good = !text.empty() && text.size() <= longest;
    for (const char c : text)
        good = good && allowed(c);
    if (!good)
        throw Exception(ErrorCode::InvalidInput, std::string("The id of the ") + kind +
                                                     " must be 1 to 64 letters, digits, dots, colons or dashes.");
    if (records.contains(id))
        throw Exception(ErrorCode::Conflict,
                        std::string("There is already a ") + kind + " with the id \"" + text + "\".");
}

} // namespace countersign
