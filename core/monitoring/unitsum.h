// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>

namespace countersign {

/// A sum of numbers within 0 and 1 in steps of 2^-53 that does not depend on their order.
class UnitSum
{
public:
    /// Precondition: 0 <= value <= 1.
    void add(double value)
    {
        const auto steps = static_cast<std::uint64_t>(std::ldexp(value, digits));
        m_low += steps;
        m_high += m_low < steps ? 1 : 0;
    }
    [[nodiscard]] double value() const
    {
        constexpr int word = 64;
        return std::ldexp(static_cast<double>(m_high), word - digits) + std::ldexp(static_cast<double>(m_low), -digits);
    }

private:
    static constexpr int digits = 53;
    std::uint64_t m_low = 0;
    std::uint64_t m_high = 0;
};

} // namespace countersign
