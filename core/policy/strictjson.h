// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

namespace countersign {

/// Parses text that people write by hand. Throws InvalidInput naming the line of a syntax error, or of a member that an
/// object has twice: JSON would silently keep one of the two.
[[nodiscard]] json::value parseStrictJson(std::string_view text);

/// The end of the string that opens at `from`, one past its closing quote. The text is known to be JSON.
[[nodiscard]] std::size_t endOfJsonString(std::string_view text, std::size_t from);

/// A fault of the JSON itself, as against one of its contents.
struct JsonFault
{
    std::int64_t line = 1;
    std::string what;
};
/// The first fault of the text, and nothing when it is strict JSON.
[[nodiscard]] std::optional<JsonFault> faultOfJson(std::string_view text);

} // namespace countersign
