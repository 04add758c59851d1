// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lists of the Home page, as pure functions of the register.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/rules.h"

namespace countersign {

enum class TaskKind {
    signRequest,
    signException,
    confirmOverride,
    assessTier,
    explainBreach,
    closeFinding,
    meetCondition,
    validate,
    attest,
    retrain,
    monitor,      ///< the next run is due or late
    requestAgain, ///< the request of one's own has timed out
    deploy,       ///< a version is approved and not in production yet
    meetApprovalCondition,
    settleIncident,
    reviewLimitation,
    reviewOverlay, ///< it expires soon or has expired
    endException,  ///< it ends soon or has ended, and the demand is to be met
    signPolicy,
    publishPolicy ///< it is approved
};
BOOST_DESCRIBE_ENUM(TaskKind, signRequest, signException, confirmOverride, assessTier, explainBreach, closeFinding,
                    meetCondition, validate, attest, retrain, monitor, requestAgain, deploy, meetApprovalCondition,
                    settleIncident, reviewLimitation, reviewOverlay, endException, signPolicy, publishPolicy)

/// Something that waits for one person.
struct WaitingTask
{
    TaskKind kind = TaskKind::signRequest;
    ModelId model; ///< none: of a policy
    std::string modelName;
    std::string id; ///< of the request, exception, assessment, run, finding, validation, version, campaign or record
    std::string title;
    UtcTime since{};
    std::optional<Date> due = {}; ///< a decision is overdue from then on
    std::int64_t days = 0;        ///< since `due`; below 0: until
};

struct DriftAlert
{
    ModelId model;
    std::string modelName;
    RunId run;
    Health health = Health::amber;
    Breach worst;
    std::int64_t breaches = 0;
    bool explained = false;
    FindingId finding = {}; ///< that answers it; none: nobody has raised one

    [[nodiscard]] bool open() const { return !explained && !finding.valid(); }
};

enum class OverdueKind {
    review,
    finding,
    condition,
    validationCondition,
    assumptionCheck,
    plan, ///< the target of a remediation plan
    decision,
    exceptionDecision,
    monitoring, ///< the next run (core/policy/monitoringdue.h)
    incident,
    limitation
};
BOOST_DESCRIBE_ENUM(OverdueKind, review, finding, condition, validationCondition, assumptionCheck, plan, decision,
                    exceptionDecision, monitoring, incident, limitation)

struct OverdueItem
{
    OverdueKind kind = OverdueKind::review;
    ModelId model;
    std::string modelName;
    std::string id;
    std::string title;
    Date due{};
    std::int64_t days = 0;
};

/// Within how many days a review that comes due waits for the model's validator.
inline constexpr std::int64_t reviewHorizon = 60;
/// Within how many days a monitoring run that comes due waits for who is in charge of the model.
inline constexpr std::int64_t monitoringHorizon = 7;

/// `today` decides which reviews are near, which campaigns run and which requests have timed out; the day of the last
/// entry when left out.
[[nodiscard]] std::vector<WaitingTask> waitingFor(const PolicyPack &pack, const Registry &registry, const User &user,
                                                  std::optional<Date> today = {});
/// Red before amber, open before dealt with, then by model name. An alert is dealt with by an explanation, or by a
/// finding. Of each version the run of RunAnswers::breached counts: a calmer run after it leaves an open alert open,
/// and ends one that was dealt with.
[[nodiscard]] std::vector<DriftAlert> driftAlerts(const Registry &registry);
/// Longest overdue first. Reviews are those of the review queue (core/policy/reviewqueue.h).
[[nodiscard]] std::vector<OverdueItem> overdue(const PolicyPack &pack, const Registry &registry, Date today);

} // namespace countersign
