// SPDX-License-Identifier: GPL-3.0-or-later
//
// A register of many models in every state, made without a file: the same for the same number.
#pragma once

#include <array>
#include <string>

#include "core/domain/registry.h"

namespace countersign::test {

/// Model `i` of the register: tiers 1 to 3 and none, every stage, every health and none, reviews in the past and
/// future, findings, validations and conditions on some. `today` is what the dates are told from.
class ManyModels
{
public:
    ManyModels(int count, Date today)
        : m_today(today)
    {
        m_registry.organisation = "Example Bank (invented)";
        m_registry.size = count;
        for (int i = 0; i < count; ++i)
            add(i);
    }
    [[nodiscard]] const Registry &registry() const { return m_registry; }

private:
    void add(int i)
    {
        const auto number = std::to_string(100000 + i);
        Model model;
        model.id = ModelId("m" + number);
        model.reference = "CR-" + number;
        model.name = "Probability of default, portfolio " + number + " (invented)";
        model.owner = "Model owner, Credit";
        constexpr std::array stages = {Stage::inProduction,  Stage::inProduction, Stage::restricted,
                                       Stage::inDevelopment, Stage::inValidation, Stage::approved,
                                       Stage::proposed,      Stage::retired};
        model.stage = stages.at(static_cast<std::size_t>(i % 8));
        if (i % 5 != 0)
            model.nextReviewOn = m_today + std::chrono::days((i * 37) % 400 - 60);
        m_registry.models[model.id] = model;
        if (i % 4 != 0)
            addTier(model.id, number, i % 4);
        addVersion(model, number, i);
        if (i % 9 == 0)
            addFinding(model.id, number, i);
    }

    void addTier(const ModelId &model, const std::string &number, std::int64_t level)
    {
        TierAssessment tier;
        tier.id = AssessmentId("a" + number);
        tier.model = model;
        tier.computedLevel = level;
        m_registry.assessments[tier.id] = tier;
    }

    void addVersion(const Model &model, const std::string &number, int i)
    {
        ModelVersion version;
        version.id = VersionId("v" + number);
        version.model = model.id;
        version.label = "1.0";
        version.stage = model.stage == Stage::inProduction ? VersionStage::inProduction : VersionStage::inDevelopment;
        m_registry.versions[version.id] = version;
        if (i % 3 == 0) {
            Validation validation;
            validation.id = ValidationId("w" + number);
            validation.model = model.id;
            validation.version = version.id;
            m_registry.validations[validation.id] = validation;
        }
        if (i % 6 != 5)
            addRun(version, number, i);
        if (i % 16 == 1) {
            DeploymentRequest request;
            request.id = RequestId("q" + number);
            request.model = model.id;
            request.version = version.id;
            request.status = RequestStatus::approvedWithConditions;
            SignOff signOff;
            signOff.decision = Decision::approveWithConditions;
            signOff.expiresOn = m_today + std::chrono::days(i % 32 == 1 ? -3 : 30);
            request.signOffs = {signOff};
            m_registry.requests[request.id] = request;
        }
    }

    void addRun(const ModelVersion &version, const std::string &number, int i)
    {
        MonitoringRun run;
        run.id = RunId("r" + number);
        run.model = version.model;
        run.version = version.id;
        constexpr std::array healths = {Health::green, Health::amber, Health::red, Health::notEnoughData};
        run.health = healths.at(static_cast<std::size_t>(i / 6 % 4));
        run.from = "2026-01";
        run.to = "2026-10";
        run.performance = "AUC 0.712 in 2026-10 (reference 0.777)";
        if (run.health == Health::amber || run.health == Health::red)
            run.breaches = {{"utilisation of the revolving facilities", run.to, "PSI",
                             run.health == Health::red ? 0.43 : 0.17, run.health == Health::red ? 0.25 : 0.1,
                             run.health}};
        run.explanation = i % 7 == 0 ? "A campaign." : "";
        m_registry.runs[run.id] = run;
    }

    void addFinding(const ModelId &model, const std::string &number, int i)
    {
        Finding finding;
        finding.id = FindingId("f" + number);
        finding.model = model;
        finding.title = "Young customers";
        finding.severity = i % 2 == 0 ? Severity::high : Severity::medium;
        finding.dueOn = m_today + std::chrono::days(i % 4 == 0 ? -10 : 10);
        m_registry.findings[finding.id] = finding;
    }

    Date m_today;
    Registry m_registry;
};

} // namespace countersign::test
