// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/conventions.h"

#include "core/base/decimal.h"
#include "core/stats/catalogue.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace countersign {

namespace {

std::vector<std::string> cellsOf(std::span<const double> values, std::uint64_t missing)
{
    std::vector<std::string> cells;
    cells.reserve(values.size() + missing);
    for (const double value : values)
        cells.push_back(decimalFromDouble(value));
    cells.resize(values.size() + missing);
    return cells;
}

std::vector<std::string> cellsOf(Counts counts)
{
    std::vector<std::string> cells;
    for (std::size_t i = 0; i + 1 < counts.size(); ++i)
        cells.insert(cells.end(), counts[i], "category " + std::to_string(i));
    cells.resize(cells.size() + counts.back());
    return cells;
}

double valueOf(std::string_view name, const StatisticInput &input, const std::map<std::string, std::string> &options)
{
    try {
        return computeStatistic(std::string(name), input, options).value;
    } catch (const StatisticUseError &) {
        throw;
    } catch (const Exception &) {
        return undefined; // one column without values stops no run
    }
}

std::vector<ToolValue> computed(const std::vector<std::string> &tools, const StatisticInput &input)
{
    std::vector<ToolValue> values;
    for (const std::string &tool : tools) {
        for (const Statistic *statistic : statistics()) {
            if (statistic->shape != StatisticShape::TwoSamples ||
                std::ranges::find(statistic->options, "convention", &StatisticOption::key) == statistic->options.end())
                continue;
            const bool ofNumbers = statistic->name == "ks_statistic" || statistic->name == "wasserstein";
            if (ofNumbers && (tool != "nannyml" || !input.numeric())) // the others compute these exactly
                continue;
            values.push_back(
                {tool, std::string(statistic->name), valueOf(statistic->name, input, {{"convention", tool}})});
        }
    }
    return values;
}

} // namespace

std::vector<std::string> otherTools()
{
    return {"evidently", "frouros", "nannyml"};
}

std::vector<ToolValue> asToolsCount(const std::vector<std::string> &tools, std::span<const double> reference,
                                    std::span<const double> current, std::uint64_t missingReference,
                                    std::uint64_t missingCurrent)
{
    if (tools.empty())
        return {};
    return computed(tools, StatisticInput(cellsOf(reference, missingReference), cellsOf(current, missingCurrent)));
}

std::vector<ToolValue> asToolsCount(const std::vector<std::string> &tools, Counts reference, Counts current)
{
    if (tools.empty())
        return {};
    return computed(tools, StatisticInput(cellsOf(reference), cellsOf(current)));
}

} // namespace countersign
