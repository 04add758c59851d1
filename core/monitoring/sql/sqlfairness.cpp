// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqlfairness.h"

#include "core/monitoring/sql/sqloutcomes.h"

#include <map>
#include <set>

namespace countersign {

namespace {

/// Groups of people in one group of rows.
struct PeopleCounts
{
    std::map<std::string, GroupFairness> people;
    std::uint64_t withoutGroup = 0;
    bool probabilities = true; ///< every score of a row with a known outcome
};

class FairnessQueries
{
public:
    FairnessQueries(const SqlLog &log, const OutcomePlan &plan, const ColumnRoles &roles, const DecisionRule &decision)
        : m_log(log)
        , m_plan(plan)
        , m_roles(roles)
        , m_decision(decision)
    {
    }

    void measure(const std::string &column, MeasuredFairness &fairness) const
    {
        const std::string rows = m_log.rows(
            {{"c", m_log.text(column)}, {"s", m_log.number(m_roles.score)}, {"y", outcomeOf(m_log, m_plan)}});
        const auto distinct = m_log.query("SELECT COUNT(DISTINCT c) FROM (" + rows + ") rows_ WHERE s IS NOT NULL", 1);
        const std::uint64_t groups = countIn(distinct.at(0).at(0));
        if (groups == 0 || groups > mostGroups) {
            fairness.remarks.push_back(groups == 0 ? "Column \"" + column + "\" holds no group in rows with a score."
                                                   : tooManyGroups(column, groups));
            return;
        }
        const std::vector<PeopleCounts> counts = count(rows);
        std::set<std::string> names;
        for (const PeopleCounts &each : counts)
            for (const auto &[name, group] : each.people)
                names.insert(name);
        FairnessResult reference = resultOf(column, names, counts.back());
        const std::string comparison = comparisonGroup(reference, m_decision, fairness.remarks);
        reference.comparison = comparison;
        fairness.reference.push_back(std::move(reference));
        for (std::size_t i = 0; i < fairness.periods.size(); ++i) {
            fairness.periods[i].push_back(resultOf(column, names, counts[i]));
            fairness.periods[i].back().comparison = comparison;
        }
    }

private:
    /// By period, the reference last.
    [[nodiscard]] std::vector<PeopleCounts> count(const std::string &rows) const
    {
        const std::string threshold = m_log.dialect().number(m_decision.threshold);
        const bool atOrOver = m_decision.favourable == FavourableDecision::AtOrOver;
        const std::string favourable = atOrOver ? "s >= " + threshold : "s < " + threshold;
        const std::string good = atOrOver ? "1" : "0"; // the outcome that the favourable decision hopes for
        const auto sum = [](const std::string &condition) {
            return "SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END)";
        };
        const auto answer = m_log.query(
            "SELECT g, c, COUNT(*), SUM(f), " + sum("f = 1 AND y = " + good) + ", " +
                sum("f = 1 AND y IS NOT NULL AND y <> " + good) + ", " + sum("f = 0 AND y = " + good) + ", " +
                sum("f = 0 AND y IS NOT NULL AND y <> " + good) +
                ", SUM(y), SUM(CASE WHEN y IS NOT NULL THEN s END), MIN(CASE WHEN y IS NOT NULL THEN s END), "
                "MAX(CASE WHEN y IS NOT NULL THEN s END) FROM (SELECT g, c, s, y, CASE WHEN " +
                favourable + " THEN 1 ELSE 0 END AS f FROM (" + rows +
                ") rows_ WHERE s IS NOT NULL) decided_ GROUP BY g, c",
            mostGroups + 1);
        std::vector<PeopleCounts> counts(m_log.periods().size() + 1);
        for (const SqlRow &row : answer) {
            const std::int64_t number = integerIn(row[0]);
            PeopleCounts &into = number == sqlReference ? counts.back() : counts.at(static_cast<std::size_t>(number));
            if (!row[1]) {
                into.withoutGroup = countIn(row[2]);
                continue;
            }
            GroupFairness &group = into.people[*row[1]];
            group.n = countIn(row[2]);
            group.favourable = countIn(row[3]);
            group.confusion = {countIn(row[4]), countIn(row[5]), countIn(row[6]), countIn(row[7])};
            group.events = countIn(row[8]);
            if (group.confusion.n() == 0)
                continue;
            group.scoreSum = numberIn(row[9]);
            into.probabilities = into.probabilities && numberIn(row[10]) >= 0 && numberIn(row[11]) <= 1;
        }
        return counts;
    }

    [[nodiscard]] static FairnessResult resultOf(const std::string &column, const std::set<std::string> &names,
                                                 const PeopleCounts &counts)
    {
        FairnessResult result;
        result.column = column;
        result.rowsWithoutGroup = counts.withoutGroup;
        for (const std::string &name : names) {
            const auto found = counts.people.find(name);
            GroupFairness group = found == counts.people.end() ? GroupFairness{} : found->second;
            group.group = name;
            if (!counts.probabilities)
                group.scoreSum.reset();
            result.groups.push_back(std::move(group));
        }
        return result;
    }

    const SqlLog &m_log;
    const OutcomePlan &m_plan;
    const ColumnRoles &m_roles;
    const DecisionRule &m_decision;
};

} // namespace

MeasuredFairness measureFairness(const SqlLog &log, const OutcomePlan &plan, const ColumnRoles &roles,
                                 const DecisionRule &decision)
{
    MeasuredFairness fairness;
    fairness.periods.resize(log.periods().size());
    if (roles.groups.empty())
        return fairness;
    if (roles.score.empty()) {
        fairness.remarks.emplace_back("Fairness is not looked at: it needs a score column that decisions follow from.");
        return fairness;
    }
    const FairnessQueries queries(log, plan, roles, decision);
    for (const std::string &column : roles.groups)
        queries.measure(column, fairness);
    return fairness;
}

} // namespace countersign
