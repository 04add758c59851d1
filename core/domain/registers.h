// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the register keeps beside a model: exceptions from policy, limitations, overlays, incidents, assumptions, and
// who stands in for whom. Each record is carried whole by its facts, with the revision it was based on.
#pragma once

#include "core/domain/governance.h"

namespace countersign {

/// `useBeforeValidation`: a version may go into production before its validation is complete, for a limited time and
/// under limits (SR 26-2 section V). `policyException`: any other demand of the policy is not met for a time.
enum class ExceptionKind { policyException, useBeforeValidation };
BOOST_DESCRIBE_ENUM(ExceptionKind, policyException, useBeforeValidation)
[[nodiscard]] std::string displayName(ExceptionKind kind);

/// `timedOut` is never recorded: it follows from the day (core/domain/deadlines.h).
enum class ExceptionStatus { requested, approved, refused, closed, timedOut };
BOOST_DESCRIBE_ENUM(ExceptionStatus, requested, approved, refused, closed, timedOut)
[[nodiscard]] std::string displayName(ExceptionStatus status);

struct ExceptionSignature
{
    UserId by;
    std::string fullName; ///< as printed when signed
    Role role = Role::approver;
    bool approved = true;
    std::string comment; ///< needed to refuse
    UtcTime at{};
    std::int64_t entry = -1;
    std::string onBehalfOf = {}; ///< as SignOff::onBehalfOf
};
BOOST_DESCRIBE_STRUCT(ExceptionSignature, (), (by, fullName, role, approved, comment, at, entry, onBehalfOf))

struct PolicyException
{
    ExceptionId id;
    ModelId model;
    VersionId version; ///< needed for use before validation
    ExceptionKind kind = ExceptionKind::policyException;
    std::string requirement; ///< what the policy asks for and is not met
    std::string reason;
    std::string compensatingControl;
    std::string limits; ///< of use while it holds
    Date expiresOn{};   ///< the last day on which it holds
    std::vector<RequiredSignature> required;
    std::vector<ExceptionSignature> signatures;
    ExceptionStatus status = ExceptionStatus::requested;
    std::string closingReason;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
    std::vector<Abstention> abstentions = {};
    Severity severity = Severity::medium;
    std::string owner;                              ///< full name of who answers for the demand being met again
    std::string plan;                               ///< how the demand will be met; may be empty
    std::vector<RemediationEvidence> evidence = {}; ///< grows only
    /// The check that counts as met while it holds (core/policy/excuses.h): its id, or "fields.NAME" for one field of
    /// the inventory; empty: none.
    std::string excuses = {};

    [[nodiscard]] bool holdsOn(Date day) const { return status == ExceptionStatus::approved && day <= expiresOn; }
    [[nodiscard]] bool lapsedBy(Date day) const { return status == ExceptionStatus::approved && expiresOn < day; }
};
BOOST_DESCRIBE_STRUCT(PolicyException, (),
                      (id, model, version, kind, requirement, reason, compensatingControl, limits, expiresOn, required,
                       signatures, status, closingReason, by, at, revision, entry, abstentions, severity, owner, plan,
                       evidence, excuses))
/// Signatures still missing on an exception.
[[nodiscard]] std::vector<RequiredSignature> outstanding(const PolicyException &exception);

/// Something the model cannot do, or is not to be used for.
struct Limitation
{
    LimitationId id;
    ModelId model;
    std::string title;
    std::string effect;
    std::string mitigation;
    Severity severity = Severity::medium;
    std::string owner;         ///< full name of who answers for it
    std::optional<Date> dueOn; ///< the day by which it is removed, or looked at again
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
    std::vector<RemediationEvidence> evidence = {}; ///< grows only
    std::string closingReason;
};
BOOST_DESCRIBE_STRUCT(Limitation, (),
                      (id, model, title, effect, mitigation, severity, owner, dueOn, open, by, at, revision, entry,
                       evidence, closingReason))

/// What an overlay came to at one time, in the unit of the overlay.
struct OverlayAmount
{
    Date on{};
    double amount = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(OverlayAmount, (), (on, amount, reason))

struct OverlayRenewal
{
    Date on{};
    Date until{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(OverlayRenewal, (), (on, until, reason))

/// A post-model adjustment: why, how it is calculated, what it came to over time, and how often it was renewed.
struct Overlay
{
    OverlayId id;
    ModelId model;
    LimitationId limitation; ///< that it makes up for; may be none
    std::string title;
    std::string reason;
    std::string method;                   ///< how it is calculated
    std::string unit;                     ///< of the amounts: "EUR million", "basis points"
    std::vector<OverlayAmount> amounts;   ///< grows only
    std::vector<OverlayRenewal> renewals; ///< grows only
    Date expiresOn{};
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
    Severity severity = Severity::medium;
    std::string owner;                              ///< full name of who answers for the overlay
    std::string plan;                               ///< what will end it; may be empty
    std::vector<RemediationEvidence> evidence = {}; ///< grows only
    std::string closingReason;
};
BOOST_DESCRIBE_STRUCT(Overlay, (),
                      (id, model, limitation, title, reason, method, unit, amounts, renewals, expiresOn, open, by, at,
                       revision, entry, severity, owner, plan, evidence, closingReason))

struct Incident
{
    IncidentId id;
    ModelId model;
    VersionId version; ///< may be none
    std::string title;
    std::string impact;
    std::string cause;
    std::string action;
    Severity severity = Severity::medium;
    Date occurredOn{};
    std::string owner;         ///< full name of who settles it
    std::optional<Date> dueOn; ///< the day by which it is settled
    std::string plan;          ///< what will be done until then
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
    std::vector<RemediationEvidence> evidence = {}; ///< grows only
};
BOOST_DESCRIBE_STRUCT(Incident, (),
                      (id, model, version, title, impact, cause, action, severity, occurredOn, owner, dueOn, plan, open,
                       by, at, revision, entry, evidence))

/// What evidence is given of, besides findings.
enum class RecordKind { limitation, policyException, overlay, incident };
BOOST_DESCRIBE_ENUM(RecordKind, limitation, policyException, overlay, incident)
/// "limitation", "exception": for sentences.
[[nodiscard]] std::string nounOf(RecordKind kind);
/// What a record is called in sentences.
[[nodiscard]] inline const std::string &titleOf(const PolicyException &record)
{
    return record.requirement;
}
template <class Record>
    requires requires(const Record &record) { record.title, record.model, record.evidence; }
[[nodiscard]] const std::string &titleOf(const Record &record)
{
    return record.title;
}

/// Adds evidence to a record that is not closed.
struct RecordEvidenced
{
    RecordKind kind = RecordKind::limitation;
    std::string record; ///< its id
    RemediationEvidence evidence;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(RecordEvidenced, (), (kind, record, evidence, basedOn))

/// Something taken for true, where it comes from, and the range in which it may lie.
struct Assumption
{
    AssumptionId id;
    ModelId model;
    std::string title;
    std::string reference; ///< where the value comes from: a statistic, a vendor, a study
    std::string unit;
    double low = 0;
    double high = 0;
    std::optional<double> lastValue;
    std::optional<Date> checkedOn;
    std::int64_t checkMonths = 12; ///< between checks
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;

    [[nodiscard]] bool breached() const { return lastValue && (*lastValue < low || *lastValue > high); }
};
BOOST_DESCRIBE_STRUCT(Assumption, (),
                      (id, model, title, reference, unit, low, high, lastValue, checkedOn, checkMonths, open, by, at,
                       revision, entry))

/// `deputy` signs in place of `person` where a rule names them, between two days, both included. It gives nobody a role
/// that they do not have.
struct Delegation
{
    DelegationId id;
    UserId person;
    UserId deputy;
    Date from{};
    Date until{};
    std::string reason;
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;

    [[nodiscard]] bool holdsOn(Date day) const { return open && from <= day && day <= until; }
};
BOOST_DESCRIBE_STRUCT(Delegation, (), (id, person, deputy, from, until, reason, open, by, at, revision, entry))

} // namespace countersign
