// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the records of a model at work must hold.
#include "core/domain/checker.h"

#include <cmath>
#include <set>

namespace countersign {

namespace {

void requireAmount(double value, const char *what)
{
    if (!std::isfinite(value) || value < 0)
        invalid(std::string(what) + " must be a number, not less than 0.", "Correct it.");
}

void requireShare(double value, const char *what)
{
    if (!std::isfinite(value) || value < 0 || value > 1)
        invalid(std::string(what) + " is a share between 0 and 1.", "Correct it.");
}

} // namespace

void Checker::checkRecord(const UsageReport &record) const
{
    (void)version(record.version, record.model);
    if (record.until < record.from || record.until > today())
        invalid("The period of the usage report ends before it begins, or in the future.", "Correct the days.");
    if (record.predictions < 0)
        invalid("The predictions of the usage report are a count.");
    for (const auto &failure : record.failures) {
        checkPresent(failure.reason, "The reason of failed calls");
        if (failure.count < 1)
            invalid("The failed calls of one reason are counted from 1.");
    }
    if (record.lastUsedOn && *record.lastUsedOn > today())
        invalid("The service would have been used last in the future.", "Correct the day.");
}

void Checker::checkRecord(const CostEstimate &record) const
{
    checkPresent(record.unit, "The unit of the cost estimate");
    checkPresent(record.basis, "Where the numbers of the cost estimate come from, its basis,");
    requireAmount(record.decisionsPerYear, "The decisions of a year");
    requireShare(record.wrongShare, "The share of wrong decisions");
    requireAmount(record.costPerWrong, "The cost of a wrong decision");
    requireShare(record.recoveredShare, "The share recovered");
    requireAmount(record.idleDaysPerYear, "The idle days of a year");
    requireAmount(record.valuePerDay, "The value of a day");
}

void Checker::checkRecord(const RetrainingPolicy &record) const
{
    constexpr std::int64_t longest = 3650;
    if (!record.onDrift && !record.onDecline)
        invalid("The retraining policy has no trigger.", "Choose drift, decline of performance, or both.");
    if (record.minDays < 0 || record.minDays > longest)
        invalid("The days between two retrainings are 0 to 3,650.");
    for (const auto &request : record.requests) {
        checkPresent(request.why, "Why a retraining is asked for");
        if (request.version.valid())
            (void)version(request.version, record.model);
        if (request.run.valid() && need(m_now.runs, request.run, "monitoring run").model != record.model)
            invalid("The monitoring run of a retraining belongs to another model.");
    }
}

void Checker::checkRecord(const HandOver &record) const
{
    (void)version(record.version, record.model);
    if (record.items.empty())
        invalid("The hand-over has no item.", "Add what has to be handed over.");
    for (const auto &item : record.items)
        checkPresent(item.text, "An item of the hand-over");
    if (!record.open && record.undone() > 0)
        invalid("The hand-over has " + std::to_string(record.undone()) + " open items.",
                "Tick them, or leave it open.");
}

void Checker::checkRecord(const Explanation &record) const
{
    (void)version(record.version, record.model);
    if (record.importance.empty() && record.reasonCodes.empty())
        invalid("The explanation says nothing.", "Add the importance of features, or reason codes.");
    std::set<std::string> seen;
    for (const auto &feature : record.importance) {
        checkPresent(feature.feature, "A feature of the explanation");
        if (!std::isfinite(feature.importance))
            invalid("The importance of " + feature.feature + " is not a number.");
        if (!seen.insert(feature.feature).second)
            invalid("The feature " + feature.feature + " is there twice.");
    }
    seen.clear();
    for (const auto &reason : record.reasonCodes) {
        checkPresent(reason.code, "A reason code");
        checkPresent(reason.text, "What a reason code says");
        if (!seen.insert(reason.code).second)
            invalid("The reason code " + reason.code + " is there twice.");
    }
}

} // namespace countersign
