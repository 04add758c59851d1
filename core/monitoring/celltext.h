// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the text of one cell means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign {

/// The word list for people, as it stands in messages and documentation.
inline constexpr std::string_view missingWords = "an empty field, NA, N/A, NaN, null or None";

/// Empty, NA, N/A, NaN, null or None, in any letter case, blanks around it ignored.
[[nodiscard]] bool isMissingText(std::string_view text);

enum class NumberText { Finite, Infinite, Missing, NotANumber };

/// Decimal and scientific notation with a point, blanks around it and a leading plus sign allowed. "inf", "-Infinity"
/// and numbers too large for a double are Infinite. `value` is set for Finite only.
[[nodiscard]] NumberText readNumber(std::string_view text, double &value);

/// Days since 1970-01-01 of "2015-07-01", the same with a time of day after a blank or T ("2015-07-01T10:52:03.120Z",
/// offsets allowed and ignored: the day is the one written), "2015-07" or "2015" (their first day). Nothing else.
[[nodiscard]] std::optional<std::int32_t> readDay(std::string_view text);

/// A blank or T, then hh:mm, seconds, their fraction and an offset from UTC where they are given.
[[nodiscard]] bool isTimeOfDay(std::string_view text);

/// Text without blanks and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

[[nodiscard]] bool isValidUtf8(std::string_view text);
/// Every byte taken as one character of Windows-1252, which has all of Latin-1 that is ever printed.
[[nodiscard]] std::string utf8FromWindows1252(std::string_view text);
/// The text itself where it is UTF-8, otherwise as Windows-1252.
[[nodiscard]] std::string utf8Of(std::string_view text);
/// For messages: at most 40 characters, in quotes.
[[nodiscard]] std::string quotedExcerpt(std::string_view text);

} // namespace countersign
