// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/preview.h"

#include "core/monitoring/bytesource.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/loghead.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/parquet/parquetlog.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <set>

namespace countersign {

namespace {

constexpr std::size_t previewBytes = std::size_t{1} << 20;
constexpr std::size_t previewRows = 5000;
constexpr std::size_t shownSamples = 5;

struct ColumnFacts
{
    std::set<std::string> values;
    bool inUnitInterval = true; ///< every number from 0 to 1
    bool binary = false;        ///< at most two distinct values, among 0 and 1 or two texts
    std::optional<std::int32_t> firstDay;
    std::optional<std::int32_t> lastDay;
};

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

PreviewColumn describe(const LogHead &head, std::size_t index, ColumnFacts &facts)
{
    PreviewColumn column;
    column.name = head.names[index];
    bool allNumbers = true;
    bool allDays = true;
    for (const auto &record : head.records) {
        const std::string text = isValidUtf8(record[index]) ? record[index] : utf8FromLatin1(record[index]);
        const bool missing = isMissingText(text);
        if (column.samples.size() < shownSamples)
            column.samples.push_back(missing ? std::string() : text);
        if (missing) {
            ++column.missing;
            continue;
        }
        facts.values.insert(text);
        double value = 0;
        const NumberText number = readNumber(text, value);
        allNumbers = allNumbers && number != NumberText::NotANumber;
        facts.inUnitInterval = facts.inUnitInterval && number == NumberText::Finite && value >= 0 && value <= 1;
        const auto day = readDay(text);
        allDays = allDays && day;
        if (day) {
            facts.firstDay = std::min(facts.firstDay.value_or(*day), *day);
            facts.lastDay = std::max(facts.lastDay.value_or(*day), *day);
        }
    }
    const bool any = !facts.values.empty();
    column.distinct = facts.values.size();
    column.type = allNumbers ? ColumnType::Numeric : ColumnType::Categorical;
    const std::string lower = lowerCase(column.name);
    const bool namedYear = lower.find("year") != std::string::npos || lower.find("date") != std::string::npos;
    column.isTime = any && allDays && (!allNumbers || namedYear); // "2015" is a year only where the name says so
    facts.inUnitInterval = facts.inUnitInterval && any;
    facts.binary = facts.values.size() == 2 && (!allNumbers || facts.values == std::set<std::string>{"0", "1"});
    return column;
}

/// The first name, in order of preference, whose column is suitable and not yet taken.
class RoleGuesser
{
public:
    RoleGuesser(const std::vector<PreviewColumn> &columns, const std::vector<ColumnFacts> &facts)
        : m_columns(columns)
        , m_facts(facts)
    {
    }

    template <class Suitable>
    [[nodiscard]] std::string pick(std::initializer_list<std::string_view> words, Suitable suitable)
    {
        constexpr std::size_t tooShortToContain = 4; // "ts" or "y" stand in many names
        for (const bool exact : {true, false}) {
            for (const std::string_view word : words) {
                if (!exact && !word.empty() && word.size() < tooShortToContain)
                    continue;
                for (std::size_t i = 0; i < m_columns.size(); ++i) {
                    const std::string name = lowerCase(m_columns[i].name);
                    const bool named = exact ? name == word : name.find(word) != std::string::npos;
                    if (named && !m_taken.contains(m_columns[i].name) && suitable(m_columns[i], m_facts[i])) {
                        m_taken.insert(m_columns[i].name);
                        return m_columns[i].name;
                    }
                }
            }
        }
        return {};
    }

private:
    const std::vector<PreviewColumn> &m_columns;
    const std::vector<ColumnFacts> &m_facts;
    std::set<std::string> m_taken;
};

ColumnRoles guessRoles(const std::vector<PreviewColumn> &columns, const std::vector<ColumnFacts> &facts)
{
    RoleGuesser guesser(columns, facts);
    const auto isTime = [](const PreviewColumn &column, const ColumnFacts &) { return column.isTime; };
    const auto isUnit = [](const PreviewColumn &, const ColumnFacts &f) { return f.inUnitInterval && !f.binary; };
    const auto isNumber = [](const PreviewColumn &column, const ColumnFacts &) {
        return column.type == ColumnType::Numeric && !column.isTime;
    };
    const auto isOutcome = [](const PreviewColumn &column, const ColumnFacts &f) {
        return !column.isTime && (column.type == ColumnType::Numeric || f.binary);
    };
    const auto isSegment = [](const PreviewColumn &column, const ColumnFacts &f) {
        return !column.isTime && f.values.size() >= 2 && f.values.size() <= 50;
    };
    ColumnRoles roles;
    roles.time = guesser.pick({"timestamp", "scored_at", "ts", "date", "time", "month", "year", ""}, isTime);
    roles.target = guesser.pick({"target", "actual", "label", "outcome", "default", "y", "y_true"}, isOutcome);
    roles.score = guesser.pick({"score", "predicted_probability", "probability", "prob", "pd", "y_score"}, isUnit);
    if (roles.score.empty())
        roles.score = guesser.pick({"score"}, isNumber);
    roles.prediction = guesser.pick({"prediction", "predicted", "forecast", "y_pred"}, isNumber);
    roles.segment = guesser.pick({"segment", "portfolio", "region", "channel"}, isSegment);
    return roles;
}

PeriodKind guessPeriod(const ColumnRoles &roles, const std::vector<PreviewColumn> &columns,
                       const std::vector<ColumnFacts> &facts, bool wholeFile)
{
    if (roles.time.empty())
        return PeriodKind::Rows;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name != roles.time || !facts[i].firstDay || !facts[i].lastDay)
            continue;
        if (columns[i].samples.front().size() == 4)
            return PeriodKind::Year;
        const std::int32_t days = *facts[i].lastDay - *facts[i].firstDay;
        if (wholeFile && days > 6 * 366)
            return PeriodKind::Year;
        if (wholeFile && days < 21)
            return PeriodKind::Day;
    }
    return PeriodKind::Month;
}

/// From the length of the sampled rows; a packed file is taken to unpack throughout as its first bytes do.
std::uint64_t estimateRows(const ByteSource &source, const LogHead &head, std::size_t readBytes, bool readAll,
                           bool sampledAll)
{
    if (sampledAll || head.records.empty())
        return head.records.size();
    auto total = static_cast<double>(source.fileSize());
    if (readAll)
        total = static_cast<double>(readBytes);
    else if (source.packing() != Packing::None)
        total *= static_cast<double>(readBytes) / static_cast<double>(source.filePosition());
    const double body = total - static_cast<double>(head.bodyAt);
    return static_cast<std::uint64_t>(body * static_cast<double>(head.records.size()) /
                                      static_cast<double>(head.sampledBytes));
}

/// A Parquet file's columns and rows in the form of a text log's.
LogPreview previewParquet(const std::string &path)
{
    ParquetHead parquet = readParquetHead(path, previewRows);
    LogHead head;
    head.names = std::move(parquet.names);
    head.records = std::move(parquet.records);
    LogPreview result;
    result.parquet = true;
    result.sampledRows = head.records.size();
    result.estimatedRows = parquet.rows;
    result.wholeFile = result.sampledRows == parquet.rows;
    std::vector<ColumnFacts> facts(head.names.size());
    for (std::size_t i = 0; i < head.names.size(); ++i) {
        result.columns.push_back(describe(head, i, facts[i]));
        result.columns.back().type = parquet.types[i];
    }
    result.roles = guessRoles(result.columns, facts);
    result.period = guessPeriod(result.roles, result.columns, facts, result.wholeFile);
    if (head.records.empty())
        result.warnings.push_back(fileNameOf(path) + " holds columns but no rows.");
    return result;
}

} // namespace

LogPreview preview(const std::string &path)
{
    if (isParquet(path))
        return previewParquet(path);
    ByteSource source(path);
    std::string start(previewBytes, '\0');
    start.resize(source.read(start.data(), start.size()));
    const bool whole = start.size() < previewBytes;
    const LogHead head = readLogHead(start, whole, fileNameOf(path), previewRows);

    LogPreview result;
    result.delimiter = head.delimiter;
    result.gzip = source.packing() == Packing::Gzip;
    result.zstd = source.packing() == Packing::Zstd;
    result.byteOrderMark = head.byteOrderMark;
    result.sampledRows = head.records.size();
    result.wholeFile = whole && head.bodyAt + head.sampledBytes >= start.size();
    result.estimatedRows = estimateRows(source, head, start.size(), whole, result.wholeFile);
    std::vector<ColumnFacts> facts(head.names.size());
    for (std::size_t i = 0; i < head.names.size(); ++i)
        result.columns.push_back(describe(head, i, facts[i]));
    result.roles = guessRoles(result.columns, facts);
    result.period = guessPeriod(result.roles, result.columns, facts, result.wholeFile);
    if (head.records.empty())
        result.warnings.push_back(fileNameOf(path) + " holds a header but no rows.");
    return result;
}

} // namespace countersign
