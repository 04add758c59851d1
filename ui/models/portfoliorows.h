// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of the Portfolio page: the limits of the appetite, and the health of the monitored models.
#pragma once

#include <functional>

#include "core/workspace/portfolio.h"
#include "ui/models/recordmodel.h"

namespace countersign {

/// A limit with the models that are outside it, in words.
struct LimitRow
{
    AppetiteLimit limit;
    QString models; ///< "CR-001, CR-014 and 3 more"
};
[[nodiscard]] std::vector<LimitRow> limitRows(const Portfolio &portfolio);
[[nodiscard]] std::vector<RecordColumn<LimitRow>> limitColumns();

/// The trend of a run, or null while it is not known.
using TrendLookup = std::function<const RunTrend *(const RunId &)>;

/// In the order of concern.
[[nodiscard]] std::vector<PortfolioModel> healthRows(const Portfolio &portfolio);
[[nodiscard]] std::vector<RecordColumn<PortfolioModel>> healthColumns(const TrendLookup &trendOf);
/// The places of the columns of text.
inline constexpr int modelColumn = 0;
inline constexpr int worstColumn = 3;
inline constexpr int performanceColumn = 5;
inline constexpr int healthColumnsShown = 10; ///< at first; the others can be chosen

/// The course of the largest PSI, against the limit from which it is red.
[[nodiscard]] Sparkline driftSparkline(const RunTrend &trend);
/// The course of AUC or RMSE, against the reference; empty without outcomes.
[[nodiscard]] Sparkline performanceSparkline(const RunTrend &trend);

struct HealthFilter
{
    QString text; ///< every word must occur in reference, name, tier or worst feature
    std::optional<std::int64_t> tier;
    std::optional<Health> health;
    std::optional<QString> stage;  ///< its id
    std::optional<bool> explained; ///< of models with a breach

    [[nodiscard]] bool matches(const PortfolioModel &model) const;
};

} // namespace countersign
