// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/rundescription.h"

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/workspace/runsummary.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr std::size_t kWorst = 3;

/// The three features with the largest PSI in period `index`.
std::string worstFeatures(const RunResult &result, std::size_t index)
{
    std::vector<std::pair<double, std::string>> drifted;
    for (const FeatureResult &feature : result.features)
        if (const auto psi = feature.periods.at(index).statistics.psi)
            drifted.emplace_back(*psi, feature.name);
    std::sort(drifted.rbegin(), drifted.rend());
    std::string text;
    for (std::size_t i = 0; i < std::min(kWorst, drifted.size()); ++i)
        text += (i == 0 ? "" : ", ") + drifted[i].second + " " + fixed(drifted[i].first, 3);
    return text;
}

} // namespace

std::string describeRun(const RunResult &result)
{
    std::string text = result.sourceName + ", " + std::to_string(result.rows) + " rows, " +
                       std::to_string(result.periods.size()) + " periods, reference " + result.reference.label;
    for (std::size_t i = result.periods.size(); i-- > 0;) {
        if (result.periods[i].inReference)
            continue;
        text += "; PSI in " + result.periods[i].label + ": " + worstFeatures(result, i);
        break;
    }
    return text + "; " + performanceInWords(result) + "; " + enumName(result.verdict);
}

} // namespace countersign
