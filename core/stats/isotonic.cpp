// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/isotonic.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace countersign {

namespace {

/// Scores that share one fitted value: the first and last of them, and their rows.
struct Block
{
    double first;
    double last;
    double n;
    double events;

    [[nodiscard]] double rate() const { return events / n; }
};

} // namespace

IsotonicCurve::IsotonicCurve(std::vector<double> x, std::vector<double> y, std::vector<double> rows)
    : m_x(std::move(x))
    , m_y(std::move(y))
    , m_rows(std::move(rows))
{
    assert(m_x.size() == m_y.size());
    assert(m_rows.empty() || m_rows.size() == m_x.size());
}

double IsotonicCurve::operator()(double x) const
{
    if (m_x.empty())
        return undefined;
    const auto above = std::lower_bound(m_x.begin(), m_x.end(), x);
    if (above == m_x.end())
        return m_y.back();
    const auto i = static_cast<std::size_t>(above - m_x.begin());
    if (i == 0 || m_x[i] == x)
        return m_y[i];
    const double slope = (m_y[i] - m_y[i - 1]) / (m_x[i] - m_x[i - 1]);
    return slope * (x - m_x[i - 1]) + m_y[i - 1];
}

IsotonicCurve fitIsotonic(std::span<const double> sortedScores, Events events)
{
    assert(sortedScores.size() == events.size());
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < sortedScores.size();) {
        Block block{sortedScores[i], sortedScores[i], 0, 0};
        for (; i < sortedScores.size() && sortedScores[i] == block.first; ++i) {
            block.n += 1;
            block.events += events[i];
        }
        while (!blocks.empty() && blocks.back().rate() >= block.rate()) {
            block.first = blocks.back().first;
            block.n += blocks.back().n;
            block.events += blocks.back().events;
            blocks.pop_back();
        }
        blocks.push_back(block);
    }
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> rows;
    const auto addPoint = [&](double at, const Block &block) {
        x.push_back(at);
        y.push_back(block.rate());
        rows.push_back(block.n);
    };
    for (const Block &block : blocks) {
        addPoint(block.first, block);
        if (block.last > block.first)
            addPoint(block.last, block);
    }
    return {std::move(x), std::move(y), std::move(rows)};
}

} // namespace countersign
