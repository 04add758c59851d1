// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/partitiontest.h"

#include "core/stats/chisquare.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace countersign {

namespace {

struct Bin
{
    std::uint64_t reference;
    std::uint64_t current;
};

Bin sumOf(std::span<const Bin> bins)
{
    Bin sum{0, 0};
    for (const Bin &bin : bins) {
        sum.reference += bin.reference;
        sum.current += bin.current;
    }
    return sum;
}

double logFactorial(std::uint64_t n)
{
    return std::lgamma(static_cast<double>(n) + 1);
}

double logChoose(std::uint64_t n, std::uint64_t k)
{
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

HypergeometricTails tailsOf(const Bin &part, const Bin &whole)
{
    return hypergeometricTails(part.current, part.reference + part.current, whole.current,
                               whole.reference + whole.current);
}

double squaredScore(const Bin &part, const Bin &whole)
{
    const HypergeometricTails tails = tailsOf(part, whole);
    const double midP = std::min(tails.below, tails.above) + tails.at / 2;
    if (midP < std::numeric_limits<double>::min())
        return std::numeric_limits<double>::infinity();
    if (midP >= 0.5)
        return 0;
    const double score = boost::math::quantile(boost::math::normal(), midP);
    return score * score;
}

double sumOfSquaredScores(std::span<const Bin> bins)
{
    if (bins.size() < 2)
        return 0;
    const auto left = bins.first(bins.size() / 2);
    const auto right = bins.subspan(left.size());
    return squaredScore(sumOf(left), sumOf(bins)) + sumOfSquaredScores(left) + sumOfSquaredScores(right);
}

} // namespace

HypergeometricTails hypergeometricTails(std::uint64_t observed, std::uint64_t marked, std::uint64_t drawn,
                                        std::uint64_t all)
{
    assert(marked <= all && drawn <= all && observed <= std::min(marked, drawn) && marked + drawn <= all + observed);
    const double at =
        std::exp(logChoose(marked, observed) + logChoose(all - marked, drawn - observed) - logChoose(all, drawn));
    const auto k = static_cast<double>(marked);
    const auto n = static_cast<double>(drawn);
    const auto rest = static_cast<double>(all) - k - n; // rows neither marked nor drawn, less those that are both
    const auto ratioUp = [&](double x) { return (k - x) * (n - x) / ((x + 1) * (rest + x + 1)); }; // P(x + 1) / P(x)
    const auto x = static_cast<double>(observed);
    const bool above =
        x * (rest + k + n) >= k * n; // of the mean: the shorter tail is summed, the other is what is left
    double tail = 0;
    double term = at;
    for (double i = x; term > 0;) {
        term *= above ? ratioUp(i) : i > 0 ? 1 / ratioUp(i - 1) : 0;
        i += above ? 1 : -1;
        const double before = tail;
        tail += term;
        if (tail == before)
            break;
    }
    const double other = std::max(0.0, 1 - tail - at);
    return above ? HypergeometricTails{other, at, tail} : HypergeometricTails{tail, at, other};
}

double partitionPvalue(Counts reference, Counts current)
{
    assert(reference.size() == current.size());
    std::vector<Bin> bins;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        if (reference[i] + current[i] > 0)
            bins.push_back({reference[i], current[i]});
    }
    const Bin all = sumOf(bins);
    if (all.reference == 0 || all.current == 0)
        return undefined;
    if (bins.size() == 2) {
        const HypergeometricTails tails = tailsOf(bins.front(), all);
        return std::min(1.0, 2 * (std::min(tails.below, tails.above) + tails.at));
    }
    return bins.size() < 2 ? 1 : chiSquareSurvival(sumOfSquaredScores(bins), bins.size() - 1);
}

} // namespace countersign
