// SPDX-License-Identifier: GPL-3.0-or-later
//
// The challenger of the demonstration: documents, validation, a run of its own on the log of the champion, and the
// request to promote it.
#include "app/demo/demoscenario.h"

#include "core/base/decimal.h"
#include "core/workspace/must.h"

namespace countersign {

void DemoScenario::challenge()
{
    onDay(72);
    for (const DemoModel &demo : m_data.models)
        if (demo.challenger)
            challenge(demo, *demo.challenger);
}

void DemoScenario::challenge(const DemoModel &demo, const DemoChallenger &challenger)
{
    const Model &model = demo.model;
    ModelVersion version = challenger.version;
    version.model = m_models.at(model.reference);
    const VersionId id = must(as(model.developer).registerVersion(version));
    const std::string name = model.reference + ", version " + version.label;
    attach(model, id, challenger.documents);
    recordValidation(
        model, id, ValidationOutcome::fitWithConditions,
        "Computed again from the log beside the version in production; see the attached validation report.",
        challenger.conditions);
    say("Registered and validated the challenger " + name + ": fit with conditions, by " + model.validator);
    const RunId run = m_runs[name] = recordRun(model, id, challenger.run);
    if (m_workspace.registry().runs.at(run).health != Health::green)
        must(as(model.validator).explainRun(run, challenger.explanation));

    const RunId champion = m_runs.at(model.reference);
    const auto last = [&](const RunId &of) { return must(m_workspace.runResult(of)).periods.size() - 1; };
    onDay(80);
    const RequestId request = must(
        as(model.developer).requestPromotion({champion, last(champion)}, {run, last(run)}, challenger.justification));
    const Promotion &compared = *m_workspace.registry().requests.at(request).promotion;
    std::string line = "Requested the promotion of " + name + ":";
    for (const PromotionFigure &figure : compared.figures)
        if (figure.champion.value && figure.challenger.value)
            line += " " + figure.title + " " + fixed(*figure.champion.value, 3) + " to " +
                    fixed(*figure.challenger.value, 3) + ",";
    line.back() = '.';
    say(line);
    if (outstanding(m_workspace.registry().requests.at(request)).size() > 1)
        sign(request, Role::validator, Decision::approve);
    say("  still open: waits for an approver");
}

} // namespace countersign
