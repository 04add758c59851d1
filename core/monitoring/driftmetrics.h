// SPDX-License-Identifier: GPL-3.0-or-later
//
// The catalogue of drift statistics printed by the command line. To add one, add an entry to the list in the .cpp.
#pragma once

#include "core/monitoring/run.h"
#include "core/stats/chisquare.h"
#include "core/stats/divergence.h"
#include "core/stats/energydistance.h"
#include "core/stats/kstest.h"
#include "core/stats/preparedsample.h"

#include <span>
#include <string_view>
#include <vector>

namespace countersign {

/// One column on both sides. The counts share their bins; the last one counts missing values, those before it
/// special ones.
struct ColumnPair
{
    ColumnType type = ColumnType::Numeric;
    std::uint64_t referenceValues = 0; ///< numeric: how many, missing left out
    std::uint64_t currentValues = 0;
    Counts referenceCounts;
    Counts currentCounts;
    KsResult ks{};                          ///< numeric
    double wasserstein = 0;                 ///< numeric
    std::uint64_t outside = 0;              ///< numeric: current values outside the range of the reference's
    ChiSquareResult chiSquare{};            ///< categorical, missing and special left out
    ChiSquareResult goodnessOfFit{};        ///< categorical, missing and special left out
    std::span<const double> reference = {}; ///< numeric: the values, ascending, where they are at hand
    std::span<const double> current = {};
    TwoSampleTest cramerVonMises{}; ///< numeric, of MetricExtent::All alone
    TwoSampleTest andersonDarling{};
    std::size_t special = 0; ///< how many bins of special values there are
};

enum class MetricExtent { Usual, All };

/// Both samples ascending, missing and special left out; the pair refers to them.
[[nodiscard]] ColumnPair numericPair(const PreparedSample &reference, std::span<const double> current,
                                     Counts referenceCounts, Counts currentCounts, MetricExtent extent,
                                     std::size_t special = 0);
[[nodiscard]] ColumnPair categoricalPair(Counts referenceCounts, Counts currentCounts, std::size_t special = 0);

/// What a statistic is computed from, beside how many rows and values there are: the counts of the bins alone, what
/// numericPair() and categoricalPair() found, or all values once more.
enum class MetricBasis { Bins, Pair, Values };

struct DriftMetric
{
    std::string_view key; ///< its name on the command line and in JSON
    std::string_view definition;
    bool numeric;
    bool categorical;
    double (*compute)(const ColumnPair &pair); ///< NaN where undefined
    MetricBasis basis = MetricBasis::Pair;     ///< MetricBasis::Values: of MetricExtent::All alone

    [[nodiscard]] bool appliesTo(ColumnType type, MetricExtent extent) const
    {
        return (type == ColumnType::Numeric ? numeric : categorical) &&
               (basis != MetricBasis::Values || extent == MetricExtent::All);
    }
};

[[nodiscard]] std::span<const DriftMetric> driftMetrics();

struct StatisticValue
{
    std::string_view key; ///< of driftMetrics()
    double value;         ///< NaN where undefined
};

/// Every metric that applies, in the order of the list. MetricExtent::All needs a numeric pair made for it.
[[nodiscard]] std::vector<StatisticValue> statisticsOf(const ColumnPair &pair, MetricExtent extent);

} // namespace countersign
