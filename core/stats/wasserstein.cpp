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

constexpr std::size_t stretchLength = 32;

/// The sum of to - v, on several sums side by side: one would wait for each addition.
double sumOfGaps(std::span<const double> values, double to)
{
    std::array<double, 4> sums{};
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

/// n m |F - G| dx, F the distribution function of `many` (n values) and G that of `few` (m).
class AreaBetween
{
public:
    AreaBetween(std::span<const double> many, std::span<const double> few)
        : m_many(many)
        , m_few(few)
        , m_rise(static_cast<double>(few.size()))
        , m_fall(static_cast<double>(many.size()))
    {
    }

    /// Over [from, to), `from` being the first of the values from `start` up to `end`.
    [[nodiscard]] double over(const StretchStart &start, const StretchStart &end, double from, double to) const
    {
        const auto height = [this](std::size_t many, std::size_t few) {
            return static_cast<double>(many) * m_rise - static_cast<double>(few) * m_fall;
        };
        if (height(start.many, end.few) < 0 && height(end.many, start.few) > 0)
            return stepByStep(start, end, from, to);
        // F - G keeps its sign here: the integral of the whole is the sum of what each value adds.
        const double base = height(start.many, start.few) * (to - from);
        const double risen = m_rise * sumOfGaps(m_many.subspan(start.many, end.many - start.many), to);
        const double fallen = m_fall * sumOfGaps(m_few.subspan(start.few, end.few - start.few), to);
        const double area = std::abs(base + risen - fallen);
        constexpr double mostLoss = 64; // rounding errors grow by this factor at most
        return area * mostLoss >= std::abs(base) + risen + fallen ? area : stepByStep(start, end, from, to);
    }

private:
    [[nodiscard]] double stepByStep(const StretchStart &start, const StretchStart &end, double from, double to) const
    {
        double area = 0;
        double height = static_cast<double>(start.many) * m_rise - static_cast<double>(start.few) * m_fall;
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

    std::span<const double> m_many;
    std::span<const double> m_few;
    double m_rise;
    double m_fall;
};

} // namespace

double wassersteinDistance(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return undefined;
    const auto few = first.size() < second.size() ? first : second;
    const auto many = first.size() < second.size() ? second : first;
    const AreaBetween between(many, few);
    const auto starts = stretches(many, few, stretchLength);
    double area = 0;
    if (many.front() < few.front())
        area += between.over({0, 0}, starts.front(), many.front(), few.front());
    for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
        const bool last = k + 2 == starts.size();
        const double to = last ? few.back() : few[starts[k + 1].few];
        area += between.over(starts[k], starts[k + 1], few[starts[k].few], to);
    }
    if (many.back() > few.back())
        area += between.over(starts.back(), {many.size(), few.size()}, few.back(), many.back());
    return area / (static_cast<double>(first.size()) * static_cast<double>(second.size()));
}

double wassersteinOverSpread(double distance, std::span<const double> first)
{
    return distance / std::max(std::sqrt(momentsOf(first).populationVariance()), 0.001);
}

double wassersteinOverRange(double distance, std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return undefined;
    const double range = std::max(first.back(), second.back()) - std::min(first.front(), second.front());
    return range > 0 ? distance / range : 0;
}

} // namespace countersign
