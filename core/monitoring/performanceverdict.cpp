// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/performanceverdict.h"

#include "core/base/decimal.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/figures.h"
#include "core/stats/performance.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace countersign {

namespace {

constexpr double confidence = 0.95; // of a test by itself

constexpr std::uint64_t leastOfAClass = 10;

std::uint64_t rarer(const AucEvidence &evidence)
{
    return std::min(evidence.positives, evidence.negatives);
}

/// Of either class on either side, so that a variance of theirs can be told.
bool enoughOfBothClasses(const Performance &before, const Performance &now)
{
    return std::min(rarer(*before.aucEvidence), rarer(*now.aucEvidence)) >= leastOfAClass;
}

double standardErrorOfDrop(const Performance &before, const Performance &now, LossTest test)
{
    if (test == LossTest::Sampled && before.scoreEvidence && now.scoreEvidence)
        return std::sqrt(aucVariance(*before.scoreEvidence) + aucVariance(*now.scoreEvidence));
    const AucEvidence &a = *before.aucEvidence;
    const AucEvidence &b = *now.aucEvidence;
    return std::hypot(aucStandardError(*before.auc, a.positives, a.negatives),
                      aucStandardError(*now.auc, b.positives, b.negatives));
}

bool comparableErrors(const Performance &before, const Performance &now)
{
    return before.rmse && now.rmse && *before.rmse > 0;
}

/// Standard error of the difference of two mean squared errors; nothing where they are to be taken for normal.
std::optional<double> standardErrorOfSquares(const Performance &before, const Performance &now, LossTest test)
{
    if (test == LossTest::Assumed || !before.regressionEvidence || !now.regressionEvidence)
        return std::nullopt;
    const auto varianceOfMean = [](const MomentsEvidence &moments) {
        const auto n = static_cast<double>(moments.n);
        return moments.n < 2 ? undefined : moments.squares / (n - 1) / n;
    };
    return std::sqrt(varianceOfMean(before.regressionEvidence->square) +
                     varianceOfMean(now.regressionEvidence->square));
}

Verdict verdictOf(double effect, double amber, double red, bool distinguishable)
{
    if (!distinguishable || effect <= amber)
        return Verdict::Green;
    return effect > red ? Verdict::Red : Verdict::Amber;
}

std::string tooFewRows(const ComparedPerformance &reference, const RunPeriod &period, const Thresholds &limits)
{
    const bool here = period.labelledRows < limits.minimumRows;
    const std::string predictor = period.performance.aucEvidence ? "a score" : "a prediction";
    return "Not enough data: " + std::to_string(here ? period.labelledRows : reference.labelledRows) + " rows with " +
           predictor + " and a known outcome" + (here ? "" : " in the reference") + ", at least " +
           std::to_string(limits.minimumRows) + " are needed.";
}

double upperTail(double value, double error)
{
    if (error == 0)
        return value > 0 ? 0 : 1;
    return boost::math::cdf(boost::math::complement(boost::math::normal(), value / error));
}

} // namespace

LossTest lossTestOf(const RunResult &run)
{
    return isBeforeEngine(run, 5) ? LossTest::Assumed : LossTest::Sampled;
}

double performancePvalue(const ComparedPerformance &reference, const RunPeriod &period, const Thresholds &limits,
                         LossTest test)
{
    const Performance &before = reference.performance;
    const Performance &now = period.performance;
    if (std::min(period.labelledRows, reference.labelledRows) < limits.minimumRows)
        return undefined;
    if (before.auc && now.auc) {
        if (test == LossTest::Sampled && !enoughOfBothClasses(before, now))
            return undefined;
        return upperTail(*before.auc - *now.auc, standardErrorOfDrop(before, now, test));
    }
    if (!now.aucEvidence && comparableErrors(before, now)) {
        if (const auto error = standardErrorOfSquares(before, now, test))
            return upperTail(*now.rmse * *now.rmse - *before.rmse * *before.rmse, *error);
        const double ratio = *now.rmse / *before.rmse;
        const boost::math::fisher_f distribution(static_cast<double>(now.errorEvidence->n),
                                                 static_cast<double>(before.errorEvidence->n));
        return boost::math::cdf(boost::math::complement(distribution, ratio * ratio));
    }
    return undefined;
}

PerformanceJudgement judgePerformance(const ComparedPerformance &reference, const RunPeriod &period,
                                      const Thresholds &limits, double adjustedPvalue, LossTest test)
{
    const Performance &before = reference.performance;
    const Performance &now = period.performance;
    if (!now.aucEvidence && !now.errorEvidence)
        return {Verdict::NotEnoughData, "No outcome to measure performance with."};
    if (std::min(period.labelledRows, reference.labelledRows) < limits.minimumRows)
        return {Verdict::NotEnoughData, tooFewRows(reference, period, limits)};
    const bool amongAll = adjustedPvalue <= limits.falseDiscoveryRate;
    const std::string adjusted = "; p among all tests of the run: " + fixed(adjustedPvalue, 3) + ".";
    if (now.aucEvidence) {
        if (!before.auc || !now.auc)
            return {Verdict::NotEnoughData,
                    "Not enough data: AUC needs events and non-events in reference and period."};
        if (test == LossTest::Sampled && !enoughOfBothClasses(before, now))
            return {Verdict::NotEnoughData,
                    "Not enough data: AUC is judged with at least 10 events and 10 others in reference and period; the "
                    "rarer are " +
                        std::to_string(rarer(*before.aucEvidence)) + " and " + std::to_string(rarer(*now.aucEvidence)) +
                        "."};
        const double drop = *before.auc - *now.auc;
        const double chance =
            boost::math::quantile(boost::math::normal(), confidence) * standardErrorOfDrop(before, now, test);
        return {verdictOf(drop, limits.aucDropAmber, limits.aucDropRed, drop > chance && amongAll),
                "AUC " + fixed(*now.auc, 3) + " against " + fixed(*before.auc, 3) +
                    " in the reference; limits: a drop of " + fixed(limits.aucDropAmber, 2) + " and " +
                    fixed(limits.aucDropRed, 2) + ", and of more than " + fixed(chance, 3) +
                    ", which chance alone gives" + adjusted};
    }
    if (!comparableErrors(before, now))
        return {Verdict::NotEnoughData, "Not enough data: RMSE needs outcomes in reference and period."};
    const double ratio = *now.rmse / *before.rmse;
    const auto error = standardErrorOfSquares(before, now, test);
    const double squared = *before.rmse * *before.rmse;
    const double chance =
        error ? std::sqrt((squared + boost::math::quantile(boost::math::normal(), confidence) * *error) / squared)
              : std::sqrt(fisherQuantile(now.errorEvidence->n, before.errorEvidence->n, confidence));
    return {verdictOf(ratio, limits.rmseRatioAmber, limits.rmseRatioRed, ratio > chance && amongAll),
            "RMSE " + fixed(*now.rmse, 3) + ", " + fixed(ratio, 2) + " times the reference; limits: " +
                fixed(limits.rmseRatioAmber, 2) + " and " + fixed(limits.rmseRatioRed, 2) + ", and more than " +
                fixed(chance, 2) + ", which chance alone gives" + adjusted};
}

} // namespace countersign
