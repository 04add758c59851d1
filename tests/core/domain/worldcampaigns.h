// SPDX-License-Identifier: GPL-3.0-or-later
//
// Records of the world of world.h that belong to reviews and campaigns.
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

} // namespace world
