// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deadlines.h"
#include "core/domain/registry.h"
#include "core/policy/controls.h"

namespace countersign {

/// Everything shown to a signer about a request, on one page.
struct Brief
{
    DeploymentRequest request;
    std::string requesterName;
    std::string organisation;
    std::string policy; ///< title and version of the pack that is in force
    Date asOf{};
    Model model;
    ModelVersion version;
    std::optional<ModelVersion> replaces; ///< the version in production now
    std::vector<FieldChange> changes;     ///< what the version changes against it
    std::optional<TierAssessment> tier;
    std::string tierLabel;
    std::string stageLabel;
    std::optional<CostEstimate> cost; ///< of a wrong or idle model, the newest estimate
    RiskStanding risk;                ///< inherent tier, controls, residual tier
    std::optional<Validation> validation;
    std::optional<MonitoringRun> run;
    std::vector<Document> documents;
    std::vector<Finding> openFindings;
    std::vector<Check> checks;
    std::vector<RequiredSignature> outstanding;
    std::string championLabel;                  ///< of the version that a promotion compares with
    RequestStatus status = RequestStatus::open; ///< on the day of the brief
    Deadlines deadlines;
    bool decisionOverdue = false;
    std::vector<CoveredItem> covered; ///< the digests of all of the above that a signature covers
};

} // namespace countersign
