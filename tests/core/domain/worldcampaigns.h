// SPDX-License-Identifier: GPL-3.0-or-later
//
// Records of the world of world.h that belong to reviews, campaigns and a model at work.
#pragma once

#include "tests/core/domain/world.h"

namespace world {

inline Validation conditional(const std::string &id, const ModelVersion &of)
{
    auto made = validation(id, of);
    made.outcome = ValidationOutcome::fitWithConditions;
    made.dueConditions = {{"Watch young customers monthly", "Olga Owner", *parseDate("2026-12-31"), {}, {}, {}}};
    made.nextReviewOn = parseDate("2027-06-30");
    return made;
}

/// Of the models as they stand.
inline Campaign campaign(const std::string &id, const Registry &registry)
{
    Campaign made;
    made.id = CampaignId(id);
    made.title = "Year end";
    made.from = *parseDate("2026-03-01");
    made.until = *parseDate("2026-12-31");
    made.questions = {"Is the inventory entry right?", "Is the model used as approved?"};
    made.before = snapshotOf(registry, modelsInScope(registry, made.scope));
    return made;
}

inline Attestation attestation(const std::string &id, const CampaignId &campaign, const ModelId &model, const User &by)
{
    Attestation made;
    made.id = AttestationId(id);
    made.campaign = campaign;
    made.model = model;
    made.lines = {{AttestedAnswer::yes, {}}, {AttestedAnswer::no, "Used for a new product too"}};
    made.fullName = by.fullName;
    return made;
}

inline UsageReport usage(const std::string &id, const ModelVersion &version)
{
    UsageReport made;
    made.id = UsageId(id);
    made.model = version.model;
    made.version = version.id;
    made.title = "Pricing, EU";
    made.from = *parseDate("2026-02-01");
    made.until = *parseDate("2026-02-28");
    made.predictions = 12000;
    made.failures = {{"timeout", 12}, {"missing income", 3}};
    made.lastUsedOn = parseDate("2026-02-28");
    return made;
}

inline CostEstimate cost(const std::string &id, const ModelId &modelId)
{
    CostEstimate made;
    made.id = CostEstimateId(id);
    made.model = modelId;
    made.title = "Wrong acceptances";
    made.unit = "EUR";
    made.basis = "Losses of 2025";
    made.decisionsPerYear = 12000;
    made.wrongShare = 0.02;
    made.costPerWrong = 150;
    made.recoveredShare = 0.4;
    made.idleDaysPerYear = 3;
    made.valuePerDay = 5000;
    return made;
}

inline RetrainingPolicy retraining(const std::string &id, const ModelId &modelId)
{
    RetrainingPolicy made;
    made.id = RetrainingId(id);
    made.model = modelId;
    made.title = "On drift, at most quarterly";
    return made;
}

inline HandOver handOver(const std::string &id, const ModelVersion &version)
{
    HandOver made;
    made.id = HandOverId(id);
    made.model = version.model;
    made.version = version.id;
    made.title = "To the scoring team";
    made.items = {{"Runbook", true, "Page 3"}, {"Access rights", true, {}}};
    return made;
}

inline Explanation explanation(const std::string &id, const ModelVersion &version)
{
    Explanation made;
    made.id = ExplanationId(id);
    made.model = version.model;
    made.version = version.id;
    made.title = "Mean absolute SHAP value";
    made.sample = "10,000 applications of 2018";
    made.importance = {{"income", 0.62}, {"age", 0.11}};
    made.reasonCodes = {{"R01", "Income too low for the amount"}};
    return made;
}

} // namespace world
