// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// A CSV cell, quoted where needed. With `defuse` a text that a spreadsheet would take for a formula gets an apostrophe
/// in front.
[[nodiscard]] std::string csvCell(std::string_view text, bool defuse = true);
/// The cells with commas between them and CR LF behind, as RFC 4180 has it.
[[nodiscard]] std::string csvLine(const std::vector<std::string> &cells);
/// The text before csvCell defused it.
[[nodiscard]] std::string_view withoutDefusing(std::string_view text);

} // namespace countersign
