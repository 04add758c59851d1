// SPDX-License-Identifier: GPL-3.0-or-later
//
// A row of the tables of what is consistent, and the register that it is tried on.
#pragma once

#include "tests/core/domain/world.h"

#include <functional>

namespace world {

/// A register with one of everything: model m1 with versions v1 (1.0) and v2 (2.0), model m2, retired model m3 with
/// version v3, document d1, validation a1, open finding f1, closed f2, red run n1, green n2, tier t1 with a pending
/// override, and open request r1 on v1.
struct Full : world::World
{
    Full()
    {
        openWithModel();
        does(owner, {VersionRegistered{world::version("v2", ModelId("m1"), "2.0")}});
        does(owner, {ModelRegistered{world::model("m2", "CR-020"), {}}});
        auto old = world::model("m3", "CR-001");
        does(owner, {ModelRegistered{old, {}}});
        does(owner, {VersionRegistered{world::version("v3", ModelId("m3"), "1.0")}});
        old = registry.models.at(old.id);
        old.stage = Stage::retired;
        old.retiredOn = parseDate("2026-01-31");
        old.retirementReason = "Replaced";
        does(owner, {ModelEdited{old, {}}});
        does(owner, {DocumentAttached{world::document("d1", first)}});
        does(validator, {ValidationRecorded{world::validation("a1", first)}});
        does(validator, {FindingRaised{world::finding("f1", ModelId("m1"))}});
        does(validator, {FindingRaised{world::finding("f2", ModelId("m1"))}});
        does(approver, {FindingClosed{FindingId("f2"), "Done.", registry.size - 1}});
        does(owner, {MonitoringRecorded{world::run("n1", first, Health::red)}});
        does(owner, {MonitoringRecorded{world::run("n2", first)}});
        auto tier = world::assessment("t1", ModelId("m1"));
        tier.overrideLevel = 1;
        tier.overrideReason = "New market";
        does(owner, {TierPublished{tier}});
        does(owner, {DeploymentRequested{world::request("r1", first), {}}});
    }

    [[nodiscard]] std::int64_t revisionOf(const FindingId &id) const { return registry.findings.at(id).revision; }
    [[nodiscard]] std::int64_t revisionOf(const RunId &id) const { return registry.runs.at(id).revision; }
    [[nodiscard]] std::int64_t revisionOf(const AssessmentId &id) const { return registry.assessments.at(id).revision; }
    [[nodiscard]] std::int64_t revisionOf(const RequestId &id) const { return registry.requests.at(id).revision; }
};

struct Row
{
    std::string name;
    std::optional<ErrorCode> code; ///< none: consistent
    const char *words;             ///< in the message
    std::function<std::vector<Fact>(Full &)> facts;
    const char *author = "u-owner";
};

} // namespace world
