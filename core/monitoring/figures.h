// SPDX-License-Identifier: GPL-3.0-or-later
//
// The performance figures that a run records, by plain name, with definition and interval. To add one, add an entry to
// the list of its kind in the .cpp. All intervals are at 95 %.
#pragma once

#include "core/monitoring/outcomeresult.h"
#include "core/stats/regression.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

inline constexpr double figureConfidence = 0.95;

/// A mean of values within 0 and 1 without what rounding adds. Precondition: n > 0.
[[nodiscard]] double meanWithinOne(double sum, std::uint64_t n);

/// Which way a figure is good.
enum class Better { Higher, Lower, NearZero, NearOne, Neither };

struct FigureInfo
{
    std::string_view name;  ///< key in Figures, on the command line and in `stat --list`
    std::string_view title; ///< for people
    std::string_view definition;
    std::string_view interval; ///< method; empty: a figure without one
    Better better;
};

/// Of a score against a binary target, in the order of the list.
[[nodiscard]] std::vector<FigureInfo> scoreFigureInfos();
/// Of a prediction against a numeric target.
[[nodiscard]] std::vector<FigureInfo> regressionFigureInfos();
/// Of both lists; throws Exception(NotFound) for a name in neither.
[[nodiscard]] FigureInfo figureInfo(std::string_view name);

/// NaN becomes nothing; infinite bounds too.
[[nodiscard]] Figure figureOf(double value, const Interval &interval);
[[nodiscard]] Figure figureOf(double value);
[[nodiscard]] Figure figureOf(const Rate &rate);

/// Recorded runs keep the intervals, and the judgement of gaps, of the engine that made them.
enum class EngineRules { now, beforeEngine6 };

[[nodiscard]] Figures scoreFigures(const ScoreEvidence &evidence, EngineRules rules = EngineRules::now);
[[nodiscard]] Figures regressionFigures(const RegressionEvidence &evidence, EngineRules rules = EngineRules::now);

/// Variance of the AUC by DeLong; NaN with fewer than two rows of a class.
[[nodiscard]] double aucVariance(const ScoreEvidence &evidence);

/// Event rate and tests of each group; the tests only where scores are probabilities.
[[nodiscard]] std::vector<GradeResult> gradesOf(std::span<const ScoreGroup> groups, bool probabilities);
[[nodiscard]] std::vector<GradeResult> gradesOf(std::span<const RatingGrade> grades, bool probabilities);

/// Fills the numbers of `performance` from its evidence.
void fillPerformance(Performance &performance, EngineRules rules = EngineRules::now);

[[nodiscard]] ScoreEvidence evidenceOf(const ScoreProfile &profile);
[[nodiscard]] ScoreProfile profileOf(const ScoreEvidence &evidence);
[[nodiscard]] RegressionEvidence evidenceOf(const RegressionProfile &profile);
[[nodiscard]] RegressionProfile profileOf(const RegressionEvidence &evidence);

/// A point of a curve; the interval is of y.
struct CurvePoint
{
    double x = 0;
    double y = 0;
    double low = 0;
    double high = 0;
};

/// False against true positive rate from (0, 0) to (1, 1), Wilson's interval of the latter.
[[nodiscard]] std::vector<CurvePoint> rocPoints(const ScoreEvidence &evidence);
/// Share of rows against share of events among them, the highest scores first, from (0, 0); Wilson's interval.
[[nodiscard]] std::vector<CurvePoint> gainsPoints(const ScoreEvidence &evidence);
/// Mean score against event rate of the bins that hold rows, Jeffreys interval. Empty where scores are no
/// probabilities.
[[nodiscard]] std::vector<CurvePoint> reliabilityPoints(const Performance &performance);

} // namespace countersign
