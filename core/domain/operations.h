// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the register keeps of a model at work: how it is used, what it costs when it is wrong or idle, when it is
// retrained, how it is handed over from development to operations, and what explains it. Each record is carried whole
// by its facts, with the revision it was based on.
#pragma once

#include "core/domain/governance.h"
#include "core/domain/model.h"

namespace countersign {

/// Calls that failed for one reason.
struct UsageFailure
{
    std::string reason;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(UsageFailure, (), (reason, count))

/// What the service of a version did between two days, both included, as its operators report it.
struct UsageReport
{
    UsageId id;
    ModelId model;
    VersionId version;
    std::string title; ///< the service: "Pricing, EU"
    Date from{};
    Date until{};
    std::int64_t predictions = 0; ///< calls answered
    std::vector<UsageFailure> failures;
    std::optional<Date> lastUsedOn;
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;

    [[nodiscard]] std::int64_t failed() const;
    /// Failed calls over all calls; nothing without calls.
    [[nodiscard]] std::optional<double> failureRate() const;
};
BOOST_DESCRIBE_STRUCT(UsageReport, (),
                      (id, model, version, title, from, until, predictions, failures, lastUsedOn, open, by, at,
                       revision, entry))

/// What it costs in a year when the model is wrong, and when it stands idle, with the inputs of the estimate.
struct CostEstimate
{
    CostEstimateId id;
    ModelId model;
    std::string title;
    std::string unit;  ///< of the amounts: "EUR"
    std::string basis; ///< where the numbers come from
    double decisionsPerYear = 0;
    double wrongShare = 0;     ///< of the decisions, 0 to 1
    double costPerWrong = 0;   ///< before recovery
    double recoveredShare = 0; ///< of that cost, 0 to 1
    double idleDaysPerYear = 0;
    double valuePerDay = 0; ///< lost on a day without the model
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;

    /// decisionsPerYear * wrongShare * costPerWrong * (1 - recoveredShare)
    [[nodiscard]] double wrongPerYear() const;
    /// idleDaysPerYear * valuePerDay
    [[nodiscard]] double idlePerYear() const;
    [[nodiscard]] double perYear() const { return wrongPerYear() + idlePerYear(); }
};
BOOST_DESCRIBE_STRUCT(CostEstimate, (),
                      (id, model, title, unit, basis, decisionsPerYear, wrongShare, costPerWrong, recoveredShare,
                       idleDaysPerYear, valuePerDay, open, by, at, revision, entry))

/// A retraining asked for: why, and which version came of it.
struct Retraining
{
    Date on{};
    RunId run; ///< that asked for it; may be none
    std::string why;
    VersionId version; ///< that came of it; none: not yet
};
BOOST_DESCRIBE_STRUCT(Retraining, (), (on, run, why, version))

/// When a model is retrained.
struct RetrainingPolicy
{
    RetrainingId id;
    ModelId model;
    std::string title;
    bool onDrift = true;              ///< when the latest run of the version in production is red
    bool onDecline = true;            ///< when that run has a red performance figure
    std::int64_t minDays = 90;        ///< between two requests
    std::string command;              ///< what the organisation runs, for people; each desk says what is really started
    std::vector<Retraining> requests; ///< grows only
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;

    /// The newest request that no version has come of.
    [[nodiscard]] const Retraining *pending() const;
};
BOOST_DESCRIBE_STRUCT(RetrainingPolicy, (),
                      (id, model, title, onDrift, onDecline, minDays, command, requests, open, by, at, revision, entry))

struct HandOverItem
{
    std::string text;
    bool done = false;
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(HandOverItem, (), (text, done, remark))

/// The checklist by which development hands a version over to operations. It is closed by whoever takes it over.
struct HandOver
{
    HandOverId id;
    ModelId model;
    VersionId version;
    std::string title;
    std::vector<HandOverItem> items;
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;

    [[nodiscard]] std::int64_t undone() const;
};
BOOST_DESCRIBE_STRUCT(HandOver, (), (id, model, version, title, items, open, by, at, revision, entry))

struct ReasonCode
{
    std::string code;
    std::string text; ///< what a person is told
};
BOOST_DESCRIBE_STRUCT(ReasonCode, (), (code, text))

/// What explains the output of a version: how much each feature matters, and the reasons that are given to people.
struct Explanation
{
    ExplanationId id;
    ModelId model;
    VersionId version;
    std::string title;  ///< the method: "Mean absolute SHAP value"
    std::string sample; ///< on which rows
    std::vector<FeatureImportance> importance;
    std::vector<ReasonCode> reasonCodes;
    bool open = true;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
};
BOOST_DESCRIBE_STRUCT(Explanation, (),
                      (id, model, version, title, sample, importance, reasonCodes, open, by, at, revision, entry))

// Their facts (core/domain/fact.h).

struct UsageRecorded
{
    UsageReport record;
};
BOOST_DESCRIBE_STRUCT(UsageRecorded, (), (record))

struct UsageChanged
{
    UsageReport record;
};
BOOST_DESCRIBE_STRUCT(UsageChanged, (), (record))

struct CostRecorded
{
    CostEstimate record;
};
BOOST_DESCRIBE_STRUCT(CostRecorded, (), (record))

struct CostChanged
{
    CostEstimate record;
};
BOOST_DESCRIBE_STRUCT(CostChanged, (), (record))

struct RetrainingRecorded
{
    RetrainingPolicy record;
};
BOOST_DESCRIBE_STRUCT(RetrainingRecorded, (), (record))

struct RetrainingChanged
{
    RetrainingPolicy record;
};
BOOST_DESCRIBE_STRUCT(RetrainingChanged, (), (record))

struct HandOverRecorded
{
    HandOver record;
};
BOOST_DESCRIBE_STRUCT(HandOverRecorded, (), (record))

struct HandOverChanged
{
    HandOver record;
};
BOOST_DESCRIBE_STRUCT(HandOverChanged, (), (record))

struct ExplanationRecorded
{
    Explanation record;
};
BOOST_DESCRIBE_STRUCT(ExplanationRecorded, (), (record))

struct ExplanationChanged
{
    Explanation record;
};
BOOST_DESCRIBE_STRUCT(ExplanationChanged, (), (record))

struct Registry;

/// A retraining that its policy asks for now and nobody has asked for yet.
struct RetrainingDue
{
    RetrainingId policy;
    ModelId model;
    RunId run;
    std::string why;
};
/// Of models that are not retired, in the order of the policies' ids. The run is the newest of the version in
/// production; of a model registered in production without one, the newest of all. A pending request, or one less than
/// `minDays` ago, waits.
[[nodiscard]] std::vector<RetrainingDue> retrainingsDue(const Registry &registry, Date today);
/// The newest open estimate of a model, or null.
[[nodiscard]] const CostEstimate *costOf(const Registry &registry, const ModelId &model);

} // namespace countersign
