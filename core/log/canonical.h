// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON that is signed: RFC 8785 (JCS) without floats. Members sorted by UTF-16 code units, the fewest escapes,
// no white space, whole numbers within +-(2^53 - 1), valid UTF-8. What has two spellings is refused, never repaired.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

inline constexpr std::int64_t kLargestJsonInteger = 9007199254740991; // 2^53 - 1: exact in every JSON reader
inline constexpr std::size_t kDeepestJson = 64;

/// Throws Exception(InvalidInput) on a float, a number out of range, invalid UTF-8, or nesting deeper than
/// kDeepestJson.
[[nodiscard]] std::string canonicalJson(const json::value &value);

/// Reads exactly one JSON value and nothing after it. Throws Exception(InvalidInput), naming what is wrong, on
/// duplicate members, floats, numbers out of range, invalid UTF-8, lone surrogates, nesting deeper than kDeepestJson.
/// For policy packs and other JSON files: white space and order are free.
[[nodiscard]] json::value parseStrict(std::string_view text);

/// As parseStrict, and the text must be its own canonical form to the byte.
[[nodiscard]] json::value parseCanonical(std::string_view text);

/// The order of RFC 8785: as if both UTF-8 texts were compared by UTF-16 code units.
[[nodiscard]] bool utf16Less(std::string_view left, std::string_view right);
[[nodiscard]] bool validUtf8(std::string_view text);

} // namespace countersign
