// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs of binned columns drawn without rows: the counts that deciles of a continuous column would have, exactly in
// distribution and in no time however many rows stand behind them.
#pragma once

#include "core/monitoring/run.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <random>
#include <vector>

namespace countersign {

struct SimulatedRun
{
    std::size_t features = 30;
    std::size_t periods = 12;
    std::size_t referencePeriods = 0; ///< of the first periods; their counts are part of the reference's
    std::uint64_t referenceRows = 1200;
    std::uint64_t rows = 100; ///< of each period
    double shift = 0;         ///< of the last period of the first feature, in standard deviations of a normal column
    std::vector<double> categories = {}; ///< shares of the categories of each column; empty: columns are numeric
    double missing = 0;                  ///< share of missing values, of numeric columns
    Thresholds thresholds;
};

class RunSimulator
{
public:
    explicit RunSimulator(std::uint64_t seed)
        : m_random(seed)
    {
    }

    [[nodiscard]] RunResult draw(const SimulatedRun &plan)
    {
        RunResult run;
        run.settings.thresholds = plan.thresholds;
        run.reference.rows = plan.referenceRows;
        run.periods.resize(plan.periods);
        for (std::size_t i = 0; i < plan.periods; ++i) {
            run.periods[i].rows = plan.rows;
            run.periods[i].inReference = i < plan.referencePeriods;
        }
        for (std::size_t f = 0; f < plan.features; ++f)
            run.features.push_back(plan.categories.empty() ? drawFeature(plan, f == 0 ? plan.shift : 0)
                                                           : drawCategories(plan));
        return run;
    }

private:
    static constexpr std::size_t kDeciles = 10;
    using Shares = std::vector<double>;

    [[nodiscard]] FeatureResult drawFeature(const SimulatedRun &plan, double shift)
    {
        FeatureResult feature;
        feature.bins.minimum = 0;
        feature.bins.maximum = 1;
        feature.bins.labels.resize(kDeciles + 3);
        feature.referenceRows = plan.referenceRows;
        feature.periods.resize(plan.periods);
        const Shares shares = sharesBetweenDeciles(plan.referenceRows);
        feature.referenceCounts.assign(kDeciles + 3, 0);
        if (plan.referencePeriods == 0) {
            feature.referenceMissing = drawMissing(plan.missing, plan.referenceRows);
            const std::uint64_t present = plan.referenceRows - feature.referenceMissing;
            for (std::size_t bin = 0; bin < kDeciles; ++bin)
                feature.referenceCounts[bin + 1] = present / kDeciles + (bin < present % kDeciles ? 1 : 0);
            feature.referenceCounts.back() = feature.referenceMissing;
        }
        for (std::size_t i = 0; i < plan.periods; ++i) {
            FeaturePeriod &period = feature.periods[i];
            period.n = plan.rows;
            Shares within = i + 1 == plan.periods ? shifted(shares, shift) : shares;
            if (i < plan.referencePeriods) { // its rows drew the range: none lies outside
                within.front() = 0;
                within.back() = 0;
            }
            period.missing = drawMissing(plan.missing, plan.rows);
            period.counts = drawCounts(within, plan.rows - period.missing);
            period.counts.back() = period.missing;
            for (std::size_t bin = 0; i < plan.referencePeriods && bin < period.counts.size(); ++bin)
                feature.referenceCounts[bin] += period.counts[bin];
        }
        return feature;
    }

    /// Without drift, and every category known to the reference.
    [[nodiscard]] FeatureResult drawCategories(const SimulatedRun &plan)
    {
        FeatureResult feature;
        feature.type = ColumnType::Categorical;
        feature.bins.categories.resize(plan.categories.size());
        feature.bins.labels.resize(plan.categories.size() + 1);
        feature.referenceRows = plan.referenceRows;
        feature.referenceCounts = drawCounts(plan.categories, plan.referenceRows);
        feature.periods.resize(plan.periods);
        for (FeaturePeriod &period : feature.periods) {
            period.n = plan.rows;
            period.counts = drawCounts(plan.categories, plan.rows);
        }
        return feature;
    }

    [[nodiscard]] std::uint64_t drawMissing(double share, std::uint64_t rows)
    {
        if (share <= 0) // nothing is drawn, so that runs without missing values stay what they were
            return 0;
        return static_cast<std::uint64_t>(
            std::binomial_distribution<std::int64_t>(static_cast<std::int64_t>(rows), share)(m_random));
    }

    /// The probabilities of below, ten deciles, above of n ordered uniform draws: gaps are Dirichlet(1, ..., 1).
    [[nodiscard]] Shares sharesBetweenDeciles(std::uint64_t n)
    {
        Shares shares;
        const auto inDecile = static_cast<double>(n / kDeciles);
        double sum = 0;
        for (std::size_t i = 0; i < kDeciles + 2; ++i) {
            const bool outside = i == 0 || i == kDeciles + 1;
            const double gaps = outside ? 1 : i == 1 ? inDecile - 1 : inDecile;
            shares.push_back(std::gamma_distribution<double>(gaps, 1)(m_random));
            sum += shares.back();
        }
        for (double &share : shares)
            share /= sum;
        return shares;
    }

    [[nodiscard]] static Shares shifted(const Shares &shares, double shift)
    {
        if (shift == 0)
            return shares;
        const boost::math::normal normal;
        Shares result;
        double before = 0;
        double cumulated = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            cumulated += shares[i];
            const bool last = i + 1 == shares.size() || cumulated >= 1;
            const double now = last ? 1 : boost::math::cdf(normal, boost::math::quantile(normal, cumulated) - shift);
            result.push_back(now - before);
            before = now;
        }
        return result;
    }

    [[nodiscard]] std::vector<std::uint64_t> drawCounts(const Shares &shares, std::uint64_t rows)
    {
        std::vector<std::uint64_t> counts;
        auto left = static_cast<std::int64_t>(rows);
        double rest = 0;
        for (const double share : shares)
            rest += share;
        for (const double share : shares) {
            const double p = rest > 0 ? std::clamp(share / rest, 0.0, 1.0) : 0;
            const std::int64_t drawn = p >= 1 ? left : std::binomial_distribution<std::int64_t>(left, p)(m_random);
            counts.push_back(static_cast<std::uint64_t>(drawn));
            left -= drawn;
            rest -= share;
        }
        counts.back() += static_cast<std::uint64_t>(left);
        counts.push_back(0); // missing
        return counts;
    }

    std::mt19937_64 m_random;
};

} // namespace countersign
