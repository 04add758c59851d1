// SPDX-License-Identifier: GPL-3.0-or-later
//
// The limits by which a run is judged, and what comes of those that are not the columns' own.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

enum class Verdict { Green, Amber, Red, NotEnoughData };
BOOST_DESCRIBE_ENUM(Verdict, Green, Amber, Red, NotEnoughData)

/// Where the limits on PSI come from. Fixed: psiAmber and psiRed. SampleSize: what chance alone exceeds once in 20 and
/// once in 1,000 at this number of rows (criticalStabilityIndex). Learnt: what one more period like the reference's
/// exceeds once in 100 and once in 1,000, from the PSI of at least 6 reference periods, the judged one left out, each
/// against the rest of the reference; where there are fewer the fixed limits hold.
enum class LimitRule { Fixed, SampleSize, Learnt };
BOOST_DESCRIBE_ENUM(LimitRule, Fixed, SampleSize, Learnt)

/// Statistics of a column that may have limits besides its PSI. missingRateRise: the missing rate minus the
/// reference's; the others as in FeatureStatistics.
enum class LimitedStatistic {
    jensenShannonDistance,
    hellinger,
    lInfinity,
    ks,
    missingRateRise,
    unseenRate,
    outOfRangeShare
};
BOOST_DESCRIBE_ENUM(LimitedStatistic, jensenShannonDistance, hellinger, lInfinity, ks, missingRateRise, unseenRate,
                    outOfRangeShare)
/// "Jensen-Shannon distance", "Rise of the missing rate".
[[nodiscard]] std::string nameOf(LimitedStatistic statistic);

struct StatisticLimit
{
    LimitedStatistic statistic = LimitedStatistic::ks;
    double amber = 0;
    double red = 0;
};
BOOST_DESCRIBE_STRUCT(StatisticLimit, (), (statistic, amber, red))

/// Figures of a whole period that may have limits.
///  - calibrationGap: |mean score - event rate| over the rows with a known outcome, of scores that are probabilities;
///  - adverseImpactRatio, equalOpportunityDifference (without its sign): of each group but the comparison group;
///  - duplicateRateRise: the rate of duplicate rows minus the reference's;
///  - arrivedShare: rows over the rows expected.
enum class LimitedFigure {
    calibrationGap,
    adverseImpactRatio,
    equalOpportunityDifference,
    duplicateRateRise,
    arrivedShare
};
BOOST_DESCRIBE_ENUM(LimitedFigure, calibrationGap, adverseImpactRatio, equalOpportunityDifference, duplicateRateRise,
                    arrivedShare)
/// "Calibration gap", "Adverse impact ratio".
[[nodiscard]] std::string nameOf(LimitedFigure figure);
/// Whether values under the limit breach it, red being the lower limit; else values over it.
[[nodiscard]] constexpr bool isFloor(LimitedFigure figure)
{
    return figure == LimitedFigure::adverseImpactRatio || figure == LimitedFigure::arrivedShare;
}

struct FigureLimit
{
    LimitedFigure figure = LimitedFigure::calibrationGap;
    double amber = 0;
    double red = 0;
};
BOOST_DESCRIBE_STRUCT(FigureLimit, (), (figure, amber, red))

struct Thresholds
{
    LimitRule psiRule = LimitRule::Fixed;
    double psiAmber = 0.10;
    double psiRed = 0.25;
    double falseDiscoveryRate = 0.02; ///< of the run's tests, by Benjamini and Hochberg
    std::uint64_t minimumRows = 100;  ///< fewer rows in a period: NotEnoughData
    double aucDropAmber = 0.03;       ///< reference AUC minus the period's
    double aucDropRed = 0.05;
    double rmseRatioAmber = 1.10; ///< the period's RMSE over the reference's
    double rmseRatioRed = 1.25;
    std::vector<StatisticLimit> statistics = {}; ///< at most one of each
    std::vector<FigureLimit> figures = {};       ///< at most one of each
    /// Who set a limit and why, for people: of psi, aucDrop, rmseRatio, and by the names of LimitedStatistic and
    /// LimitedFigure. Nothing where that is not known.
    std::map<std::string, std::string> setBy = {};
};
BOOST_DESCRIBE_STRUCT(Thresholds, (),
                      (psiRule, psiAmber, psiRed, falseDiscoveryRate, minimumRows, aucDropAmber, aucDropRed,
                       rmseRatioAmber, rmseRatioRed, statistics, figures, setBy))

/// A statistic over its limit whose column is told from no drift among all tests of the run; a rate also by itself.
struct StatisticBreach
{
    LimitedStatistic statistic = LimitedStatistic::ks;
    double value = 0;
    double limit = 0; ///< the one that it is over: red's when it is over both
    bool red = false;
};
BOOST_DESCRIBE_STRUCT(StatisticBreach, (), (statistic, value, limit, red))

/// The parts of a verdict on one figure of a period: beyond a limit AND more than chance gives, among all tests of the
/// run, AND enough rows.
struct FigureVerdict
{
    LimitedFigure figure = LimitedFigure::calibrationGap;
    std::string column; ///< of groups of people; empty: all rows
    std::string group;  ///< its value in the column
    std::optional<double> value;
    std::uint64_t rows = 0; ///< that the figure rests on, of the smaller side where it compares two
    double amber = 0;       ///< FigureLimit::amber
    double red = 0;
    std::optional<double> pvalue; ///< of no difference (figureverdict.h); none of arrivedShare, which no test judges
    std::optional<double> adjustedPvalue; ///< as DriftVerdict::adjustedPvalue, of the same run
    bool distinguishable = false;
    Verdict verdict = Verdict::NotEnoughData;
    std::string reason; ///< a sentence for people

    /// Whether both judge the same, in whatever periods.
    [[nodiscard]] bool isOf(const FigureVerdict &other) const
    {
        return figure == other.figure && column == other.column && group == other.group;
    }
};
BOOST_DESCRIBE_STRUCT(FigureVerdict, (),
                      (figure, column, group, value, rows, amber, red, pvalue, adjustedPvalue, distinguishable, verdict,
                       reason))

} // namespace countersign
