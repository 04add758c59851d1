// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/wasserstein.h"

#include "core/stats/interleaving.h"
#include "core/stats/moments.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace countersign {

namespace {

constexpr std::size_t stretchLength = 16;

/// n m |F - G| dx, F the distribution function of `many` (n values) and G that of `few` (m).
class AreaBetween
{
public:
    AreaBetween(const PreparedSample &many, std::span<const double> few)
        : m_prepared(many)
        , m_many(many.values())
        , m_few(few)
        , m_rise(static_cast<double>(few.size()))
        , m_fall(static_cast<double>(m_many.size()))
    {
    }

    [[nodiscard]] double overAll() const
    {
        const auto starts = stretches(m_prepared, m_few, stretchLength);
        double area = 0;
        if (m_many.front() < m_few.front())
            area += ofOneSign({0, 0}, starts.front(), m_many.front(), m_few.front());
        for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
            const bool last = k + 2 == starts.size();
            area += over(starts[k], starts[k + 1], last ? m_few.back() : m_few[starts[k + 1].few]);
        }
        if (m_many.back() > m_few.back())
            area += ofOneSign(starts.back(), {m_many.size(), m_few.size()}, m_few.back(), m_many.back());
        return area;
    }

private:
    [[nodiscard]] double height(std::size_t many, std::size_t few) const
    {
        return static_cast<double>(many) * m_rise - static_cast<double>(few) * m_fall;
    }

    /// From the value of `few` at `start` up to `to`, the one at `end` or the last.
    [[nodiscard]] double over(const StretchStart &start, const StretchStart &end, double to) const
    {
        if (height(start.many, end.few) < 0 && height(end.many, start.few) > 0)
            return valueByValue(start, end, to);
        return ofOneSign(start, end, m_few[start.few], to);
    }

    /// Between two values of `few` only F rises, so that F - G changes its sign once at most.
    [[nodiscard]] double valueByValue(const StretchStart &start, const StretchStart &end, double to) const
    {
        double area = 0;
        std::size_t many = start.many;
        for (std::size_t few = start.few; few < end.few; ++few) {
            const double from = m_few[few];
            const double next = few + 1 < end.few ? m_few[few + 1] : to;
            const auto passed = m_prepared.passedBelow(next, many);
            const StretchStart after{many + passed.count, few + 1};
            if (height(many, few + 1) < 0 && height(after.many, few + 1) > 0)
                area += stepByStep({many, few}, after, from, next);
            else
                area += areaOf({many, few}, after, {from, next, m_rise * passed.gaps, m_fall * (next - from)});
            many = after.many;
        }
        return area;
    }

    [[nodiscard]] double ofOneSign(const StretchStart &start, const StretchStart &end, double from, double to) const
    {
        const double risen = m_rise * m_prepared.gaps(start.many, end.many, to);
        const double fallen = m_fall * sumOfGaps(m_few.subspan(start.few, end.few - start.few), to);
        return areaOf(start, end, {from, to, risen, fallen});
    }

    /// What the values in [from, to) add to the integral of F - G over it.
    struct Added
    {
        double from;
        double to;
        double risen;
        double fallen;
    };

    /// F - G keeps its sign: the integral of the whole is the sum of what each value adds.
    [[nodiscard]] double areaOf(const StretchStart &start, const StretchStart &end, const Added &added) const
    {
        const double base = height(start.many, start.few) * (added.to - added.from);
        const double area = std::abs(base + added.risen - added.fallen);
        constexpr double mostLoss = 64; // rounding errors grow by this factor at most
        if (area * mostLoss >= std::abs(base) + added.risen + added.fallen)
            return area;
        return stepByStep(start, end, added.from, added.to);
    }

    [[nodiscard]] double stepByStep(const StretchStart &start, const StretchStart &end, double from, double to) const
    {
        double area = 0;
        double height = this->height(start.many, start.few);
        std::size_t i = start.many;
        std::size_t j = start.few;
        while (i < end.many || j < end.few) {
            const bool ofMany = j == end.few || (i < end.many && m_many[i] < m_few[j]);
            const double x = ofMany ? m_many[i++] : m_few[j++];
            area += std::abs(height) * (x - from);
            height += ofMany ? m_rise : -m_fall;
            from = x;
        }
        return area + std::abs(height) * (to - from);
    }

    const PreparedSample &m_prepared;
    std::span<const double> m_many;
    std::span<const double> m_few;
    double m_rise;
    double m_fall;
};

double distanceOf(const PreparedSample &many, std::span<const double> few)
{
    return AreaBetween(many, few).overAll() /
           (static_cast<double>(many.values().size()) * static_cast<double>(few.size()));
}

} // namespace

double wassersteinDistance(const PreparedSample &first, std::span<const double> second)
{
    if (first.values().empty() || second.empty())
        return undefined;
    return second.size() > first.values().size() ? distanceOf(PreparedSample(second), first.values())
                                                 : distanceOf(first, second);
}

double wassersteinDistance(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return undefined;
    return second.size() > first.size() ? distanceOf(PreparedSample(second), first)
                                        : distanceOf(PreparedSample(first), second);
}

double wassersteinOverSpread(double distance, std::span<const double> first)
{
    return wassersteinOverSpread(distance, std::sqrt(momentsOf(first).populationVariance()));
}

double wassersteinOverSpread(double distance, double deviation)
{
    return distance / std::max(deviation, 0.001);
}

double wassersteinOverRange(double distance, std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return undefined;
    const double range = std::max(first.back(), second.back()) - std::min(first.front(), second.front());
    return range > 0 ? distance / range : 0;
}

} // namespace countersign
