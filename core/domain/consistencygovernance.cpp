// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/checker.h"
#include "core/domain/deadlines.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

void checkDigest(const Hash256 &hash, const std::string &what)
{
    if (hash == Hash256{})
        invalid("The digest of " + what + " is missing.");
}

void checkCovered(const std::vector<CoveredItem> &covered)
{
    for (const auto &item : covered) {
        checkText("kind", item.kind, "Covered item, kind");
        checkText("id", item.id, "Covered item, id");
        checkText("source", item.title, "Covered item, title");
        checkPresent(item.kind, "The kind of a covered item");
        checkDigest(item.hash, "the covered " + item.kind);
    }
}

} // namespace

void Checker::checkFile(const std::string &fileName, std::int64_t size, const Hash256 &hash)
{
    checkPresent(fileName, "The file name of the document");
    if (fileName.find_first_of("/\\") != std::string::npos)
        invalid("The file name " + fileName + " holds a folder.", "Give the name of the file alone.");
    if (size <= 0)
        invalid("The document " + fileName + " is empty.", "Attach a file that holds something.");
    checkDigest(hash, "document " + fileName);
}

void Checker::operator()(const DocumentAttached &fact) const
{
    const auto &document = fact.document;
    checkNewId(m_now.documents, document.id, "document");
    (void)model(document.model);
    (void)version(document.version, document.model);
    checkTexts(document, "Document");
    checkFile(document.fileName, document.size, document.hash);
}

void Checker::operator()(const ValidationRecorded &fact) const
{
    const auto &validation = fact.validation;
    checkNewId(m_now.validations, validation.id, "validation");
    (void)livingModel(validation.model, "validations");
    (void)version(validation.version, validation.model);
    checkAuthor(validation.by, "The validation");
    checkTexts(validation, "Validation");
    checkPresent(validation.summary, "The summary of the validation");
    for (const auto &[section, text] : {std::pair{"Conceptual soundness", &validation.conceptualSoundness},
                                        std::pair{"Outcomes analysis", &validation.outcomesAnalysis},
                                        std::pair{"Ongoing monitoring", &validation.ongoingMonitoring}})
        if (const auto why = whySectionEmpty(*text))
            invalid(std::string("The section \"") + section + "\" of the validation " + *why + ".",
                    "Write what was examined, or \"Not applicable, because ...\".");
    if (validation.outcome == ValidationOutcome::fitWithConditions && validation.dueConditions.empty())
        checkPresent(validation.conditions, "What the outcome \"fit with conditions\" depends on");
    else if (validation.outcome != ValidationOutcome::fitWithConditions &&
             (!validation.conditions.empty() || !validation.dueConditions.empty()))
        invalid("Conditions go with the outcome \"fit with conditions\" only.", "Clear them or change the outcome.");
    checkOpenConditions(validation.dueConditions, "the validation");
    if (validation.nextReviewOn && *validation.nextReviewOn <= today())
        invalid("The next review would be on " + toString(*validation.nextReviewOn) + ", not later than today.",
                "Choose a later day.");
}

void Checker::operator()(const ConditionMet &fact) const
{
    const auto &validation = need(m_now.validations, fact.validation, "validation");
    checkRevision(validation.id.str(), {}, "The validation", validation.revision, fact.basedOn);
    checkMet(validation.dueConditions, fact.condition, fact.evidence);
}

void Checker::operator()(const SignOffConditionMet &fact) const
{
    const auto &request = need(m_now.requests, fact.request, "deployment request");
    checkRevision(request.id.str(), {}, "The deployment request", request.revision, fact.basedOn);
    if (fact.signOff < 0 || static_cast<std::size_t>(fact.signOff) >= request.signOffs.size())
        throw Exception(ErrorCode::NotFound, "The request has no such signature.", "Refresh the page.");
    checkMet(request.signOffs[static_cast<std::size_t>(fact.signOff)].dueConditions, fact.condition, fact.evidence);
}

void Checker::checkOpenConditions(const std::vector<DueCondition> &conditions, const std::string &what) const
{
    for (const auto &condition : conditions) {
        checkPresent(condition.text, "What a condition of " + what + " asks for");
        checkPresent(condition.owner, "Who owes a condition of " + what);
        if (condition.dueOn <= today())
            invalid("A condition of " + what + " would be due on " + toString(condition.dueOn) +
                        ", not later than today.",
                    "Choose a later day.");
        if (condition.metOn || condition.metBy.valid() || !condition.evidence.empty())
            invalid("The conditions of " + what + " are recorded open.", "Say afterwards when they are met.");
    }
}

void Checker::checkMet(const std::vector<DueCondition> &conditions, std::int64_t place, const std::string &evidence)
{
    if (place < 0 || static_cast<std::size_t>(place) >= conditions.size())
        throw Exception(ErrorCode::NotFound, "There is no such condition.", "Refresh the page.");
    if (conditions[static_cast<std::size_t>(place)].metOn)
        throw Exception(ErrorCode::Conflict, "The condition has been met already.");
    checkText("evidence", evidence, "Condition, evidence");
    checkPresent(evidence, "The evidence that the condition is met");
}

void Checker::operator()(const MonitoringRecorded &fact) const
{
    const auto &run = fact.run;
    checkNewId(m_now.runs, run.id, "monitoring run");
    (void)model(run.model);
    (void)version(run.version, run.model);
    checkAuthor(run.by, "The monitoring run");
    checkTexts(run, "Monitoring run");
    checkPresent(run.source, "The name of the scoring log");
    if (run.sourceHash)
        checkDigest(*run.sourceHash, "the scoring log");
    checkDigest(run.result, "the monitoring result");
    if (run.rows < 0 || run.periods < 0 || run.features < 0)
        invalid("A monitoring run counts rows, periods and features; none is negative.");
    auto worst = Health::green;
    for (const auto &breach : run.breaches) {
        if (!std::isfinite(breach.value) || !std::isfinite(breach.limit))
            invalid("A figure beyond its limit must be a number.");
        if (breach.health != Health::amber && breach.health != Health::red)
            invalid("A figure beyond its limit is amber or red.");
        if (!breach.passed)
            worst = std::max(worst, breach.health);
    }
    const bool judged = run.health != Health::notEnoughData;
    if ((judged && run.health != worst) || (!judged && worst != Health::green))
        invalid("The health of a monitoring run is that of its worst figure in the latest period.");
    if (!run.explanation.empty() || run.explainedBy.valid() || run.explainedAt)
        invalid("A monitoring run is explained after it was recorded.", "Leave the explanation empty.");
}

void Checker::operator()(const MonitoringExplained &fact) const
{
    const auto &run = need(m_now.runs, fact.run, "monitoring run");
    checkRevision(run.id.str(), {}, "The monitoring run of " + run.source, run.revision, fact.basedOn);
    if (run.health == Health::green && run.breaches.empty())
        invalid("The monitoring run is green; there is nothing to explain.");
    checkText("explanation", fact.explanation, "Monitoring run, explanation");
    checkPresent(fact.explanation, "The explanation");
}

void Checker::operator()(const TierPublished &fact) const
{
    const auto &assessment = fact.assessment;
    checkNewId(m_now.assessments, assessment.id, "tier assessment");
    (void)livingModel(assessment.model, "tier assessments");
    checkAuthor(assessment.by, "The tier assessment");
    checkTexts(assessment, "Tier assessment");
    if (const auto *former = m_now.tierOf(assessment.model); former && former->entry == m_act.seq)
        throw Exception(ErrorCode::Conflict, "One entry publishes one tier for a model.");
    std::set<std::string> factors;
    for (const auto &answer : assessment.answers)
        if (!factors.insert(answer.factor).second)
            invalid("The factor " + answer.factor + " is answered twice.", "Keep one answer.");
    if (!std::isfinite(assessment.score))
        invalid("The score of a tier assessment must be a number.");
    if (assessment.overrideConfirmedBy.valid() || assessment.overrideConfirmedAt)
        invalid("An override is confirmed by a second person, after it was published.");
    if (assessment.overrideLevel && *assessment.overrideLevel == assessment.computedLevel)
        invalid("The override is to the tier that was computed.", "Publish without an override.");
    if (!assessment.overrideLevel && !assessment.overrideReason.empty())
        invalid("A reason for an override was given, but no override.", "Choose the tier or clear the reason.");
}

void Checker::operator()(const TierOverrideConfirmed &fact) const
{
    const auto &assessment = need(m_now.assessments, fact.assessment, "tier assessment");
    const auto title = titleOf(model(assessment.model));
    checkRevision(assessment.id.str(), {}, "The tier assessment of " + title, assessment.revision, fact.basedOn);
    if (!assessment.overridePending())
        throw Exception(ErrorCode::Conflict, "The tier assessment of " + title + " has no override to confirm.");
    if (m_now.tierOf(assessment.model)->id != assessment.id)
        throw Exception(ErrorCode::Conflict, "A newer tier of " + title + " has been published.",
                        "Look at that assessment.");
    checkText("comment", fact.comment, "Override, comment");
}

void Checker::operator()(const ScopeDecided &fact) const
{
    const auto title = titleOf(livingModel(fact.model, "scope decisions"));
    const auto found = m_now.scopes.find(fact.model);
    checkRevision(recordOf(fact), {}, "The scope of " + title,
                  found == m_now.scopes.end() ? -1 : found->second.revision, fact.basedOn);
    checkTexts(fact, "Scope decision");
    std::set<std::string> asked;
    for (const auto &answer : fact.answers)
        if (!asked.insert(answer.id).second)
            invalid("The question " + answer.id + " is answered twice.", "Keep one answer.");
}

void Checker::operator()(const DeploymentRequested &fact) const
{
    const auto &request = fact.request;
    checkNewId(m_now.requests, request.id, "deployment request");
    const auto &subject = livingModel(request.model, "deployment requests");
    const auto &wanted = version(request.version, request.model);
    checkAuthor(request.by, "The request");
    const auto title = titleOf(subject, wanted);
    if (wanted.stage == VersionStage::inProduction || wanted.stage == VersionStage::retired)
        throw Exception(ErrorCode::Conflict, title + " is " + fieldInWords(enumName(wanted.stage)) + ".",
                        "Request another version.");
    for (const auto &[id, other] : m_now.requests)
        if (other.version == request.version && isOpenOn(other, today()))
            throw Exception(ErrorCode::Conflict, title + " has an open deployment request already.",
                            "Wait for its decision, or withdraw it.");
    checkTexts(request, "Deployment request");
    checkPresent(request.justification, "The justification of the request");
    if (request.status != RequestStatus::open || !request.signOffs.empty())
        invalid("A deployment request is opened without signatures.");
    if (request.required.empty())
        invalid("A deployment request names at least one signature.");
    std::set<std::pair<Role, std::string>> roles;
    for (const auto &signature : request.required)
        if (signature.count < 1 || !roles.emplace(signature.role, signature.rule).second)
            invalid("A deployment request names each role once, with one signature or more.");
    checkPromotion(request);
    checkCovered(fact.covered);
}

const DeploymentRequest &Checker::openRequest(const RequestId &id, std::int64_t basedOn) const
{
    const auto &request = need(m_now.requests, id, "deployment request");
    const auto title = titleOf(model(request.model), need(m_now.versions, request.version, "version"));
    if (request.status != RequestStatus::open)
        throw Exception(ErrorCode::Conflict,
                        "The deployment request for " + title +
                            " is decided: " + fieldInWords(enumName(request.status)) + ".",
                        "Open a new request if need be.");
    if (const auto deadlines = deadlinesOf(request); deadlines.timedOutBy(today()))
        throw Exception(ErrorCode::Conflict,
                        "The deployment request for " + title + " is over. " + timeOutInWords(deadlines));
    checkRevision(request.id.str(), {}, "The deployment request for " + title, request.revision, basedOn);
    return request;
}

void Checker::operator()(const RequestSigned &fact) const
{
    const auto &signOff = fact.signOff;
    if (m_act.facts.size() != 1)
        invalid("A signature stands alone in its entry.", "Sign first, then make other changes.");
    (void)openRequest(fact.request, fact.basedOn);
    checkAuthor(signOff.by, "The signature");
    checkTexts(signOff, "Signature");
    if (signOff.fullName != need(m_now.users, m_act.author, "user").fullName)
        invalid("The name printed with the signature is not the signer's.");
    checkPresent(signOff.meaning, "The statement that the signature means");
    if (signOff.covered.empty())
        invalid("The signature covers nothing.", "Open the request and sign what is shown.");
    checkCovered(signOff.covered);
    if (signOff.decision != Decision::approve)
        checkPresent(signOff.comment, "A comment is needed unless you plainly approve; it");
    if (signOff.decision == Decision::approveWithConditions) {
        checkPresent(signOff.conditions, "The text of the conditions");
        if (!signOff.expiresOn)
            invalid("The day on which the conditional approval expires is missing.", "Fill it in.");
        if (*signOff.expiresOn <= today())
            invalid("The conditional approval would expire on " + toString(*signOff.expiresOn) +
                        ", not later than today.",
                    "Choose a later day.");
        checkOpenConditions(signOff.dueConditions, "the approval");
    } else if (!signOff.conditions.empty() || !signOff.dueConditions.empty() || signOff.expiresOn) {
        invalid("Conditions and expiry go with a conditional approval only.",
                "Clear them, or approve with conditions.");
    }
}

void Checker::operator()(const VersionDeployed &fact) const
{
    const auto &request = need(m_now.requests, fact.request, "deployment request");
    const auto &subject = livingModel(request.model, "versions in production");
    const auto &approved = version(request.version, request.model);
    const auto title = titleOf(subject, approved);
    if (m_act.facts.size() != 1)
        invalid("A version goes into production by an entry of its own.");
    if (!isApproved(request.status))
        throw Exception(ErrorCode::Conflict, "The deployment request for " + title + " is " +
                                                 fieldInWords(enumName(request.status)) + ", not approved.");
    if (approved.stage != VersionStage::approved)
        throw Exception(ErrorCode::Conflict, title + " is " + fieldInWords(enumName(approved.stage)) +
                                                 "; a version that is approved goes into production.");
    for (const auto &[id, other] : m_now.requests)
        if (const auto status = statusOn(other, today());
            other.version == request.version && other.entry > request.entry && status != RequestStatus::withdrawn &&
            status != RequestStatus::timedOut)
            throw Exception(ErrorCode::Conflict,
                            "The deployment of " + title + " has been requested again since; that request counts.");
    checkRevision(approved.id.str(), {}, title, approved.revision, fact.basedOn);
}

void Checker::operator()(const RequestWithdrawn &fact) const
{
    (void)openRequest(fact.request, fact.basedOn);
    checkText("reason", fact.reason, "Request, reason");
    checkPresent(fact.reason, "The reason for withdrawing");
}

} // namespace countersign
