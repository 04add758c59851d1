// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether probabilities come true: over a whole score and grade by grade.
#pragma once

#include "core/stats/proportions.h"
#include "core/stats/scoreprofile.h"

#include <cstdint>
#include <span>

namespace countersign {

/// logit P(event) = intercept + slope * logit(score), fitted by maximum likelihood (Cox 1958; Miller, Hui and Tierney
/// 1991). A calibrated score has slope 1 and intercept 0; a slope under 1 means too extreme scores.
struct Recalibration
{
    double slope;
    double intercept;
    double slopeError; ///< standard errors
    double interceptError;
    /// Intercept at slope 1: what all log-odds are too low by ("calibration in the large" on the logit scale).
    double offset;
    double offsetError;
};

/// Scores are held within 1e-12 and 1 - 1e-12. All NaN where a class is absent, a score lies outside [0, 1], or the fit
/// does not settle (events and others wholly apart); the slope and its intercept also where every score is the same.
/// Precondition: spans of equal length, any order.
[[nodiscard]] Recalibration recalibrate(std::span<const double> scores, Events events);

struct HosmerLemeshow
{
    double statistic; ///< sum (O - E)^2 / (E (1 - E / n)) over the groups
    std::uint64_t degreesOfFreedom;
    double pvalue;
};

/// Hosmer and Lemeshow (1980) over groups of rows, as equalGroups gives them. Degrees of freedom: groups - 2 on the
/// data the model was fitted to, else the number of groups. NaN without groups or, for a fitted model, with fewer than
/// three; infinite where a group with expectation 0 or n disagrees.
[[nodiscard]] HosmerLemeshow hosmerLemeshow(std::span<const ScoreGroup> groups, bool onFittedData);

/// P(PD true <= estimate) under Jeffreys' prior: the Beta(D + 1/2, N - D + 1/2) distribution function at the estimated
/// PD. A small value means that the estimate is too low (ECB, Instructions for reporting the validation results of
/// internal models, February 2019, section 2.5). NaN when n is 0. Precondition: events <= n, 0 <= estimate <= 1.
[[nodiscard]] double jeffreysPvalue(std::uint64_t events, std::uint64_t n, double estimate);

/// P(X >= events) for X binomial(n, estimate): the one-sided exact test of an estimate that is too low. 1 for no
/// events.
[[nodiscard]] double binomialPvalue(std::uint64_t events, std::uint64_t n, double estimate);

/// Two-sided: the smaller tail doubled, at most 1. Of scores that differ the sum of their own variances is smaller than
/// the binomial's at their mean, so that the test at the mean score is on the safe side.
[[nodiscard]] double binomialPvalueTwoSided(std::uint64_t events, std::uint64_t n, double estimate);

enum class TrafficLight { Green, Yellow, Red };

/// Where the number of events stands among those that the estimate explains: green while P(X < events) is under
/// `green`, red from `red` on, yellow between, for X binomial(n, estimate): one-sided tests at 1 - green and 1 - red.
/// 0.95 and 0.999 are the practice for PD grades (OeNB and FMA, Rating Models and Validation, 2004). Green for no
/// events or rows.
[[nodiscard]] TrafficLight trafficLight(std::uint64_t events, std::uint64_t n, double estimate, double green = 0.95,
                                        double red = 0.999);

/// The Basel Committee's zones of a value-at-risk backtest (1996): by P(X <= exceptions), yellow from 0.95 and red from
/// 0.9999 on, which for 250 days at 0.01 gives green to 4, yellow to 9, red from 10.
[[nodiscard]] TrafficLight backtestZone(std::uint64_t exceptions, std::uint64_t days, double rate);

} // namespace countersign
