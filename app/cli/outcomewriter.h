// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the drift command prints of a period's outcomes and rows, beside its drift.
#pragma once

#include "app/cli/jsonwriter.h"
#include "core/monitoring/run.h"

#include <functional>
#include <string>
#include <string_view>

namespace countersign::cli {

/// What a reference and a period have in common.
struct OutcomeView
{
    const Performance &performance;
    const std::optional<PerformanceEstimate> &estimate;
    const std::vector<FairnessResult> &fairness;
    const DataQuality &quality;

    template <class Period>
    explicit OutcomeView(const Period &period)
        : performance(period.performance)
        , estimate(period.estimate)
        , fairness(period.fairness)
        , quality(period.quality)
    {
    }
};

/// The members "performance", "estimate", "fairness" and "quality", each where there is something to say.
void writeOutcomes(JsonWriter &json, const OutcomeView &view);
/// The member "definitions" of all of these.
void writeOutcomeDefinitions(JsonWriter &json);

/// Called with column, statistic and value.
using CsvLine = std::function<void(std::string_view column, std::string_view statistic, const std::string &value)>;
/// A line for each number: of the period under "*", of groups of people under COLUMN=GROUP; bounds of intervals under
/// the figure's name with _low and _high.
void writeOutcomes(const CsvLine &line, const OutcomeView &view);

} // namespace countersign::cli
