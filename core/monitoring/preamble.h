// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines above the table that reports and spreadsheets put there: a title, the day of the export, notes.
#pragma once

#include "core/monitoring/dialectguess.h"
#include "core/monitoring/logdialect.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

struct Preamble
{
    std::uint64_t lines = 0;
    std::size_t bytes = 0; ///< of those lines
    DialectGuess guess;
};

/// Lines are passed over only where a line of names below them stands above numbers or dates, the records after it are
/// as wide, and each line above is blank, a comment behind "#", much narrower, or has nothing but its first cells
/// filled. What is asked for is taken; Exception(InvalidInput) where `text` has not so many lines.
[[nodiscard]] Preamble findPreamble(std::string_view text, const LogDialect &asked, const std::string &fileName);

} // namespace countersign
