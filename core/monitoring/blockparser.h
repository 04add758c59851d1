// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/codevector.h"
#include "core/monitoring/dialecttext.h"
#include "core/monitoring/dictionary.h"
#include "core/monitoring/pagememory.h"
#include "core/monitoring/specialvalues.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// How the cells of a column are read. Text: of more different texts than a category column may have, as identifiers
/// are. None of them is kept, but a digest of each cell, so that equal rows are still found.
enum class CellKind : std::uint8_t { Skipped, Number, Category, Day, Text };

struct ColumnPlan
{
    std::string name;
    CellKind kind = CellKind::Skipped;
    bool declared = false;                   ///< a Number column whatever it holds: text does not make it categories
    DateFormat dateFormat = DateFormat::Iso; ///< of a Day column
    bool eitherOrder = false;   ///< of a Day column: day and month may stand the other way; see ColumnChunk::otherOrder
    SpecialValues special = {}; ///< whose texts are no missing values, and in a Number column no text
};

/// How cells are written, apart from dates.
struct CellDialect
{
    char delimiter = ',';
    QuoteStyle quote;
    DecimalMark decimalMark = DecimalMark::Point;
    MissingTexts missing;
    bool eitherMark = false;        ///< the decimal mark may be the other one; see ColumnChunk::otherMark
    bool trailingDelimiter = false; ///< one may stand behind the last field, and opens none
};

inline constexpr std::int32_t missingDay = INT32_MIN;

/// Cells of numbers or days that are neither that nor missing; they count as missing.
struct UnreadableCells
{
    std::uint64_t count = 0;
    std::uint64_t line = 0; ///< of the first, within its block, from 0
    std::string text;       ///< of the first: an excerpt in quotes

    void add(std::uint64_t at, std::string_view cell);
};

/// The cells of one column in one block; one of the four is filled, by its kind.
struct ColumnChunk
{
    std::span<double> numbers;        ///< NaN where missing; markedSpecial() for the text of a special value
    Codes codes;                      ///< of `dictionary`; missingCode where missing
    std::span<std::int32_t> days;     ///< since 1970-01-01; missingDay where missing
    std::span<std::uint64_t> digests; ///< cellDigest(); missingDigest where missing
    Dictionary dictionary;
    std::uint64_t missing = 0;
    std::uint64_t infinite = 0; ///< among the missing
    UnreadableCells unreadable; ///< among the missing
    bool otherMark = false;     ///< a Number column holds a text that is a number with the other decimal mark only
    bool otherOrder = false;    ///< a date reads only with day and month the other way: read the column again so
    bool provenOrder = false;   ///< a date reads only with day and month this way
};

/// A malformed place: the line within its block, from 0.
struct BlockProblem
{
    std::uint64_t line = 0;
    std::string what; ///< without file and line, as in "has 3 fields where the header has 4."
    std::string remedy;
};

struct BlockResult
{
    std::uint64_t rows = 0;
    std::uint64_t lines = 0;
    std::vector<ColumnChunk> columns;
    std::optional<BlockProblem> problem;
};

/// Reads blocks of whole CSV records (RFC 4180 with any delimiter and quote) into columns. No block depends on another,
/// so that several threads may each run a parser over blocks of their own.
class BlockParser
{
public:
    BlockParser(std::vector<ColumnPlan> plan, CellDialect dialect, ColumnMemory &memory);

    /// Precondition: `block` starts at a record and its last character is a line feed.
    [[nodiscard]] BlockResult parse(std::string_view block);

private:
    /// The ways to read a cell: those of the usual dialect, and the slower ones of others.
    enum class Reader : std::uint8_t { Skip, Number, DialectNumber, Category, Text, IsoDay, DialectDay };

    struct Field
    {
        std::string_view text;
        const char *end; ///< the delimiter or line end after it
    };

    /// The codes of the short texts seen last in a column, found without looking at each of their characters.
    struct ShortTexts
    {
        static constexpr std::size_t slots = 256;
        std::array<std::uint64_t, slots> keys{}; ///< the text and its length; 0 for free
        std::array<std::uint32_t, slots> codes{};
    };

    [[nodiscard]] Reader readerOf(const ColumnPlan &column) const;
    void begin(std::size_t rows);
    void finish();
    void parseRecord();
    void fail(std::uint64_t line, std::string what, std::string remedy);
    [[nodiscard]] bool endsField(const char *p) const;
    [[nodiscard]] Field takeField(const char *p);
    [[nodiscard]] Field takeQuoted(const char *p);
    [[nodiscard]] const char *findQuote(const char *p);
    const char *readNumberCell(const char *p, std::size_t column);
    const char *readOtherNumberCell(const char *p, std::size_t column);
    const char *readCategoryCell(const char *p, std::size_t column);
    const char *readOtherCategoryCell(const char *p, std::size_t column);
    const char *readTextCell(const char *p, std::size_t column);
    const char *readDialectNumberCell(const char *p, std::size_t column);
    const char *readDayCell(const char *p, std::size_t column);
    const char *readDialectDayCell(const char *p, std::size_t column);
    void takeNumber(NumberText read, std::string_view text, std::uint64_t line, std::size_t column);
    void takeNoDate(std::string_view text, std::uint64_t line, std::size_t column);

    std::vector<ColumnPlan> m_plan;
    std::vector<Reader> m_readers; ///< by column
    CellDialect m_dialect;
    char m_delimiter;
    char m_quote;
    const char *m_position = nullptr;
    const char *m_end = nullptr;
    std::string m_unquoted;
    std::string m_lastDayText; ///< without its time of day
    std::int32_t m_lastDay = missingDay;
    std::vector<ShortTexts> m_shortTexts;          ///< by column, of this block
    std::vector<CodeVector> m_codes;               ///< by column, of this block
    std::vector<std::vector<std::int32_t>> m_days; ///< by column, of this block
    ColumnMemory &m_memory;
    BlockResult m_result;
};

/// The length of the whole records at the front of `text`: the place after the last line end outside quotes, or 0.
[[nodiscard]] std::size_t wholeRecords(std::string_view text, char delimiter, QuoteStyle quote);

/// One record split into its fields with quotes resolved; `consumed` is its length with the line end, and the text
/// after an unclosed quote counts as part of the field.
[[nodiscard]] std::vector<std::string> splitRecord(std::string_view text, char delimiter, QuoteStyle quote,
                                                   std::size_t &consumed);

} // namespace countersign
