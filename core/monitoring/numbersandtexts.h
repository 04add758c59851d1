// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a column with a few texts is one of numbers.
#pragma once

#include "core/monitoring/celltext.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>

namespace countersign {

struct NumbersAndTexts
{
    std::uint64_t numbers = 0;
    std::uint64_t texts = 0;    ///< neither a number nor missing
    std::set<double> different; ///< numbers, at most mostCodes + 1 of them

    /// With fewer different numbers texts beside them are taken for codes like them, as in "1", "2" and "X".
    static constexpr std::size_t mostCodes = 50;

    void see(double number)
    {
        if (different.size() <= mostCodes && !std::isnan(number))
            different.insert(number);
    }

    /// `value` is that of a finite number.
    void add(NumberText read, double value)
    {
        numbers += read == NumberText::Finite || read == NumberText::Infinite ? 1 : 0;
        texts += read == NumberText::NotANumber ? 1 : 0;
        if (read == NumberText::Finite)
            see(value);
    }

    /// No text, or at most 1 in 100 beside measured numbers.
    [[nodiscard]] bool ofNumbers() const
    {
        constexpr std::uint64_t oneIn = 100;
        return texts == 0 || (texts * oneIn <= numbers + texts && different.size() > mostCodes);
    }
};

} // namespace countersign
