// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/domain/duecondition.h"
#include "core/domain/finding.h"
#include "core/domain/promotion.h"
#include "core/domain/user.h"

namespace countersign {

enum class Health { green, amber, red, notEnoughData };
BOOST_DESCRIBE_ENUM(Health, green, amber, red, notEnoughData)
[[nodiscard]] std::string displayName(Health health);

/// One figure beyond its limit in a monitoring run.
struct Breach
{
    std::string feature; ///< empty: the model's performance
    std::string period;
    std::string metric;
    double value = 0;
    double limit = 0;
    Health health = Health::amber;
    /// Of a period before the latest one that was judged: it asks for an answer, but is not today's health.
    bool passed = false;
};
BOOST_DESCRIBE_STRUCT(Breach, (), (feature, period, metric, value, limit, health, passed))

/// What the register keeps of a monitoring run; the whole result is the blob `result`.
struct MonitoringRun
{
    RunId id;
    ModelId model;
    VersionId version;
    std::string source;                ///< file name of the scoring log, or its table and database
    std::optional<Hash256> sourceHash; ///< none of a log in a database
    std::int64_t rows = 0;
    std::int64_t periods = 0;
    std::int64_t features = 0;
    std::string from; ///< labels of the first and last period
    std::string to;
    Health health = Health::notEnoughData; ///< of the latest period
    std::vector<Breach> breaches;          ///< of the latest period, and of earlier ones that no run had judged before
    std::string performance;               ///< "AUC 0.712 (reference 0.760)" for lists
    Hash256 result;
    UserId by;
    UtcTime at{};
    std::string explanation; ///< why a breach is accepted; empty: not explained
    UserId explainedBy;
    std::optional<UtcTime> explainedAt;
    std::int64_t revision = -1;
    std::int64_t entry = -1; ///< sequence number of the entry that recorded it

    /// Whether any breach is red, also one that has passed.
    [[nodiscard]] bool hasRedBreach() const;
};
BOOST_DESCRIBE_STRUCT(MonitoringRun, (),
                      (id, model, version, source, sourceHash, rows, periods, features, from, to, health, breaches,
                       performance, result, by, at, explanation, explainedBy, explainedAt, revision, entry))

/// "3 figures beyond limits, 1 of them in earlier periods"; empty without breaches.
[[nodiscard]] std::string breachesInWords(const MonitoringRun &run);

struct TierAnswer
{
    std::string factor; ///< id of the factor in the tier method
    std::string answer; ///< id of the chosen answer
};
BOOST_DESCRIBE_STRUCT(TierAnswer, (), (factor, answer))

/// A published tier assessment. Computed tier, override and its confirmation are kept apart. Level 1 is the riskiest.
struct TierAssessment
{
    AssessmentId id;
    ModelId model;
    std::string method; ///< id of the tier method
    std::int64_t methodVersion = 0;
    std::vector<TierAnswer> answers;
    double score = 0;
    std::int64_t computedLevel = 0;
    std::optional<std::int64_t> overrideLevel;
    std::string overrideReason;
    UserId overrideConfirmedBy;
    std::optional<UtcTime> overrideConfirmedAt;
    std::string rationale;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1; ///< sequence number of the entry that published it

    /// The level in force: an override counts once a second person has confirmed it.
    [[nodiscard]] std::int64_t level() const
    {
        return overrideLevel && overrideConfirmedBy.valid() ? *overrideLevel : computedLevel;
    }
    [[nodiscard]] bool overridePending() const { return overrideLevel && !overrideConfirmedBy.valid(); }
};
BOOST_DESCRIBE_STRUCT(TierAssessment, (),
                      (id, model, method, methodVersion, answers, score, computedLevel, overrideLevel, overrideReason,
                       overrideConfirmedBy, overrideConfirmedAt, rationale, by, at, revision, entry))

/// One thing that a signature covers: what it was and the digest of exactly what was shown.
struct CoveredItem
{
    std::string kind; ///< "model", "version", "tier assessment", "monitoring run", "document", "finding", "policy", ...
    std::string id;
    std::string title;
    Hash256 hash;
    friend bool operator==(const CoveredItem &, const CoveredItem &) = default;
};
BOOST_DESCRIBE_STRUCT(CoveredItem, (), (kind, id, title, hash))

enum class Decision { approve, approveWithConditions, requestChanges, refuse };
BOOST_DESCRIBE_ENUM(Decision, approve, approveWithConditions, requestChanges, refuse)
[[nodiscard]] std::string displayName(Decision decision);
/// With conditions or without.
[[nodiscard]] constexpr bool approves(Decision decision)
{
    return decision == Decision::approve || decision == Decision::approveWithConditions;
}

struct SignOff
{
    UserId by;
    std::string fullName; ///< as printed when signed (21 CFR 11.50)
    Role role = Role::approver;
    Decision decision = Decision::approve;
    std::string meaning; ///< the statement the signer was shown
    std::string comment;
    std::string conditions;
    std::optional<Date> expiresOn;
    std::vector<CoveredItem> covered;
    UtcTime at{};
    std::int64_t entry = -1;
    std::string onBehalfOf = {};                  ///< full name of whom the signer stands in for; empty: nobody
    std::vector<DueCondition> dueConditions = {}; ///< of `conditions`, what somebody owes by a day
};
BOOST_DESCRIBE_STRUCT(SignOff, (),
                      (by, fullName, role, decision, meaning, comment, conditions, expiresOn, covered, at, entry,
                       onBehalfOf, dueConditions))

/// Somebody kept from signing by a conflict of interest.
struct Abstention
{
    UserId by;
    std::string fullName;
    std::string reason;
    UtcTime at{};
};
BOOST_DESCRIBE_STRUCT(Abstention, (), (by, fullName, reason, at))

/// So many signatures of people in a role, or of named people.
struct RequiredSignature
{
    Role role = Role::approver;
    std::int64_t count = 1;
    std::string rule = {};                ///< id of the approval rule; empty: the tier's own signatures
    std::vector<std::string> people = {}; ///< full names; empty: whoever holds the role
    std::int64_t order = 1;               ///< those of a lower order sign first
    std::int64_t remindAfterDays = 0;     ///< of an open request, counted from its first day; 0: never
    std::int64_t timeOutAfterDays = 0;    ///< the last on which it may be signed; 0: there is no last
    std::string group = {};               ///< what the policy calls the group that `people` are; empty: none

    /// Whether a signature of this person in this role counts.
    [[nodiscard]] bool fits(Role of, std::string_view fullName) const;
    friend bool operator==(const RequiredSignature &, const RequiredSignature &) = default;
};
BOOST_DESCRIBE_STRUCT(RequiredSignature, (),
                      (role, count, rule, people, order, remindAfterDays, timeOutAfterDays, group))

/// `timedOut` is never recorded: it follows from the day (core/domain/deadlines.h).
enum class RequestStatus { open, approved, approvedWithConditions, changesRequested, refused, withdrawn, timedOut };
BOOST_DESCRIBE_ENUM(RequestStatus, open, approved, approvedWithConditions, changesRequested, refused, withdrawn,
                    timedOut)
[[nodiscard]] std::string displayName(RequestStatus status);
/// With conditions or without.
[[nodiscard]] constexpr bool isApproved(RequestStatus status)
{
    return status == RequestStatus::approved || status == RequestStatus::approvedWithConditions;
}

/// A request to put a version into production. Who must sign is fixed from the policy when it is opened.
struct DeploymentRequest
{
    RequestId id;
    ModelId model;
    VersionId version;
    std::string justification;
    UserId by;
    UtcTime at{};
    std::int64_t tierLevel = 0;
    std::vector<RequiredSignature> required;
    std::vector<SignOff> signOffs;
    RequestStatus status = RequestStatus::open;
    std::int64_t revision = -1;
    std::int64_t entry = -1; ///< sequence number of the entry that opened it
    std::vector<Abstention> abstentions = {};
    std::optional<Promotion> promotion = {}; ///< of a challenger: how it compares with the version in production
    bool approvedFirst = false; ///< the last signature approves the version, and somebody puts it into production later
};
BOOST_DESCRIBE_STRUCT(DeploymentRequest, (),
                      (id, model, version, justification, by, at, tierLevel, required, signOffs, status, revision,
                       entry, abstentions, promotion, approvedFirst))

/// The first signature on it whose approval was for a time that is over by that day; null: none.
[[nodiscard]] const SignOff *expiredSignOff(const DeploymentRequest &request, Date today);
/// Signatures still missing on a request: role and how many. Only approvals count.
[[nodiscard]] std::vector<RequiredSignature> outstanding(const DeploymentRequest &request);
/// "approver", "approver (Ann Approver or Sam Second)", "approver (Model risk committee: Ann Approver or Sam Second)".
[[nodiscard]] std::string signerInWords(const RequiredSignature &signature);

} // namespace countersign
