// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the register shows by itself: issues that nobody has raised yet.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/rules.h"

namespace countersign {

enum class IssueKind {
    redMonitoring,
    productionBeforeValidation,
    inUseWithoutApproval,
    useOutsidePurpose,
    exceptionLapsed,
    overlayExpired,
    assumptionBreached
};
BOOST_DESCRIBE_ENUM(IssueKind, redMonitoring, productionBeforeValidation, inUseWithoutApproval, useOutsidePurpose,
                    exceptionLapsed, overlayExpired, assumptionBreached)
[[nodiscard]] std::string displayName(IssueKind kind);

/// An issue without a finding. Its finding has an id that follows from the cause, so that two desks raise it once.
struct DetectedIssue
{
    IssueKind kind = IssueKind::redMonitoring;
    ModelId model;
    VersionId version; ///< may be none
    FindingId finding; ///< the id that its finding gets
    Severity severity = Severity::high;
    std::string title;
    std::string detail;
    RunId run = {}; ///< of red monitoring
};

/// The open finding or the closed one that answers the breaches of `run`: it names the run. None: nobody has raised
/// one.
[[nodiscard]] const Finding *findingAnswering(const Registry &registry, const RunId &run);
/// The issue of an assumption whose last value is out of range (Assumption::breached).
[[nodiscard]] DetectedIssue breachOf(const Assumption &assumption);
/// The finding that an issue becomes: owned by the model's owner, due as the pack says.
[[nodiscard]] Finding findingFor(const DetectedIssue &issue, const PolicyPack &pack, const Registry &registry,
                                 Date today);

/// In the order of the models. Counted are: the latest run of a version in use, red, neither explained nor
/// answered by a finding that names the run; a version in production that the tier wants validated and that is not;
/// a model in scope that was registered in use and has no version in production when the policy's term is over;
/// uses that the model's "actual use" lists (one a line, or separated by semicolons) and its "approved uses" do not;
/// approved exceptions and open overlays past their day; open assumptions whose last value is out of range. Retired
/// models are left out.
[[nodiscard]] std::vector<DetectedIssue> detectedIssues(const PolicyPack &pack, const Registry &registry, Date today);

} // namespace countersign
