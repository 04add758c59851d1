// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/outcome.h"

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/celltext.h"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <cmath>
#include <limits>
#include <set>

namespace countersign {

namespace {

/// The distinct values of a number column, at most three.
std::set<double> fewValues(const LogColumn &column)
{
    std::set<double> values;
    ColumnPass pass(column);
    for (const ColumnChunk &chunk : column.chunks) {
        pass.passed(chunk.numbers.size());
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

/// `numbers`: "1.0" is the value "1".
bool holds(const std::vector<std::string> &values, const std::string &wanted, bool numbers)
{
    const auto number = numbers ? doubleFromDecimal(wanted) : std::nullopt;
    return std::any_of(values.begin(), values.end(), [&](const std::string &value) {
        return value == wanted || (number && doubleFromDecimal(value) == number);
    });
}

bool namesEvent(const std::string &word)
{
    static const std::set<std::string> plain{"event", "positive", "true", "yes"};
    return namesOutcome(word) || plain.contains(boost::to_lower_copy(word));
}

/// Where none is asked for: the one that such a word names, where it names one of two; else the larger.
const std::string &likelyEvent(const std::vector<std::string> &sorted)
{
    if (sorted.size() == 2 && namesEvent(sorted.front()) && !namesEvent(sorted.back()))
        return sorted.front();
    return sorted.back();
}

OutcomePlan aucPlan(const ColumnRoles &roles, std::vector<std::string> values, bool numbers)
{
    OutcomePlan plan{OutcomePlan::Kind::Auc, roles.score, roles.target, roles.positive, {}};
    std::sort(values.begin(), values.end());
    if (plan.positive.empty()) {
        plan.positive = likelyEvent(values);
        const bool plain = std::all_of(values.begin(), values.end(), [](const std::string &value) {
            static const std::set<std::string> known{"0",     "1",    "N",     "Y",    "n",     "y",
                                                     "no",    "yes",  "No",    "Yes",  "NO",    "YES",
                                                     "false", "true", "False", "True", "FALSE", "TRUE"};
            return known.contains(value);
        });
        if (!plain)
            plan.remark =
                "The event is taken to be " + quotedExcerpt(plan.positive) + " in column \"" + roles.target + "\".";
    } else if (!holds(values, plan.positive, numbers)) {
        plan.remark = "Column \"" + roles.target + "\" holds no " + quotedExcerpt(plan.positive) +
                      ", the event asked for, but " + quotedExcerpt(values.front()) +
                      (values.size() > 1 ? " and " + quotedExcerpt(values.back()) : std::string()) +
                      ": no row is an event.";
    }
    return plan;
}

} // namespace

bool namesOutcome(const std::string &word)
{
    static const std::set<std::string> known{"bad",       "charged off", "churn",  "churned", "claim", "default",
                                             "defaulted", "delinquent",  "failed", "failure", "fraud", "fraudulent",
                                             "lapse",     "lapsed",      "late",   "loss"};
    return known.contains(boost::to_lower_copy(word));
}

void requireNumber(const LogTable &table, const std::string &name, const char *role)
{
    if (table.column(name).kind != CellKind::Number)
        throw Exception(ErrorCode::InvalidInput,
                        "The " + std::string(role) + " column \"" + name + "\" of " + table.fileName +
                            " holds text, not numbers.",
                        "Choose a column of numbers, or correct its values.");
}

OutcomePlan planOutcome(const LogTable &log, const LogTable &referenceLog, const ColumnRoles &roles)
{
    OutcomePlan none;
    if (roles.target.empty() || (roles.score.empty() && roles.prediction.empty()))
        return none;
    if (!roles.score.empty())
        requireNumber(log, roles.score, "score");
    const bool notYet = log.column(roles.target).missing == log.rows;
    const LogTable &table = notYet ? referenceLog : log;
    const LogColumn &target = table.column(roles.target);
    const std::string &predictor = roles.prediction.empty() ? roles.score : roles.prediction;
    if (target.kind == CellKind::Text) {
        none.remark = tooManyTexts(roles.target) + " Performance is not measured.";
        return none;
    }
    TargetFacts facts;
    facts.text = target.kind == CellKind::Category;
    facts.empty = target.missing == table.rows;
    facts.categories = target.categories.size();
    if (facts.text && facts.categories <= 2)
        facts.texts = target.categories;
    else if (!facts.text)
        facts.numbers = fewValues(target);
    facts.numericPredictor = table.column(predictor).kind == CellKind::Number;
    return planOutcome(facts, roles);
}

OutcomePlan planOutcome(const TargetFacts &target, const ColumnRoles &roles)
{
    OutcomePlan none;
    if (target.empty) {
        none.remark = "Column \"" + roles.target + "\" holds no outcome yet: performance is not measured.";
        return none;
    }
    if (target.text) {
        if (!roles.score.empty() && target.categories <= 2)
            return aucPlan(roles, target.texts, false);
        none.remark = "Column \"" + roles.target + "\" holds " + std::to_string(target.categories) +
                      " different texts: performance is not measured.";
        return none;
    }
    const auto &values = target.numbers;
    const bool oneOfTwo = values.size() == 2 || (values.size() == 1 && (values.contains(0) || values.contains(1)));
    if (!roles.score.empty() && oneOfTwo) {
        if (values.size() == 1) // the other of 0 and 1 has not occurred yet
            return aucPlan(roles, {"0", "1"}, true);
        OutcomePlan plan =
            aucPlan(roles, {decimalFromDouble(*values.begin()), decimalFromDouble(*values.rbegin())}, true);
        if (roles.positive.empty())
            plan.positive = decimalFromDouble(*values.rbegin());
        return plan;
    }
    const std::string &predictor = roles.prediction.empty() ? roles.score : roles.prediction;
    if (!target.numericPredictor) {
        none.remark = "Column \"" + predictor + "\" holds text: performance is not measured.";
        return none;
    }
    OutcomePlan plan{OutcomePlan::Kind::Error, predictor, roles.target, {}, {}};
    if (roles.prediction.empty())
        plan.remark = "Column \"" + roles.target + "\" holds other than two values: \"" + predictor +
                      "\" is judged as the prediction of a number (RMSE), not as a score of events (AUC).";
    return plan;
}

} // namespace countersign
