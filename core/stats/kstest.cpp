// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/kstest.h"

#include "core/stats/interleaving.h"
#include "core/stats/kolmogorov.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace countersign {

namespace {

double effectiveSize(std::uint64_t n, std::uint64_t m)
{
    const auto larger = static_cast<double>(std::max(n, m));
    const auto smaller = static_cast<double>(std::min(n, m));
    return larger * smaller / (larger + smaller);
}

/// Looks for the first place at which |F - G| is largest: F is the distribution function of `many` (n values) and G
/// that of `few` (m). Between two values of `few` only F rises, so that it is right before or at one of them. Distances
/// are taken n m times, in whole numbers.
class FurthestApart
{
public:
    FurthestApart(const PreparedSample &many, std::span<const double> few)
        : m_prepared(many)
        , m_many(many.values())
        , m_few(few)
    {
    }

    /// The counts are those of `many` and `few`.
    KsResult find()
    {
        constexpr std::size_t stretchLength = 16;
        const auto starts = stretches(m_prepared, m_few, stretchLength);
        for (const StretchStart &start : starts)
            m_largest = std::max(m_largest, std::abs(ahead(start)));
        --m_largest; // it is reached somewhere: what is sought is the first place
        for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
            const std::int64_t most =
                std::max(ahead({starts[k + 1].many, starts[k].few}), -ahead({starts[k].many, starts[k + 1].few}));
            if (most > m_largest)
                lookWithin(starts[k], starts[k + 1].few);
        }
        return {0, m_place, m_found.many, m_found.few};
    }

private:
    [[nodiscard]] std::int64_t ahead(const StretchStart &at) const
    {
        return static_cast<std::int64_t>(at.many) * static_cast<std::int64_t>(m_few.size()) -
               static_cast<std::int64_t>(at.few) * static_cast<std::int64_t>(m_many.size());
    }

    void lookWithin(StretchStart at, std::size_t end)
    {
        if (at.many > 0)
            look(at, m_many[at.many - 1]);
        while (at.few < end) {
            const double x = m_few[at.few];
            if (const std::size_t passed = m_prepared.passedBelow(x, at.many).count) {
                at.many += passed;
                look(at, m_many[at.many - 1]);
            }
            while (at.many < m_many.size() && m_many[at.many] == x)
                ++at.many;
            while (at.few < m_few.size() && m_few[at.few] == x)
                ++at.few;
            look(at, x);
        }
    }

    void look(const StretchStart &atOrBelow, double x)
    {
        const std::int64_t distance = std::abs(ahead(atOrBelow));
        if (distance <= m_largest)
            return;
        m_largest = distance;
        m_found = atOrBelow;
        m_place = x;
    }

    const PreparedSample &m_prepared;
    std::span<const double> m_many;
    std::span<const double> m_few;
    std::int64_t m_largest = 0;
    StretchStart m_found;
    double m_place = 0;
};

KsResult furthestApart(const PreparedSample &first, std::span<const double> second)
{
    KsResult result = FurthestApart(first, second).find();
    result.statistic = ksStatistic(result.atOrBelowFirst, first.values().size(), result.atOrBelowSecond, second.size());
    return result;
}

KsResult swapped(const KsResult &result)
{
    return {result.statistic, result.x, result.atOrBelowSecond, result.atOrBelowFirst};
}

} // namespace

KsResult ksTwoSample(const PreparedSample &first, std::span<const double> second)
{
    if (first.values().empty() || second.empty())
        return {undefined, undefined, 0, 0};
    return second.size() > first.values().size() ? swapped(furthestApart(PreparedSample(second), first.values()))
                                                 : furthestApart(first, second);
}

KsResult ksTwoSample(std::span<const double> first, std::span<const double> second)
{
    return second.size() > first.size() ? swapped(ksTwoSample(PreparedSample(second), first))
                                        : ksTwoSample(PreparedSample(first), second);
}

double ksStatistic(std::uint64_t atOrBelowFirst, std::uint64_t n, std::uint64_t atOrBelowSecond, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return undefined;
    return std::abs(static_cast<double>(atOrBelowFirst) / static_cast<double>(n) -
                    static_cast<double>(atOrBelowSecond) / static_cast<double>(m));
}

double ksPvalueEffectiveSize(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return undefined;
    return kolmogorovSurvival(static_cast<std::uint64_t>(std::nearbyint(effectiveSize(n, m))), d);
}

double ksPvalueExact(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0 || std::isnan(d))
        return undefined;
    // D is a multiple of 1 / lcm(n, m), so that `steps` is whole; a path leaves the band where |F - G| reaches d.
    const std::uint64_t common = std::gcd(n, m);
    const auto stepN = static_cast<std::int64_t>(n / common);
    const auto stepM = static_cast<std::int64_t>(m / common);
    const double multiple = std::round(d * static_cast<double>(n) * static_cast<double>(stepM));
    if (multiple <= 0)
        return 1;
    const auto steps = static_cast<std::int64_t>(multiple);
    const auto outside = [&](std::uint64_t i, std::uint64_t j) {
        return std::abs(static_cast<std::int64_t>(i) * stepM - static_cast<std::int64_t>(j) * stepN) >= steps;
    };
    // reached[j]: the probability that a random path to (i, j) has been outside. Its last step came from (i - 1, j)
    // with probability i / (i + j).
    std::vector<double> reached(m + 1);
    for (std::uint64_t j = 0; j <= m; ++j)
        reached[j] = j > 0 && (reached[j - 1] == 1 || outside(0, j)) ? 1 : 0;
    for (std::uint64_t i = 1; i <= n; ++i) {
        reached[0] = reached[0] == 1 || outside(i, 0) ? 1 : 0;
        for (std::uint64_t j = 1; j <= m; ++j) {
            const auto all = static_cast<double>(i + j);
            reached[j] = outside(i, j)
                             ? 1
                             : (reached[j] * static_cast<double>(i) + reached[j - 1] * static_cast<double>(j)) / all;
        }
    }
    return reached[m];
}

double ksPvalueExactOfFew(double d, std::uint64_t n, std::uint64_t m)
{
    return std::max(n, m) <= ksExactLargest ? ksPvalueExact(d, n, m) : undefined;
}

double ksPvalueKolmogorovLimit(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return undefined;
    return kolmogorovLimitSurvival(d * std::sqrt(effectiveSize(n, m)));
}

} // namespace countersign
