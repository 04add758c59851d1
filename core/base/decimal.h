// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace countersign {

/// The shortest decimal that reads back as the same double ("0.1", "1e-05"; "nan", "inf", "-inf").
/// Signed JSON holds no floats: numbers with a fraction are such strings.
[[nodiscard]] std::string decimalFromDouble(double value);
/// The double of a decimal written as above or in plain notation; nothing when `text` is not wholly a number.
[[nodiscard]] std::optional<double> doubleFromDecimal(std::string_view text);
/// 17 significant digits, as the command line prints numbers: enough to read back exactly everywhere.
[[nodiscard]] std::string fullPrecision(double value);
/// Fixed decimals for people: "0.126".
[[nodiscard]] std::string fixed(double value, int decimals);
/// "0.012" and, of less than a thousandth, "under 0.001".
[[nodiscard]] std::string smallNumber(double value);
/// "1 month", "3 months". `Count` is an integer.
template <class Count>
[[nodiscard]] std::string counted(Count count, std::string_view one, std::string_view many)
{
    return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

} // namespace countersign
