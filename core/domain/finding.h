// SPDX-License-Identifier: GPL-3.0-or-later
//
// A finding on a model, from raising to closure: its remediation plan with every revision, and the evidence that it was
// carried out.
#pragma once

#include "core/base/json.h"
#include "core/domain/ids.h"

namespace countersign {

enum class Severity { low, medium, high, critical };
BOOST_DESCRIBE_ENUM(Severity, low, medium, high, critical)
[[nodiscard]] std::string displayName(Severity severity);

/// What the program detects by itself (core/policy/detected.h).
enum class IssueKind {
    redMonitoring,
    productionBeforeValidation,
    inUseWithoutApproval,
    useOutsidePurpose,
    exceptionLapsed,
    overlayExpired,
    assumptionBreached,
    serviceFailing, ///< more calls failed than the policy allows
    serviceIdle,    ///< not used for longer than the policy allows
    approvalExpired,
    conditionOverdue ///< of an approval, or of the last validation
};
BOOST_DESCRIBE_ENUM(IssueKind, redMonitoring, productionBeforeValidation, inUseWithoutApproval, useOutsidePurpose,
                    exceptionLapsed, overlayExpired, assumptionBreached, serviceFailing, serviceIdle, approvalExpired,
                    conditionOverdue)
[[nodiscard]] std::string displayName(IssueKind kind);

/// What will be done about a finding. Who and when are those of the act that set it.
struct RemediationPlan
{
    std::string text;
    std::string owner; ///< full name of who answers for the plan
    Date targetOn{};
    std::string reason; ///< why the plan before was revised; empty for the first
    UserId by;
    UtcTime at{};
    std::int64_t entry = -1;
};
BOOST_DESCRIBE_STRUCT(RemediationPlan, (), (text, owner, targetOn, reason, by, at, entry))

/// A file that shows something, kept as the blob `hash`.
struct EvidenceFile
{
    std::string fileName;
    Hash256 hash;
    std::int64_t size = 0; ///< bytes
};
BOOST_DESCRIBE_STRUCT(EvidenceFile, (), (fileName, hash, size))

/// What shows that a plan was carried out, or that a record beside a model is settled: words, files, or both.
struct RemediationEvidence
{
    std::string text;
    std::vector<EvidenceFile> files;
    UserId by;
    UtcTime at{};
    std::int64_t entry = -1;
};
BOOST_DESCRIBE_STRUCT(RemediationEvidence, (), (text, files, by, at, entry))

struct Finding
{
    FindingId id;
    ModelId model;
    VersionId version; ///< may be none: the finding is on the model
    RunId run;         ///< the monitoring run whose breaches it answers; may be none
    std::string title;
    std::string description;
    Severity severity = Severity::medium;
    std::string owner; ///< full name
    std::optional<Date> dueOn;
    bool open = true;
    UserId raisedBy;
    UtcTime raisedAt{};
    UserId closedBy;
    std::optional<UtcTime> closedAt;
    std::string closureEvidence;
    std::int64_t revision = -1;
    std::int64_t entry = -1;                        ///< sequence number of the entry that raised it
    std::vector<RemediationPlan> plans = {};        ///< grows only; the last is in force
    std::vector<RemediationEvidence> evidence = {}; ///< grows only
    std::optional<IssueKind> detected = {};         ///< by the program; who raised it only signed it. None: by a person

    [[nodiscard]] const RemediationPlan *plan() const { return plans.empty() ? nullptr : &plans.back(); }
};
BOOST_DESCRIBE_STRUCT(Finding, (),
                      (id, model, version, run, title, description, severity, owner, dueOn, open, raisedBy, raisedAt,
                       closedBy, closedAt, closureEvidence, revision, entry, plans, evidence, detected))

/// Sets the plan of an open finding, or revises it.
struct RemediationPlanned
{
    FindingId finding;
    RemediationPlan plan;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(RemediationPlanned, (), (finding, plan, basedOn))

/// Adds evidence to an open finding.
struct RemediationEvidenced
{
    FindingId finding;
    RemediationEvidence evidence;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(RemediationEvidenced, (), (finding, evidence, basedOn))

} // namespace countersign
