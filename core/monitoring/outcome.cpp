// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/outcome.h"

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/parallel.h"
#include "core/stats/performance.h"
#include "core/stats/sort.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace countersign {

namespace {

/// The distinct values of a number column, at most three.
std::set<double> fewValues(const LogColumn &column)
{
    std::set<double> values;
    for (const ColumnChunk &chunk : column.chunks) {
        double last = std::numeric_limits<double>::quiet_NaN();
        for (const double value : chunk.numbers) {
            if (std::isnan(value) || value == last)
                continue;
            last = value;
            values.insert(value);
            if (values.size() > 2)
                return values;
        }
    }
    return values;
}

void requireNumber(const LogTable &table, const std::string &name, const char *role)
{
    if (table.column(name).kind != CellKind::Number)
        throw Exception(ErrorCode::InvalidInput,
                        "The " + std::string(role) + " column \"" + name + "\" of " + table.fileName +
                            " holds text, not numbers.",
                        "Choose a column of numbers, or correct its values.");
}

OutcomePlan aucPlan(const ColumnRoles &roles, std::vector<std::string> values)
{
    OutcomePlan plan{OutcomePlan::Kind::Auc, roles.score, roles.target, roles.positive, {}};
    std::sort(values.begin(), values.end());
    if (plan.positive.empty()) {
        plan.positive = values.back();
        const bool plain = std::all_of(values.begin(), values.end(), [](const std::string &value) {
            static const std::set<std::string> known{"0",     "1",    "N",     "Y",    "n",     "y",
                                                     "no",    "yes",  "No",    "Yes",  "NO",    "YES",
                                                     "false", "true", "False", "True", "FALSE", "TRUE"};
            return known.contains(value);
        });
        if (!plain)
            plan.remark =
                "The event is taken to be " + quotedExcerpt(plan.positive) + " in column \"" + roles.target + "\".";
    }
    return plan;
}

struct Pairs
{
    std::uint64_t labelledRows = 0;
    std::vector<double> first;  ///< Auc: scores of events; Error: predictions
    std::vector<double> second; ///< Auc: scores of the others; Error: targets
};

} // namespace

OutcomePlan planOutcome(const LogTable &table, const ColumnRoles &roles)
{
    OutcomePlan none;
    if (roles.target.empty() || (roles.score.empty() && roles.prediction.empty()))
        return none;
    const LogColumn &target = table.column(roles.target);
    if (!roles.score.empty())
        requireNumber(table, roles.score, "score");
    if (target.missing == table.rows) {
        none.remark = "Column \"" + roles.target + "\" holds no outcome yet: performance is not measured.";
        return none;
    }
    if (target.kind == CellKind::Category) {
        if (!roles.score.empty() && target.categories.size() <= 2)
            return aucPlan(roles, target.categories);
        none.remark = "Column \"" + roles.target + "\" holds " + std::to_string(target.categories.size()) +
                      " different texts: performance is not measured.";
        return none;
    }
    const auto values = fewValues(target);
    const bool oneOfTwo = values.size() == 2 || (values.size() == 1 && (values.contains(0) || values.contains(1)));
    if (!roles.score.empty() && oneOfTwo) {
        if (values.size() == 1) // the other of 0 and 1 has not occurred yet
            return aucPlan(roles, {"0", "1"});
        OutcomePlan plan = aucPlan(roles, {decimalFromDouble(*values.begin()), decimalFromDouble(*values.rbegin())});
        if (roles.positive.empty())
            plan.positive = decimalFromDouble(*values.rbegin());
        return plan;
    }
    const std::string &predictor = roles.prediction.empty() ? roles.score : roles.prediction;
    if (table.column(predictor).kind != CellKind::Number) {
        none.remark = "Column \"" + predictor + "\" holds text: performance is not measured.";
        return none;
    }
    return {OutcomePlan::Kind::Error, predictor, roles.target, {}, {}};
}

std::vector<GroupOutcome> measureOutcome(const LogTable &table, const RowGroups &groups, const OutcomePlan &plan,
                                         unsigned threads)
{
    std::vector<GroupOutcome> outcomes(groups.rows.size());
    if (plan.kind == OutcomePlan::Kind::None)
        return outcomes;
    requireNumber(table, plan.predictor, "score");
    const LogColumn &predictor = table.column(plan.predictor);
    const LogColumn &target = table.column(plan.target);
    const bool auc = plan.kind == OutcomePlan::Kind::Auc;
    if (!auc)
        requireNumber(table, plan.target, "target");
    double positiveNumber = std::numeric_limits<double>::quiet_NaN();
    std::uint32_t positiveCode = missingCode - 1;
    if (auc && target.kind == CellKind::Number) {
        static_cast<void>(readNumber(plan.positive, positiveNumber));
    } else if (auc) {
        const auto found = std::find(target.categories.begin(), target.categories.end(), plan.positive);
        if (found != target.categories.end())
            positiveCode = static_cast<std::uint32_t>(found - target.categories.begin());
    }

    std::vector<Pairs> pairs(groups.rows.size());
    for (std::size_t chunk = 0; chunk < table.chunkRows.size(); ++chunk) {
        const auto &numbers = predictor.chunks[chunk].numbers;
        const ColumnChunk &targets = target.chunks[chunk];
        for (std::size_t i = 0; i < table.chunkRows[chunk]; ++i) {
            const std::uint32_t group = groups.groupOfRow[chunk][i];
            if (group == noGroup)
                continue;
            const bool text = target.kind == CellKind::Category;
            if (text ? targets.codes[i] == missingCode : std::isnan(targets.numbers[i]))
                continue;
            Pairs &into = pairs[group];
            ++into.labelledRows;
            if (std::isnan(numbers[i]))
                continue;
            if (!auc) {
                into.first.push_back(numbers[i]);
                into.second.push_back(targets.numbers[i]);
            } else {
                const bool event = text ? targets.codes[i] == positiveCode : targets.numbers[i] == positiveNumber;
                (event ? into.first : into.second).push_back(numbers[i]);
            }
        }
    }
    parallelFor(pairs.size(), threads, [&](std::size_t group) {
        Pairs &pair = pairs[group];
        GroupOutcome &outcome = outcomes[group];
        outcome.labelledRows = pair.labelledRows;
        if (auc) {
            std::vector<std::uint64_t> scratch;
            sortAscending(pair.first, scratch);
            sortAscending(pair.second, scratch);
            outcome.auc =
                AucEvidence{mannWhitneyTwiceU(pair.first, pair.second), pair.first.size(), pair.second.size()};
        } else {
            const ErrorSums sums = sumErrors(pair.first, pair.second);
            outcome.error = ErrorEvidence{sums.n, sums.sumOfSquares, sums.sumOfAbsolutes, sums.sum};
        }
    });
    return outcomes;
}

Performance performanceOf(const std::optional<AucEvidence> &auc, const std::optional<ErrorEvidence> &error)
{
    Performance performance{auc, error, {}, {}, {}, {}};
    if (auc && auc->positives > 0 && auc->negatives > 0)
        performance.auc = areaUnderRoc(auc->twiceU, auc->positives, auc->negatives);
    if (error && error->n > 0) {
        performance.rmse = rootMeanSquaredError(error->n, error->sumOfSquares);
        performance.mae = meanError(error->n, error->sumOfAbsolutes);
        performance.bias = meanError(error->n, error->sum);
    }
    return performance;
}

} // namespace countersign
