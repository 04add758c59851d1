// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqlcolumns.h"

#include "core/stats/quantile.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace countersign {

namespace {

using Side = SqlLog::Side;

/// Periods beside each other in one query: few enough for the columns that any product allows.
constexpr std::size_t periodsAtOnce = 40;

std::string integer(std::uint64_t value)
{
    return std::to_string(value);
}

/// The values of a number column, NULL where missing or special.
std::string amountOf(const SqlLog &log, const std::string &column)
{
    const SpecialValues special = log.special(column);
    return special.empty() ? log.number(column)
                           : "CASE WHEN " + log.specialPlace(column) + " IS NULL THEN " + log.number(column) + " END";
}

/// How many of the rows hold values that are neither missing nor special.
std::uint64_t amounts(const Bins &bins, Counts counts)
{
    const Counts values = counts.first(bins.firstApart(counts.size()));
    return std::accumulate(values.begin(), values.end(), std::uint64_t{0});
}

/// Values of the reference at these places of its order, from 0.
std::map<std::uint64_t, double> orderStatistics(const SqlLog &log, const std::string &column,
                                                const std::set<std::uint64_t> &places)
{
    std::vector<std::string> picks;
    picks.reserve(places.size());
    for (const std::uint64_t place : places)
        picks.push_back("MAX(CASE WHEN k = " + integer(place + 1) + " THEN v END)");
    const auto answer = log.query(
        "SELECT " + joined(picks) + " FROM (SELECT v, ROW_NUMBER() OVER (ORDER BY v) AS k FROM (" +
            log.rows({{"v", amountOf(log, column)}}, Side::Reference) + ") rows_ WHERE v IS NOT NULL) ranked_",
        1);
    std::map<std::uint64_t, double> values;
    std::size_t i = 0;
    for (const std::uint64_t place : places)
        values[place] = numberIn(answer.at(0).at(i++));
    return values;
}

/// The place in Bins of the value v, and of the special value s.
std::string binOf(const Bins &bins, const SqlDialect &dialect)
{
    std::size_t bin = 0;
    const std::size_t apart = bins.firstApart(bins.labels.size());
    std::string text = "CASE WHEN s IS NOT NULL THEN " + integer(apart) + " + s WHEN v IS NULL THEN " +
                       integer(bins.labels.size() - 1);
    if (bins.minimum) {
        text += " WHEN v < " + dialect.number(*bins.minimum) + " THEN 0";
        text += " WHEN v > " + dialect.number(*bins.maximum) + " THEN " + integer(apart - 1);
        bin = 1;
    }
    for (const double edge : bins.edges)
        text += " WHEN v <= " + dialect.number(edge) + " THEN " + integer(bin++);
    return text + " ELSE " + integer(bin) + " END";
}

void countBins(const SqlLog &log, const std::string &column, SqlNumericColumn &result)
{
    const std::size_t bins = result.bins.labels.size();
    result.referenceCounts.assign(bins, 0);
    for (SqlNumericGroup &period : result.periods)
        period.counts.assign(bins, 0);
    const auto answer = log.query(
        "SELECT g, b, COUNT(*), SUM(i) FROM (SELECT g, i, " + binOf(result.bins, log.dialect()) + " AS b FROM (" +
            log.rows({{"v", amountOf(log, column)}, {"s", log.specialPlace(column)}, {"i", log.infinite(column)}}) +
            ") rows_) binned_ GROUP BY g, b",
        bins);
    for (const SqlRow &row : answer) {
        const std::int64_t group = integerIn(row[0]);
        auto &counts =
            group == sqlReference ? result.referenceCounts : result.periods.at(static_cast<std::size_t>(group)).counts;
        counts.at(countIn(row[1])) = countIn(row[2]);
        if (group != sqlReference)
            result.infinite += countIn(row[3]);
    }
    const auto missingOf = [&column](const std::vector<std::uint64_t> &counts, std::uint64_t rows) {
        requireRows(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}), rows, column);
        return counts.back();
    };
    result.referenceMissing = missingOf(result.referenceCounts, log.reference().rows);
    for (std::size_t i = 0; i < result.periods.size(); ++i)
        result.periods[i].missing = missingOf(result.periods[i].counts, log.periods()[i].rows);
}

/// Runs over the distinct values in order, some periods beside each other: f and c0, c1 ... are the counts at or below
/// of the reference and of the periods. They are summed up as binary numbers, which are exact for counts and much
/// quicker than decimal ones.
class Distances
{
public:
    Distances(const SqlLog &log, SqlNumericColumn &result, std::size_t first)
        : m_result(result)
    {
        const std::size_t end = std::min(first + periodsAtOnce, result.periods.size());
        for (std::size_t i = first; i < end; ++i) {
            result.periods[i].wasserstein = undefined;
            const auto own = log.comparedWith(i);
            if (log.comparesYears() && !own)
                continue;
            Pair pair;
            pair.period = i;
            pair.before = own ? "c" + integer(*own) : "f";
            pair.n = amounts(result.bins, own ? result.periods[*own].counts : result.referenceCounts);
            pair.m = amounts(result.bins, result.periods[i].counts);
            if (pair.n == 0 || pair.m == 0)
                continue;
            m_groups.insert(own ? static_cast<std::int64_t>(*own) : std::int64_t{sqlReference});
            m_groups.insert(static_cast<std::int64_t>(i));
            m_pairs.push_back(std::move(pair));
        }
    }

    void measure(const SqlLog &log, const std::string &column)
    {
        if (!m_pairs.empty())
            read(log.query(question(log, column), 1).at(0));
    }

private:
    /// A period and what it is compared with.
    struct Pair
    {
        std::size_t period = 0;
        std::string before; ///< the name of the other's counts
        std::uint64_t n = 0;
        std::uint64_t m = 0;
    };

    [[nodiscard]] std::string question(const SqlLog &log, const std::string &column) const
    {
        const SqlDialect &dialect = log.dialect();
        std::vector<std::string> names;
        std::vector<std::string> sums;
        std::vector<std::string> running;
        for (const std::int64_t group : m_groups) {
            const std::string name = group == sqlReference ? "f" : "c" + std::to_string(group);
            names.push_back(name);
            sums.push_back("SUM(CASE WHEN g = " + std::to_string(group) + " THEN " + dialect.number(1) + " ELSE " +
                           dialect.number(0) + " END) AS " + name);
            running.push_back("SUM(" + name + ") OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS " + name);
        }
        std::vector<std::string> ahead = names;
        std::vector<std::string> picks;
        for (const Pair &pair : m_pairs) {
            const std::string c = "c" + integer(pair.period);
            const std::string a = "a" + integer(pair.period);
            const std::string t = "t" + integer(pair.period);
            const std::string distance =
                "ABS(" + pair.before + " * " + integer(pair.m) + " - " + c + " * " + integer(pair.n) + ")";
            ahead.push_back(distance + " AS " + a + ", MAX(" + distance + ") OVER () AS " + t);
            // All three rise with v: at the smallest value with the largest distance they are least.
            for (const std::string &what : {std::string("v"), pair.before, c})
                picks.push_back("MIN(CASE WHEN " + a + " = " + t + " THEN " + what + " END)");
            picks.push_back("SUM(" + a + " * (w - v))");
        }
        return "WITH distinct_ AS (SELECT v, " + joined(sums) + " FROM (" + log.rows({{"v", amountOf(log, column)}}) +
               ") rows_ WHERE v IS NOT NULL GROUP BY v), running_ AS (SELECT v, LEAD(v) OVER (ORDER BY v) AS w, " +
               joined(running) + " FROM distinct_), ahead_ AS (SELECT v, w, " + joined(ahead) +
               " FROM running_) SELECT " + joined(picks) + " FROM ahead_";
    }

    void read(const SqlRow &row)
    {
        std::size_t at = 0;
        for (const Pair &pair : m_pairs) {
            SqlNumericGroup &period = m_result.periods[pair.period];
            period.ks = KsEvidence{numberIn(row[at]), countIn(row[at + 1]), countIn(row[at + 2]), pair.n, pair.m};
            period.wasserstein = numberIn(row[at + 3]) / static_cast<double>(pair.n) / static_cast<double>(pair.m);
            at += 4;
        }
    }

    SqlNumericColumn &m_result;
    std::vector<Pair> m_pairs;
    std::set<std::int64_t> m_groups; ///< whose values are looked at
};

SqlCategoryGroup &groupOf(SqlCategoricalColumn &column, const std::optional<std::string> &cell)
{
    const std::int64_t group = integerIn(cell);
    return group == sqlReference ? column.reference : column.periods.at(static_cast<std::size_t>(group));
}

std::uint64_t countDistinct(const SqlLog &log, const std::string &column, Side side)
{
    const auto answer =
        log.query("SELECT COUNT(DISTINCT c) FROM (" + log.rows({{"c", log.text(column)}}, side) + ") rows_", 1);
    return countIn(answer.at(0).at(0));
}

/// `only`: of these categories, else of all.
SqlCategoricalColumn countTexts(const SqlLog &log, const std::string &column,
                                const std::optional<std::vector<std::string>> &only, std::uint64_t most)
{
    SqlCategoricalColumn result;
    result.periods.resize(log.periods().size());
    const std::vector<std::uint64_t> missing = countMissingTexts(log, column);
    for (std::size_t i = 0; i < result.periods.size(); ++i)
        result.periods[i].missing = missing[i];
    result.reference.missing = missing.back();
    std::string wanted = " WHERE c IS NOT NULL";
    if (only) {
        std::vector<std::string> literals;
        for (const std::string &category : *only)
            literals.push_back(log.dialect().text(category));
        wanted = literals.empty() ? " WHERE 1 = 0" : " WHERE c IN (" + joined(literals) + ")";
    }
    const auto answer = log.query("SELECT g, c, COUNT(*) FROM (" + log.rows({{"c", log.text(column)}}) + ") rows_" +
                                      wanted + " GROUP BY g, c",
                                  most + 1);
    for (const SqlRow &row : answer)
        groupOf(result, row[0]).counts[row[1].value_or(std::string())] += countIn(row[2]);
    const auto setOthers = [&](SqlCategoryGroup &group, std::uint64_t rows) {
        std::uint64_t counted = group.missing;
        for (const auto &[category, count] : group.counts)
            counted += count;
        if (!only || counted > rows)
            requireRows(counted, rows, column);
        group.others = rows - counted;
    };
    setOthers(result.reference, log.reference().rows);
    for (std::size_t i = 0; i < result.periods.size(); ++i)
        setOthers(result.periods[i], log.periods()[i].rows);
    return result;
}

} // namespace

Bins freezeBins(const SqlLog &log, const std::string &column, BinRule rule)
{
    const auto answer = log.query("SELECT COUNT(v), MIN(v), MAX(v) FROM (" +
                                      log.rows({{"v", amountOf(log, column)}}, Side::Reference) + ") rows_",
                                  1);
    const std::vector<std::string> special = log.special(column).texts();
    const std::uint64_t n = countIn(answer.at(0).at(0));
    if (n == 0)
        return binsBetween({}, {}, {}, special);
    std::set<std::uint64_t> places;
    std::vector<QuantilePlace> quantiles;
    for (unsigned i = 1; i < numericBinCount; ++i) {
        quantiles.push_back(quantilePlace(n, static_cast<double>(i) / numericBinCount));
        places.insert(quantiles.back().below);
        places.insert(std::min(quantiles.back().below + 1, n - 1));
    }
    const auto values = orderStatistics(log, column, places);
    std::vector<double> edges;
    for (const QuantilePlace &place : quantiles) {
        const double low = values.at(place.below);
        edges.push_back(place.below + 1 == n ? low : quantileBetween(low, values.at(place.below + 1), place.weight));
    }
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    const bool inRange = rule == BinRule::DecilesInRange;
    return binsBetween(std::move(edges), inRange ? std::optional(numberIn(answer[0][1])) : std::nullopt,
                       inRange ? std::optional(numberIn(answer[0][2])) : std::nullopt, special);
}

SqlNumericColumn countNumbersIn(const SqlLog &log, const std::string &column, Bins bins)
{
    SqlNumericColumn result;
    result.periods.resize(log.periods().size());
    result.bins = std::move(bins);
    countBins(log, column, result);
    return result;
}

SqlNumericColumn countNumbers(const SqlLog &log, const std::string &column, BinRule rule)
{
    SqlNumericColumn result = countNumbersIn(log, column, freezeBins(log, column, rule));
    for (std::size_t first = 0; first < result.periods.size(); first += periodsAtOnce)
        Distances(log, result, first).measure(log, column);
    return result;
}

std::vector<std::uint64_t> countOutside(const SqlLog &log, const std::string &column)
{
    const std::size_t periods = log.periods().size();
    const std::string rows = log.rows({{"v", amountOf(log, column)}});
    std::vector<std::optional<std::pair<double, double>>> ranges(periods + 1);
    for (const SqlRow &row : log.query("SELECT g, MIN(v), MAX(v) FROM (" + rows + ") rows_ GROUP BY g", 1)) {
        const std::int64_t group = integerIn(row[0]);
        if (row[1])
            ranges.at(group == sqlReference ? periods : static_cast<std::size_t>(group)) = {numberIn(row[1]),
                                                                                            numberIn(row[2])};
    }
    const SqlDialect &dialect = log.dialect();
    const auto bound = [&](bool lower) {
        return dialect.asNumber(log.byGroup([&](std::size_t i) {
            const auto own = i < periods ? log.comparedWith(i) : std::nullopt;
            const auto &range = ranges[own ? *own : log.comparesYears() ? i : periods];
            return range ? dialect.number(lower ? range->first : range->second) : std::string("NULL");
        }));
    };
    std::vector<std::uint64_t> outside(periods, 0);
    const auto answer = log.query("SELECT g, SUM(CASE WHEN v < " + bound(true) + " OR v > " + bound(false) +
                                      " THEN 1 ELSE 0 END) FROM (" + rows + ") rows_ GROUP BY g",
                                  1);
    for (const SqlRow &row : answer) {
        if (const std::int64_t group = integerIn(row[0]); group != sqlReference)
            outside.at(static_cast<std::size_t>(group)) = countIn(row[1]);
    }
    return outside;
}

std::vector<std::uint64_t> countMissingTexts(const SqlLog &log, const std::string &column)
{
    std::vector<std::uint64_t> missing(log.periods().size() + 1, 0);
    const auto answer = log.query(
        "SELECT g, COUNT(*) - COUNT(c) FROM (" + log.rows({{"c", log.text(column)}}) + ") rows_ GROUP BY g", 1);
    for (const SqlRow &row : answer) {
        const std::int64_t group = integerIn(row[0]);
        missing.at(group == sqlReference ? missing.size() - 1 : static_cast<std::size_t>(group)) = countIn(row[1]);
    }
    return missing;
}

std::optional<std::vector<std::string>> referenceCategories(const SqlLog &log, const std::string &column,
                                                            std::uint64_t most)
{
    const SpecialValues special = log.special(column);
    const std::uint64_t texts = most + special.size();
    if (countDistinct(log, column, Side::Reference) > texts)
        return std::nullopt;
    const auto answer = log.query("SELECT DISTINCT c FROM (" + log.rows({{"c", log.text(column)}}, Side::Reference) +
                                      ") rows_ WHERE c IS NOT NULL",
                                  texts);
    std::vector<std::string> categories;
    categories.reserve(answer.size());
    for (const SqlRow &row : answer)
        categories.push_back(row[0].value_or(std::string()));
    categories = withoutSpecial(std::move(categories), special);
    if (categories.size() > most)
        return std::nullopt;
    return categories;
}

SqlCategoricalColumn countCategoriesIn(const SqlLog &log, const std::string &column,
                                       std::vector<std::string> categories)
{
    const SpecialValues special = log.special(column);
    categories.insert(categories.end(), special.texts().begin(), special.texts().end());
    const std::size_t most = categories.size();
    return countTexts(log, column, std::move(categories), most);
}

std::optional<SqlCategoricalColumn> countAllCategories(const SqlLog &log, const std::string &column, std::uint64_t most)
{
    if (countDistinct(log, column, Side::Both) > most)
        return std::nullopt;
    return countTexts(log, column, std::nullopt, most);
}

} // namespace countersign
