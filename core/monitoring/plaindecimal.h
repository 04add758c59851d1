// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fast_float/fast_float.h>

namespace countersign {

/// How far beyond the start of a text readPlainDecimal may look.
inline constexpr std::size_t plainDecimalReach = 40;

namespace plaindecimal {

inline std::uint64_t eightBytes(const char *p)
{
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    return word;
}

/// How many of the bytes are digits before the first that is none, 0 to 8.
inline unsigned leadingDigits(std::uint64_t word)
{
    const std::uint64_t values = word ^ 0x3030303030303030U;
    const std::uint64_t others = (values | (values + 0x7676767676767676U)) & 0x8080808080808080U;
    return static_cast<unsigned>(std::countr_zero(others)) / 8;
}

/// The number that the first `count` bytes spell, 1 to 8 digits.
inline std::uint64_t digitsOf(std::uint64_t word, unsigned count)
{
    word <<= 64 - 8 * count;
    word = ((word & 0x0F0F0F0F0F0F0F0FU) * 2561) >> 8U;
    word = ((word & 0x00FF00FF00FF00FFU) * 6553601) >> 16U;
    return ((word & 0x0000FFFF0000FFFFU) * 42949672960001U) >> 32U;
}

} // namespace plaindecimal

/// Reads "12", "-12.5", "0.00012345678901234": a sign or none, 1 to 7 digits, and with a point up to 19 significant
/// digits in all; `Mark` stands in place of the point. Returns where it ends and sets `value` to the nearest double,
/// ties to even, as std::from_chars does; nullptr for any other text, which may still be a number. Precondition:
/// plainDecimalReach bytes may be read from p.
template <char Mark = '.'>
inline const char *readPlainDecimal(const char *p, double &value)
{
    if constexpr (std::endian::native != std::endian::little)
        return nullptr;
    using namespace plaindecimal;
    static constexpr std::uint64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    const bool negative = *p == '-';
    p += negative ? 1 : 0;
    std::uint64_t word = eightBytes(p);
    unsigned count = leadingDigits(word);
    if (count == 0 || count == 8)
        return nullptr;
    std::uint64_t mantissa = digitsOf(word, count);
    p += count;
    unsigned decimals = 0;
    if (*p == Mark) {
        ++p;
        const unsigned before = mantissa == 0 ? 0 : count;
        word = eightBytes(p);
        count = leadingDigits(word);
        if (count == 0)
            return nullptr;
        mantissa = mantissa * powers[count] + digitsOf(word, count);
        p += count;
        decimals = count;
        for (int more = 0; count == 8 && more < 2; ++more) {
            word = eightBytes(p);
            count = leadingDigits(word);
            if (count == 0)
                break;
            decimals += count;
            if (before + decimals > 19)
                return nullptr;
            mantissa = mantissa * powers[count] + digitsOf(word, count);
            p += count;
        }
    }
    using Format = fast_float::binary_format<double>;
    if (mantissa <= Format::max_mantissa_fast_path()) { // exact in a double, as is the power: one rounding (Clinger)
        const double magnitude = static_cast<double>(mantissa) / Format::exact_power_of_ten(decimals);
        value = negative ? -magnitude : magnitude;
        return p;
    }
    const auto rounded = fast_float::compute_float<Format>(-static_cast<std::int64_t>(decimals), mantissa); // Lemire
    if (rounded.power2 < 0)
        return nullptr;
    fast_float::to_float(negative, rounded, value);
    return p;
}

} // namespace countersign
