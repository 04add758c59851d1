// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace countersign {

/// An ascending sample, prepared once to be compared with many others: places are looked up, and stretches added up, in
/// summaries of its blocks, of which there is room in the processor's caches where there is none for the values.
/// Refers to the values.
class PreparedSample
{
public:
    static constexpr std::size_t blockLength = 16;

    explicit PreparedSample(std::span<const double> ascending);

    [[nodiscard]] std::span<const double> values() const { return m_values; }
    /// The block that holds the first value not below x, or the number of whole blocks where none of them does; no
    /// earlier one than `from`. Found soonest where it is at most `step` blocks later.
    [[nodiscard]] std::size_t blockOf(double x, std::size_t from, std::size_t step) const;
    /// How many values are below x, where blockOf(x) is `block`.
    [[nodiscard]] std::size_t belowIn(std::size_t block, double x) const;

    /// The sum of to - x over the values from place `first` up to `end`, none of which is above `to`. Nothing that is
    /// added is negative, so that the sum is as exact as its terms.
    [[nodiscard]] double gaps(std::size_t first, std::size_t end, double to) const;

    /// Some values, and the sum of their gaps.
    struct Passed
    {
        std::size_t count = 0;
        double gaps = 0;
    };
    /// Those from place `first` on that are below x, few of them, and their gaps to x.
    [[nodiscard]] Passed passedBelow(double x, std::size_t first) const;

private:
    [[nodiscard]] double gapsWithin(std::size_t block, std::size_t first, std::size_t end, double to) const;

    std::span<const double> m_values;
    std::vector<double> m_lasts; ///< the last value of each whole block
    std::vector<double> m_gaps;  ///< the gaps of its values to that, added up
};

/// The sum of to - x over all values, none of which is above `to`.
[[nodiscard]] double sumOfGaps(std::span<const double> values, double to);

} // namespace countersign
