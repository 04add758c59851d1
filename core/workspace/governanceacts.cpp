// SPDX-License-Identifier: GPL-3.0-or-later
//
// Validations, findings and risk tiers.
#include "core/policy/scope.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

namespace {

struct GivenEvidence
{
    RemediationEvidence evidence;
    std::vector<std::string> blobs; ///< the bytes of its files
};

GivenEvidence evidenceOf(const std::string &text, const std::vector<NamedBytes> &files)
{
    GivenEvidence given;
    given.evidence.text = text;
    for (const auto &[fileName, bytes] : files) {
        requireBearable(fileName, bytes);
        given.evidence.files.push_back({fileName, sha256(bytes), static_cast<std::int64_t>(bytes.size())});
        given.blobs.push_back(bytes);
    }
    return given;
}

} // namespace

Result<ValidationId> Workspace::recordValidation(const Validation &given)
{
    return guarded([&] {
        auto validation = given;
        validation.id = m_d->newId<ValidationId>();
        validation.model = recordOf(m_d->registry().versions, given.version, "version").model;
        validation.revision = -1;
        validation.entry = -1;
        if (validation.conditions.empty())
            validation.conditions = inWords(validation.dueConditions);
        if (!validation.nextReviewOn)
            validation.nextReviewOn = nextReviewDueOn(m_d->pack(), m_d->registry(), validation.model, today());
        m_d->append({ValidationRecorded{validation}});
        return validation.id;
    });
}

Result<void> Workspace::meetCondition(const ValidationId &id, std::size_t condition, const std::string &evidence)
{
    return guarded([&] {
        const auto &validation = recordOf(m_d->registry().validations, id, "validation");
        m_d->append({ConditionMet{id, static_cast<std::int64_t>(condition), evidence, validation.revision}});
    });
}

Result<FindingId> Workspace::raiseFinding(Finding finding)
{
    return guarded([&] {
        finding.id = m_d->newId<FindingId>();
        finding.revision = -1;
        finding.entry = -1;
        if (!finding.dueOn)
            finding.dueOn = m_d->pack().findingDueOn(finding.severity, today());
        m_d->append({FindingRaised{finding}});
        return finding.id;
    });
}

Result<void> Workspace::closeFinding(const FindingId &id, const std::string &evidence)
{
    return guarded([&] {
        const Finding &finding = recordOf(m_d->registry().findings, id, "finding");
        m_d->append({FindingClosed{id, evidence, finding.revision}});
    });
}

Result<void> Workspace::planRemediation(const FindingId &id, const RemediationPlan &given)
{
    return guarded([&] {
        const Finding &finding = recordOf(m_d->registry().findings, id, "finding");
        m_d->append({RemediationPlanned{
            id, {given.text, given.owner, given.targetOn, given.reason, {}, {}, -1}, finding.revision}});
    });
}

Result<void> Workspace::addEvidence(const FindingId &id, const std::string &text, const std::vector<NamedBytes> &files)
{
    return guarded([&] {
        const Finding &finding = recordOf(m_d->registry().findings, id, "finding");
        const auto given = evidenceOf(text, files);
        m_d->append({RemediationEvidenced{id, given.evidence, finding.revision}}, given.blobs);
    });
}

Result<void> Workspace::addEvidence(RecordKind kind, const std::string &id, const std::string &text,
                                    const std::vector<NamedBytes> &files)
{
    return guarded([&] {
        const auto revision = withRecords(m_d->registry(), kind, [&](const char *, const auto &records) {
            using Records = std::remove_cvref_t<decltype(records)>;
            return recordOf(records, typename Records::key_type(id), nounOf(kind).c_str()).revision;
        });
        const auto given = evidenceOf(text, files);
        m_d->append({RecordEvidenced{kind, id, given.evidence, revision}}, given.blobs);
    });
}

Result<std::string> Workspace::evidenceBytes(const EvidenceFile &file) const
{
    return guarded([&] { return m_d->bytesOf(file.fileName, file.hash); });
}

Result<AssessmentId> Workspace::publishTier(const ModelId &model, const std::vector<TierAnswer> &answers,
                                            const std::string &rationale, const std::optional<TierOverride> &override)
{
    return guarded([&] {
        const PolicyPack &pack = m_d->pack();
        const TierComputation computed = computeTier(pack, answers);
        if (!computed.complete)
            throw Exception(ErrorCode::InvalidInput, "Not every factor of the tier is answered.",
                            "Answer all of them, then publish.");
        TierAssessment assessment;
        assessment.id = m_d->newId<AssessmentId>();
        assessment.model = model;
        assessment.method = pack.tierMethod.id;
        assessment.methodVersion = pack.tierMethod.version;
        assessment.answers = answers;
        assessment.score = computed.score;
        assessment.computedLevel = computed.level;
        assessment.rationale = rationale;
        if (override) {
            assessment.overrideLevel = override->level;
            assessment.overrideReason = override->reason;
        }
        m_d->append({TierPublished{assessment}});
        return assessment.id;
    });
}

Result<void> Workspace::decideScope(const ModelId &model, const std::vector<bool> &answers, const std::string &reason)
{
    return guarded([&] {
        const auto &scope = m_d->pack().scope;
        ScopeDecided fact;
        fact.model = model;
        for (const bool yes : answers) {
            const auto *question = scopeStep(scope, fact.answers).question;
            if (!question)
                throw Exception(ErrorCode::InvalidInput, "There are more answers than the policy asks for.",
                                "Decide the scope again.");
            fact.answers.push_back({question->id, question->question, yes});
        }
        const auto *outcome = scopeStep(scope, fact.answers).outcome;
        if (!outcome)
            throw Exception(ErrorCode::InvalidInput, "Not every question about scope is answered.",
                            "Answer them until they lead to an outcome.");
        fact.outcome = outcome->id;
        fact.label = outcome->label;
        fact.inScope = outcome->inScope;
        fact.reason = reason;
        const auto &scopes = m_d->registry().scopes;
        if (const auto former = scopes.find(model); former != scopes.end())
            fact.basedOn = former->second.revision;
        m_d->append({fact});
    });
}

Result<void> Workspace::confirmOverride(const AssessmentId &id, const std::string &comment)
{
    return guarded([&] {
        const TierAssessment &assessment = recordOf(m_d->registry().assessments, id, "tier assessment");
        m_d->append({TierOverrideConfirmed{id, comment, assessment.revision}});
    });
}

} // namespace countersign
