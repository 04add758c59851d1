// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/figureverdict.h"

#include "core/base/decimal.h"
#include "core/monitoring/figures.h"
#include "core/monitoring/ownreference.h"
#include "core/stats/calibration.h"
#include "core/stats/homogeneity.h"
#include "core/stats/proportions.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr int digits = 3;

/// k of n rows.
struct Part
{
    std::uint64_t k = 0;
    std::uint64_t n = 0;
};

Part favourableDecisions(const GroupFairness &group)
{
    return {group.favourable, group.n};
}

/// Among the rows with a favourable outcome.
Part favourableDecisionsEarned(const GroupFairness &group)
{
    return {group.confusion.truePositives, group.confusion.truePositives + group.confusion.falseNegatives};
}

class FiguresOfPeriod
{
public:
    FiguresOfPeriod(const RunResult &run, const RunPeriod &period)
        : m_run(run)
        , m_period(period)
    {
    }

    [[nodiscard]] std::vector<FigureVerdict> gather()
    {
        for (const FigureLimit &limit : m_run.settings.thresholds.figures) {
            m_limit = limit;
            const std::size_t before = m_found.size();
            gatherOne();
            if (m_found.size() == before)
                addUnjudged();
        }
        return std::move(m_found);
    }

private:
    void gatherOne()
    {
        switch (m_limit.figure) {
        case LimitedFigure::calibrationGap:
            calibration();
            break;
        case LimitedFigure::adverseImpactRatio:
            fairness("adverse_impact_ratio", favourableDecisions);
            break;
        case LimitedFigure::equalOpportunityDifference:
            fairness("equal_opportunity_difference", favourableDecisionsEarned);
            break;
        case LimitedFigure::duplicateRateRise:
            duplicates();
            break;
        case LimitedFigure::arrivedShare:
            if (m_period.quality.arrivedShare)
                add({}, {}, *m_period.quality.arrivedShare, m_period.rows, undefined);
            break;
        }
    }

    void add(std::string column, std::string group, double value, std::uint64_t rows, double pvalue)
    {
        FigureVerdict figure;
        figure.figure = m_limit.figure;
        figure.column = std::move(column);
        figure.group = std::move(group);
        figure.value = definedOrNothing(value);
        figure.rows = rows;
        figure.amber = m_limit.amber;
        figure.red = m_limit.red;
        if (rows >= m_run.settings.thresholds.minimumRows)
            figure.pvalue = definedOrNothing(pvalue);
        m_found.push_back(std::move(figure));
    }

    /// A limit that nothing is held against is no green.
    void addUnjudged()
    {
        add({}, {}, undefined, 0, undefined);
        m_found.back().reason = [this]() -> std::string {
            switch (m_limit.figure) {
            case LimitedFigure::calibrationGap:
                return "Not judged: no score of the run is a probability with known outcomes.";
            case LimitedFigure::adverseImpactRatio:
            case LimitedFigure::equalOpportunityDifference:
                return "Not judged: the run names no columns of groups of people.";
            case LimitedFigure::duplicateRateRise:
                return "Not judged: the duplicate rows were not counted on both sides.";
            case LimitedFigure::arrivedShare:
                break;
            }
            return "Not judged: the reference has no periods that say how many rows to expect.";
        }();
    }

    void calibration()
    {
        const auto &scores = m_period.performance.scoreEvidence;
        if (!scores || !scores->probabilities || scores->n == 0)
            return;
        const double expected = meanWithinOne(scores->scoreSum, scores->n);
        add({}, {}, std::abs(expected - proportion(scores->events, scores->n)), scores->n,
            binomialPvalueTwoSided(scores->events, scores->n, expected));
    }

    /// The difference of two rates is tested by their counts.
    void fairness(const char *name, Part (*rate)(const GroupFairness &))
    {
        for (const FairnessResult &column : m_period.fairness) {
            const auto comparison = std::ranges::find(column.groups, column.comparison, &GroupFairness::group);
            if (comparison == column.groups.end())
                continue;
            const Part others = rate(*comparison);
            for (const GroupFairness &group : column.groups) {
                const auto figure = group.figures.find(name);
                if (group.group == column.comparison || figure == group.figures.end())
                    continue;
                const Part own = rate(group);
                double value = figure->second.value.value_or(undefined);
                if (!isFloor(m_limit.figure))
                    value = std::abs(value);
                add(column.column, group.group, value, std::min(own.n, others.n),
                    own.n == 0 || others.n == 0 ? undefined : ratePvalue(others.k, others.n, own.k, own.n));
            }
        }
    }

    void duplicates()
    {
        const auto before = comparedQuality(m_run, m_period);
        const DataQuality &now = m_period.quality;
        if (!before || !before->quality.duplicateRate || !now.duplicateRate)
            return;
        add({}, {}, *now.duplicateRate - *before->quality.duplicateRate, std::min(before->rows, m_period.rows),
            ratePvalue(*before->quality.duplicateRows, before->rows, *now.duplicateRows, m_period.rows));
    }

    const RunResult &m_run;
    const RunPeriod &m_period;
    FigureLimit m_limit;
    std::vector<FigureVerdict> m_found;
};

bool isBeyond(const FigureVerdict &verdict, double limit)
{
    return isFloor(verdict.figure) ? *verdict.value < limit : *verdict.value > limit;
}

/// "Adverse impact ratio of F (sex) 0.712"
std::string valueInWords(const FigureVerdict &verdict)
{
    return nameOf(verdict.figure) +
           (verdict.column.empty() ? "" : " of " + verdict.group + " (" + verdict.column + ")") + " " +
           fixed(*verdict.value, digits);
}

std::string limitInWords(const FigureVerdict &verdict, double limit)
{
    return (isFloor(verdict.figure) ? " is under " : " is over ") + fixed(limit, digits) + ", the limit of the policy";
}

} // namespace

std::string nameOf(LimitedFigure figure)
{
    switch (figure) {
    case LimitedFigure::calibrationGap:
        return "Calibration gap";
    case LimitedFigure::adverseImpactRatio:
        return "Adverse impact ratio";
    case LimitedFigure::equalOpportunityDifference:
        return "Equal opportunity difference";
    case LimitedFigure::duplicateRateRise:
        return "Rise of the duplicate rate";
    case LimitedFigure::arrivedShare:
        break;
    }
    return "Share of expected rows";
}

std::string definitionOf(LimitedFigure figure)
{
    const std::string policyAlone = " A measure against the organisation's own policy, and no legal test.";
    switch (figure) {
    case LimitedFigure::calibrationGap:
        return "Mean score minus event rate, without its sign, over the rows with a known outcome; exact two-sided "
               "binomial test of the events at the mean score.";
    case LimitedFigure::adverseImpactRatio:
        return "Selection rate of the group over that of the comparison group; test that both are one rate." +
               policyAlone;
    case LimitedFigure::equalOpportunityDifference:
        return "Share of the rows with a favourable outcome that have the favourable decision, minus that of the "
               "comparison group, without its sign; test that both are one rate." +
               policyAlone;
    case LimitedFigure::duplicateRateRise:
        return "Rate of duplicate rows minus the reference's; test that both are one rate.";
    case LimitedFigure::arrivedShare:
        break;
    }
    return "Rows over the median of the reference's periods; more than chance where they are fewer than in any of "
           "them.";
}

std::vector<FigureVerdict> figuresToJudge(const RunResult &run, std::size_t period)
{
    return FiguresOfPeriod(run, run.periods[period]).gather();
}

void judgeFigure(FigureVerdict &verdict, const AdjustedTest &test, const RunResult &run, std::size_t at)
{
    const Thresholds &thresholds = run.settings.thresholds;
    const RunPeriod &period = run.periods[at];
    if (!verdict.reason.empty())
        return;
    const bool tested = verdict.figure != LimitedFigure::arrivedShare;
    verdict.adjustedPvalue = definedOrNothing(test.adjusted);
    if (!verdict.value || (tested && !verdict.pvalue)) {
        verdict.reason = "Not enough data: " + nameOf(verdict.figure) + " rests on " + std::to_string(verdict.rows) +
                         " rows, at least " + std::to_string(thresholds.minimumRows) + " are needed.";
        return;
    }
    verdict.distinguishable = tested
                                  ? verdict.adjustedPvalue && *verdict.adjustedPvalue <= thresholds.falseDiscoveryRate
                                  : period.rows < period.quality.leastExpectedRows.value_or(0);
    const std::string value = valueInWords(verdict);
    const bool red = isBeyond(verdict, verdict.red);
    if (!red && !isBeyond(verdict, verdict.amber)) {
        verdict.verdict = Verdict::Green;
        verdict.reason = value + (isFloor(verdict.figure) ? " is not under " : " is within ") +
                         fixed(verdict.amber, digits) + ", the limit of the policy.";
        return;
    }
    verdict.verdict = !verdict.distinguishable ? Verdict::Green : red ? Verdict::Red : Verdict::Amber;
    verdict.reason = value + limitInWords(verdict, red ? verdict.red : verdict.amber);
    if (!tested)
        verdict.reason += verdict.distinguishable ? ", and fewer rows came than in any period of the reference."
                                                  : ", but a period of the reference had no more rows.";
    else
        verdict.reason += std::string(verdict.distinguishable ? ", and more" : ", but no more") +
                          " than chance gives (p among all tests of the run " + smallNumber(test.adjusted) + ").";
}

} // namespace countersign
