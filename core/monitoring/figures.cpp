// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/figures.h"

#include "core/base/error.h"
#include "core/monitoring/formerintervals.h"
#include "core/stats/performance.h"
#include "core/stats/scoreintervals.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace countersign {

namespace {

constexpr double level = figureConfidence;

struct ScoreFacts
{
    ScoreProfile profile;
    ConfusionCounts confusion;
    RecalibrationEvidence recalibration;
    HosmerLemeshow hosmerLemeshow;
    ScoreGroup highest; ///< of the groups
};

struct ScoreFigure
{
    FigureInfo info;
    Figure (*compute)(const ScoreFacts &facts);
};

struct RegressionFigure
{
    FigureInfo info;
    Figure (*compute)(const RegressionProfile &profile, double r2Error);
};

constexpr std::string_view wilson = "Wilson";
constexpr std::string_view delong = "DeLong; Wilson of the smaller class where both are ranked apart";
constexpr std::string_view student = "Student";
constexpr std::string_view wald = "Wald: estimate -+ 1.96 standard errors of the fit";

Figure waldFigure(const std::optional<double> &value, const std::optional<double> &error)
{
    return value && error ? figureOf(*value, waldInterval(*value, *error, level)) : Figure{value, {}, {}};
}

/// Of values none of which is negative.
Figure positiveMean(const Moments &moments)
{
    const Interval interval = meanInterval(moments, level);
    return figureOf(moments.mean, {std::max(0.0, interval.low), interval.high});
}

Figure ofAllRows(const ScoreFacts &facts, double (*test)(std::uint64_t, std::uint64_t, double))
{
    const ScoreProfile &profile = facts.profile;
    if (!profile.probabilities)
        return {};
    return figureOf(test(profile.events, profile.n, meanWithinOne(profile.scoreSum, profile.n)));
}

template <Rate (*rate)(const ConfusionCounts &)>
Figure ofRate(const ScoreFacts &facts)
{
    return figureOf(rate(facts.confusion));
}

Figure balancedAccuracyOf(const ScoreFacts &facts)
{
    const Figure recall = figureOf(recallRate(facts.confusion));
    const Figure specificity = figureOf(specificityRate(facts.confusion));
    if (!recall.value || !specificity.value)
        return {};
    const double value = balancedAccuracy(facts.confusion);
    return figureOf(value,
                    {value - std::hypot(*recall.value - *recall.low, *specificity.value - *specificity.low) / 2,
                     value + std::hypot(*recall.high - *recall.value, *specificity.high - *specificity.value) / 2});
}

Figure liftOf(const ScoreFacts &facts)
{
    const double all = proportion(facts.profile.events, facts.profile.n);
    if (!(all > 0))
        return {};
    const Interval rate = wilsonInterval(facts.highest.events, facts.highest.n, level);
    return figureOf(facts.highest.eventRate() / all, {rate.low / all, rate.high / all});
}

constexpr std::array<ScoreFigure, 26> scoreList{{
    {{"roc_auc", "AUC", "area under the ROC curve, ties counted half, 0 to 1", delong, Better::Higher},
     [](const ScoreFacts &f) { return figureOf(auc(f.profile), aucInterval(f.profile, level)); }},
    {{"gini", "Gini", "2 AUC - 1", delong, Better::Higher},
     [](const ScoreFacts &f) {
         const Interval area = aucInterval(f.profile, level);
         return figureOf(gini(f.profile), {2 * area.low - 1, 2 * area.high - 1});
     }},
    {{"model_ks", "KS of the model", "largest distance of the score distributions of events and others, 0 to 1",
      "Kolmogorov's limit of the errors of both distributions, at least 95 %", Better::Higher},
     [](const ScoreFacts &f) { return figureOf(modelKs(f.profile), modelKsInterval(f.profile, level)); }},
    {{"average_precision", "Average precision",
      "sum of precision times gain in recall over the distinct scores, 0 to 1",
      "logit (Boyd, Eng and Page); Wilson of the events where all come first", Better::Higher},
     [](const ScoreFacts &f) {
         return figureOf(averagePrecision(f.profile), rankedPrecisionInterval(f.profile, level));
     }},
    {{"brier", "Brier score", "mean squared difference of probability and outcome, 0 to 1", "normal, of a mean",
      Better::Lower},
     [](const ScoreFacts &f) { return figureOf(brierScore(f.profile), brierInterval(f.profile, level)); }},
    {{"log_loss", "Log-loss",
      "mean negative log-likelihood, natural logarithm, probabilities held within 2^-52 and 1 - 2^-52",
      "normal, of a mean", Better::Lower},
     [](const ScoreFacts &f) { return figureOf(logLoss(f.profile), logLossInterval(f.profile, level)); }},
    {{"event_rate", "Event rate", "share of events among rows with score and outcome", wilson, Better::Neither},
     [](const ScoreFacts &f) { return figureOf(Rate{f.profile.events, f.profile.n}); }},
    {{"mean_score", "Mean score", "mean probability of rows with score and outcome", {}, Better::Neither},
     [](const ScoreFacts &f) {
         return figureOf(f.profile.probabilities ? f.profile.scoreSum / static_cast<double>(f.profile.n) : undefined);
     }},
    {{"calibration_in_the_large", "Calibration in the large", "event rate minus mean probability",
      "Wilson of the event rate", Better::NearZero},
     [](const ScoreFacts &f) {
         return figureOf(calibrationInTheLarge(f.profile), calibrationInTheLargeInterval(f.profile, level));
     }},
    {{"calibration_slope", "Calibration slope",
      "slope of the logistic regression of the outcome on the logit of the probability", wald, Better::NearOne},
     [](const ScoreFacts &f) { return waldFigure(f.recalibration.slope, f.recalibration.slopeError); }},
    {{"calibration_intercept", "Calibration intercept",
      "intercept of the logistic regression of the outcome on the logit of the probability", wald, Better::NearZero},
     [](const ScoreFacts &f) { return waldFigure(f.recalibration.intercept, f.recalibration.interceptError); }},
    {{"calibration_offset", "Calibration offset", "what all log-odds are too low by: the intercept at slope 1", wald,
      Better::NearZero},
     [](const ScoreFacts &f) { return waldFigure(f.recalibration.offset, f.recalibration.offsetError); }},
    {{"expected_calibration_error", "Expected calibration error",
      "|event rate - mean probability| over ten bins of equal width, weighted by rows, 0 to 1",
      "normal errors of the bins' event rates, added up, at least 95 %", Better::Lower},
     [](const ScoreFacts &f) {
         return figureOf(expectedCalibrationError(f.profile), calibrationErrorInterval(f.profile, level));
     }},
    {{"hosmer_lemeshow_statistic",
      "Hosmer-Lemeshow",
      "sum over about ten groups of equal size of (O - E)^2 / (E (1 - E / n))",
      {},
      Better::Lower},
     [](const ScoreFacts &f) { return figureOf(f.hosmerLemeshow.statistic); }},
    {{"hosmer_lemeshow_pvalue", "p of Hosmer-Lemeshow", "as many degrees of freedom as groups", {}, Better::Neither},
     [](const ScoreFacts &f) { return figureOf(f.hosmerLemeshow.pvalue); }},
    {{"jeffreys_pvalue",
      "p of the Jeffreys test",
      "probability that the true event rate is at most the mean probability, under Jeffreys' prior: a small one says "
      "that the probabilities are too low",
      {},
      Better::Neither},
     [](const ScoreFacts &f) { return ofAllRows(f, jeffreysPvalue); }},
    {{"binomial_pvalue",
      "p of the binomial test",
      "probability of as many events or more at the mean probability: a small one says that the probabilities are too "
      "low",
      {},
      Better::Neither},
     [](const ScoreFacts &f) { return ofAllRows(f, binomialPvalue); }},
    {{"accuracy", "Accuracy", "share of right decisions at the threshold", wilson, Better::Higher},
     ofRate<accuracyRate>},
    {{"precision", "Precision", "share of events among the rows taken for events", wilson, Better::Higher},
     ofRate<precisionRate>},
    {{"recall", "Recall", "share of the events taken for events", wilson, Better::Higher}, ofRate<recallRate>},
    {{"specificity", "Specificity", "share of the others not taken for events", wilson, Better::Higher},
     ofRate<specificityRate>},
    {{"false_positive_rate", "False positive rate", "share of the others taken for events", wilson, Better::Lower},
     ofRate<falsePositiveRate>},
    {{"selection_rate", "Selection rate", "share of rows taken for events", wilson, Better::Neither},
     ofRate<selectionRate>},
    {{"f1", "F1", "2 TP / (2 TP + FP + FN)", "Wilson of Jaccard's index, mapped", Better::Higher},
     [](const ScoreFacts &f) { return figureOf(f1Score(f.confusion), f1Interval(f.confusion, level)); }},
    {{"balanced_accuracy", "Balanced accuracy", "mean of recall and specificity",
      "Wilson's intervals of both, joined as independent", Better::Higher},
     balancedAccuracyOf},
    {{"lift_top_group", "Lift of the highest group",
      "event rate of the rows with the highest scores, about a tenth, over that of all rows",
      "Wilson of the group's event rate, over that of all rows as given", Better::Higher},
     liftOf},
}};

constexpr std::array<RegressionFigure, 6> regressionList{{
    {{"regression_rmse", "RMSE", "square root of the mean squared error",
      "roots of Student's of the mean squared error", Better::Lower},
     [](const RegressionProfile &p, double) { return figureOf(p.rmse(), rmseInterval(p, level)); }},
    {{"regression_mse", "MSE", "mean squared error", student, Better::Lower},
     [](const RegressionProfile &p, double) { return positiveMean(p.square); }},
    {{"regression_mae", "MAE", "mean of |predicted - actual|", student, Better::Lower},
     [](const RegressionProfile &p, double) { return positiveMean(p.absolute); }},
    {{"regression_mape", "MAPE", "mean of |predicted - actual| / |actual| in percent, rows with actual 0 left out",
      student, Better::Lower},
     [](const RegressionProfile &p, double) { return positiveMean(p.percentage); }},
    {{"regression_me", "Bias", "mean of predicted minus actual, in the unit of the target", student, Better::NearZero},
     [](const RegressionProfile &p, double) { return figureOf(p.error.mean, meanInterval(p.error, level)); }},
    {{"regression_r2", "R2", "1 - sum of squared errors / sum of squared deviations of the actual value, at most 1",
      "delta method", Better::Higher},
     [](const RegressionProfile &p, double error) {
         const Interval interval = waldInterval(p.r2(), error, level);
         return figureOf(p.r2(), {interval.low, std::min(1.0, interval.high)});
     }},
}};

MomentsEvidence evidenceOf(const Moments &moments)
{
    return moments.n == 0 ? MomentsEvidence{} : MomentsEvidence{moments.n, moments.mean, moments.squares};
}

Moments momentsOf(const MomentsEvidence &evidence)
{
    return evidence.n == 0 ? Moments{0, undefined, undefined} : Moments{evidence.n, evidence.mean, evidence.squares};
}

CurvePoint pointOf(double x, const Rate &rate)
{
    const Interval interval = wilsonInterval(rate.k, rate.n, level);
    return {x, rate.value(), interval.low, interval.high};
}

std::optional<double> finiteOrNothing(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

GradeResult gradeOf(const ScoreGroup &group, bool probabilities)
{
    GradeResult grade;
    grade.n = group.n;
    grade.events = group.events;
    grade.meanScore = finiteOrNothing(group.meanScore());
    grade.eventRate = figureOf(group.eventRate(), jeffreysInterval(group.events, group.n, level));
    if (probabilities && group.n > 0) {
        const double estimate = meanWithinOne(group.scoreSum, group.n);
        grade.jeffreysPvalue = jeffreysPvalue(group.events, group.n, estimate);
        grade.binomialPvalue = binomialPvalue(group.events, group.n, estimate);
        grade.trafficLight = trafficLight(group.events, group.n, estimate);
    }
    return grade;
}

} // namespace

double meanWithinOne(double sum, std::uint64_t n)
{
    return std::clamp(sum / static_cast<double>(n), 0.0, 1.0);
}

std::vector<FigureInfo> scoreFigureInfos()
{
    std::vector<FigureInfo> infos;
    infos.reserve(scoreList.size());
    for (const ScoreFigure &figure : scoreList)
        infos.push_back(figure.info);
    return infos;
}

std::vector<FigureInfo> regressionFigureInfos()
{
    std::vector<FigureInfo> infos;
    infos.reserve(regressionList.size());
    for (const RegressionFigure &figure : regressionList)
        infos.push_back(figure.info);
    return infos;
}

FigureInfo figureInfo(std::string_view name)
{
    for (const ScoreFigure &figure : scoreList)
        if (figure.info.name == name)
            return figure.info;
    for (const RegressionFigure &figure : regressionList)
        if (figure.info.name == name)
            return figure.info;
    throw Exception(ErrorCode::NotFound, "There is no performance figure \"" + std::string(name) + "\".",
                    "Use a name of the list that countersign-cli stat --list prints.");
}

Figure figureOf(double value, const Interval &interval)
{
    return {finiteOrNothing(value), finiteOrNothing(interval.low), finiteOrNothing(interval.high)};
}

Figure figureOf(double value)
{
    return {finiteOrNothing(value), {}, {}};
}

Figure figureOf(const Rate &rate)
{
    return figureOf(rate.value(), wilsonInterval(rate.k, rate.n, level));
}

ScoreEvidence evidenceOf(const ScoreProfile &profile)
{
    ScoreEvidence evidence;
    evidence.n = profile.n;
    evidence.events = profile.events;
    evidence.probabilities = profile.probabilities;
    evidence.scoreSum = profile.scoreSum;
    evidence.squaredErrorSum = profile.squaredErrorSum;
    evidence.squaredErrorSquares = profile.squaredErrorSquares;
    evidence.logLossSum = profile.logLossSum;
    evidence.logLossSquares = profile.logLossSquares;
    evidence.reliability.assign(profile.reliability.begin(), profile.reliability.end());
    evidence.twiceU = profile.twiceU;
    evidence.eventPlacementSquares = profile.eventPlacementSquares;
    evidence.otherPlacementSquares = profile.otherPlacementSquares;
    if (profile.bothClasses()) {
        evidence.ks = profile.ks;
        evidence.ksScore = profile.ksScore;
        evidence.ksEventsAtOrBelow = profile.ksEventsAtOrBelow;
        evidence.ksOthersAtOrBelow = profile.ksOthersAtOrBelow;
    }
    evidence.averagePrecision = profile.averagePrecision;
    return evidence;
}

ScoreProfile profileOf(const ScoreEvidence &evidence)
{
    ScoreProfile profile;
    profile.n = evidence.n;
    profile.events = evidence.events;
    profile.probabilities = evidence.probabilities;
    profile.scoreSum = evidence.scoreSum;
    profile.squaredErrorSum = evidence.squaredErrorSum;
    profile.squaredErrorSquares = evidence.squaredErrorSquares;
    profile.logLossSum = evidence.logLossSum;
    profile.logLossSquares = evidence.logLossSquares;
    std::copy_n(evidence.reliability.begin(), std::min(evidence.reliability.size(), reliabilityBins),
                profile.reliability.begin());
    profile.twiceU = evidence.twiceU;
    profile.eventPlacementSquares = evidence.eventPlacementSquares;
    profile.otherPlacementSquares = evidence.otherPlacementSquares;
    profile.ks = evidence.ks;
    profile.ksScore = evidence.ksScore;
    profile.ksEventsAtOrBelow = evidence.ksEventsAtOrBelow;
    profile.ksOthersAtOrBelow = evidence.ksOthersAtOrBelow;
    profile.averagePrecision = evidence.averagePrecision;
    return profile;
}

double aucVariance(const ScoreEvidence &evidence)
{
    return delongVariance(profileOf(evidence));
}

RegressionEvidence evidenceOf(const RegressionProfile &profile)
{
    return {evidenceOf(profile.error),      evidenceOf(profile.absolute), evidenceOf(profile.square),
            evidenceOf(profile.percentage), evidenceOf(profile.actual),   {}};
}

RegressionProfile profileOf(const RegressionEvidence &evidence)
{
    return {momentsOf(evidence.error), momentsOf(evidence.absolute), momentsOf(evidence.square),
            momentsOf(evidence.percentage), momentsOf(evidence.actual)};
}

Figures scoreFigures(const ScoreEvidence &evidence, EngineRules rules)
{
    ScoreFacts facts{profileOf(evidence),
                     evidence.confusion,
                     evidence.recalibration.value_or(RecalibrationEvidence{}),
                     {undefined, 0, undefined},
                     evidence.groups.empty() ? ScoreGroup{} : evidence.groups.back()};
    if (evidence.probabilities)
        facts.hosmerLemeshow = hosmerLemeshow(evidence.groups, false);
    Figures figures;
    for (const ScoreFigure &figure : scoreList)
        figures.emplace(figure.info.name, figure.compute(facts));
    if (rules == EngineRules::beforeEngine6)
        setFormerIntervals(figures, facts.profile);
    return figures;
}

Figures regressionFigures(const RegressionEvidence &evidence, EngineRules rules)
{
    const RegressionProfile profile = profileOf(evidence);
    Figures figures;
    for (const RegressionFigure &figure : regressionList)
        figures.emplace(figure.info.name, figure.compute(profile, evidence.r2Error.value_or(undefined)));
    if (rules == EngineRules::beforeEngine6)
        setFormerIntervals(figures, profile);
    return figures;
}

std::vector<GradeResult> gradesOf(std::span<const ScoreGroup> groups, bool probabilities)
{
    std::vector<GradeResult> grades;
    for (const ScoreGroup &group : groups)
        grades.push_back(gradeOf(group, probabilities));
    return grades;
}

std::vector<GradeResult> gradesOf(std::span<const RatingGrade> grades, bool probabilities)
{
    std::vector<GradeResult> results;
    for (const RatingGrade &grade : grades) {
        results.push_back(gradeOf(grade.rows, probabilities));
        results.back().name = grade.name;
    }
    return results;
}

void fillPerformance(Performance &performance, EngineRules rules)
{
    const auto &areas = performance.aucEvidence;
    const auto &errors = performance.errorEvidence;
    performance.auc.reset();
    if (areas && areas->positives > 0 && areas->negatives > 0)
        performance.auc = areaUnderRoc(areas->twiceU, areas->positives, areas->negatives);
    performance.rmse.reset();
    performance.mae.reset();
    performance.bias.reset();
    if (errors && errors->n > 0) {
        performance.rmse = rootMeanSquaredError(errors->n, errors->sumOfSquares);
        performance.mae = meanError(errors->n, errors->sumOfAbsolutes);
        performance.bias = meanError(errors->n, errors->sum);
    }
    performance.figures.clear();
    performance.grades.clear();
    performance.reliability.clear();
    if (const auto &score = performance.scoreEvidence) {
        performance.figures = scoreFigures(*score, rules);
        performance.grades = score->ratingGrades.empty() ? gradesOf(score->groups, score->probabilities)
                                                         : gradesOf(score->ratingGrades, score->probabilities);
        if (score->probabilities)
            performance.reliability = gradesOf(score->reliability, true);
    } else if (performance.regressionEvidence) {
        performance.figures = regressionFigures(*performance.regressionEvidence, rules);
    }
}

std::vector<CurvePoint> rocPoints(const ScoreEvidence &evidence)
{
    std::vector<CurvePoint> points;
    const std::uint64_t others = evidence.n - evidence.events;
    if (evidence.events == 0 || others == 0)
        return points;
    points.push_back(pointOf(0, {0, evidence.events}));
    for (std::size_t i = 0; i < evidence.roc.thresholds.size(); ++i)
        points.push_back(pointOf(proportion(evidence.roc.falsePositives[i], others),
                                 {evidence.roc.truePositives[i], evidence.events}));
    return points;
}

std::vector<CurvePoint> gainsPoints(const ScoreEvidence &evidence)
{
    std::vector<CurvePoint> points;
    if (evidence.events == 0)
        return points;
    points.push_back(pointOf(0, {0, evidence.events}));
    ScoreGroup above;
    for (std::size_t i = evidence.groups.size(); i-- > 0;) {
        above.n += evidence.groups[i].n;
        above.events += evidence.groups[i].events;
        points.push_back(pointOf(proportion(above.n, evidence.n), {above.events, evidence.events}));
    }
    return points;
}

std::vector<CurvePoint> reliabilityPoints(const Performance &performance)
{
    std::vector<CurvePoint> points;
    for (const GradeResult &bin : performance.reliability) {
        if (bin.n > 0)
            points.push_back({*bin.meanScore, *bin.eventRate.value, *bin.eventRate.low, *bin.eventRate.high});
    }
    return points;
}

} // namespace countersign
