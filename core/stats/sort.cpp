// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/sort.h"

#include "core/base/pages.h"

#include <algorithm>
#include <array>
#include <bit>

namespace countersign {

namespace {

constexpr unsigned digitBits = 11;
constexpr std::size_t buckets = std::size_t{1} << digitBits;
constexpr unsigned mostDigits = 3;
constexpr std::size_t longEnoughForDigits = 1024;
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

void sortKeys(std::uint64_t *keys, std::uint64_t *scratch, std::size_t n);

/// Sorts the stretches of keys that agree in what lies above `shift`.
void sortWithinStretches(std::uint64_t *keys, std::uint64_t *scratch, std::size_t n, std::uint64_t least,
                         unsigned shift)
{
    constexpr std::size_t few = 24;
    for (std::size_t from = 0; from < n;) {
        const std::uint64_t top = (keys[from] - least) >> shift;
        std::size_t to = from + 1;
        while (to < n && (keys[to] - least) >> shift == top)
            ++to;
        if (to - from > few) {
            sortKeys(keys + from, scratch + from, to - from);
        } else {
            for (std::size_t i = from + 1; i < to; ++i) {
                const std::uint64_t key = keys[i];
                std::size_t place = i;
                for (; place > from && keys[place - 1] > key; --place)
                    keys[place] = keys[place - 1];
                keys[place] = key;
            }
        }
        from = to;
    }
}

/// Least significant digit first, but over the leading digits of the range of the keys only: they leave next to nothing
/// to sort within them. Each level of calls takes 22 bits at least.
void sortKeys(std::uint64_t *keys, std::uint64_t *scratch, std::size_t n)
{
    const auto [least, greatest] = [keys, n] {
        std::uint64_t low = keys[0];
        std::uint64_t high = keys[0];
        for (std::size_t i = 1; i < n; ++i) {
            low = std::min(low, keys[i]);
            high = std::max(high, keys[i]);
        }
        return std::pair(low, high);
    }();
    if (least == greatest)
        return;
    if (n < longEnoughForDigits) {
        std::sort(keys, keys + n);
        return;
    }
    constexpr unsigned mantissaBits = 52;
    constexpr unsigned someOctaves = 7; // bits that a range of exponents takes before two digits leave much to sort
    const auto bits = static_cast<unsigned>(std::bit_width(greatest - least));
    const unsigned wanted = bits > mantissaBits + someOctaves ? mostDigits : mostDigits - 1;
    const unsigned digits = std::min(wanted, (bits + digitBits - 1) / digitBits);
    const unsigned shift = bits > digits * digitBits ? bits - digits * digitBits : 0;

    std::array<std::array<std::uint32_t, buckets>, mostDigits> places{};
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t top = (keys[i] - least) >> shift;
        for (unsigned digit = 0; digit < digits; ++digit)
            ++places[digit][(top >> (digit * digitBits)) & (buckets - 1)];
    }
    std::uint64_t *from = keys;
    std::uint64_t *to = scratch;
    for (unsigned digit = 0; digit < digits; ++digit) {
        std::uint32_t offset = 0;
        for (std::uint32_t &place : places[digit]) {
            const std::uint32_t count = place;
            place = offset;
            offset += count;
        }
        const unsigned down = shift + digit * digitBits;
        for (std::size_t i = 0; i < n; ++i)
            to[places[digit][((from[i] - least) >> down) & (buckets - 1)]++] = from[i];
        std::swap(from, to);
    }
    if (from != keys)
        std::copy(from, from + n, keys);
    if (shift > 0)
        sortWithinStretches(keys, scratch, n, least, shift);
}

} // namespace

void sortAscending(std::span<double> values)
{
    const std::size_t n = values.size();
    if (n < longEnoughForDigits) {
        std::sort(values.begin(), values.end());
        return;
    }
    constexpr std::size_t mostKept = (std::size_t{4} << 20) / sizeof(std::uint64_t);
    thread_local PageVector<std::uint64_t> kept;
    PageVector<std::uint64_t> large;
    PageVector<std::uint64_t> &room = 2 * n <= mostKept ? kept : large;
    room.resize(2 * n <= mostKept ? mostKept : 2 * n);
    std::uint64_t *keys = room.data();
    std::transform(values.begin(), values.end(), keys, keyOf);
    sortKeys(keys, keys + n, n);
    std::transform(keys, keys + n, values.begin(), valueOf);
}

} // namespace countersign
