// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts of one column of a log in a database, by aggregate queries.
#pragma once

#include "core/monitoring/bins.h"
#include "core/monitoring/run.h"
#include "core/monitoring/sql/sqllog.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// Of one period against what it is compared with: the reference, or its own period a year before.
struct SqlNumericGroup
{
    std::vector<std::uint64_t> counts; ///< in the order of Bins
    std::uint64_t missing = 0;
    std::optional<KsEvidence> ks; ///< nothing where a side has no value
    double wasserstein = 0;       ///< NaN where a side has no value
};

struct SqlNumericColumn
{
    Bins bins;
    std::uint64_t infinite = 0; ///< among the missing of the periods
    std::vector<std::uint64_t> referenceCounts;
    std::uint64_t referenceMissing = 0;
    std::vector<SqlNumericGroup> periods;
};

/// Deciles come from the reference's order statistics, KS and Wasserstein from running sums over its distinct values,
/// all within the database: exact, as those of a text log.
[[nodiscard]] SqlNumericColumn countNumbers(const SqlLog &log, const std::string &column, BinRule rule);

/// In bins that are given: counts and missing values alone.
[[nodiscard]] SqlNumericColumn countNumbersIn(const SqlLog &log, const std::string &column, Bins bins);
/// Deciles of the reference.
[[nodiscard]] Bins freezeBins(const SqlLog &log, const std::string &column, BinRule rule);

/// By period, the values outside the range of those of what it is compared with; 0 where that has none.
[[nodiscard]] std::vector<std::uint64_t> countOutside(const SqlLog &log, const std::string &column);

struct SqlCategoryGroup
{
    std::map<std::string, std::uint64_t> counts;
    std::uint64_t missing = 0;
    std::uint64_t others = 0; ///< rows in categories that `counts` leaves out
};

struct SqlCategoricalColumn
{
    SqlCategoryGroup reference;
    std::vector<SqlCategoryGroup> periods;
};

/// The categories that the reference has, without special values. Nothing where there are more than `most`.
[[nodiscard]] std::optional<std::vector<std::string>> referenceCategories(const SqlLog &log, const std::string &column,
                                                                          std::uint64_t most);
/// Of these categories and of special values.
[[nodiscard]] SqlCategoricalColumn countCategoriesIn(const SqlLog &log, const std::string &column,
                                                     std::vector<std::string> categories);
/// Of all. Nothing where there are more than `most`, special values among them.
[[nodiscard]] std::optional<SqlCategoricalColumn> countAllCategories(const SqlLog &log, const std::string &column,
                                                                     std::uint64_t most);
/// Missing values alone: by period, and last of the reference.
[[nodiscard]] std::vector<std::uint64_t> countMissingTexts(const SqlLog &log, const std::string &column);

} // namespace countersign
