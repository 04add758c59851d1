// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/preamble.h"

#include "core/base/error.h"
#include "core/monitoring/blockparser.h"
#include "core/monitoring/dialecttext.h"

#include <algorithm>
#include <optional>
#include <set>

namespace countersign {

namespace {

constexpr std::size_t longestPreamble = 30; ///< records
constexpr std::size_t looked = 50;          ///< records, of the preamble and below
constexpr std::size_t fewestRows = 2;       ///< below a header that is believed

struct PlacedRecord
{
    std::vector<std::string> fields;
    std::size_t at = 0; ///< byte of the text
};

bool isBlank(const PlacedRecord &record)
{
    return std::all_of(record.fields.begin(), record.fields.end(),
                       [](const std::string &field) { return trimmed(field).empty(); });
}

std::vector<PlacedRecord> placedRecords(std::string_view text, char delimiter, QuoteStyle quote)
{
    std::vector<PlacedRecord> records;
    std::size_t at = 0;
    while (at < text.size() && records.size() < looked && text.find('\n', at) != std::string_view::npos) {
        std::size_t consumed = 0;
        records.push_back({splitRecord(text.substr(at), delimiter, quote, consumed), at});
        at += consumed;
    }
    return records;
}

/// Names, each once: neither numbers nor missing values. The last may be empty, behind a trailing delimiter.
bool couldNameColumns(const std::vector<std::string> &fields)
{
    const MissingTexts usual;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string_view name = trimmed(fields[i]);
        if (name.empty() && i > 1 && i + 1 == fields.size())
            continue;
        if (usual.contains(name) || isAnyNumber(name) || !seen.insert(name).second)
            return false;
    }
    return fields.size() > 1;
}

/// Whether a record can stand above a table so wide without being part of it.
bool standsAbove(const PlacedRecord &record, std::size_t width, bool blankBetween)
{
    const auto &fields = record.fields;
    if (isBlank(record) || trimmed(fields.front()).starts_with('#'))
        return true;
    if (fields.size() < width)
        return fields.size() == 1 || blankBetween || fields.size() * 2 <= width;
    constexpr std::size_t wide = 5;
    const std::size_t mostFilled = width >= wide ? 2 : 1;
    const auto filled =
        std::find_if(fields.rbegin(), fields.rend(), [](const std::string &field) { return !trimmed(field).empty(); });
    return static_cast<std::size_t>(fields.rend() - filled) <= mostFilled;
}

/// The records from this one on, blank ones left out, where they are a header and rows below it that prove it.
std::optional<SplitSample> tableFrom(std::string_view text, char delimiter, QuoteStyle quote)
{
    SplitSample split = splitSample(text, delimiter, quote);
    if (split.width < 2 || !split.whole() || split.records.size() <= fewestRows ||
        !guessHeader(split.records, HeaderRow::Automatic).proven)
        return std::nullopt;
    return split;
}

struct Table
{
    std::size_t at = 0; ///< byte where its header starts
    std::size_t width = 0;
    std::size_t rows = 0;
};

std::optional<Table> tableBelowLines(std::string_view text, char delimiter, QuoteStyle quote)
{
    const auto records = placedRecords(text, delimiter, quote);
    for (std::size_t k = 1; k < records.size() && k <= longestPreamble; ++k) {
        if (!couldNameColumns(records[k].fields))
            continue;
        const auto above = records.begin() + static_cast<std::ptrdiff_t>(k);
        const bool blankBetween = isBlank(*(above - 1));
        const std::size_t width = records[k].fields.size();
        const bool all = std::all_of(records.begin(), above, [&](const PlacedRecord &record) {
            return standsAbove(record, width, blankBetween);
        });
        const auto split = all ? tableFrom(text.substr(records[k].at), delimiter, quote) : std::nullopt;
        if (split)
            return Table{records[k].at, split->width, split->records.size() - 1};
    }
    return std::nullopt;
}

/// Nothing stands above a table that begins at once: all records are as wide as the first, which is filled.
bool beginsAtOnce(std::string_view text, const GuessedShape &shape)
{
    const SplitSample split = splitSample(text, shape.delimiter, shape.quote);
    if (split.width < 2 || !split.whole() || trimmed(split.records.front().front()).starts_with('#'))
        return false;
    const auto &first = split.records.front();
    return std::none_of(first.begin() + 1, first.end(),
                        [](const std::string &field) { return trimmed(field).empty(); });
}

std::uint64_t linesOf(std::string_view text)
{
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

Preamble guessPreamble(std::string_view text, const LogDialect &asked)
{
    Preamble none{0, 0, {"skipLines", "none", "the table begins at once"}};
    const GuessedShape shape = guessShape(text, asked);
    if (beginsAtOnce(text, shape))
        return none;
    std::optional<Table> best;
    const std::string candidates = asked.delimiter.empty() ? ",;\t|" : asked.delimiter;
    for (const char delimiter : candidates) {
        const auto table = tableBelowLines(text, delimiter, shape.quote);
        if (table && (!best || table->width > best->width))
            best = table;
    }
    if (!best)
        return none;
    const std::uint64_t lines = linesOf(text.substr(0, best->at));
    return {lines,
            best->at,
            {"skipLines", std::to_string(lines),
             "because line " + std::to_string(lines + 1) + " names " + std::to_string(best->width) +
                 " columns, and the " + std::to_string(best->rows) + " lines looked at below it have as many fields"}};
}

} // namespace

Preamble findPreamble(std::string_view text, const LogDialect &asked, const std::string &fileName)
{
    if (!asked.skipLines)
        return guessPreamble(text, asked);
    Preamble preamble;
    preamble.lines = *asked.skipLines;
    for (std::uint64_t line = 0; line < preamble.lines; ++line) {
        const std::size_t end = text.find('\n', preamble.bytes);
        if (end == std::string_view::npos || end + 1 == text.size())
            throw Exception(ErrorCode::InvalidInput,
                            fileName + " has no line of the table below the first " + std::to_string(preamble.lines) +
                                ", which are to be skipped.",
                            "Skip fewer lines, or leave their number to the guess.");
        preamble.bytes = end + 1;
    }
    const Preamble guessed = guessPreamble(text, asked);
    const bool disagrees = guessed.lines > 0 && guessed.lines != preamble.lines;
    preamble.guess = chosenPart("skipLines", preamble.lines == 0 ? "none" : std::to_string(preamble.lines),
                                disagrees ? guessed.guess.why.substr(std::string("because ").size()) : std::string());
    return preamble;
}

} // namespace countersign
