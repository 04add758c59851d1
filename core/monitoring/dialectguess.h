// SPDX-License-Identifier: GPL-3.0-or-later
//
// What sampled records say of the dialect they are written in, and why.
#pragma once

#include "core/monitoring/dialecttext.h"
#include "core/monitoring/logdialect.h"
#include "core/monitoring/splitsample.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// One part of a dialect as a log is read.
struct DialectGuess
{
    std::string part;  ///< the member of LogDialect
    std::string value; ///< in words
    std::string why;   ///< a clause for people, as in "because 25/04/2024 occurs"
    bool sure = true;  ///< nothing in the sample speaks for another reading
    bool chosen = false;
};
BOOST_DESCRIBE_STRUCT(DialectGuess, (), (part, value, why, sure, chosen))

/// Of a part that was chosen; `against`, where not empty, is what in the sample speaks against it, as a clause.
[[nodiscard]] DialectGuess chosenPart(std::string part, std::string value, const std::string &against = {});

/// Of a member of LogDialect, for people: "date format".
[[nodiscard]] std::string partInWords(const std::string &part);

struct GuessedShape
{
    char delimiter = ',';
    QuoteStyle quote;
    std::size_t width = 0;          ///< fields of the first record
    bool trailingDelimiter = false; ///< SplitSample::trailingDelimiter
    DialectGuess delimiterGuess;
    DialectGuess quoteGuess;
};
/// Delimiter and quote under which the sampled records agree best with the first. What is asked for is taken.
[[nodiscard]] GuessedShape guessShape(std::string_view text, const LogDialect &asked);

/// Whether the first of the records names columns: not where it holds numbers or dates in columns of such, and text in
/// none of them nor above categories.
struct GuessedHeader
{
    bool present = true;
    bool proven = false; ///< a text stands above numbers or dates
    DialectGuess guess;
};
[[nodiscard]] GuessedHeader guessHeader(const Records &records, HeaderRow asked);

struct GuessedDecimalMark
{
    DecimalMark mark = DecimalMark::Point;
    bool proven = false; ///< a number occurs that reads in one way only
    DialectGuess guess;
};
/// By the columns that are numbers under one mark and not under the other. `lines` are those of the records.
[[nodiscard]] GuessedDecimalMark guessDecimalMark(const std::vector<std::string> &names, const Records &records,
                                                  const std::vector<std::uint64_t> &lines, char delimiter,
                                                  const MissingTexts &missing, DecimalMark asked);

struct GuessedDateFormat
{
    DateFormat format = DateFormat::Iso;
    bool nearlyAll = false;   ///< at least 19 of 20 values are dates in this format, and there is one
    bool eitherOrder = false; ///< every date reads day first and month first
    DialectGuess guess;
};
/// The format that reads most of the values. Of day first and month first, where both read all: the one under which the
/// values run in order of time, else day first. Excel's days are numbers like any other: never sure.
[[nodiscard]] GuessedDateFormat guessDateFormat(const std::vector<std::string_view> &values,
                                                const MissingTexts &missing, DateFormat asked);

/// "\"abc\" in column \"x\", line 7,".
[[nodiscard]] std::string cellInWords(std::string_view cell, const std::string &column, std::uint64_t line);

} // namespace countersign
