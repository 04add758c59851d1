// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/profile/profile.h"

#include "core/base/csv.h"
#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/logopening.h"
#include "core/monitoring/parquet/parquetlog.h"
#include "core/monitoring/periods.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <numeric>
#include <regex>
#include <set>

namespace countersign {

namespace {

constexpr std::array profileColumns{"column", "period", "low", "high", "category", "count"};
constexpr std::string_view referencePeriod = "reference";

/// What one line counts.
struct ProfileLine
{
    std::uint64_t row = 0; ///< of the log, from 0
    std::size_t period = 0;
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    std::optional<std::string> category;
    std::optional<std::string> special;
    bool missing = false;
    std::uint64_t count = 0;

    [[nodiscard]] bool isBin() const { return !category && !special && !missing; }
};

/// Cells of a table by row.
class Cells
{
public:
    Cells(const LogTable &table, const std::string &column)
        : m_column(table.column(column))
    {
    }

    [[nodiscard]] std::optional<std::string> text(std::size_t chunk, std::size_t row) const
    {
        const std::uint32_t code = m_column.chunks[chunk].codes[row];
        return code == missingCode ? std::nullopt
                                   : std::optional(std::string(withoutDefusing(m_column.categories[code])));
    }
    [[nodiscard]] std::optional<double> number(std::size_t chunk, std::size_t row) const
    {
        const double value = m_column.chunks[chunk].numbers[row];
        return std::isnan(value) ? std::nullopt : std::optional(value);
    }

private:
    const LogColumn &m_column;
};

/// The calendar period that a label names.
std::optional<std::pair<PeriodKind, PeriodInfo>> calendarPeriod(const std::string &label)
{
    using namespace std::chrono;
    static const std::regex week(R"((\d{4})-W(\d{2}))");
    static const std::regex other(R"(\d{4}(-\d{2}(-\d{2})?)?)");
    constexpr std::size_t yearLength = 4;
    constexpr std::size_t monthLength = 7;
    std::smatch parts;
    if (std::regex_match(label, parts, week)) {
        const auto monday = mondayOfIsoWeek(std::stoi(parts[1]), std::stoi(parts[2]));
        if (!monday)
            return std::nullopt;
        return std::pair{PeriodKind::Week, PeriodInfo{label, monday, *monday + days(6)}};
    }
    if (!std::regex_match(label, other))
        return std::nullopt;
    const auto day = readDay(label);
    if (!day)
        return std::nullopt;
    const Date from{days(*day)};
    const year_month_day date(from);
    if (label.size() == yearLength)
        return std::pair{PeriodKind::Year, PeriodInfo{label, from, Date(date.year() / December / 31)}};
    if (label.size() == monthLength)
        return std::pair{PeriodKind::Month, PeriodInfo{label, from, Date(date.year() / date.month() / last)}};
    return std::pair{PeriodKind::Day, PeriodInfo{label, from, from}};
}

bool isReference(const std::string &label)
{
    return label.size() == referencePeriod.size() &&
           std::equal(label.begin(), label.end(), referencePeriod.begin(),
                      [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

class ProfileReader
{
public:
    explicit ProfileReader(LogTable log) { m_profile.log = std::move(log); }

    [[nodiscard]] Profile read() &&
    {
        takeLines();
        orderPeriods();
        for (const std::string &name : m_names)
            m_profile.columns.push_back(columnOf(name, m_lines[name]));
        return std::move(m_profile);
    }

private:
    [[noreturn]] void refuse(std::uint64_t row, const std::string &what, const std::string &remedy) const
    {
        // Of several files the place is within the one that holds the row; each has a line of names.
        std::uint64_t before = 0;
        const LogSource *source = &m_profile.log.sources.front();
        for (const LogSource &each : m_profile.log.sources) {
            source = &each;
            if (row < before + each.rows)
                break;
            before += each.rows;
        }
        throw Exception(ErrorCode::InvalidInput,
                        source->name + " line " + std::to_string(row - before + 2) + ": " + what, remedy);
    }

    void takeLines()
    {
        const LogTable &log = m_profile.log;
        const Cells column(log, "column");
        const Cells period(log, "period");
        const Cells low(log, "low");
        const Cells high(log, "high");
        const Cells category(log, "category");
        const Cells count(log, "count");
        std::uint64_t row = 0;
        for (std::size_t chunk = 0; chunk < log.chunkRows.size(); ++chunk) {
            for (std::size_t i = 0; i < log.chunkRows[chunk]; ++i, ++row) {
                const auto name = column.text(chunk, i);
                const auto label = period.text(chunk, i);
                const auto rows = count.number(chunk, i);
                if (!name || !label || !rows)
                    refuse(row,
                           std::string("the ") +
                               (!name    ? "column"
                                : !label ? "period"
                                         : "count") +
                               " is missing.",
                           "Every line of a profile needs column, period and count.");
                constexpr double mostRows = 9007199254740992.0; // 2^53
                if (*rows < 0 || *rows > mostRows || *rows != std::floor(*rows))
                    refuse(row, "the count " + decimalFromDouble(*rows) + " is no number of rows.",
                           "Give whole numbers from 0 on.");
                ProfileLine line;
                line.row = row;
                line.period = placeOf(*label);
                line.count = static_cast<std::uint64_t>(*rows);
                line.category = category.text(chunk, i);
                if (line.category && line.category->starts_with(profileSpecialPrefix)) {
                    line.special = line.category->substr(profileSpecialPrefix.size());
                    line.category.reset();
                }
                const auto from = low.number(chunk, i);
                const auto to = high.number(chunk, i);
                line.low = from.value_or(line.low);
                line.high = to.value_or(line.high);
                line.missing = !from && !to && !line.category && !line.special;
                if ((line.category || line.special) && (from || to))
                    refuse(row, "the line has a category and bounds.", "Give one or the other.");
                if (line.low > line.high)
                    refuse(row, "low is over high.", "Exchange them.");
                auto &lines = m_lines[*name];
                if (lines.empty())
                    m_names.push_back(*name);
                lines.push_back(std::move(line));
            }
        }
    }

    /// The number of a period as it first appeared.
    std::size_t placeOf(const std::string &label)
    {
        const auto [place, added] = m_places.emplace(label, m_places.size());
        if (added)
            m_labels.push_back(label);
        return place->second;
    }

    void orderPeriods()
    {
        std::vector<std::size_t> order;
        std::vector<PeriodInfo> periods;
        std::set<PeriodKind> kinds;
        for (std::size_t i = 0; i < m_labels.size(); ++i) {
            if (isReference(m_labels[i])) {
                if (m_profile.referenceLabel)
                    throw Exception(ErrorCode::InvalidInput,
                                    m_profile.log.fileName + " has the periods " +
                                        quotedExcerpt(*m_profile.referenceLabel) + " and " +
                                        quotedExcerpt(m_labels[i]) + ".",
                                    "Write the reference in one way.");
                m_profile.referenceLabel = m_labels[i];
                m_reference = i;
                continue;
            }
            const auto calendar = calendarPeriod(m_labels[i]);
            kinds.insert(calendar ? calendar->first : PeriodKind::Rows);
            periods.push_back(calendar ? calendar->second : PeriodInfo{m_labels[i], {}, {}});
            order.push_back(i);
        }
        if (periods.empty())
            throw Exception(ErrorCode::InvalidInput, m_profile.log.fileName + " has no period but the reference.",
                            "Add the counts of the periods to compare with it.");
        m_profile.kind = kinds.size() == 1 ? *kinds.begin() : PeriodKind::Rows;
        std::vector<std::size_t> sorted(periods.size());
        std::iota(sorted.begin(), sorted.end(), std::size_t{0});
        if (m_profile.kind != PeriodKind::Rows)
            std::sort(sorted.begin(), sorted.end(),
                      [&](std::size_t a, std::size_t b) { return periods[a].from < periods[b].from; });
        m_rowOf.assign(m_labels.size(), periods.size()); // the reference comes last
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            m_profile.periods.push_back(periods[sorted[i]]);
            m_rowOf[order[sorted[i]]] = i;
        }
    }

    [[nodiscard]] ProfileColumn columnOf(const std::string &name, const std::vector<ProfileLine> &lines) const
    {
        ProfileColumn column;
        column.name = name;
        const auto categorical =
            std::find_if(lines.begin(), lines.end(), [](const ProfileLine &line) { return line.category.has_value(); });
        const auto numeric =
            std::find_if(lines.begin(), lines.end(), [](const ProfileLine &line) { return line.isBin(); });
        if (categorical != lines.end() && numeric != lines.end())
            refuse(std::max(categorical->row, numeric->row),
                   "column " + quotedExcerpt(name) + " has bounds in some lines and categories in others.",
                   "Give bins of numbers, or categories.");
        for (const ProfileLine &line : lines) {
            if (line.special &&
                std::find(column.special.begin(), column.special.end(), *line.special) == column.special.end())
                column.special.push_back(*line.special);
        }
        const std::size_t apart = column.special.size() + 1;
        const std::size_t rows = m_profile.periods.size() + (m_reference ? 1 : 0);
        if (categorical != lines.end()) {
            column.type = ColumnType::Categorical;
            std::set<std::string> categories;
            for (const ProfileLine &line : lines) {
                if (line.category)
                    categories.insert(*line.category);
            }
            column.categories.assign(categories.begin(), categories.end());
            column.counts.assign(rows, std::vector<std::uint64_t>(column.categories.size() + apart, 0));
        } else {
            column.edges = edgesOf(name, lines);
            column.counts.assign(rows, std::vector<std::uint64_t>(column.edges.size() + 1 + apart, 0));
        }
        for (const ProfileLine &line : lines)
            column.counts[m_rowOf[line.period]][binOf(column, line)] += line.count;
        return column;
    }

    /// All bounds of a column that has no gaps and no overlaps.
    [[nodiscard]] std::vector<double> edgesOf(const std::string &name, const std::vector<ProfileLine> &lines) const
    {
        std::vector<ProfileLine> bins;
        std::copy_if(lines.begin(), lines.end(), std::back_inserter(bins),
                     [](const ProfileLine &line) { return line.isBin(); });
        std::sort(bins.begin(), bins.end(), [](const ProfileLine &a, const ProfileLine &b) {
            return std::pair(a.low, a.high) < std::pair(b.low, b.high);
        });
        std::vector<double> edges;
        for (std::size_t i = 0; i < bins.size(); ++i) {
            const ProfileLine &bin = bins[i];
            if (i > 0 && bin.low == bins[i - 1].low && bin.high == bins[i - 1].high)
                continue;
            if (i > 0 && bin.low != bins[i - 1].high)
                refuse(bin.row,
                       "the bin from " + decimalFromDouble(bin.low) + " to " + decimalFromDouble(bin.high) +
                           (bin.low < bins[i - 1].high ? " overlaps with" : " leaves a gap after") + " the one from " +
                           decimalFromDouble(bins[i - 1].low) + " to " + decimalFromDouble(bins[i - 1].high) +
                           " of column " + quotedExcerpt(name) + ".",
                       "Give all periods of a column the same bins, each beginning where another ends.");
            if (std::isfinite(bin.low) && (edges.empty() || edges.back() < bin.low))
                edges.push_back(bin.low);
            if (std::isfinite(bin.high))
                edges.push_back(bin.high);
        }
        return edges;
    }

    [[nodiscard]] static std::size_t binOf(const ProfileColumn &column, const ProfileLine &line)
    {
        if (line.missing)
            return column.counts.front().size() - 1;
        if (line.special)
            return column.counts.front().size() - 1 -
                   static_cast<std::size_t>(column.special.end() -
                                            std::find(column.special.begin(), column.special.end(), *line.special));
        if (line.category)
            return static_cast<std::size_t>(
                std::lower_bound(column.categories.begin(), column.categories.end(), *line.category) -
                column.categories.begin());
        // The bin up to `high`, and after it the one of that value alone.
        const auto edge = std::lower_bound(column.edges.begin(), column.edges.end(), line.high);
        return static_cast<std::size_t>(edge - column.edges.begin()) + (line.low == line.high ? 1 : 0);
    }

    Profile m_profile;
    std::vector<std::string> m_names;
    std::map<std::string, std::vector<ProfileLine>> m_lines;
    std::vector<std::string> m_labels;
    std::map<std::string, std::size_t> m_places;
    std::optional<std::size_t> m_reference;
    std::vector<std::size_t> m_rowOf; ///< of ProfileColumn::counts, by period as it first appeared
};

} // namespace

bool isProfile(const std::vector<std::string> &columns)
{
    return std::all_of(profileColumns.begin(), profileColumns.end(), [&columns](const char *name) {
        return std::find(columns.begin(), columns.end(), name) != columns.end();
    });
}

bool isProfileLog(const std::string &path, const std::vector<std::string> &morePaths, const LogDialect &dialect,
                  const CancelToken &cancel)
{
    const std::string first = listLogFiles(path, morePaths).paths.front();
    if (isParquet(first) || !std::filesystem::is_regular_file(first)) // a pipe can be read once only
        return false;
    OpeningRequest request{first, {}, dialect, {}};
    request.records = 1;
    request.headBytes = furtherHeadBytes; // enough for the names
    return isProfile(openLog(request, cancel).names);
}

Profile readProfile(const std::string &path, const std::vector<std::string> &morePaths, const LogDialect &dialect,
                    unsigned threads, const CancelToken &cancel, const Progress &progress)
{
    ReadRequest request;
    request.path = path;
    request.morePaths = morePaths;
    request.dialect = dialect;
    request.categorical = {"column", "period", "category"};
    request.numeric = {"low", "high", "count"};
    request.wanted.emplace(profileColumns.begin(), profileColumns.end());
    request.mostTexts = std::numeric_limits<std::size_t>::max();
    LogTable log = readLog(request, threads, cancel, progress);
    for (const LogColumn &column : log.columns) {
        if (column.unreadable > 0)
            throw Exception(ErrorCode::InvalidInput,
                            "Column \"" + column.name + "\" of a profile holds numbers, and not " +
                                column.firstUnreadable + ".",
                            "Correct it.");
    }
    return ProfileReader(std::move(log)).read();
}

} // namespace countersign
