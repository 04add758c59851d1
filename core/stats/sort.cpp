// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/sort.h"

#include <algorithm>
#include <array>
#include <bit>

namespace countersign {

namespace {

constexpr unsigned digitBits = 11;
constexpr unsigned digits = 6;
constexpr std::size_t buckets = std::size_t{1} << digitBits;
constexpr std::uint64_t signBit = std::uint64_t{1} << 63;

/// Unsigned keys in the order of the doubles.
std::uint64_t keyOf(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return (bits & signBit) != 0 ? ~bits : bits | signBit;
}

double valueOf(std::uint64_t key)
{
    return std::bit_cast<double>((key & signBit) != 0 ? key & ~signBit : ~key);
}

} // namespace

void sortAscending(std::span<double> values, std::vector<std::uint64_t> &scratch)
{
    const std::size_t n = values.size();
    if (n < 2048) {
        std::sort(values.begin(), values.end());
        return;
    }
    scratch.resize(2 * n);
    std::uint64_t *from = scratch.data();
    std::uint64_t *to = scratch.data() + n;
    std::array<std::array<std::uint32_t, buckets>, digits> histograms{};
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t key = keyOf(values[i]);
        from[i] = key;
        for (unsigned digit = 0; digit < digits; ++digit)
            ++histograms[digit][(key >> (digit * digitBits)) & (buckets - 1)];
    }
    for (unsigned digit = 0; digit < digits; ++digit) {
        auto &histogram = histograms[digit];
        const unsigned shift = digit * digitBits;
        if (histogram[(from[0] >> shift) & (buckets - 1)] == n)
            continue;
        std::uint32_t offset = 0;
        for (std::uint32_t &bucket : histogram) {
            const std::uint32_t count = bucket;
            bucket = offset;
            offset += count;
        }
        for (std::size_t i = 0; i < n; ++i)
            to[histogram[(from[i] >> shift) & (buckets - 1)]++] = from[i];
        std::swap(from, to);
    }
    for (std::size_t i = 0; i < n; ++i)
        values[i] = valueOf(from[i]);
}

} // namespace countersign
