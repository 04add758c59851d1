// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/mixedcolumns.h"

#include "core/base/error.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/dialecttext.h"

#include <algorithm>
#include <optional>

namespace countersign {

namespace {

/// Of each category whether it is a number; empty where all are, or none.
std::vector<bool> numbersAmong(const LogColumn &column, DecimalMark mark)
{
    std::vector<bool> numbers;
    for (const std::string &text : column.categories) {
        double value = 0;
        numbers.push_back(readNumber(text, value, mark) != NumberText::NotANumber);
    }
    const auto count = std::count(numbers.begin(), numbers.end(), true);
    if (count == 0 || count == static_cast<std::ptrdiff_t>(numbers.size()))
        numbers.clear();
    return numbers;
}

std::string remarkOn(const LogTable &log, const LogColumn &column, const std::vector<bool> &isNumber)
{
    std::uint64_t numbers = 0;
    std::uint64_t texts = 0;
    std::uint64_t row = 0;
    std::uint64_t firstRow = 0;
    std::uint32_t firstCode = 0;
    ColumnPass pass(column);
    for (const ColumnChunk &chunk : column.chunks) {
        for (const std::uint32_t code : chunk.codes) {
            if (code != missingCode && isNumber[code]) {
                ++numbers;
            } else if (code != missingCode && texts++ == 0) {
                firstRow = row;
                firstCode = code;
            }
            ++row;
        }
        pass.passed(chunk.codes.size());
    }
    if (texts >= numbers)
        return {};
    return "Column " + quotedExcerpt(column.name) + " is compared as categories: " + std::to_string(texts) +
           " of its " + std::to_string(numbers + texts) + " values " +
           (texts == 1 ? "is no number" : "are no numbers") + ", first " + quotedExcerpt(column.categories[firstCode]) +
           " in " + placeOfRow(log, firstRow) +
           ". Correct them, or name them as missing, to have it compared as numbers.";
}

} // namespace

std::string placeOfRow(const LogTable &log, std::uint64_t row)
{
    for (const LogSource &source : log.sources) {
        if (row < source.rows)
            return "row " + std::to_string(row + 1) + " of " + source.name;
        row -= source.rows;
    }
    return "row " + std::to_string(row + 1) + " of " + log.fileName;
}

std::vector<std::string> remarksOnMixedColumns(const LogTable &log, const std::set<std::string> &asText)
{
    std::vector<std::string> remarks;
    const DecimalMark mark = !log.sources.empty() && log.sources.front().dialect.decimalMark == DecimalMark::Comma
                                 ? DecimalMark::Comma
                                 : DecimalMark::Point;
    for (const LogColumn &column : log.columns) {
        if (column.kind != CellKind::Category || asText.contains(column.name))
            continue;
        const std::vector<bool> numbers = numbersAmong(column, mark);
        if (numbers.empty())
            continue;
        if (std::string remark = remarkOn(log, column, numbers); !remark.empty())
            remarks.push_back(std::move(remark));
    }
    return remarks;
}

std::string remarkOnUnreadable(const UnreadableColumn &column)
{
    const bool days = column.kind == CellKind::Day;
    const bool one = column.unreadable == 1;
    return "Column " + quotedExcerpt(column.name) + ": " + std::to_string(column.unreadable) + " of its " +
           std::to_string(column.values) + " values " + (one ? "is no " : "are no ") + (days ? "date" : "number") +
           (one ? " and counts" : "s and count") + " as missing, first " + column.first +
           (days ? "." : ". Correct what is wrong, or read the column as categorical.");
}

std::vector<std::string> remarksOnUnreadableCells(const LogTable &log)
{
    std::vector<std::string> remarks;
    for (const LogColumn &column : log.columns) {
        if (column.unreadable > 0)
            remarks.push_back(
                remarkOnUnreadable({column.name, column.kind, column.unreadable,
                                    log.rows - column.missing + column.unreadable, column.firstUnreadable}));
    }
    return remarks;
}

void requireDates(const LogTable &log, const std::string &timeColumn)
{
    if (timeColumn.empty())
        return;
    const LogColumn &time = log.column(timeColumn);
    if (time.unreadable <= log.rows - time.missing)
        return;
    throw Exception(ErrorCode::InvalidInput,
                    "Column " + quotedExcerpt(timeColumn) + " of " + log.fileName + ": " +
                        std::to_string(time.unreadable) + " of its " +
                        std::to_string(log.rows - time.missing + time.unreadable) + " values are no dates, first " +
                        time.firstUnreadable + ".",
                    "Choose another time column or date format. Dates are written as 2015-07-01, 2015-07-01 10:52:03, "
                    "2015-07 or 2015, or all in one other format.");
}

} // namespace countersign
