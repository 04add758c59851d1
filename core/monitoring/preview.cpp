// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/preview.h"

#include "core/base/decimal.h"
#include "core/monitoring/bytesource.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/dialecttext.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/logopening.h"
#include "core/monitoring/numbersandtexts.h"
#include "core/monitoring/parquet/parquetlog.h"
#include "core/monitoring/profile/profile.h"
#include "core/monitoring/roleguess.h"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

namespace countersign {

namespace {

constexpr std::size_t previewRows = 5000;
constexpr std::size_t shownSamples = 5;
constexpr std::size_t shownRows = 20;

/// Sampled records of all files, in columns of the log.
struct Sample
{
    std::vector<std::string> names;
    Records records;                ///< empty where a file has no such column
    std::vector<DecimalMark> marks; ///< of each record
    std::vector<std::string> files; ///< likewise; empty for a log of one file
    std::vector<std::uint64_t> lines;
    MissingTexts missing;
    DateFormat dateFormat = DateFormat::Automatic; ///< as asked for
};

struct SampledFacts : ColumnFacts
{
    GuessedDateFormat date;
    std::string misfit; ///< of the date format that was chosen, where another reads the column
};

constexpr std::string_view timeWords[] = {"year", "date", "time", "month", "day", "epoch", "stamp"};

/// Whether a column of numbers may be days: "2015" is a year, and "1435708800" a moment, only where the name says so.
bool namesTime(const std::string &name)
{
    const std::string lower = boost::to_lower_copy(name);
    return lower == "ts" || std::any_of(std::begin(timeWords), std::end(timeWords), [&lower](std::string_view word) {
               return lower.find(word) != std::string::npos;
           });
}

/// Whether numbers may be Excel's days: "days_employed" and "wait_time" hold others like them.
bool namesDate(const std::string &name)
{
    const std::string lower = boost::to_lower_copy(name);
    return lower == "day" || lower.find("date") != std::string::npos;
}

/// Why a column of dates is none in the format that was chosen; empty where it is no column of dates at all.
std::string againstDates(const Sample &sample, std::size_t index, const std::vector<std::string_view> &present)
{
    if (!guessDateFormat(present, sample.missing, DateFormat::Automatic).nearlyAll)
        return {};
    for (std::size_t i = 0; i < sample.records.size(); ++i) {
        const std::string &text = sample.records[i][index];
        if (!sample.missing.contains(text) && !readDay(text, sample.dateFormat))
            return cellInWords(text, sample.names[index], sample.lines[i]) +
                   (sample.files[i].empty() ? "" : " of " + sample.files[i]) + " is then no date";
    }
    return {};
}

PreviewColumn describe(const Sample &sample, std::size_t index, SampledFacts &facts)
{
    PreviewColumn column;
    column.name = sample.names[index];
    NumbersAndTexts found;
    facts.inUnitInterval = facts.whole = facts.running = true;
    double before = -std::numeric_limits<double>::infinity();
    std::set<std::string> values;
    std::vector<std::string_view> present;
    for (std::size_t i = 0; i < sample.records.size(); ++i) {
        const std::string &text = sample.records[i][index];
        const bool missing = sample.missing.contains(text);
        if (column.samples.size() < shownSamples)
            column.samples.push_back(missing ? std::string() : text);
        if (missing) {
            ++column.missing;
            continue;
        }
        values.insert(text);
        present.push_back(text);
        double value = 0;
        const NumberText number = readNumber(text, value, sample.marks[i], sample.missing);
        found.add(number, value);
        facts.inUnitInterval = facts.inUnitInterval && (number == NumberText::NotANumber ||
                                                        (number == NumberText::Finite && value >= 0 && value <= 1));
        facts.whole = facts.whole && number == NumberText::Finite && value == std::floor(value);
        facts.running = facts.running && number == NumberText::Finite && value > before;
        before = value;
    }
    const bool any = !values.empty();
    column.distinct = facts.distinct = values.size();
    if (values.size() <= mostPreviewedValues)
        column.values.assign(values.begin(), values.end());
    const bool numbers = found.ofNumbers();
    column.type = numbers ? ColumnType::Numeric : ColumnType::Categorical;
    if (any && (!numbers || namesTime(column.name))) {
        facts.date = guessDateFormat(present, sample.missing, sample.dateFormat);
        if (facts.date.format == DateFormat::ExcelDays && !facts.date.guess.chosen && !namesDate(column.name))
            facts.date = {};
        column.isTime = facts.date.nearlyAll;
        if (!column.isTime && sample.dateFormat != DateFormat::Automatic)
            facts.misfit = againstDates(sample, index, present);
    }
    for (std::size_t i = 0; i < present.size() && column.isTime; ++i) {
        const auto read = readDay(present[i], facts.date.format);
        if (!read)
            continue;
        const Date day{std::chrono::days(*read)};
        facts.firstDay = std::min(facts.firstDay.value_or(day), day);
        facts.lastDay = std::max(facts.lastDay.value_or(day), day);
    }
    constexpr std::size_t yearDigits = 4;
    facts.years = column.isTime && present.front().size() == yearDigits;
    facts.inUnitInterval = facts.inUnitInterval && numbers && any;
    facts.binary = values.size() == 2 && (!numbers || values == std::set<std::string>{"0", "1"});
    return column;
}

/// A cell as it is understood.
std::string parsedCell(const std::string &text, const PreviewColumn &column, const SampledFacts &facts,
                       const Sample &sample, DecimalMark mark)
{
    if (sample.missing.contains(text))
        return {};
    if (column.isTime) {
        const auto day = readDay(text, facts.date.format);
        return day ? toString(Date(std::chrono::days(*day))) : text;
    }
    double value = 0;
    if (column.type == ColumnType::Numeric && readNumber(text, value, mark, sample.missing) == NumberText::Finite)
        return decimalFromDouble(value);
    return text;
}

/// Columns, rows, roles and span of the sample; `types` are known of Parquet.
std::vector<SampledFacts> describeSample(const Sample &sample, LogPreview &result,
                                         const std::vector<ColumnType> *types = nullptr)
{
    std::vector<SampledFacts> facts(sample.names.size());
    for (std::size_t i = 0; i < sample.names.size(); ++i)
        result.columns.push_back(describe(sample, i, facts[i]));
    for (std::size_t row = 0; row < std::min(shownRows, sample.records.size()); ++row) {
        std::vector<std::string> cells;
        cells.reserve(sample.names.size());
        for (std::size_t i = 0; i < sample.names.size(); ++i)
            cells.push_back(parsedCell(sample.records[row][i], result.columns[i], facts[i], sample, sample.marks[row]));
        result.rows.push_back(std::move(cells));
    }
    for (std::size_t i = 0; types != nullptr && i < types->size(); ++i)
        result.columns[i].type = (*types)[i];
    const std::vector<ColumnFacts> plain(facts.begin(), facts.end());
    for (std::size_t i = 0; i < plain.size(); ++i)
        result.columns[i].identifier = looksLikeIdentifier(result.columns[i], plain[i], sample.records.size());
    result.roles = guessRoles(result.columns, plain);
    result.period = guessPeriod(result.roles, result.columns, plain, result.wholeFile);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (result.columns[i].name != result.roles.time)
            continue;
        result.from = facts[i].firstDay;
        result.to = facts[i].lastDay;
    }
    return facts;
}

/// Of a packed file: what its own end or start declares where that is believable, else as if it unpacked throughout as
/// its first bytes do.
double unpackedBytes(const OpenedFile &file)
{
    const double ratio =
        static_cast<double>(file.startLength) / static_cast<double>(std::max<std::uint64_t>(1, file.startBytes));
    const double guess = static_cast<double>(file.fileBytes) * ratio;
    if (file.packing == Packing::None || !file.declaredBytes)
        return guess;
    constexpr double wrap = 4294967296.0; // gzip declares the length modulo 2^32
    const auto declared = static_cast<double>(*file.declaredBytes);
    const double turns = file.packing == Packing::Gzip ? std::max(0.0, std::round((guess - declared) / wrap)) : 0;
    const double length = declared + turns * wrap;
    constexpr double believable = 5; // beyond it the file holds several members, and declares the last or first
    return length > guess / believable && length < guess * believable ? length : guess;
}

/// From the length of the rows at the start.
std::uint64_t estimateRows(const OpenedFile &file)
{
    const LogHead &head = file.head;
    const bool sampledAll = file.whole && head.bodyAt + head.sampledBytes >= file.startLength;
    if (sampledAll || head.records.empty())
        return head.records.size();
    const double total = file.whole ? static_cast<double>(file.startLength) : unpackedBytes(file);
    const double body = std::max(0.0, total - static_cast<double>(head.bodyAt));
    return static_cast<std::uint64_t>(
        std::llround(body * static_cast<double>(head.records.size()) / static_cast<double>(head.sampledBytes)));
}

Sample sampleOf(const LogOpening &opening, const LogDialect &asked)
{
    Sample sample{opening.names, {}, {}, {}, {}, MissingTexts(asked.missing), asked.dateFormat};
    for (const OpenedFile &file : opening.files) {
        for (std::size_t row = 0; row < file.head.records.size(); ++row) {
            const auto &record = file.head.records[row];
            if (sample.records.size() == previewRows)
                return sample;
            std::vector<std::string> cells(opening.names.size());
            for (std::size_t i = 0; i < file.places.size(); ++i)
                cells[file.places[i]] = record[i];
            sample.records.push_back(std::move(cells));
            sample.marks.push_back(file.head.decimalMark);
            sample.files.push_back(opening.files.size() > 1 ? file.name : std::string());
            sample.lines.push_back(file.head.lines[row]);
        }
    }
    return sample;
}

/// A text other than the missing words that stands among numbers: maybe missing values, too.
std::string oddWord(const Sample &sample)
{
    for (std::size_t column = 0; column < sample.names.size(); ++column) {
        std::string word;
        std::size_t words = 0;
        std::size_t numbers = 0;
        bool several = false;
        for (std::size_t i = 0; i < sample.records.size() && !several; ++i) {
            const std::string &text = sample.records[i][column];
            double value = 0;
            const NumberText read = readNumber(text, value, sample.marks[i], sample.missing);
            if (read != NumberText::NotANumber) {
                numbers += read == NumberText::Missing ? 0 : 1;
                continue;
            }
            several = words > 0 && text != word;
            word = text;
            ++words;
        }
        if (!several && words > 0 && numbers > words)
            return quotedExcerpt(word) + " stands among the numbers of column " + quotedExcerpt(sample.names[column]) +
                   ": add it if it means missing";
    }
    return {};
}

DialectGuess missingGuess(const Sample &sample, const LogDialect &asked)
{
    std::string words;
    for (const std::string &word : asked.missing ? *asked.missing : usualMissingWords())
        words += (words.empty() ? "" : ", ") + word;
    const std::string value = "empty" + (words.empty() ? std::string() : ", " + words);
    const std::string odd = oddWord(sample);
    if (asked.missing)
        return chosenPart("missing", value, odd);
    return {"missing", value, odd.empty() ? "the usual words" : odd, odd.empty()};
}

void describeDialect(const LogOpening &opening, const Sample &sample, const std::vector<SampledFacts> &facts,
                     const LogDialect &asked, LogPreview &result)
{
    const OpenedFile &first = opening.files.front();
    result.dialect = first.dialect(asked);
    result.delimiter = first.head.delimiter;
    result.guesses = first.head.guesses;
    DialectGuess date{"dateFormat", "none", "there is no column of dates", true};
    for (std::size_t i = 0; i < sample.names.size(); ++i) {
        if (!facts[i].misfit.empty() && !date.chosen)
            date = chosenPart("dateFormat", inWords(asked.dateFormat), facts[i].misfit);
        if (sample.names[i] != result.roles.time)
            continue;
        date = facts[i].date.guess;
        result.dialect.dateFormat = facts[i].date.format;
    }
    result.guesses.push_back(std::move(date));
    result.guesses.push_back(first.encodingGuess);
    result.guesses.push_back(missingGuess(sample, asked));
    std::rotate(result.guesses.begin() + 2, result.guesses.begin() + 3, result.guesses.begin() + 6); // header after
    result.guesses.push_back(first.head.skipGuess);
}

/// The columns and rows of Parquet files in the form of a text log's.
LogPreview previewParquet(const LogFiles &files, DateFormat dateFormat)
{
    ParquetHead parquet = readParquetHead(files, previewRows);
    Sample sample;
    sample.dateFormat = dateFormat;
    sample.names = std::move(parquet.names);
    sample.records = std::move(parquet.records);
    sample.marks.assign(sample.records.size(), DecimalMark::Point);
    sample.files.resize(sample.records.size());
    sample.lines.resize(sample.records.size());
    LogPreview result;
    result.parquet = true;
    for (std::size_t i = 0; i < files.paths.size(); ++i) {
        const std::string &path = files.paths[i];
        result.files.push_back({path, fileNameOf(path), ByteSource(path).fileSize(), parquet.rows[i]});
        result.estimatedRows += parquet.rows[i];
    }
    result.warnings = std::move(parquet.remarks);
    result.sampledRows = sample.records.size();
    result.wholeFile = result.sampledRows == result.estimatedRows;
    describeSample(sample, result, &parquet.types);
    if (sample.records.empty())
        result.warnings.push_back(fileNameOf(files.paths.front()) + " holds columns but no rows.");
    return result;
}

} // namespace

LogPreview preview(const std::string &path, const LogDialect &dialect, const std::vector<std::string> &morePaths,
                   const CancelToken &cancel)
{
    if (const auto parquet = listParquetFiles(path, morePaths))
        return previewParquet(*parquet, dialect.dateFormat);
    const LogOpening opening = openLog({path, morePaths, dialect, {}, previewRows}, cancel);
    const OpenedFile &first = opening.files.front();

    LogPreview result;
    result.gzip = first.packing == Packing::Gzip;
    result.zstd = first.packing == Packing::Zstd;
    result.byteOrderMark = first.byteOrderMark;
    result.warnings = opening.remarks;
    result.wholeFile = true;
    for (const OpenedFile &file : opening.files) {
        const std::uint64_t rows = estimateRows(file);
        result.files.push_back({file.path, file.name, file.fileBytes, rows});
        result.estimatedRows += rows;
        result.wholeFile = result.wholeFile && rows == file.head.records.size();
        if (file.head.oddLine > 0)
            result.warnings.push_back(file.name + " line " + std::to_string(file.head.oddLine) + " has " +
                                      std::to_string(file.head.oddFields) +
                                      (file.head.oddFields == 1 ? " field" : " fields") + " where the header has " +
                                      std::to_string(file.head.names.size()) + "; a run ends there.");
        else if (file.head.records.empty())
            result.warnings.push_back(file.name + " holds a header but no rows.");
    }
    const Sample sample = sampleOf(opening, dialect);
    result.sampledRows = sample.records.size();
    const std::vector<SampledFacts> facts = describeSample(sample, result);
    for (PreviewColumn &column : result.columns)
        column.unnamed = opening.unnamed.contains(column.name);
    describeDialect(opening, sample, facts, dialect, result);
    if (isProfile(opening.names))
        describeProfile(readProfile(path, morePaths, dialect, 0, cancel, {}), result);
    return result;
}

} // namespace countersign
