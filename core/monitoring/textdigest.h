// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace countersign {

/// Tells changed text from unchanged: XXH3. Against accident, not against forgery.
[[nodiscard]] std::uint64_t textDigest(std::string_view text);

inline constexpr std::uint64_t missingDigest = 0;

/// Of the text of a cell that is not missing, as UTF-8: textDigest(), but never missingDigest.
[[nodiscard]] std::uint64_t cellDigest(std::string_view text);

} // namespace countersign
