// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/conventions.h"

#include "core/base/decimal.h"
#include "core/stats/catalogue.h"
#include "core/stats/undefined.h"

#include <array>
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

/// What a tool computes, by our names: evidently 0.7 (its stattests), frouros 0.9 (its distances, of numbers alone),
/// NannyML 0.13 (its univariate drift methods).
struct Offer
{
    std::string_view tool;
    std::string_view statistic;
    bool numbers = true;
    bool categories = true;
    std::string_view option = "convention"; ///< empty: there is but one way
    std::string_view value = {};            ///< of the option; empty: the tool's name
};

constexpr bool notOfNumbers = false;
constexpr bool notOfCategories = false;
constexpr std::array<Offer, 20> offers{{
    {"evidently", "psi"},
    {"evidently", "jensen_shannon_distance"},
    {"evidently", "kl_divergence"},
    {"evidently", "hellinger"},
    {"evidently", "ks_pvalue", true, notOfCategories, "method", "auto"},
    {"evidently", "wasserstein_normed", true, notOfCategories, {}},
    {"evidently", "total_variation", notOfNumbers, true},
    {"evidently", "chi2_gof_pvalue", notOfNumbers, true, {}},
    {"evidently", "g_test_pvalue", notOfNumbers, true, {}},
    {"frouros", "psi", true, notOfCategories},
    {"frouros", "jensen_shannon_distance", true, notOfCategories},
    {"frouros", "kl_divergence", true, notOfCategories},
    {"frouros", "hellinger", true, notOfCategories},
    {"frouros", "bhattacharyya", true, notOfCategories},
    {"nannyml", "jensen_shannon_distance"},
    {"nannyml", "hellinger"},
    {"nannyml", "ks_statistic", true, notOfCategories},
    {"nannyml", "wasserstein", true, notOfCategories},
    {"nannyml", "l_infinity", notOfNumbers, true},
    {"nannyml", "chi2_yates_statistic", notOfNumbers, true, {}},
}};

std::map<std::string, std::string> optionsOf(const Offer &offer)
{
    if (offer.option.empty())
        return {};
    return {{std::string(offer.option), std::string(offer.value.empty() ? offer.tool : offer.value)}};
}

std::vector<ToolValue> computed(const std::vector<std::string> &tools, const StatisticInput &input, bool numbers)
{
    std::vector<ToolValue> values;
    for (const std::string &tool : tools) {
        for (const Offer &offer : offers) {
            if (offer.tool != tool || !(numbers ? offer.numbers : offer.categories))
                continue;
            values.push_back({tool, std::string(offer.statistic), valueOf(offer.statistic, input, optionsOf(offer))});
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
    return computed(tools, StatisticInput(cellsOf(reference, missingReference), cellsOf(current, missingCurrent)),
                    true);
}

std::vector<ToolValue> asToolsCount(const std::vector<std::string> &tools, Counts reference, Counts current)
{
    if (tools.empty())
        return {};
    return computed(tools, StatisticInput(cellsOf(reference), cellsOf(current)), false);
}

} // namespace countersign
