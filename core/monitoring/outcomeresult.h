// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run records of outcomes, group by group of rows (a period, or the reference): evidence, and the figures that
// follow from it. core/monitoring/figures.h lists the figures by name.
#pragma once

#include "core/stats/calibration.h"
#include "core/stats/classification.h"
#include "core/stats/estimatespread.h"
#include "core/stats/scoreprofile.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

BOOST_DESCRIBE_ENUM(TrafficLight, Green, Yellow, Red)
BOOST_DESCRIBE_STRUCT(ScoreGroup, (), (n, events, scoreSum))
BOOST_DESCRIBE_STRUCT(ConfusionCounts, (), (truePositives, falsePositives, falseNegatives, trueNegatives))
BOOST_DESCRIBE_STRUCT(EstimateSpread, (), (outcomes, calibration, skew, overfit, overfitVariance))

/// A value with its 95 % interval. Nothing where it is undefined or has no interval.
struct Figure
{
    std::optional<double> value;
    std::optional<double> low;
    std::optional<double> high;
};
BOOST_DESCRIBE_STRUCT(Figure, (), (value, low, high))

/// By plain name: "roc_auc", "brier", "regression_rmse" ...
using Figures = std::map<std::string, Figure>;

/// AUC = twiceU / (2 * positives * negatives), ties counted half. Nothing when a class is absent.
struct AucEvidence
{
    std::uint64_t twiceU = 0;
    std::uint64_t positives = 0;
    std::uint64_t negatives = 0;
};
BOOST_DESCRIBE_STRUCT(AucEvidence, (), (twiceU, positives, negatives))

/// RMSE = sqrt(sumOfSquares / n), MAE = sumOfAbsolutes / n, bias = sum / n, of prediction minus target.
struct ErrorEvidence
{
    std::uint64_t n = 0;
    double sumOfSquares = 0;
    double sumOfAbsolutes = 0;
    double sum = 0;
};
BOOST_DESCRIBE_STRUCT(ErrorEvidence, (), (n, sumOfSquares, sumOfAbsolutes, sum))

/// Recalibration (core/stats/calibration.h).
struct RecalibrationEvidence
{
    std::optional<double> slope;
    std::optional<double> slopeError;
    std::optional<double> intercept;
    std::optional<double> interceptError;
    std::optional<double> offset;
    std::optional<double> offsetError;
};
BOOST_DESCRIBE_STRUCT(RecalibrationEvidence, (), (slope, slopeError, intercept, interceptError, offset, offsetError))

/// Points of the ROC curve from the highest threshold down, at most 100 and the last: rows with a score at or over
/// thresholds[i] hold this many others and events.
struct RocEvidence
{
    std::vector<double> thresholds;
    std::vector<std::uint64_t> falsePositives;
    std::vector<std::uint64_t> truePositives;
};
BOOST_DESCRIBE_STRUCT(RocEvidence, (), (thresholds, falsePositives, truePositives))

/// The rows of one rating grade, a value of ColumnRoles::grade.
struct RatingGrade
{
    std::string name;
    ScoreGroup rows;
};
BOOST_DESCRIBE_STRUCT(RatingGrade, (), (name, rows))

/// A score against a binary target: the members of ScoreProfile (core/stats/scoreprofile.h), over rows with both.
struct ScoreEvidence
{
    std::uint64_t n = 0;
    std::uint64_t events = 0;
    bool probabilities = false;
    double scoreSum = 0;
    double squaredErrorSum = 0;
    double squaredErrorSquares = 0;
    double logLossSum = 0;
    double logLossSquares = 0;
    std::vector<ScoreGroup> reliability; ///< ten bins of equal width on [0, 1]
    std::uint64_t twiceU = 0;
    double eventPlacementSquares = 0;
    double otherPlacementSquares = 0;
    double ks = 0;
    double ksScore = 0;
    std::uint64_t ksEventsAtOrBelow = 0;
    std::uint64_t ksOthersAtOrBelow = 0;
    double averagePrecision = 0;

    double threshold = 0; ///< DecisionRule::threshold
    ConfusionCounts confusion;
    std::optional<RecalibrationEvidence> recalibration; ///< of probabilities
    std::vector<ScoreGroup> groups;                     ///< about ten of equal size, lowest scores first (equalGroups)
    RocEvidence roc;
    std::vector<RatingGrade> ratingGrades = {}; ///< over rows that have a grade, in the order of their mean scores
};
BOOST_DESCRIBE_STRUCT(ScoreEvidence, (),
                      (n, events, probabilities, scoreSum, squaredErrorSum, squaredErrorSquares, logLossSum,
                       logLossSquares, reliability, twiceU, eventPlacementSquares, otherPlacementSquares, ks, ksScore,
                       ksEventsAtOrBelow, ksOthersAtOrBelow, averagePrecision, threshold, confusion, recalibration,
                       groups, roc, ratingGrades))

/// Moments (core/stats/moments.h): count, mean and sum of squared deviations; zeros without values.
struct MomentsEvidence
{
    std::uint64_t n = 0;
    double mean = 0;
    double squares = 0;
};
BOOST_DESCRIBE_STRUCT(MomentsEvidence, (), (n, mean, squares))

/// RegressionProfile (core/stats/regression.h) over rows with prediction and target.
struct RegressionEvidence
{
    MomentsEvidence error;
    MomentsEvidence absolute;
    MomentsEvidence square;
    MomentsEvidence percentage;
    MomentsEvidence actual;
    std::optional<double> r2Error; ///< standard error of R2
};
BOOST_DESCRIBE_STRUCT(RegressionEvidence, (), (error, absolute, square, percentage, actual, r2Error))

/// One grade: a rating grade that the model gave, or a group of rows whose scores lie together.
struct GradeResult
{
    std::string name; ///< of a rating grade
    std::uint64_t n = 0;
    std::uint64_t events = 0;
    std::optional<double> meanScore;
    Figure eventRate; ///< Jeffreys interval
    /// Nothing where the scores are no probabilities, or without rows.
    std::optional<double> jeffreysPvalue;
    std::optional<double> binomialPvalue;
    std::optional<TrafficLight> trafficLight;
};
BOOST_DESCRIBE_STRUCT(GradeResult, (),
                      (name, n, events, meanScore, eventRate, jeffreysPvalue, binomialPvalue, trafficLight))

/// Runs recorded by earlier programs have the evidence of AUC or errors alone.
struct Performance
{
    std::optional<AucEvidence> aucEvidence;
    std::optional<ErrorEvidence> errorEvidence;
    std::optional<double> auc;
    std::optional<double> rmse;
    std::optional<double> mae;
    std::optional<double> bias;
    std::optional<ScoreEvidence> scoreEvidence;
    std::optional<RegressionEvidence> regressionEvidence;
    Figures figures;
    std::vector<GradeResult> grades;      ///< one for each of ScoreEvidence::ratingGrades, without such of ::groups
    std::vector<GradeResult> reliability; ///< one for each of ScoreEvidence::reliability; empty where no probabilities
};
BOOST_DESCRIBE_STRUCT(Performance, (),
                      (aucEvidence, errorEvidence, auc, rmse, mae, bias, scoreEvidence, regressionEvidence, figures,
                       grades, reliability))

/// What the scores alone say about performance (core/stats/estimation.h): expectations over rows with a score, p being
/// its calibrated probability.
struct EstimateEvidence
{
    std::uint64_t n = 0;
    double truePositives = 0;
    double falsePositives = 0;
    double falseNegatives = 0;
    double trueNegatives = 0;
    std::optional<double> auc;
    std::optional<double> averagePrecision;
    std::optional<double>
        squaredErrorSum; ///< sum of p (1 - s)^2 + (1 - p) s^2; only of scores s that are probabilities
    std::map<std::string, EstimateSpread> spreads; ///< by the names of PerformanceEstimate::figures
    std::optional<double> calibrationRows;         ///< EstimateSpreads::calibrationRows
};
BOOST_DESCRIBE_STRUCT(EstimateEvidence, (),
                      (n, truePositives, falsePositives, falseNegatives, trueNegatives, auc, averagePrecision,
                       squaredErrorSum, spreads, calibrationRows))

/// Performance estimated without outcomes, and what came of it where outcomes are known.
struct PerformanceEstimate
{
    EstimateEvidence evidence;                        ///< every row with a score
    std::optional<EstimateEvidence> labelledEvidence; ///< rows with a score and a known outcome, where there are any
    /// Of the labelled rows that the scores are calibrated on, where these are not the run's reference.
    std::optional<EstimateEvidence> calibrationEvidence;
    Figures figures; ///< of `evidence`; intervals: where the realised figure is to be expected
    /// Realised minus estimated over the rows with a known outcome: roc_auc, accuracy, brier.
    Figures gaps;
    std::optional<double> gapPvalue;         ///< of no gap beyond the reference's own, Bonferroni over the gaps
    std::optional<double> gapAdjustedPvalue; ///< Benjamini-Hochberg over the periods outside the reference
    /// gapAdjustedPvalue is at most the run's false discovery rate, and a gap is as large as a loss of performance that
    /// the policy limits.
    bool suspectedConceptDrift = false;
    std::string reason; ///< one or two sentences for people
};
BOOST_DESCRIBE_STRUCT(PerformanceEstimate, (),
                      (evidence, labelledEvidence, calibrationEvidence, figures, gaps, gapPvalue, gapAdjustedPvalue,
                       suspectedConceptDrift, reason))

/// One group of people. Measures against the organisation's own policy; none is a legal test.
struct GroupFairness
{
    std::string group;              ///< its value in the column
    std::uint64_t n = 0;            ///< rows with a score
    std::uint64_t favourable = 0;   ///< of these, with the favourable decision
    ConfusionCounts confusion;      ///< rows with a known outcome: favourable decision against favourable outcome
    std::uint64_t events = 0;       ///< rows with a known outcome in which the event came to pass
    std::optional<double> scoreSum; ///< over rows with a known outcome, where scores are probabilities
    Figures figures;
};
BOOST_DESCRIBE_STRUCT(GroupFairness, (), (group, n, favourable, confusion, events, scoreSum, figures))

struct FairnessResult
{
    std::string column;
    std::string comparison;             ///< the group that the others are compared with
    std::uint64_t rowsWithoutGroup = 0; ///< rows with a score whose group is missing
    std::vector<GroupFairness> groups;  ///< in order of their names
};
BOOST_DESCRIBE_STRUCT(FairnessResult, (), (column, comparison, rowsWithoutGroup, groups))

struct DataQuality
{
    /// Rows equal in every column read to another row of the same period, all but one of each kind; found by a 64-bit
    /// hash of their values.
    std::optional<std::uint64_t> duplicateRows;
    std::optional<double> duplicateRate;
    /// Timeliness: the median, least and most rows of the reference's periods, and rows arrived over the median.
    std::optional<double> expectedRows;
    std::optional<std::uint64_t> leastExpectedRows;
    std::optional<std::uint64_t> mostExpectedRows;
    std::optional<double> arrivedShare;
};
BOOST_DESCRIBE_STRUCT(DataQuality, (),
                      (duplicateRows, duplicateRate, expectedRows, leastExpectedRows, mostExpectedRows, arrivedShare))

} // namespace countersign
