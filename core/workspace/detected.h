// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the register shows by itself: issues that nobody has raised yet, and signatures whose ground has moved.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/rules.h"

namespace countersign {

enum class IssueKind {
    redMonitoring,
    productionBeforeValidation,
    useOutsidePurpose,
    exceptionLapsed,
    overlayExpired,
    assumptionBreached
};
BOOST_DESCRIBE_ENUM(IssueKind, redMonitoring, productionBeforeValidation, useOutsidePurpose, exceptionLapsed,
                    overlayExpired, assumptionBreached)
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
};

/// In the order of the models. Counted are: the latest run of a version in use, red, neither explained nor followed by
/// a finding on the model; a version in production that the tier wants validated and that is not; uses that the model's
/// "actual use" lists (one a line, or separated by semicolons) and its "approved uses" do not; approved exceptions and
/// open overlays past their day; open assumptions whose last value is out of range. Retired models are left out.
[[nodiscard]] std::vector<DetectedIssue> detectedIssues(const PolicyPack &pack, const Registry &registry, Date today);

/// Something that changed after a signature was given and that it covered.
struct StaleChange
{
    std::int64_t entry = 0;
    UtcTime at{};
    std::string by;
    std::string what; ///< the line of the history
    std::vector<FieldChange> changes;
};

struct StaleSignOff
{
    RequestId request;
    ModelId model;
    std::size_t signOff = 0; ///< place in the request's signOffs
    std::string signer;
    UtcTime at{};
    std::vector<StaleChange> changes; ///< oldest first
};

/// The approvals of open requests, and of those by which a version is in production, whose ground has changed since: an
/// edit of the model or version, a tier, document, validation, run or finding, another policy. What the approval itself
/// did is no change.
[[nodiscard]] std::vector<StaleSignOff> staleSignOffs(const Registry &registry);

} // namespace countersign
