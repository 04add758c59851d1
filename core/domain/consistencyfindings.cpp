// SPDX-License-Identifier: GPL-3.0-or-later
//
// Findings, their plans and evidence; what a promotion compares.
#include "core/domain/checker.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace countersign {

namespace {

bool isFinite(const PromotionValue &value)
{
    return std::ranges::all_of(std::array{value.value, value.low, value.high},
                               [](const std::optional<double> &number) { return !number || std::isfinite(*number); });
}

} // namespace

void Checker::operator()(const FindingRaised &fact) const
{
    const auto &finding = fact.finding;
    checkNewId(m_now.findings, finding.id, "finding");
    (void)model(finding.model);
    if (finding.version.valid())
        (void)version(finding.version, finding.model);
    if (finding.run.valid() && need(m_now.runs, finding.run, "monitoring run").model != finding.model)
        invalid("The monitoring run of the finding belongs to another model.", "Raise it on that model.");
    checkAuthor(finding.raisedBy, "The finding");
    checkTexts(finding, "Finding");
    checkPresent(finding.title, "The title of the finding");
    if (!finding.detected) // the program names the owner of the model, who may be unknown
        checkPresent(finding.owner, "Who answers for the finding, its owner,");
    if (!finding.open || finding.closedBy.valid() || finding.closedAt || !finding.closureEvidence.empty())
        invalid("A finding is raised open.", "Close it afterwards, with evidence.");
    if (!finding.plans.empty() || !finding.evidence.empty())
        invalid("A finding is raised without plan and evidence.", "Set them afterwards.");
}

const Finding &Checker::openFinding(const FindingId &id, std::int64_t basedOn) const
{
    const auto &finding = need(m_now.findings, id, "finding");
    checkRevision(finding.id.str(), {}, "The finding \"" + finding.title + "\"", finding.revision, basedOn);
    if (!finding.open)
        throw Exception(ErrorCode::Conflict, "The finding \"" + finding.title + "\" is closed already.");
    return finding;
}

void Checker::operator()(const RemediationPlanned &fact) const
{
    const auto &finding = openFinding(fact.finding, fact.basedOn);
    const auto &plan = fact.plan;
    checkAuthor(plan.by, "The remediation plan");
    checkTexts(plan, "Remediation plan");
    checkPresent(plan.text, "What the remediation plan is");
    checkPresent(plan.owner, "Who answers for the remediation plan");
    if (plan.targetOn < today())
        invalid("The target of the remediation plan is " + toString(plan.targetOn) + ", a day that is over.",
                "Choose today or a later day.");
    if (finding.plan())
        checkPresent(plan.reason, "Why the remediation plan is revised");
    else if (!plan.reason.empty())
        invalid("The finding has no plan that could be revised.", "Leave the reason empty.");
}

void Checker::operator()(const RemediationEvidenced &fact) const
{
    (void)openFinding(fact.finding, fact.basedOn);
    checkEvidence(fact.evidence);
}

void Checker::checkEvidence(const RemediationEvidence &evidence) const
{
    checkAuthor(evidence.by, "The evidence");
    checkTexts(evidence, "Evidence");
    if (isBlank(evidence.text) && evidence.files.empty())
        invalid("Evidence is words, files, or both; this is neither.", "Write it or attach a file.");
    for (const auto &file : evidence.files)
        checkFile(file.fileName, file.size, file.hash);
}

void Checker::operator()(const FindingClosed &fact) const
{
    (void)openFinding(fact.finding, fact.basedOn);
    checkText("evidence", fact.evidence, "Finding, evidence");
    checkPresent(fact.evidence, "The evidence that the finding is resolved");
}

void Checker::checkSide(const PromotionSide &side, const ModelId &modelId, const std::string &what) const
{
    const auto &of = version(side.version, modelId);
    const auto &run = need(m_now.runs, side.run, "monitoring run");
    if (run.version != side.version || run.result != side.result)
        invalid("The run of the " + what + " is not one of version " + of.label + ".", "Choose a run of that version.");
    checkPresent(side.period, "The period of the " + what);
    if (side.rows < 0 || side.labelledRows < 0 || side.labelledRows > side.rows)
        invalid("The rows of the " + what + " are counted wrongly.");
}

void Checker::checkPromotion(const DeploymentRequest &request) const
{
    if (!request.promotion)
        return;
    const auto &promotion = *request.promotion;
    checkTexts(promotion, "Promotion");
    checkSide(promotion.champion, request.model, "champion");
    checkSide(promotion.challenger, request.model, "challenger");
    if (promotion.challenger.version != request.version)
        invalid("The challenger is not the version that the request is for.", "Compare that version.");
    if (promotion.champion.version == promotion.challenger.version)
        invalid("Champion and challenger are the same version.", "Compare two versions.");
    if (promotion.figures.empty())
        invalid("The two runs have no figure in common, so there is nothing to compare.",
                "Run both versions on the same log, with outcomes.");
    std::set<std::string> names;
    for (const auto &figure : promotion.figures) {
        checkPresent(figure.title, "The title of a compared figure");
        if (figure.name.empty() || !names.insert(figure.name).second)
            invalid("Each figure of a comparison is there once; \"" + figure.name + "\" is not.");
        if (!isFinite(figure.champion) || !isFinite(figure.challenger) || !isFinite(figure.difference) ||
            figure.championRows < 0 || figure.challengerRows < 0)
            invalid("The figure \"" + figure.title + "\" of the comparison is not a number.");
    }
}

} // namespace countersign
