// SPDX-License-Identifier: GPL-3.0-or-later
//
// Exceptions and the records kept beside a model; delegations, abstentions and campaigns.
#include "core/domain/checker.h"
#include "core/domain/deadlines.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

template <class T>
const auto &recordsOf(const Registry &registry)
{
    if constexpr (std::is_same_v<T, Limitation>)
        return registry.limitations;
    else if constexpr (std::is_same_v<T, Overlay>)
        return registry.overlays;
    else if constexpr (std::is_same_v<T, Incident>)
        return registry.incidents;
    else if constexpr (std::is_same_v<T, UsageReport>)
        return registry.usages;
    else if constexpr (std::is_same_v<T, CostEstimate>)
        return registry.costs;
    else if constexpr (std::is_same_v<T, RetrainingPolicy>)
        return registry.retrainings;
    else if constexpr (std::is_same_v<T, HandOver>)
        return registry.handOvers;
    else if constexpr (std::is_same_v<T, Explanation>)
        return registry.explanations;
    else
        return registry.assumptions;
}

/// Whether `after` begins with all of `before`.
template <class T>
bool grows(const std::vector<T> &before, const std::vector<T> &after)
{
    return before.size() <= after.size() && std::equal(before.begin(), before.end(), after.begin(),
                                                       [](const T &a, const T &b) { return toJson(a) == toJson(b); });
}

template <class T>
void checkClosing(const T &record, const char *kind)
{
    if (!record.open)
        checkPresent(record.closingReason, std::string("Why the ") + kind + " is closed");
    else if (!record.closingReason.empty())
        invalid(std::string("The ") + kind + " has a reason to be closed and is open.", "Close it, or take it out.");
}

/// An exception is open from its request until it is refused or closed.
bool isOpen(const PolicyException &exception)
{
    return exception.status == ExceptionStatus::requested || exception.status == ExceptionStatus::approved;
}
template <class T>
bool isOpen(const T &record)
{
    return record.open;
}

/// Requests are added; of the last one, which version came of it is filled in once.
void checkRequestsGrow(const RetrainingPolicy &before, const RetrainingPolicy &after)
{
    auto filled = before.requests;
    if (!filled.empty() && !filled.back().version.valid() && after.requests.size() >= filled.size())
        filled.back().version = after.requests[filled.size() - 1].version;
    if (!grows(filled, after.requests))
        invalid("The requests of a retraining policy are added, never taken back.");
}

} // namespace

template <class T>
void Checker::checkRecorded(const T &record, const char *kind) const
{
    checkNewId(recordsOf<T>(m_now), record.id, kind);
    (void)livingModel(record.model, std::string(kind) + "s");
    checkAuthor(record.by, std::string("The ") + kind);
    if (!record.open)
        invalid(std::string("The ") + kind + " is recorded open.", "Close it afterwards.");
    if constexpr (requires { record.dueOn; })
        if (record.dueOn && *record.dueOn < today())
            invalid(std::string("The ") + kind + " would be due on " + toString(*record.dueOn) +
                        ", a day that is over.",
                    "Choose today or a later day.");
    if constexpr (requires { record.evidence; })
        if (!record.evidence.empty())
            invalid(std::string("The ") + kind + " is recorded without evidence.", "Add it afterwards.");
    checkTexts(record, std::string("The ") + kind);
    checkPresent(record.title, std::string("The title of the ") + kind);
    checkRecord(record);
}

template <class T>
void Checker::checkChanged(const T &record, const char *kind) const
{
    const auto &before = need(recordsOf<T>(m_now), record.id, kind);
    const auto title = std::string("The ") + kind + " \"" + before.title + "\"";
    checkRevision(before.id.str(), {}, title, before.revision, record.revision);
    if (before.model != record.model)
        invalid(title + " does not move to another model.", "Record it there anew.");
    if (!before.open)
        throw Exception(ErrorCode::Conflict, title + " is closed.", "Record a new one.");
    if constexpr (std::is_same_v<T, Overlay>)
        if (!grows(before.amounts, record.amounts) || !grows(before.renewals, record.renewals))
            invalid(title + ": amounts and renewals are added, never taken back.", "Add one that corrects the others.");
    if constexpr (std::is_same_v<T, Overlay>)
        if (before.expiresOn != record.expiresOn && before.renewals.size() == record.renewals.size())
            invalid(title + " expires on " + toString(before.expiresOn) + " unless it is renewed.",
                    "Renew it, with a reason.");
    if constexpr (std::is_same_v<T, RetrainingPolicy>)
        checkRequestsGrow(before, record);
    if constexpr (requires { record.evidence; })
        if (toJson(record.evidence) != toJson(before.evidence))
            invalid(title + ": evidence is neither added nor taken back by a change.", "Add it on its own.");
    checkTexts(record, title);
    checkPresent(record.title, std::string("The title of the ") + kind);
    checkRecord(record);
}

void Checker::checkRecord(const Limitation &record) const
{
    checkPresent(record.effect, "The effect of the limitation");
    checkPresent(record.owner, "Who answers for the limitation, its owner,");
    checkClosing(record, "limitation");
}

void Checker::checkRecord(const Overlay &record) const
{
    if (record.limitation.valid() && need(m_now.limitations, record.limitation, "limitation").model != record.model)
        invalid("The limitation belongs to another model.", "Choose one of this model.");
    checkPresent(record.reason, "The reason of the overlay");
    checkPresent(record.method, "How the overlay is calculated, its method,");
    checkPresent(record.unit, "The unit of the amounts of the overlay");
    checkPresent(record.owner, "Who answers for the overlay, its owner,");
    checkClosing(record, "overlay");
    for (const auto &amount : record.amounts)
        if (!std::isfinite(amount.amount))
            invalid("An amount of the overlay is not a number.");
    for (const auto &renewal : record.renewals) {
        checkPresent(renewal.reason, "The reason of a renewal");
        if (renewal.until <= renewal.on)
            invalid("A renewal lasts until after the day it was made.", "Choose a later day.");
    }
    if (!record.renewals.empty() && record.expiresOn != record.renewals.back().until)
        invalid("The overlay expires when its last renewal does.", "Set both to the same day.");
}

void Checker::checkRecord(const Incident &record) const
{
    if (record.version.valid())
        (void)version(record.version, record.model);
    checkPresent(record.impact, "The impact of the incident");
    checkPresent(record.owner, "Who settles the incident, its owner,");
    if (record.occurredOn > today())
        invalid("The incident would have occurred in the future.", "Correct the day.");
    if (!record.open) {
        checkPresent(record.cause, "The cause of the incident");
        checkPresent(record.action, "What was done about the incident, the action,");
    }
}

void Checker::checkRecord(const Assumption &record) const
{
    checkPresent(record.reference, "Where the assumption comes from, its reference,");
    if (!std::isfinite(record.low) || !std::isfinite(record.high) || record.low > record.high)
        invalid("The range of the assumption runs from its lower to its upper end.", "Correct the two numbers.");
    if (record.lastValue && !std::isfinite(*record.lastValue))
        invalid("The value of the assumption is not a number.");
    if (record.lastValue.has_value() != record.checkedOn.has_value())
        invalid("A value and the day it was checked go together.", "Fill in both.");
    if (record.checkedOn && *record.checkedOn > today())
        invalid("The assumption would have been checked in the future.", "Correct the day.");
    if (record.checkMonths < 1 || record.checkMonths > 120)
        invalid("The months between checks of an assumption are 1 to 120.");
}

void Checker::operator()(const RecordEvidenced &fact) const
{
    withRecords(m_now, fact.kind, [&](const char *, const auto &records) {
        using Records = std::remove_cvref_t<decltype(records)>;
        const auto kind = nounOf(fact.kind);
        const auto &record = need(records, typename Records::key_type(fact.record), kind.c_str());
        const auto title = "The " + kind + " \"" + titleOf(record) + "\"";
        checkRevision(fact.record, {}, title, record.revision, fact.basedOn);
        if (!isOpen(record))
            throw Exception(ErrorCode::Conflict, title + " is closed.", "Evidence is added before.");
    });
    checkEvidence(fact.evidence);
}

void Checker::operator()(const LimitationRecorded &fact) const
{
    checkRecorded(fact.record, "limitation");
}

void Checker::operator()(const LimitationChanged &fact) const
{
    checkChanged(fact.record, "limitation");
}

void Checker::operator()(const OverlayRecorded &fact) const
{
    checkRecorded(fact.record, "overlay");
}

void Checker::operator()(const OverlayChanged &fact) const
{
    checkChanged(fact.record, "overlay");
}

void Checker::operator()(const IncidentRecorded &fact) const
{
    checkRecorded(fact.record, "incident");
}

void Checker::operator()(const IncidentChanged &fact) const
{
    checkChanged(fact.record, "incident");
}

void Checker::operator()(const AssumptionRecorded &fact) const
{
    checkRecorded(fact.record, "assumption");
}

void Checker::operator()(const AssumptionChanged &fact) const
{
    checkChanged(fact.record, "assumption");
}

void Checker::operator()(const UsageRecorded &fact) const
{
    checkRecorded(fact.record, "usage report");
}

void Checker::operator()(const UsageChanged &fact) const
{
    checkChanged(fact.record, "usage report");
}

void Checker::operator()(const CostRecorded &fact) const
{
    checkRecorded(fact.record, "cost estimate");
}

void Checker::operator()(const CostChanged &fact) const
{
    checkChanged(fact.record, "cost estimate");
}

void Checker::operator()(const RetrainingRecorded &fact) const
{
    checkRecorded(fact.record, "retraining policy");
}

void Checker::operator()(const RetrainingChanged &fact) const
{
    checkChanged(fact.record, "retraining policy");
}

void Checker::operator()(const HandOverRecorded &fact) const
{
    checkRecorded(fact.record, "hand-over");
}

void Checker::operator()(const HandOverChanged &fact) const
{
    checkChanged(fact.record, "hand-over");
}

void Checker::operator()(const ExplanationRecorded &fact) const
{
    checkRecorded(fact.record, "explanation");
}

void Checker::operator()(const ExplanationChanged &fact) const
{
    checkChanged(fact.record, "explanation");
}

template <class Signature>
void Checker::checkAbstains(const std::vector<Abstention> &abstentions, const std::vector<Signature> &signatures,
                            const std::string &reason, const char *noun) const
{
    checkText("reason", reason, "Abstention, reason");
    checkPresent(reason, "The reason for abstaining");
    const auto byAuthor = [&](const auto &item) { return item.by == m_act.author; };
    if (std::ranges::any_of(abstentions, byAuthor) || std::ranges::any_of(signatures, byAuthor))
        throw Exception(ErrorCode::Conflict,
                        std::string("You have signed or abstained from this ") + noun + " already.");
}

void Checker::operator()(const RequestAbstained &fact) const
{
    const auto &request = openRequest(fact.request, fact.basedOn);
    checkAbstains(request.abstentions, request.signOffs, fact.reason, "request");
}

void Checker::operator()(const DelegationRecorded &fact) const
{
    const auto &record = fact.record;
    checkNewId(m_now.delegations, record.id, "delegation");
    checkAuthor(record.by, "The delegation");
    const auto &person = need(m_now.users, record.person, "user");
    const auto &deputy = need(m_now.users, record.deputy, "user");
    if (record.person == record.deputy)
        invalid("Nobody stands in for themselves.", "Choose another deputy.");
    if (!person.active || !deputy.active)
        invalid("Both people of a delegation must be active.");
    if (record.until < record.from || record.until < today())
        invalid("The delegation would be over before it begins or on the day it is made.", "Choose later days.");
    if (!record.open)
        invalid("A delegation is recorded open.");
    checkText("reason", record.reason, "Delegation, reason");
    checkPresent(record.reason, "The reason of the delegation");
}

void Checker::operator()(const DelegationEnded &fact) const
{
    const auto &record = need(m_now.delegations, fact.delegation, "delegation");
    checkRevision(record.id.str(), {}, "The delegation", record.revision, fact.basedOn);
    if (!record.open)
        throw Exception(ErrorCode::Conflict, "The delegation has been ended already.");
    checkText("reason", fact.reason, "Delegation, reason");
    checkPresent(fact.reason, "The reason for ending the delegation");
}

void Checker::operator()(const ExceptionRequested &fact) const
{
    const auto &record = fact.record;
    checkNewId(m_now.exceptions, record.id, "exception");
    (void)livingModel(record.model, "exceptions");
    if (record.version.valid())
        (void)version(record.version, record.model);
    else if (record.kind == ExceptionKind::useBeforeValidation)
        invalid("Use before validation is allowed for one version.", "Choose the version.");
    checkAuthor(record.by, "The exception");
    checkTexts(record, "Exception");
    checkPresent(record.requirement, "The demand of the policy that is not met");
    checkPresent(record.reason, "The reason of the exception");
    checkPresent(record.compensatingControl, "The compensating control");
    checkPresent(record.owner, "Who answers for the exception, its owner,");
    if (!record.evidence.empty())
        invalid("An exception is requested without evidence.", "Add it afterwards.");
    if (record.kind == ExceptionKind::useBeforeValidation)
        checkPresent(record.limits, "What limits the use before validation");
    if (record.expiresOn <= today())
        invalid("The exception would expire on " + toString(record.expiresOn) + ", not later than today.",
                "Choose a later day.");
    if (record.status != ExceptionStatus::requested || !record.signatures.empty() || !record.closingReason.empty())
        invalid("An exception is requested without signatures.");
    for (const auto &signature : record.required)
        if (signature.count < 1)
            invalid("An exception names one signature or more of each kind.");
}

const Campaign &Checker::openCampaign(const CampaignId &id) const
{
    const auto &campaign = need(m_now.campaigns, id, "campaign");
    if (!campaign.open)
        throw Exception(ErrorCode::Conflict, "The campaign \"" + campaign.title + "\" is signed off.");
    return campaign;
}

void Checker::operator()(const CampaignOpened &fact) const
{
    constexpr std::size_t mostQuestions = 50;
    const auto &campaign = fact.record;
    if (m_act.facts.size() != 1)
        invalid("A campaign is opened by an entry of its own.");
    checkNewId(m_now.campaigns, campaign.id, "campaign");
    checkAuthor(campaign.by, "The campaign");
    checkText("title", campaign.title, "Campaign, title");
    checkPresent(campaign.title, "The title of the campaign");
    checkTexts(campaign.scope, "Campaign, scope");
    if (campaign.questions.empty() || campaign.questions.size() > mostQuestions)
        invalid("A campaign asks 1 to 50 questions.");
    for (const auto &question : campaign.questions) {
        checkText("question", question, "Campaign, question");
        checkPresent(question, "A question of the campaign");
    }
    if (campaign.until < campaign.from || campaign.until < today())
        invalid("The campaign would be over before it begins or on the day it is opened.", "Choose later days.");
    if (!campaign.open || !campaign.after.empty() || !campaign.statement.empty() || campaign.closedBy.valid() ||
        campaign.closedAt)
        invalid("A campaign is opened open.");
    if (campaign.before.empty())
        invalid("No model is in the scope of the campaign.", "Widen the scope.");
    const auto asked = modelsOf(campaign);
    if (!std::ranges::includes(modelsInScope(m_now, campaign.scope), asked) ||
        toJson(campaign.before) != toJson(snapshotOf(m_now, asked)))
        throw Exception(ErrorCode::Conflict, "The register has changed since the models of the campaign were gathered.",
                        "Open the campaign again.");
}

void Checker::operator()(const AttestationGiven &fact) const
{
    const auto &record = fact.record;
    const auto &campaign = openCampaign(record.campaign);
    checkNewId(m_now.attestations, record.id, "attestation");
    checkAuthor(record.by, "The attestation");
    const auto title = titleOf(model(record.model));
    if (!campaign.isAnsweredOn(today()))
        throw Exception(ErrorCode::Conflict,
                        "The campaign \"" + campaign.title + "\" is answered from " + toString(campaign.from) + " to " +
                            toString(campaign.until) + "; today is " + toString(today()) + ".",
                        today() < campaign.from ? "Answer when it has begun." : "Ask for a new campaign.");
    if (!campaign.asks(record.model))
        invalid("The campaign \"" + campaign.title + "\" does not ask for " + title + ".");
    for (const auto &[id, other] : m_now.attestations)
        if (other.campaign == record.campaign && other.model == record.model)
            throw Exception(ErrorCode::Conflict, title + " has been attested already in this campaign.");
    if (record.fullName != need(m_now.users, m_act.author, "user").fullName)
        invalid("The name printed with the attestation is not the signer's.");
    if (record.lines.size() != campaign.questions.size())
        invalid("Every question of the campaign is answered once.");
    for (const auto &line : record.lines) {
        checkText("comment", line.comment, "Attestation, comment");
        if (line.answer != AttestedAnswer::yes)
            checkPresent(line.comment, "A comment is needed unless the answer is yes; it");
    }
}

void Checker::operator()(const CampaignClosed &fact) const
{
    const auto &campaign = openCampaign(fact.campaign);
    if (m_act.facts.size() != 1)
        invalid("A campaign is signed off by an entry of its own.");
    checkRevision(campaign.id.str(), {}, "The campaign \"" + campaign.title + "\"", campaign.revision, fact.basedOn);
    checkText("statement", fact.statement, "Campaign, statement");
    checkPresent(fact.statement, "The statement of the sign-off");
    if (toJson(fact.after) != toJson(snapshotOf(m_now, modelsOf(campaign))))
        throw Exception(ErrorCode::Conflict, "The register has changed since the models of the campaign were gathered.",
                        "Sign the campaign off again.");
}

const PolicyException &Checker::exception(const ExceptionId &id, std::int64_t basedOn) const
{
    const auto &record = need(m_now.exceptions, id, "exception");
    checkRevision(record.id.str(), {}, "The exception from \"" + record.requirement + "\"", record.revision, basedOn);
    return record;
}

const PolicyException &Checker::requestedException(const ExceptionId &id, std::int64_t basedOn) const
{
    const auto &record = exception(id, basedOn);
    if (record.status != ExceptionStatus::requested)
        throw Exception(ErrorCode::Conflict,
                        "The exception is decided: " + fieldInWords(enumName(record.status)) + ".");
    if (const auto deadlines = deadlinesOf(record); deadlines.timedOutBy(today()))
        throw Exception(ErrorCode::Conflict, "The exception is over. " + timeOutInWords(deadlines));
    return record;
}

void Checker::checkSignature(const ExceptionSignature &signature) const
{
    if (m_act.facts.size() != 1)
        invalid("A signature stands alone in its entry.", "Sign first, then make other changes.");
    checkAuthor(signature.by, "The signature");
    checkTexts(signature, "Signature");
    if (signature.fullName != need(m_now.users, m_act.author, "user").fullName)
        invalid("The name printed with the signature is not the signer's.");
    if (!signature.approved)
        checkPresent(signature.comment, "A comment is needed to refuse; it");
}

void Checker::operator()(const ExceptionSigned &fact) const
{
    (void)requestedException(fact.exception, fact.basedOn);
    checkSignature(fact.signature);
}

void Checker::operator()(const ExceptionAbstained &fact) const
{
    const auto &record = requestedException(fact.exception, fact.basedOn);
    checkAbstains(record.abstentions, record.signatures, fact.reason, "exception");
}

void Checker::operator()(const ProposalAbstained &fact) const
{
    const auto &record = openProposal(fact.proposal, fact.basedOn);
    checkAbstains(record.abstentions, record.signatures, fact.reason, "proposal");
}

void Checker::operator()(const ExceptionClosed &fact) const
{
    const auto &record = exception(fact.exception, fact.basedOn);
    if (record.status == ExceptionStatus::closed || record.status == ExceptionStatus::refused)
        throw Exception(ErrorCode::Conflict, "The exception is closed already.");
    checkText("reason", fact.reason, "Exception, reason");
    checkPresent(fact.reason, "The reason for closing the exception");
}

} // namespace countersign
