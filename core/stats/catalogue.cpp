// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/catalogue.h"

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/stats/cataloguelists.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>

namespace countersign {

namespace {

[[noreturn]] void refuse(const std::string &what, const std::string &remedy)
{
    throw Exception(ErrorCode::InvalidInput, what, remedy);
}

[[noreturn]] void refuseUse(const std::string &what, const std::string &remedy)
{
    throw StatisticUseError(ErrorCode::InvalidInput, what, remedy);
}

template <class Range, class Name>
std::string joined(const Range &range, Name name)
{
    std::string text;
    for (const auto &item : range)
        text += (text.empty() ? "" : ", ") + std::string(name(item));
    return text;
}

const Statistic &known(const std::string &name)
{
    const Statistic *statistic = findStatistic(name);
    if (statistic == nullptr)
        throw StatisticUseError(
            ErrorCode::NotFound, "There is no statistic \"" + name + "\".",
            "The known ones are: " + joined(statistics(), [](const Statistic *one) { return one->name; }) + ".");
    return *statistic;
}

std::map<std::string, std::string, std::less<>> withFallbacks(const Statistic &statistic,
                                                              const std::map<std::string, std::string> &given)
{
    std::map<std::string, std::string, std::less<>> values;
    for (const StatisticOption &option : statistic.options)
        values.emplace(option.key, option.fallback);
    for (const auto &[key, value] : given) {
        const auto found = values.find(key);
        if (found == values.end()) {
            const std::string known =
                joined(statistic.options, [](const StatisticOption &option) { return option.key; });
            refuseUse("The statistic " + std::string(statistic.name) + " has no option \"" + key + "\".",
                      known.empty() ? "It has none." : "Its options are: " + known + ".");
        }
        found->second = value;
    }
    return values;
}

std::string definitionOf(const Statistic &statistic, const std::map<std::string, std::string, std::less<>> &values)
{
    std::string text(statistic.definition);
    std::string inForce;
    for (const StatisticOption &option : statistic.options) {
        const std::string &value = values.find(option.key)->second;
        if (!value.empty())
            inForce += (inForce.empty() ? "" : ", ") + std::string(option.key) + "=" + value;
    }
    return inForce.empty() ? text : text + " [" + inForce + "]";
}

} // namespace

StatisticInput::Side StatisticInput::read(std::vector<std::string> cells)
{
    Side side;
    side.cells = std::move(cells);
    for (const std::string &cell : side.cells) {
        double number = std::numeric_limits<double>::quiet_NaN();
        if (!cell.empty()) {
            const auto parsed = doubleFromDecimal(cell);
            if (!parsed && side.notNumber.empty())
                side.notNumber = cell;
            number = parsed && std::isfinite(*parsed) ? *parsed : number;
        }
        side.numbers.push_back(number);
        if (!std::isnan(number))
            side.rows.push_back(number);
    }
    side.sorted = side.rows;
    std::sort(side.sorted.begin(), side.sorted.end());
    return side;
}

StatisticInput::StatisticInput(std::vector<std::string> reference, std::vector<std::string> current)
    : m_reference(read(std::move(reference)))
    , m_current(read(std::move(current)))
{
    const auto missing = [](const Side &side) {
        return static_cast<std::uint64_t>(std::count(side.cells.begin(), side.cells.end(), std::string()));
    };
    m_missing = {missing(m_reference), missing(m_current)};
    m_numeric = m_reference.notNumber.empty() && m_current.notNumber.empty() &&
                m_reference.rows.size() + m_current.rows.size() > 0;
}

const StatisticInput::Side &StatisticInput::checked(const Side &side, const char *name) const
{
    if (!side.notNumber.empty())
        refuse("The " + std::string(name) + " column holds \"" + side.notNumber + "\", which is no number.",
               "This statistic needs numbers: choose another column, or a statistic for categories.");
    return side;
}

const std::vector<double> &StatisticInput::reference() const
{
    return checked(m_reference, "reference").sorted;
}

const std::vector<double> &StatisticInput::current() const
{
    return checked(m_current, "current").sorted;
}

const std::vector<double> &StatisticInput::referenceRows() const
{
    return checked(m_reference, "reference").rows;
}

const std::vector<double> &StatisticInput::currentRows() const
{
    return checked(m_current, "current").rows;
}

StatisticInput::Table StatisticInput::table(bool withMissing) const
{
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts;
    for (const std::string &cell : m_reference.cells)
        ++counts[cell].first;
    for (const std::string &cell : m_current.cells)
        ++counts[cell].second;
    counts.erase(std::string());
    Table table;
    for (const auto &[category, count] : counts) {
        table.categories.push_back(category);
        table.reference.push_back(count.first);
        table.current.push_back(count.second);
    }
    if (withMissing) {
        table.categories.emplace_back();
        table.reference.push_back(m_missing.first);
        table.current.push_back(m_missing.second);
    }
    return table;
}

std::vector<std::pair<double, double>> StatisticInput::pairs() const
{
    const Side &reference = checked(m_reference, "reference");
    const Side &current = checked(m_current, "current");
    if (reference.cells.size() != current.cells.size())
        refuse("The reference column has " + std::to_string(reference.cells.size()) + " rows, the current one " +
                   std::to_string(current.cells.size()) + ".",
               "This statistic pairs them row by row: give the outcome as the reference and the score or prediction of "
               "the same rows as the current data.");
    std::vector<std::pair<double, double>> result;
    for (std::size_t i = 0; i < reference.numbers.size(); ++i) {
        if (!std::isnan(reference.numbers[i]) && !std::isnan(current.numbers[i]))
            result.emplace_back(reference.numbers[i], current.numbers[i]);
    }
    return result;
}

const std::string &StatisticOptions::text(std::string_view key) const
{
    return m_values.find(key)->second;
}

const std::string &StatisticOptions::choice(std::string_view key, std::span<const std::string_view> allowed) const
{
    const std::string &value = text(key);
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
        refuseUse("The option " + std::string(key) + " cannot be \"" + value + "\".",
                  "It is one of: " + joined(allowed, [](std::string_view name) { return name; }) + ".");
    return value;
}

double StatisticOptions::number(std::string_view key, double least, double most) const
{
    const auto value = doubleFromDecimal(text(key));
    if (!value || !(*value >= least && *value <= most))
        refuseUse("The option " + std::string(key) + " cannot be \"" + text(key) + "\".",
                  "It is a number from " + decimalFromDouble(least) + " to " + decimalFromDouble(most) + ".");
    return *value;
}

std::uint64_t StatisticOptions::count(std::string_view key, std::uint64_t least, std::uint64_t most) const
{
    const std::string &value = text(key);
    std::uint64_t number = 0;
    const auto result = std::from_chars(value.data(), value.data() + value.size(), number);
    if (result.ec != std::errc{} || result.ptr != value.data() + value.size() || number < least || number > most)
        refuseUse("The option " + std::string(key) + " cannot be \"" + value + "\".",
                  "It is a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
    return number;
}

std::vector<const Statistic *> statistics()
{
    std::vector<const Statistic *> all;
    for (const auto family : {distanceStatistics(), sampleStatistics(), tableStatistics(), scoreStatistics(),
                              regressionStatistics(), chunkStatistics()}) {
        for (const Statistic &statistic : family)
            all.push_back(&statistic);
    }
    return all;
}

const Statistic *findStatistic(std::string_view name)
{
    for (const std::string_view period : {"-cur", "-ref"}) {
        if (name.ends_with(period))
            name.remove_suffix(period.size());
    }
    for (const Statistic *statistic : statistics()) {
        if (statistic->name == name)
            return statistic;
    }
    return nullptr;
}

void checkStatistic(const std::string &name, const std::map<std::string, std::string> &options)
{
    withFallbacks(known(name), options);
}

ComputedStatistic computeStatistic(const std::string &name, const StatisticInput &input,
                                   const std::map<std::string, std::string> &options)
{
    const Statistic &statistic = known(name);
    const auto values = withFallbacks(statistic, options);
    return {name, statistic.compute(input, StatisticOptions(values)), definitionOf(statistic, values)};
}

Interval bootstrapStatistic(const std::string &name, const std::vector<std::string> &reference,
                            const std::vector<std::string> &current, const std::map<std::string, std::string> &options,
                            const BootstrapOptions &draws)
{
    const Statistic &statistic = known(name);
    const StatisticOptions values(withFallbacks(statistic, options));
    if (statistic.shape == StatisticShape::TwoShares)
        refuseUse("The statistic " + name + " is of shares, which have no rows to draw.", "Leave out the interval.");
    const bool paired = statistic.shape == StatisticShape::Paired;
    if (paired)
        static_cast<void>(StatisticInput(reference, current).pairs()); // refuses sides of different lengths
    std::mt19937_64 random(draws.seed + 1);
    std::vector<std::string> before(reference.size());
    std::vector<std::string> after(current.size());
    const auto ofDraw = [&](std::span<const std::uint32_t> rows) {
        std::ranges::transform(rows, before.begin(), [&](std::uint32_t row) { return reference[row]; });
        if (paired)
            std::ranges::transform(rows, after.begin(), [&](std::uint32_t row) { return current[row]; });
        else
            std::ranges::generate(after, [&] { return current[random() % current.size()]; });
        return statistic.compute(StatisticInput(before, after), values);
    };
    return bootstrapInterval(reference.size(), ofDraw, draws);
}

} // namespace countersign
