// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/stats/calibration.h"
#include "core/stats/cataloguelists.h"
#include "core/stats/classification.h"
#include "core/stats/scoreprofile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace countersign {

namespace {

struct SortedScores
{
    std::vector<double> scores;
    std::vector<std::uint8_t> events;
};

/// Outcomes from the reference column: the larger of its two values is the event.
SortedScores sortedScores(const StatisticInput &input)
{
    auto pairs = input.pairs();
    if (pairs.empty())
        return {};
    const auto [least, most] = std::minmax_element(pairs.begin(), pairs.end());
    const double other = least->first;
    const double event = other == most->first ? 1.0 : most->first; // where there is one class only, 1 is the event
    SortedScores sorted;
    std::sort(pairs.begin(), pairs.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    for (const auto &[outcome, score] : pairs) {
        if (outcome != other && outcome != event)
            throw Exception(ErrorCode::InvalidInput, "The reference column holds more than two different values.",
                            "This statistic needs a binary outcome as the reference, 1 where the event came to pass.");
        sorted.scores.push_back(score);
        sorted.events.push_back(outcome == event ? 1 : 0);
    }
    return sorted;
}

template <double (*figure)(const ScoreProfile &)>
double ofProfile(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const SortedScores sorted = sortedScores(input);
    return figure(profileScores(sorted.scores, sorted.events));
}

ConfusionCounts atThreshold(const StatisticInput &input, const StatisticOptions &options)
{
    const SortedScores sorted = sortedScores(input);
    constexpr double most = std::numeric_limits<double>::max();
    return confusionAt(sorted.scores, sorted.events, options.number("threshold", -most, most));
}

template <Rate (*rate)(const ConfusionCounts &)>
double ofRate(const StatisticInput &input, const StatisticOptions &options)
{
    return rate(atThreshold(input, options)).value();
}

template <double (*figure)(const ConfusionCounts &)>
double ofCounts(const StatisticInput &input, const StatisticOptions &options)
{
    return figure(atThreshold(input, options));
}

double standardError(const ScoreProfile &profile)
{
    return std::sqrt(delongVariance(profile));
}

Recalibration recalibration(const StatisticInput &input)
{
    const SortedScores sorted = sortedScores(input);
    return recalibrate(sorted.scores, sorted.events);
}

HosmerLemeshow hosmerLemeshowOf(const StatisticInput &input, const StatisticOptions &options)
{
    constexpr std::array<std::string_view, 2> answers{"no", "yes"};
    const SortedScores sorted = sortedScores(input);
    const auto groups = equalGroups(sorted.scores, sorted.events, options.count("groups", 2, 10'000));
    return hosmerLemeshow(groups, options.choice("fitted", answers) == "yes");
}

constexpr std::array groupOptions{
    StatisticOption{"groups", "10", "how many groups of equal size; equal scores stay together"},
    StatisticOption{"fitted", "no", "yes: on the data the model was fitted to, which costs two degrees of freedom"}};

constexpr std::array threshold{
    StatisticOption{"threshold", "0.5", "rows with this score or a higher one are taken for events"}};

constexpr std::array<Statistic, 22> scoreEntries{{
    {"roc_auc", "area under the ROC curve, ties counted half, 0 to 1", StatisticShape::Paired, {}, ofProfile<auc>},
    {"gini", "2 AUC - 1", StatisticShape::Paired, {}, ofProfile<gini>},
    {"model_ks",
     "largest distance of the score distributions of events and others, 0 to 1",
     StatisticShape::Paired,
     {},
     ofProfile<modelKs>},
    {"average_precision",
     "average precision: sum of precision times gain in recall over the distinct scores, 0 to 1",
     StatisticShape::Paired,
     {},
     ofProfile<averagePrecision>},
    {"brier",
     "Brier score: mean squared difference of probability and outcome, 0 to 1",
     StatisticShape::Paired,
     {},
     ofProfile<brierScore>},
    {"log_loss",
     "mean negative log-likelihood, natural logarithm, probabilities held within 2^-52 and 1 - 2^-52",
     StatisticShape::Paired,
     {},
     ofProfile<logLoss>},
    {"expected_calibration_error",
     "|event rate - mean probability| over ten bins of equal width, weighted by rows, 0 to 1",
     StatisticShape::Paired,
     {},
     ofProfile<expectedCalibrationError>},
    {"calibration_in_the_large",
     "event rate minus mean probability",
     StatisticShape::Paired,
     {},
     ofProfile<calibrationInTheLarge>},
    {"roc_auc_standard_error",
     "standard error of the area under the ROC curve (DeLong, DeLong and Clarke-Pearson 1988)",
     StatisticShape::Paired,
     {},
     ofProfile<standardError>},
    {"calibration_slope",
     "slope of the logistic regression of the outcome on the logit of the probability; 1 is calibrated",
     StatisticShape::Paired,
     {},
     [](const StatisticInput &input, const StatisticOptions &) { return recalibration(input).slope; }},
    {"calibration_intercept",
     "intercept of the logistic regression of the outcome on the logit of the probability",
     StatisticShape::Paired,
     {},
     [](const StatisticInput &input, const StatisticOptions &) { return recalibration(input).intercept; }},
    {"calibration_offset",
     "what all log-odds are too low by: the intercept at slope 1",
     StatisticShape::Paired,
     {},
     [](const StatisticInput &input, const StatisticOptions &) { return recalibration(input).offset; }},
    {"hosmer_lemeshow_statistic", "sum over groups of equal size of (O - E)^2 / (E (1 - E / n))",
     StatisticShape::Paired, groupOptions,
     [](const StatisticInput &input, const StatisticOptions &options) {
         return hosmerLemeshowOf(input, options).statistic;
     }},
    {"hosmer_lemeshow_pvalue", "p-value of Hosmer and Lemeshow's statistic, as many degrees of freedom as groups",
     StatisticShape::Paired, groupOptions,
     [](const StatisticInput &input, const StatisticOptions &options) {
         return hosmerLemeshowOf(input, options).pvalue;
     }},
    {"accuracy", "share of right decisions", StatisticShape::Paired, threshold, ofRate<accuracyRate>},
    {"precision", "share of events among the rows taken for events", StatisticShape::Paired, threshold,
     ofRate<precisionRate>},
    {"recall", "share of the events taken for events", StatisticShape::Paired, threshold, ofRate<recallRate>},
    {"specificity", "share of the others not taken for events", StatisticShape::Paired, threshold,
     ofRate<specificityRate>},
    {"false_positive_rate", "share of the others taken for events", StatisticShape::Paired, threshold,
     ofRate<falsePositiveRate>},
    {"selection_rate", "share of rows taken for events", StatisticShape::Paired, threshold, ofRate<selectionRate>},
    {"f1", "2 TP / (2 TP + FP + FN)", StatisticShape::Paired, threshold, ofCounts<f1Score>},
    {"balanced_accuracy", "mean of recall and specificity", StatisticShape::Paired, threshold,
     ofCounts<balancedAccuracy>},
}};

} // namespace

std::span<const Statistic> scoreStatistics()
{
    return scoreEntries;
}

} // namespace countersign
