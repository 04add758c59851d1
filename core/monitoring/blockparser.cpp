// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/blockparser.h"

#include "core/monitoring/celltext.h"
#include "core/monitoring/plaindecimal.h"
#include "core/monitoring/textdigest.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fast_float/fast_float.h>
#include <limits>

namespace countersign {

namespace {

constexpr double missingNumber = std::numeric_limits<double>::quiet_NaN();

/// At least as many records as there are: the line feeds of a text. Sums of bytes first, for vector instructions.
std::size_t countLines(std::string_view text)
{
    constexpr std::size_t lanes = 64;
    constexpr std::size_t mostAdditions = 255;
    std::size_t lines = 0;
    std::size_t i = 0;
    while (i + lanes <= text.size()) {
        std::array<std::uint8_t, lanes> sums{};
        for (std::size_t k = 0; k < mostAdditions && i + lanes <= text.size(); ++k, i += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane)
                sums[lane] = static_cast<std::uint8_t>(sums[lane] + (text[i + lane] == '\n' ? 1 : 0));
        }
        for (const std::uint8_t sum : sums)
            lines += sum;
    }
    return lines +
           static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(), '\n'));
}

/// A bit in the highest place of each byte that equals `c`, exact up to the first.
std::uint64_t bytesEqual(std::uint64_t word, char c)
{
    const std::uint64_t others = word ^ (0x0101010101010101U * static_cast<unsigned char>(c));
    return (others - 0x0101010101010101U) & ~others & 0x8080808080808080U;
}

bool readsWithOtherMark(std::string_view text, DecimalMark mark)
{
    double value = 0;
    return readNumber(text, value, mark == DecimalMark::Point ? DecimalMark::Comma : DecimalMark::Point) ==
           NumberText::Finite;
}

/// A backslash before a quote or another backslash is left out; any other is text.
void appendUnescaped(std::string &to, std::string_view text, char quote)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == quote || text[i + 1] == '\\'))
            ++i;
        to += text[i];
    }
}

template <bool Backslash>
std::size_t wholeQuotedRecords(std::string_view text, char delimiter, char quote)
{
    enum class State { FieldStart, Plain, Quoted, QuoteInQuoted };
    State state = State::FieldStart;
    std::size_t whole = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (state == State::Quoted) {
            if (Backslash && c == '\\')
                ++i;
            else if (c == quote)
                state = State::QuoteInQuoted;
        } else if (c == quote && state != State::Plain) {
            state = State::Quoted;
        } else if (c == delimiter) {
            state = State::FieldStart;
        } else if (c == '\n') {
            state = State::FieldStart;
            whole = i + 1;
        } else {
            state = State::Plain;
        }
    }
    return whole;
}

} // namespace

void UnreadableCells::add(std::uint64_t at, std::string_view cell)
{
    if (count++ > 0)
        return;
    line = at;
    text = quotedExcerpt(cell);
}

BlockParser::BlockParser(std::vector<ColumnPlan> plan, CellDialect dialect, ColumnMemory &memory)
    : m_plan(std::move(plan))
    , m_dialect(std::move(dialect))
    , m_delimiter(m_dialect.delimiter)
    , m_quote(m_dialect.quote.mark)
    , m_memory(memory)
{
    for (const ColumnPlan &column : m_plan)
        m_readers.push_back(readerOf(column));
}

BlockParser::Reader BlockParser::readerOf(const ColumnPlan &column) const
{
    const bool usual = m_dialect.missing.usual();
    switch (column.kind) {
    case CellKind::Number:
        return usual && m_dialect.decimalMark == DecimalMark::Point ? Reader::Number : Reader::DialectNumber;
    case CellKind::Category:
        return Reader::Category;
    case CellKind::Text:
        return Reader::Text;
    case CellKind::Day:
        return usual && column.dateFormat == DateFormat::Iso ? Reader::IsoDay : Reader::DialectDay;
    case CellKind::Skipped:
        break;
    }
    return Reader::Skip;
}

BlockResult BlockParser::parse(std::string_view block)
{
    m_result = {};
    m_result.columns.resize(m_plan.size());
    m_position = block.data();
    m_end = block.data() + block.size();
    if (const void *nul = std::memchr(block.data(), 0, block.size())) {
        const auto line = std::count(block.data(), static_cast<const char *>(nul), '\n');
        fail(static_cast<std::uint64_t>(line), "holds a NUL byte; this is no text file.",
             "Export the log again as UTF-8 text.");
    }
    begin(countLines(block));
    while (m_position != m_end && !m_result.problem) {
        const bool blank = *m_position == '\n' || (*m_position == '\r' && m_position[1] == '\n');
        if (blank && m_plan.size() > 1) {
            m_position += *m_position == '\n' ? 1 : 2;
            ++m_result.lines;
            continue;
        }
        parseRecord();
    }
    finish();
    return std::move(m_result);
}

void BlockParser::begin(std::size_t rows)
{
    m_shortTexts.resize(m_plan.size());
    m_codes.resize(m_plan.size());
    m_days.resize(m_plan.size());
    for (std::size_t column = 0; column < m_plan.size(); ++column) {
        ColumnChunk &chunk = m_result.columns[column];
        switch (m_plan[column].kind) {
        case CellKind::Number:
            chunk.numbers = m_memory.array<double>(rows);
            break;
        case CellKind::Category:
            m_codes[column].clear();
            m_shortTexts[column].keys = {}; // each block has a dictionary of its own
            break;
        case CellKind::Text:
            chunk.digests = m_memory.array<std::uint64_t>(rows);
            break;
        case CellKind::Day:
            m_days[column].clear();
            break;
        case CellKind::Skipped:
            break;
        }
    }
}

void BlockParser::finish()
{
    for (std::size_t column = 0; column < m_plan.size(); ++column) {
        ColumnChunk &chunk = m_result.columns[column];
        switch (m_plan[column].kind) {
        case CellKind::Number:
            chunk.numbers = chunk.numbers.first(m_result.rows);
            break;
        case CellKind::Category:
            chunk.codes = keptCodes(m_codes[column], m_memory);
            break;
        case CellKind::Text:
            chunk.digests = chunk.digests.first(m_result.rows);
            break;
        case CellKind::Day:
            chunk.days = m_memory.copyOf(std::span<const std::int32_t>(m_days[column]));
            break;
        case CellKind::Skipped:
            break;
        }
    }
}

void BlockParser::parseRecord()
{
    const std::uint64_t line = m_result.lines;
    const char *p = m_position;
    for (std::size_t column = 0;; ++column) {
        switch (m_readers[column]) {
        case Reader::Number:
            p = readNumberCell(p, column);
            break;
        case Reader::DialectNumber:
            p = readDialectNumberCell(p, column);
            break;
        case Reader::Category:
            p = readCategoryCell(p, column);
            break;
        case Reader::Text:
            p = readTextCell(p, column);
            break;
        case Reader::IsoDay:
            p = readDayCell(p, column);
            break;
        case Reader::DialectDay:
            p = readDialectDayCell(p, column);
            break;
        case Reader::Skip:
            p = takeField(p).end;
            break;
        }
        if (m_result.problem)
            return;
        const bool more = *p == m_delimiter;
        if (!more && *p == '\r')
            ++p;
        ++p;
        if (more && column + 1 < m_plan.size())
            continue;
        if (more && m_dialect.trailingDelimiter && (*p == '\n' || (*p == '\r' && p[1] == '\n'))) {
            p += *p == '\n' ? 1 : 2;
        } else if (more || column + 1 < m_plan.size()) {
            std::size_t fields = column + 1;
            while (more && *(p = takeField(p).end) == m_delimiter) {
                ++fields;
                ++p;
            }
            fields += more ? 1 : 0;
            fail(line,
                 "has " + std::to_string(fields) + (fields == 1 ? " field" : " fields") + " where the header has " +
                     std::to_string(m_plan.size()) + ".",
                 "Put fields that hold the delimiter in double quotes, and repair the line.");
            return;
        }
        break;
    }
    m_position = p;
    ++m_result.rows;
    ++m_result.lines;
}

void BlockParser::fail(std::uint64_t line, std::string what, std::string remedy)
{
    if (!m_result.problem)
        m_result.problem = BlockProblem{line, std::move(what), std::move(remedy)};
}

bool BlockParser::endsField(const char *p) const
{
    return *p == m_delimiter || *p == '\n' || (*p == '\r' && p[1] == '\n');
}

BlockParser::Field BlockParser::takeField(const char *p)
{
    if (*p == m_quote)
        return takeQuoted(p);
    const char *end = p;
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::ptrdiff_t wordBytes = 8;
        for (; m_end - end > wordBytes; end += wordBytes) {
            const std::uint64_t word = plaindecimal::eightBytes(end);
            const std::uint64_t ends = bytesEqual(word, m_delimiter) | bytesEqual(word, '\n');
            if (ends != 0) {
                end += std::countr_zero(ends) / wordBytes;
                break;
            }
        }
    }
    while (*end != m_delimiter && *end != '\n')
        ++end;
    if (*end == '\n' && end != p && end[-1] == '\r')
        --end;
    return {{p, static_cast<std::size_t>(end - p)}, end};
}

/// The next quote that is not escaped by a backslash; nullptr where there is none.
const char *BlockParser::findQuote(const char *p)
{
    if (!m_dialect.quote.backslash)
        return static_cast<const char *>(std::memchr(p, m_quote, static_cast<std::size_t>(m_end - p)));
    for (; p < m_end; ++p) {
        if (*p == m_quote)
            return p;
        p += *p == '\\' ? 1 : 0;
    }
    return nullptr;
}

BlockParser::Field BlockParser::takeQuoted(const char *p)
{
    m_unquoted.clear();
    const std::uint64_t line = m_result.lines;
    ++p;
    for (;;) {
        const char *quote = findQuote(p);
        if (quote == nullptr) {
            fail(line,
                 m_quote == '"' ? "opens a double quote that is never closed." : "opens a quote that is never closed.",
                 "Close the quote, or double it inside the field.");
            return {{}, m_end - 1};
        }
        m_result.lines += static_cast<std::uint64_t>(std::count(p, quote, '\n'));
        if (m_dialect.quote.backslash)
            appendUnescaped(m_unquoted, {p, static_cast<std::size_t>(quote - p)}, m_quote);
        else
            m_unquoted.append(p, quote);
        p = quote + 1;
        if (*p != m_quote)
            break;
        m_unquoted += m_quote;
        ++p;
    }
    const char *end = p;
    while (!endsField(end))
        ++end;
    m_unquoted.append(p, end);
    return {m_unquoted, end};
}

const char *BlockParser::readNumberCell(const char *p, std::size_t column)
{
    double value = 0;
    if (static_cast<std::size_t>(m_end - p) > plainDecimalReach) {
        const char *end = readPlainDecimal(p, value);
        if (end != nullptr && endsField(end)) {
            m_result.columns[column].numbers[m_result.rows] = value;
            return end;
        }
    }
    return readOtherNumberCell(p, column);
}

const char *BlockParser::readOtherNumberCell(const char *p, std::size_t column)
{
    ColumnChunk &chunk = m_result.columns[column];
    double &value = chunk.numbers[m_result.rows];
    if (endsField(p)) {
        value = missingNumber;
        ++chunk.missing;
        return p;
    }
    const auto quick = fast_float::from_chars(p, m_end, value);
    if (quick.ec == std::errc{} && endsField(quick.ptr) && std::isfinite(value))
        return quick.ptr;
    const std::uint64_t line = m_result.lines;
    const Field field = takeField(p);
    takeNumber(readNumber(field.text, value, DecimalMark::Point), field.text, line, column);
    return field.end;
}

const char *BlockParser::readDialectNumberCell(const char *p, std::size_t column)
{
    double &value = m_result.columns[column].numbers[m_result.rows];
    if (m_dialect.missing.usual() && m_delimiter != ',' && static_cast<std::size_t>(m_end - p) > plainDecimalReach) {
        const char *end = readPlainDecimal<','>(p, value);
        if (end != nullptr && endsField(end))
            return end;
    }
    const std::uint64_t line = m_result.lines;
    const Field field = takeField(p);
    takeNumber(readNumber(field.text, value, m_dialect.decimalMark, m_dialect.missing), field.text, line, column);
    return field.end;
}

/// What follows from a cell that has been read into its place.
void BlockParser::takeNumber(NumberText read, std::string_view text, std::uint64_t line, std::size_t column)
{
    ColumnChunk &chunk = m_result.columns[column];
    if (read == NumberText::Finite)
        return;
    if (const auto place = m_plan[column].special.placeOf(text)) {
        ++chunk.missing;
        chunk.numbers[m_result.rows] = markedSpecial(*place);
        return;
    }
    switch (read) {
    case NumberText::Finite:
    case NumberText::Infinite:
        ++chunk.infinite;
        break;
    case NumberText::Missing:
        break;
    case NumberText::NotANumber:
        if (m_dialect.eitherMark && readsWithOtherMark(text, m_dialect.decimalMark)) {
            chunk.otherMark = true;
            break;
        }
        chunk.unreadable.add(line, text);
        break;
    }
    ++chunk.missing;
    chunk.numbers[m_result.rows] = missingNumber;
}

const char *BlockParser::readCategoryCell(const char *p, std::size_t column)
{
    constexpr unsigned wordBytes = 8;
    if (std::endian::native != std::endian::little || m_end - p <= std::ptrdiff_t{wordBytes})
        return readOtherCategoryCell(p, column);
    const std::uint64_t word = plaindecimal::eightBytes(p);
    const std::uint64_t ends = bytesEqual(word, m_delimiter) | bytesEqual(word, '\n');
    const auto length = static_cast<unsigned>(std::countr_zero(ends)) / wordBytes;
    if (length == 0 || length == wordBytes || *p == m_quote || p[length - 1] == '\r')
        return readOtherCategoryCell(p, column);
    const std::uint64_t text = word & (~std::uint64_t{0} >> (64 - wordBytes * length));
    const std::uint64_t key = text | std::uint64_t{length} << 56U; // at most 7 bytes of text
    ShortTexts &known = m_shortTexts[column];
    const std::size_t slot = (key * 0x9E3779B97F4A7C15U) >> 56U;
    ColumnChunk &chunk = m_result.columns[column];
    if (known.keys[slot] == key) {
        m_codes[column].push_back(known.codes[slot]);
        return p + length;
    }
    const std::uint64_t missing = chunk.missing;
    const char *end = readOtherCategoryCell(p, column);
    if (chunk.missing == missing) {
        known.keys[slot] = key;
        known.codes[slot] = m_codes[column].back();
    }
    return end;
}

const char *BlockParser::readOtherCategoryCell(const char *p, std::size_t column)
{
    ColumnChunk &chunk = m_result.columns[column];
    const Field field = takeField(p);
    if (m_dialect.missing.contains(field.text) && !m_plan[column].special.placeOf(field.text)) {
        ++chunk.missing;
        m_codes[column].push_back(missingCode);
    } else {
        m_codes[column].push_back(chunk.dictionary.codeOf(field.text));
    }
    return field.end;
}

const char *BlockParser::readTextCell(const char *p, std::size_t column)
{
    ColumnChunk &chunk = m_result.columns[column];
    const Field field = takeField(p);
    if (m_result.problem)
        return field.end;
    const bool missing = m_dialect.missing.contains(field.text) && !m_plan[column].special.placeOf(field.text);
    chunk.missing += missing ? 1 : 0;
    chunk.digests[m_result.rows] = missing ? missingDigest : cellDigest(field.text);
    return field.end;
}

const char *BlockParser::readDayCell(const char *p, std::size_t column)
{
    ColumnChunk &chunk = m_result.columns[column];
    const std::uint64_t line = m_result.lines;
    const Field field = takeField(p);
    constexpr std::size_t dateLength = 10; // 2015-07-01
    const std::string_view date = field.text.substr(0, dateLength);
    if (m_lastDay != missingDay && date == m_lastDayText &&
        (field.text.size() == date.size() ||
         (date.size() == dateLength && isTimeOfDay(field.text.substr(dateLength))))) {
        m_days[column].push_back(m_lastDay);
        return field.end;
    }
    if (isMissingText(field.text)) {
        ++chunk.missing;
        m_days[column].push_back(missingDay);
        return field.end;
    }
    const auto day = readDay(field.text);
    if (!day)
        takeNoDate(field.text, line, column);
    m_lastDayText = readDay(date) ? date : std::string_view{};
    m_lastDay = day.value_or(missingDay);
    m_days[column].push_back(m_lastDay);
    return field.end;
}

const char *BlockParser::readDialectDayCell(const char *p, std::size_t column)
{
    ColumnChunk &chunk = m_result.columns[column];
    const ColumnPlan &plan = m_plan[column];
    const std::uint64_t line = m_result.lines;
    const Field field = takeField(p);
    if (m_lastDay != missingDay && field.text == m_lastDayText) {
        m_days[column].push_back(m_lastDay);
        return field.end;
    }
    if (m_dialect.missing.contains(field.text)) {
        ++chunk.missing;
        m_days[column].push_back(missingDay);
        return field.end;
    }
    const auto day = readDay(field.text, plan.dateFormat);
    if (plan.eitherOrder) {
        const bool readsSo = readDay(field.text, *otherOrder(plan.dateFormat)).has_value();
        chunk.otherOrder = chunk.otherOrder || (!day && readsSo);
        chunk.provenOrder = chunk.provenOrder || (day && !readsSo);
    }
    if (!day)
        takeNoDate(field.text, line, column);
    m_lastDayText = day ? field.text : std::string_view{};
    m_lastDay = day.value_or(missingDay);
    m_days[column].push_back(m_lastDay);
    return field.end;
}

/// A date that is one with day and month the other way says that others were misread, and ends the reading.
void BlockParser::takeNoDate(std::string_view text, std::uint64_t line, std::size_t column)
{
    ColumnChunk &chunk = m_result.columns[column];
    if (chunk.otherOrder)
        return;
    ++chunk.missing;
    const ColumnPlan &plan = m_plan[column];
    const auto other = otherOrder(plan.dateFormat);
    if (other && readDay(text, *other))
        fail(line,
             "column \"" + plan.name + "\": " + quotedExcerpt(text) + " is no date in the format " +
                 inWords(plan.dateFormat) + ", but one in " + inWords(*other) + ".",
             "Choose the other format, or write all dates in one.");
    else
        chunk.unreadable.add(line, text);
}

std::size_t wholeRecords(std::string_view text, char delimiter, QuoteStyle quote)
{
    if (quote.mark == 0 || text.find(quote.mark) == std::string_view::npos) {
        const auto last = text.rfind('\n');
        return last == std::string_view::npos ? 0 : last + 1;
    }
    return quote.backslash ? wholeQuotedRecords<true>(text, delimiter, quote.mark)
                           : wholeQuotedRecords<false>(text, delimiter, quote.mark);
}

std::vector<std::string> splitRecord(std::string_view text, char delimiter, QuoteStyle quote, std::size_t &consumed)
{
    std::vector<std::string> fields(1);
    std::size_t i = 0;
    bool quoted = false;
    bool start = true;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            const char next = i + 1 < text.size() ? text[i + 1] : '\0';
            if (quote.backslash && c == '\\' && (next == quote.mark || next == '\\')) {
                fields.back() += next;
                ++i;
            } else if (c != quote.mark) {
                fields.back() += c;
            } else if (next == quote.mark) {
                fields.back() += c;
                ++i;
            } else {
                quoted = false;
            }
        } else if (c == quote.mark && quote.mark != 0 && start) {
            quoted = true;
            start = false;
        } else if (c == delimiter) {
            fields.emplace_back();
            start = true;
        } else if (c == '\n') {
            ++i;
            break;
        } else {
            if (!(c == '\r' && i + 1 < text.size() && text[i + 1] == '\n'))
                fields.back() += c;
            start = false;
        }
    }
    consumed = i;
    return fields;
}

} // namespace countersign
