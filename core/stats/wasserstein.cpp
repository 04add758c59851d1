// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace countersign {

namespace {

/// Sums n m |F - G| dx from left to right, F the distribution function of `many` (n values) and G that of `few` (m).
class AreaBetween
{
public:
    AreaBetween(std::span<const double> many, std::size_t few, double start)
        : m_many(many)
        , m_rise(static_cast<double>(few))
        , m_from(start)
    {
    }

    /// On to `to`, over which G stays at `atOrBelow` of its values.
    void advance(double to, std::size_t atOrBelow)
    {
        const std::size_t first = m_next;
        double beyond = 0; // sum of the stretches from each value of `many` to `to`
        while (m_next < m_many.size() && m_many[m_next] < to)
            beyond += to - m_many[m_next++];
        const double low =
            static_cast<double>(first) * m_rise - static_cast<double>(atOrBelow) * static_cast<double>(m_many.size());
        const double high = low + static_cast<double>(m_next - first) * m_rise;
        if (low >= 0 || high <= 0)
            m_area += std::abs(low * (to - m_from) + m_rise * beyond);
        else
            m_area += crossing(first, low, to);
        m_from = to;
    }
    [[nodiscard]] double area() const { return m_area; }

private:
    /// The same stretch step by step, for F - G changes its sign in it.
    [[nodiscard]] double crossing(std::size_t first, double height, double to) const
    {
        double area = 0;
        double from = m_from;
        for (std::size_t i = first; i < m_next; ++i) {
            area += std::abs(height) * (m_many[i] - from);
            from = m_many[i];
            height += m_rise;
        }
        return area + std::abs(height) * (to - from);
    }

    std::span<const double> m_many;
    double m_rise;
    double m_from;
    std::size_t m_next = 0;
    double m_area = 0;
};

} // namespace

double wassersteinDistance(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const auto few = first.size() < second.size() ? first : second;
    const auto many = first.size() < second.size() ? second : first;
    AreaBetween between(many, few.size(), std::min(few.front(), many.front()));
    for (std::size_t j = 0; j < few.size();) {
        between.advance(few[j], j);
        const double x = few[j];
        while (j < few.size() && few[j] == x)
            ++j;
    }
    if (many.back() > few.back())
        between.advance(many.back(), few.size());
    return between.area() / (static_cast<double>(first.size()) * static_cast<double>(second.size()));
}

} // namespace countersign
