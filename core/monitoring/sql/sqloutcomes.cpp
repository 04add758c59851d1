// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqloutcomes.h"

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/figures.h"
#include "core/monitoring/ratinggrades.h"
#include "core/stats/regression.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace countersign {

namespace {

constexpr std::uint64_t groupsOfScores = 10;
constexpr std::uint64_t rocThresholds = 100;

void requireNumber(const SqlLog &log, const std::string &column, const char *role)
{
    if (log.kindOf(column) != CellKind::Number)
        throw Exception(ErrorCode::InvalidInput,
                        "The " + std::string(role) + " column \"" + column + "\" of " + log.name() +
                            " holds text, not numbers.",
                        "Choose a column of numbers, or make numbers of it in a query.");
}

/// What the target holds on one side.
TargetFacts targetFacts(const SqlLog &log, const std::string &target, SqlLog::Side side)
{
    TargetFacts facts;
    facts.text = log.kindOf(target) != CellKind::Number;
    const std::string value = facts.text ? log.text(target) : log.number(target);
    const auto answer =
        log.query("SELECT COUNT(DISTINCT v), MIN(v), MAX(v) FROM (" + log.rows({{"v", value}}, side) + ") rows_", 1);
    const SqlRow &row = answer.at(0);
    facts.categories = countIn(row[0]);
    facts.empty = facts.categories == 0;
    if (facts.empty)
        return facts;
    if (facts.text && facts.categories <= 2)
        facts.texts = {row[1].value_or(std::string())};
    if (facts.text && facts.categories == 2)
        facts.texts.push_back(row[2].value_or(std::string()));
    if (!facts.text) {
        facts.numbers = {numberIn(row[1]), numberIn(row[2])};
        if (facts.categories > 2) // any other will do
            facts.numbers.insert(std::numeric_limits<double>::infinity());
    }
    return facts;
}

/// Evidence of all groups, the reference last.
class GroupsOf
{
public:
    explicit GroupsOf(const SqlLog &log)
        : m_periods(log.periods().size())
    {
    }
    [[nodiscard]] std::size_t size() const { return m_periods + 1; }
    [[nodiscard]] std::size_t at(const std::optional<std::string> &cell) const
    {
        const std::int64_t group = integerIn(cell);
        return group == sqlReference ? m_periods : static_cast<std::size_t>(group);
    }

private:
    std::size_t m_periods;
};

class ScoreQueries
{
public:
    ScoreQueries(const SqlLog &log, const OutcomePlan &plan, double threshold)
        : m_log(log)
        , m_groups(log)
        , m_threshold(threshold)
        , m_evidence(m_groups.size())
    {
        const SqlDialect &dialect = log.dialect();
        m_rows = log.rows({{"s", log.number(plan.predictor)}, {"y", outcomeOf(log, plan)}});
        // Binary numbers: exact for counts, and much quicker to sum up than decimal ones.
        m_ranked = "WITH tied_ AS (SELECT g, s, " + dialect.asNumber("SUM(y)") + " AS e, " +
                   dialect.asNumber("SUM(1 - y)") + " AS o FROM (" + m_rows +
                   ") known_ WHERE s IS NOT NULL AND y IS NOT NULL GROUP BY g, s), ranked_ AS (SELECT g, s, e, o, "
                   "SUM(e) OVER (PARTITION BY g ORDER BY s ROWS UNBOUNDED PRECEDING) AS ce, "
                   "SUM(o) OVER (PARTITION BY g ORDER BY s ROWS UNBOUNDED PRECEDING) AS co, "
                   "SUM(e) OVER (PARTITION BY g) AS ne, SUM(o) OVER (PARTITION BY g) AS no FROM tied_)";
    }

    [[nodiscard]] MeasuredOutcomes measure()
    {
        sums();
        reliability();
        ranks();
        farthest();
        equalGroups();
        curve();
        MeasuredOutcomes outcomes;
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            GroupOutcome outcome;
            ScoreEvidence &evidence = m_evidence[i];
            outcome.labelledRows = evidence.n;
            outcome.performance.aucEvidence =
                AucEvidence{evidence.twiceU, evidence.events, evidence.n - evidence.events};
            outcome.performance.scoreEvidence = std::move(evidence);
            if (i + 1 == m_groups.size())
                outcomes.reference = std::move(outcome);
            else
                outcomes.periods.push_back(std::move(outcome));
        }
        return outcomes;
    }

private:
    void sums()
    {
        const SqlDialect &dialect = m_log.dialect();
        const double smallest = std::numeric_limits<double>::epsilon();
        const std::string low = dialect.number(smallest);
        const std::string high = dialect.number(1 - smallest);
        const std::string threshold = dialect.number(m_threshold);
        const std::string loss =
            dialect.naturalLogarithm("CASE WHEN given < " + low + " THEN " + low + " WHEN given > " + high + " THEN " +
                                     high + " ELSE given END");
        for (ScoreEvidence &evidence : m_evidence) {
            evidence.threshold = m_threshold;
            evidence.reliability.resize(reliabilityBins);
        }
        const auto answer =
            m_log.query("SELECT g, COUNT(given), SUM(CASE WHEN given IS NOT NULL THEN y ELSE 0 END), "
                        "MIN(CASE WHEN given IS NOT NULL THEN s END), MAX(CASE WHEN given IS NOT NULL THEN s END), "
                        "SUM((1 - given) * (1 - given)), SUM((1 - given) * (1 - given) * (1 - given) * (1 - given)), "
                        "SUM(loss), SUM(loss * loss), "
                        "SUM(CASE WHEN given IS NOT NULL AND s >= " +
                            threshold + " THEN y ELSE 0 END), SUM(CASE WHEN given IS NOT NULL AND s >= " + threshold +
                            " THEN 1 ELSE 0 END) FROM (SELECT g, s, y, given, -" + loss +
                            " AS loss FROM (SELECT g, s, y, "
                            "CASE WHEN y = 1 THEN s WHEN y = 0 THEN 1 - s END AS given FROM (" +
                            m_rows + ") known_) given_) lost_ GROUP BY g",
                        1);
        for (const SqlRow &row : answer) {
            ScoreEvidence &evidence = m_evidence[m_groups.at(row[0])];
            evidence.n = countIn(row[1]);
            evidence.events = countIn(row[2]);
            evidence.probabilities = evidence.n > 0 && numberIn(row[3]) >= 0 && numberIn(row[4]) <= 1;
            if (evidence.probabilities) {
                evidence.squaredErrorSum = numberIn(row[5]);
                evidence.squaredErrorSquares = numberIn(row[6]);
                evidence.logLossSum = numberIn(row[7]);
                evidence.logLossSquares = numberIn(row[8]);
            }
            ConfusionCounts &confusion = evidence.confusion;
            confusion.truePositives = countIn(row[9]);
            confusion.falsePositives = countIn(row[10]) - confusion.truePositives;
            confusion.falseNegatives = evidence.events - confusion.truePositives;
            confusion.trueNegatives = evidence.n - evidence.events - confusion.falsePositives;
        }
    }

    /// Bin floor(10 s), 1 into the last.
    void reliability()
    {
        std::string bin = "CASE";
        for (std::size_t i = 1; i < reliabilityBins; ++i)
            bin += " WHEN s * " + std::to_string(reliabilityBins) + " < " + std::to_string(i) + " THEN " +
                   std::to_string(i - 1);
        bin += " ELSE " + std::to_string(reliabilityBins - 1) + " END";
        const auto answer =
            m_log.query("SELECT g, b, COUNT(*), SUM(y), SUM(s) FROM (SELECT g, s, y, " + bin + " AS b FROM (" + m_rows +
                            ") known_ WHERE s IS NOT NULL AND y IS NOT NULL) binned_ GROUP BY g, b",
                        reliabilityBins);
        for (const SqlRow &row : answer) {
            ScoreEvidence &evidence = m_evidence[m_groups.at(row[0])];
            if (!evidence.probabilities)
                continue;
            evidence.reliability.at(countIn(row[1])) = {countIn(row[2]), countIn(row[3]), numberIn(row[4])};
        }
        for (ScoreEvidence &evidence : m_evidence) {
            for (const ScoreGroup &group : evidence.reliability)
                evidence.scoreSum += group.scoreSum;
        }
    }

    void ranks()
    {
        const std::string eventPlace = "((2 * (co - o) + o) / 2 / NULLIF(no, 0))";
        const std::string otherPlace = "((2 * (ce - e) + e) / 2 / NULLIF(ne, 0))";
        const auto answer =
            m_log.query(m_ranked + " SELECT g, SUM(CAST(e * (2 * (co - o) + o) AS DECIMAL(38, 0))), SUM(e * " +
                            eventPlace + " * " + eventPlace + "), SUM(o * " + otherPlace + " * " + otherPlace +
                            "), SUM(e * (ne - (ce - e)) / (ne + no - (ce - e) - (co - o))) FROM ranked_ GROUP BY g",
                        1);
        for (const SqlRow &row : answer) {
            ScoreEvidence &evidence = m_evidence[m_groups.at(row[0])];
            if (evidence.events == 0)
                continue;
            evidence.twiceU = countIn(row[1]);
            evidence.eventPlacementSquares = numberIn(row[2]);
            evidence.otherPlacementSquares = numberIn(row[3]);
            evidence.averagePrecision = numberIn(row[4]) * (1 / static_cast<double>(evidence.events));
        }
    }

    /// Where the distributions of events and others lie furthest apart, at the smallest such score, by the same
    /// rounding as profileScores(): of equal distances it is rounding that chooses.
    void farthest()
    {
        const SqlDialect &dialect = m_log.dialect();
        const auto over = [&](bool events) {
            return m_log.byGroup([&, this](std::size_t i) {
                const std::uint64_t n = events ? m_evidence[i].events : m_evidence[i].n - m_evidence[i].events;
                return dialect.number(n == 0 ? 0 : 1 / static_cast<double>(n));
            });
        };
        const std::string distance = "ABS(ce * " + over(true) + " - co * " + over(false) + ")";
        const auto answer = m_log.query(
            m_ranked + ", apart_ AS (SELECT g, s, ce, co, " + distance +
                " AS d FROM ranked_), widest_ AS (SELECT g, s, ce, co, d, MAX(d) OVER (PARTITION BY g) AS widest FROM "
                "apart_) SELECT g, MIN(s), MIN(ce), MIN(co) FROM widest_ WHERE d = widest GROUP BY g",
            1);
        for (const SqlRow &row : answer) {
            ScoreEvidence &evidence = m_evidence[m_groups.at(row[0])];
            const std::uint64_t others = evidence.n - evidence.events;
            if (evidence.events == 0 || others == 0)
                continue;
            evidence.ksScore = numberIn(row[1]);
            evidence.ksEventsAtOrBelow = countIn(row[2]);
            evidence.ksOthersAtOrBelow = countIn(row[3]);
            evidence.ks =
                std::abs(static_cast<double>(evidence.ksEventsAtOrBelow) / static_cast<double>(evidence.events) -
                         static_cast<double>(evidence.ksOthersAtOrBelow) / static_cast<double>(others));
        }
    }

    /// Groups of about equal size by the rule of core/stats/scoreprofile.h: equal scores stay in the group in which the
    /// first of them lies.
    void equalGroups()
    {
        const std::string group = m_log.byGroup([this](std::size_t i) {
            const std::uint64_t n = m_evidence[i].n;
            std::string text = "CASE";
            for (std::uint64_t k = groupsOfScores; k-- > 1;) {
                const std::uint64_t end = n / groupsOfScores * k + n % groupsOfScores * k / groupsOfScores;
                if (end > 0)
                    text += " WHEN ce - e + co - o >= " + std::to_string(end) + " THEN " + std::to_string(k);
            }
            return text == "CASE" ? std::string("0") : text + " ELSE 0 END";
        });
        const auto answer =
            m_log.query(m_ranked + " SELECT g, k, SUM(e + o), SUM(e), SUM(s * (e + o)) FROM (SELECT g, s, e, o, " +
                            group + " AS k FROM ranked_) grouped_ GROUP BY g, k ORDER BY g, k",
                        groupsOfScores);
        for (const SqlRow &row : answer)
            m_evidence[m_groups.at(row[0])].groups.push_back({countIn(row[2]), countIn(row[3]), numberIn(row[4])});
    }

    /// Of the distinct scores, those above which another hundredth of the rows is reached, and the lowest.
    void curve()
    {
        const SqlDialect &dialect = m_log.dialect();
        const std::string stride = dialect.asNumber(m_log.byGroup([this](std::size_t i) {
            return std::to_string(std::max<std::uint64_t>(1, (m_evidence[i].n + rocThresholds - 1) / rocThresholds));
        }));
        const auto steps = [&](const std::string &rows) { return "FLOOR((" + rows + ") / " + stride + ")"; };
        const std::string above = "ne + no - ce - co";
        const std::string atOrAbove = "ne + no - (ce - e) - (co - o)";
        const auto answer = m_log.query(
            m_ranked + " SELECT g, s, no - (co - o), ne - (ce - e) FROM ranked_ WHERE ce - e + co - o = 0 OR " +
                steps(atOrAbove) + " > " + steps(above) + " ORDER BY g, s DESC",
            rocThresholds + 1);
        for (const SqlRow &row : answer) {
            ScoreEvidence &evidence = m_evidence[m_groups.at(row[0])];
            if (evidence.events == 0 || evidence.events == evidence.n)
                continue;
            evidence.roc.thresholds.push_back(numberIn(row[1]));
            evidence.roc.falsePositives.push_back(countIn(row[2]));
            evidence.roc.truePositives.push_back(countIn(row[3]));
        }
    }

    const SqlLog &m_log;
    GroupsOf m_groups;
    double m_threshold;
    std::string m_rows;   ///< g, the score s, the outcome y: 1, 0 or NULL
    std::string m_ranked; ///< WITH ranked_: of each distinct score its events e and others o, those up to it ce and co
    std::vector<ScoreEvidence> m_evidence;
};

class ErrorQueries
{
public:
    ErrorQueries(const SqlLog &log, const OutcomePlan &plan)
        : m_log(log)
        , m_groups(log)
    {
        requireNumber(log, plan.target, "target");
        m_rows = log.rows({{"p", log.number(plan.predictor)}, {"t", log.number(plan.target)}});
    }

    [[nodiscard]] MeasuredOutcomes measure()
    {
        std::vector<GroupOutcome> outcomes(m_groups.size());
        for (GroupOutcome &outcome : outcomes) {
            outcome.performance.errorEvidence.emplace();
            outcome.performance.regressionEvidence.emplace();
        }
        count(outcomes);
        moments(outcomes);
        errorOfR2(outcomes);
        MeasuredOutcomes measured;
        measured.reference = std::move(outcomes.back());
        outcomes.pop_back();
        measured.periods = std::move(outcomes);
        return measured;
    }

private:
    void count(std::vector<GroupOutcome> &outcomes) const
    {
        const auto answer =
            m_log.query("SELECT g, COUNT(p - t), SUM((p - t) * (p - t)), SUM(ABS(p - t)), SUM(p - t) FROM (" + m_rows +
                            ") rows_ GROUP BY g",
                        1);
        for (const SqlRow &row : answer) {
            GroupOutcome &outcome = outcomes[m_groups.at(row[0])];
            outcome.labelledRows = countIn(row[1]);
            outcome.performance.errorEvidence =
                ErrorEvidence{outcome.labelledRows, numberIn(row[2]), numberIn(row[3]), numberIn(row[4])};
        }
    }

    void moments(std::vector<GroupOutcome> &outcomes) const
    {
        const std::vector<SqlTerm> values{{"x0", "p - t"},
                                          {"x1", "ABS(p - t)"},
                                          {"x2", "(p - t) * (p - t)"},
                                          {"x3", "ABS((p - t) / NULLIF(t, 0)) * 100"},
                                          {"x4", "CASE WHEN p IS NULL THEN NULL ELSE t END"}};
        std::vector<std::string> terms;
        std::vector<std::string> means;
        std::vector<std::string> sums;
        for (const SqlTerm &value : values) {
            terms.push_back(value.expression + " AS " + value.name);
            means.push_back(value.name + ", AVG(" + value.name + ") OVER (PARTITION BY g) AS m" + value.name);
            const std::string deviation = "(" + value.name + " - m" + value.name + ")";
            sums.push_back("COUNT(" + value.name + "), MAX(m" + value.name + "), SUM(" + deviation + " * " + deviation +
                           ")");
        }
        const auto answer =
            m_log.query("SELECT g, " + joined(sums) + " FROM (SELECT g, " + joined(means) + " FROM (SELECT g, " +
                            joined(terms) + " FROM (" + m_rows + ") rows_) values_) centred_ GROUP BY g",
                        1);
        for (const SqlRow &row : answer) {
            RegressionEvidence &evidence = *outcomes[m_groups.at(row[0])].performance.regressionEvidence;
            std::size_t at = 1;
            for (MomentsEvidence *each :
                 {&evidence.error, &evidence.absolute, &evidence.square, &evidence.percentage, &evidence.actual}) {
                *each = {countIn(row[at]), numberIn(row[at + 1]), numberIn(row[at + 2])};
                at += 3;
            }
        }
    }

    /// As r2StandardError() of core/stats/regression.h.
    void errorOfR2(std::vector<GroupOutcome> &outcomes) const
    {
        const SqlDialect &dialect = m_log.dialect();
        const auto profileAt = [&outcomes](std::size_t i) {
            return profileOf(*outcomes[i].performance.regressionEvidence);
        };
        const auto literal = [&dialect](double value) {
            return std::isfinite(value) ? dialect.number(value) : std::string("NULL");
        };
        const std::string unexplained =
            dialect.asNumber(m_log.byGroup([&](std::size_t i) { return literal(1 - profileAt(i).r2()); }));
        const std::string mean =
            dialect.asNumber(m_log.byGroup([&](std::size_t i) { return literal(profileAt(i).actual.mean); }));
        const auto answer = m_log.query(
            "SELECT g, SUM(rest * rest) FROM (SELECT g, (p - t) * (p - t) - u * (t - m) * (t - m) AS rest FROM "
            "(SELECT g, p, t, " +
                unexplained + " AS u, " + mean + " AS m FROM (" + m_rows +
                ") rows_ WHERE p IS NOT NULL AND t IS NOT NULL) known_) rest_ GROUP BY g",
            1);
        for (const SqlRow &row : answer) {
            const std::size_t group = m_groups.at(row[0]);
            const RegressionProfile profile = profileAt(group);
            if (!row[1] || profile.actual.n < 2)
                continue;
            const auto n = static_cast<double>(profile.actual.n);
            outcomes[group].performance.regressionEvidence->r2Error =
                definedOrNothing(std::sqrt(numberIn(row[1]) / (n - 1) / n) / profile.actual.populationVariance());
        }
    }

    const SqlLog &m_log;
    GroupsOf m_groups;
    std::string m_rows; ///< g, the prediction p, the target t
};

} // namespace

OutcomePlan planOutcome(const SqlLog &log, const ColumnRoles &roles)
{
    if (roles.target.empty() || (roles.score.empty() && roles.prediction.empty()))
        return {};
    if (!roles.score.empty())
        requireNumber(log, roles.score, "score");
    TargetFacts facts = targetFacts(log, roles.target, SqlLog::Side::Periods);
    if (facts.empty)
        facts = targetFacts(log, roles.target, SqlLog::Side::Reference);
    const std::string &predictor = roles.prediction.empty() ? roles.score : roles.prediction;
    facts.numericPredictor = log.kindOf(predictor) == CellKind::Number;
    return planOutcome(facts, roles);
}

std::string outcomeOf(const SqlLog &log, const OutcomePlan &plan)
{
    if (plan.kind != OutcomePlan::Kind::Auc)
        return log.dialect().asNumber("NULL");
    const bool text = log.kindOf(plan.target) != CellKind::Number;
    const std::string target = text ? log.text(plan.target) : log.number(plan.target);
    const std::string positive = text ? log.dialect().text(plan.positive)
                                      : log.dialect().number(doubleFromDecimal(plan.positive).value_or(undefined));
    return "CASE WHEN " + target + " = " + positive + " THEN 1 WHEN " + target + " IS NULL THEN NULL ELSE 0 END";
}

MeasuredOutcomes measureOutcomes(const SqlLog &log, const OutcomePlan &plan, double threshold)
{
    switch (plan.kind) {
    case OutcomePlan::Kind::Auc:
        return ScoreQueries(log, plan, threshold).measure();
    case OutcomePlan::Kind::Error:
        return ErrorQueries(log, plan).measure();
    case OutcomePlan::Kind::None:
        break;
    }
    MeasuredOutcomes nothing;
    nothing.periods.resize(log.periods().size());
    return nothing;
}

std::string leftOutInDatabases(const OutcomePlan &plan)
{
    if (plan.kind != OutcomePlan::Kind::Auc)
        return {};
    return "Calibration slope, intercept and offset, and performance estimated without outcomes, need the rows and are "
           "left out: a database gives counts and sums alone.";
}

std::string measureRatingGrades(MeasuredOutcomes &outcomes, const SqlLog &log, const OutcomePlan &plan,
                                const ColumnRoles &roles)
{
    if (roles.grade.empty() || plan.kind != OutcomePlan::Kind::Auc)
        return {};
    const std::string known =
        "(" + log.rows({{"c", log.text(roles.grade)}, {"s", log.number(plan.predictor)}, {"y", outcomeOf(log, plan)}}) +
        ") known_ WHERE s IS NOT NULL AND y IS NOT NULL";
    const std::uint64_t used = countIn(log.query("SELECT COUNT(DISTINCT c) FROM " + known, 1).at(0).at(0));
    std::uint64_t without = 0;
    if (used > 0 && used <= mostRatingGrades) {
        const GroupsOf groups(log);
        std::vector<std::vector<RatingGrade>> grades(groups.size());
        for (const SqlRow &row : log.query("SELECT g, c, COUNT(*), SUM(y), SUM(s) FROM " + known + " GROUP BY g, c",
                                           mostRatingGrades + 1)) {
            const std::size_t group = groups.at(row[0]);
            if (row[1])
                grades[group].push_back({*row[1], {countIn(row[2]), countIn(row[3]), numberIn(row[4])}});
            else if (group + 1 < groups.size())
                without += countIn(row[2]);
        }
        const auto fill = [](GroupOutcome &outcome, std::vector<RatingGrade> &found) {
            if (outcome.performance.scoreEvidence)
                outcome.performance.scoreEvidence->ratingGrades = orderedGrades(std::move(found));
        };
        for (std::size_t i = 0; i < outcomes.periods.size(); ++i)
            fill(outcomes.periods[i], grades[i]);
        fill(outcomes.reference, grades.back());
    }
    return remarkOnGrades(roles.grade, used, without);
}

} // namespace countersign
