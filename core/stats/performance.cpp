// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/performance.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cassert>
#include <cmath>

namespace countersign {

namespace {

class KahanSum
{
public:
    void add(double value)
    {
        const double term = value - m_lost;
        const double next = m_sum + term;
        m_lost = (next - m_sum) - term;
        m_sum = next;
    }
    [[nodiscard]] double value() const { return m_sum; }

private:
    double m_sum = 0;
    double m_lost = 0;
};

} // namespace

std::uint64_t mannWhitneyTwiceU(std::span<const double> sortedPositives, std::span<const double> sortedNegatives)
{
    std::uint64_t twiceU = 0;
    std::size_t below = 0;
    std::size_t atOrBelow = 0;
    for (const double score : sortedPositives) {
        while (below < sortedNegatives.size() && sortedNegatives[below] < score)
            ++below;
        while (atOrBelow < sortedNegatives.size() && sortedNegatives[atOrBelow] <= score)
            ++atOrBelow;
        twiceU += below + atOrBelow;
    }
    return twiceU;
}

double areaUnderRoc(std::uint64_t twiceU, std::uint64_t positives, std::uint64_t negatives)
{
    if (positives == 0 || negatives == 0)
        return undefined;
    return static_cast<double>(twiceU) / 2 / static_cast<double>(positives) / static_cast<double>(negatives);
}

double aucStandardError(double auc, std::uint64_t positives, std::uint64_t negatives)
{
    if (positives == 0 || negatives == 0)
        return undefined;
    const auto n = static_cast<double>(positives);
    const auto m = static_cast<double>(negatives);
    const double twoPositives = auc / (2 - auc);
    const double twoNegatives = 2 * auc * auc / (1 + auc);
    const double variance =
        (auc * (1 - auc) + (n - 1) * (twoPositives - auc * auc) + (m - 1) * (twoNegatives - auc * auc)) / (n * m);
    return std::sqrt(std::max(0.0, variance));
}

double fisherQuantile(std::uint64_t n, std::uint64_t m, double confidence)
{
    if (n == 0 || m == 0)
        return undefined;
    const boost::math::fisher_f distribution(static_cast<double>(n), static_cast<double>(m));
    return boost::math::quantile(distribution, confidence);
}

ErrorSums sumErrors(std::span<const double> predicted, std::span<const double> actual)
{
    assert(predicted.size() == actual.size());
    KahanSum squares;
    KahanSum absolutes;
    KahanSum sum;
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        const double error = predicted[i] - actual[i];
        squares.add(error * error);
        absolutes.add(std::abs(error));
        sum.add(error);
    }
    return {predicted.size(), squares.value(), absolutes.value(), sum.value()};
}

double rootMeanSquaredError(std::uint64_t n, double sumOfSquares)
{
    return n == 0 ? undefined : std::sqrt(sumOfSquares / static_cast<double>(n));
}

double meanError(std::uint64_t n, double sum)
{
    return n == 0 ? undefined : sum / static_cast<double>(n);
}

} // namespace countersign
