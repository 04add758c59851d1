// SPDX-License-Identifier: GPL-3.0-or-later
//
// CSV as text, read whole into records. Writing is core/base/csv.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct CsvRecord
{
    std::int64_t line = 0; ///< on which the record begins, from 1
    std::vector<std::string> fields;
};

/// Splits RFC 4180 text: quoted fields may hold delimiters, line breaks and doubled quotes; lines end with LF, CR LF or
/// CR; blank lines are skipped. Throws InvalidInput, naming the line, on a quote that never closes or that stands
/// inside a field.
[[nodiscard]] std::vector<CsvRecord> parseCsv(std::string_view text, char delimiter);

/// The one of comma, semicolon and tab that is most frequent outside quotes in the first line; comma when none is.
[[nodiscard]] char guessDelimiter(std::string_view text);

} // namespace countersign
