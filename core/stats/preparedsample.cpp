// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/preparedsample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace countersign {

namespace {

constexpr std::size_t window = PreparedSample::blockLength;

/// As long as three blocks, with ones in the middle: seen from different places, the weights of values from or up to
/// one.
constexpr auto weights = [] {
    std::array<double, 3 * window> made{};
    std::fill(made.begin() + window, made.begin() + 2 * window, 1.0);
    return made;
}();

// All of a window is looked at, side by side and without branches: where x lies in it cannot be foretold.
constexpr std::size_t lanes = 4;

std::size_t countBelow(const double *first, double x)
{
    std::size_t below = 0;
    for (std::size_t i = 0; i < window; ++i)
        below += first[i] < x ? 1U : 0U;
    return below;
}

/// How far below x the values of a window are that are below it, in all.
double gapsBelow(const double *first, double x)
{
    std::array<double, lanes> twice{};
    for (std::size_t i = 0; i < window; i += lanes) {
        for (std::size_t k = 0; k < lanes; ++k) {
            const double gap = x - first[i + k];
            twice[k] += gap + std::abs(gap);
        }
    }
    return ((twice[0] + twice[1]) + (twice[2] + twice[3])) / 2;
}

/// The first place from `from` on whose value is not below x: in growing steps, then halving, then in a window.
std::size_t notBelow(std::span<const double> values, std::size_t from, std::size_t step, double x)
{
    std::size_t length = step;
    while (values.size() - from > length && values[from + length - 1] < x) {
        from += length;
        length *= 2;
    }
    length = std::min(length, values.size() - from);
    while (length > window) {
        const std::size_t half = length / 2;
        from += half & (std::size_t{0} - static_cast<std::size_t>(values[from + half - 1] < x));
        length -= half;
    }
    if (values.size() - from >= window)
        return from + countBelow(values.data() + from, x);
    while (from < values.size() && values[from] < x)
        ++from;
    return from;
}

} // namespace

PreparedSample::PreparedSample(std::span<const double> ascending)
    : m_values(ascending)
{
    const std::size_t blocks = ascending.size() / blockLength;
    m_lasts.reserve(blocks);
    m_gaps.reserve(blocks);
    for (std::size_t block = 0; block < blocks; ++block) {
        const auto values = ascending.subspan(block * blockLength, blockLength);
        m_lasts.push_back(values.back());
        m_gaps.push_back(sumOfGaps(values, values.back()));
    }
}

std::size_t PreparedSample::blockOf(double x, std::size_t from, std::size_t step) const
{
    return notBelow(m_lasts, from, std::max(step, window), x);
}

std::size_t PreparedSample::belowIn(std::size_t block, double x) const
{
    return notBelow(m_values, block * blockLength, blockLength, x);
}

double PreparedSample::gaps(std::size_t first, std::size_t end, double to) const
{
    const std::size_t firstBlock = first / blockLength;
    const std::size_t endBlock = end / blockLength;
    if (firstBlock == endBlock || endBlock >= m_lasts.size())
        return sumOfGaps(m_values.subspan(first, end - first), to);
    double sum = gapsWithin(firstBlock, first, end, to) + gapsWithin(endBlock, first, end, to);
    for (std::size_t block = firstBlock + 1; block < endBlock; ++block)
        sum += m_gaps[block] + double{blockLength} * (to - m_lasts[block]);
    return sum;
}

/// Of those values of a whole block that lie between the places.
double PreparedSample::gapsWithin(std::size_t block, std::size_t first, std::size_t end, double to) const
{
    const std::size_t from = block * blockLength;
    const double *notBefore = weights.data() + blockLength - (std::max(first, from) - from);
    const double *notAfter = weights.data() + 2 * blockLength - std::min(end - from, blockLength);
    const double *values = m_values.data() + from;
    std::array<double, lanes> sums{};
    for (std::size_t i = 0; i < blockLength; i += lanes) {
        for (std::size_t k = 0; k < lanes; ++k)
            sums[k] += (to - values[i + k]) * notBefore[i + k] * notAfter[i + k];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

PreparedSample::Passed PreparedSample::passedBelow(double x, std::size_t first) const
{
    Passed passed;
    for (std::size_t at = first; m_values.size() - at >= window; at += window) {
        const std::size_t count = countBelow(m_values.data() + at, x);
        passed.count += count;
        passed.gaps += gapsBelow(m_values.data() + at, x);
        if (count < window)
            return passed;
    }
    for (std::size_t at = first + passed.count; at < m_values.size() && m_values[at] < x; ++at) {
        ++passed.count;
        passed.gaps += x - m_values[at];
    }
    return passed;
}

double sumOfGaps(std::span<const double> values, double to)
{
    std::array<double, 4> sums{}; // side by side: one would wait for each addition
    std::size_t i = 0;
    for (; i + sums.size() <= values.size(); i += sums.size()) {
        for (std::size_t k = 0; k < sums.size(); ++k)
            sums[k] += to - values[i + k];
    }
    double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    for (; i < values.size(); ++i)
        sum += to - values[i];
    return sum;
}

} // namespace countersign
