// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every statistic there is by its plain name, with its definition, its options and how it is computed from two columns
// of cells. To add one, add an entry to the list of its family (cataloguelists.h).
#pragma once

#include "core/base/error.h"
#include "core/stats/bootstrap.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign {

/// Which sense the two columns make.
enum class StatisticShape {
    TwoSamples, ///< the same column of two data sets; rows do not belong together
    Paired,     ///< row by row: the reference column holds the actual outcome, the current one the score or prediction
    TwoShares   ///< bin by bin: the shares themselves
};

/// Two columns of cells as a file has them; an empty cell is a missing value. Numbers are read on demand.
class StatisticInput
{
public:
    StatisticInput(std::vector<std::string> reference, std::vector<std::string> current);

    /// Every cell that is not missing is a number, and either side has one.
    [[nodiscard]] bool numeric() const { return m_numeric; }
    /// Ascending, missing and infinite values left out. These throw Exception(InvalidInput) where a cell is no number.
    [[nodiscard]] const std::vector<double> &reference() const;
    [[nodiscard]] const std::vector<double> &current() const;
    /// The same in the order of the rows.
    [[nodiscard]] const std::vector<double> &referenceRows() const;
    [[nodiscard]] const std::vector<double> &currentRows() const;

    [[nodiscard]] std::uint64_t missingReference() const { return m_missing.first; }
    [[nodiscard]] std::uint64_t missingCurrent() const { return m_missing.second; }

    struct Table
    {
        std::vector<std::string> categories; ///< ascending; the last is the missing one, where asked for
        std::vector<std::uint64_t> reference;
        std::vector<std::uint64_t> current;
    };
    /// How often each text occurs on either side.
    [[nodiscard]] Table table(bool withMissing) const;

    /// Rows with both cells, as numbers: (reference, current). Throws Exception(InvalidInput) where the sides differ in
    /// length.
    [[nodiscard]] std::vector<std::pair<double, double>> pairs() const;

private:
    struct Side
    {
        std::vector<std::string> cells;
        std::vector<double> numbers; ///< one for each cell, NaN where missing; empty where a cell is no number
        std::vector<double> rows;
        std::vector<double> sorted;
        std::string notNumber; ///< the first cell that is none
    };
    static Side read(std::vector<std::string> cells);
    [[nodiscard]] const Side &checked(const Side &side, const char *name) const;

    Side m_reference;
    Side m_current;
    std::pair<std::uint64_t, std::uint64_t> m_missing;
    bool m_numeric = false;
};

struct StatisticOption
{
    std::string_view key;
    std::string_view fallback; ///< its value where none is given
    std::string_view meaning;
};

/// The values in force for one computation. The readers throw StatisticUseError for a value that makes no sense.
class StatisticOptions
{
public:
    explicit StatisticOptions(std::map<std::string, std::string, std::less<>> values)
        : m_values(std::move(values))
    {
    }
    [[nodiscard]] const std::string &text(std::string_view key) const;
    /// One of `allowed`.
    [[nodiscard]] const std::string &choice(std::string_view key, std::span<const std::string_view> allowed) const;
    [[nodiscard]] double number(std::string_view key, double least, double most) const;
    [[nodiscard]] std::uint64_t count(std::string_view key, std::uint64_t least, std::uint64_t most) const;

private:
    std::map<std::string, std::string, std::less<>> m_values;
};

struct Statistic
{
    std::string_view name;
    std::string_view definition;
    StatisticShape shape;
    std::span<const StatisticOption> options;
    double (*compute)(const StatisticInput &input, const StatisticOptions &options); ///< NaN where undefined
};

struct ComputedStatistic
{
    std::string name;       ///< as it was asked for
    double value;           ///< NaN where it is undefined for the data
    std::string definition; ///< with the options in force
};

/// All, family by family.
[[nodiscard]] std::vector<const Statistic *> statistics();

/// Nothing for an unknown name. A name may end in -cur or -ref, as published reports mark the period.
[[nodiscard]] const Statistic *findStatistic(std::string_view name);

/// The caller asked for a statistic, an option or a value of an option that there is not: no fault of the data.
class StatisticUseError : public Exception
{
public:
    using Exception::Exception;
};

/// Throws StatisticUseError: NotFound for an unknown name, listing the known ones, InvalidInput for an option that the
/// statistic has not.
void checkStatistic(const std::string &name, const std::map<std::string, std::string> &options);

/// Throws as checkStatistic, also for a value of an option that makes no sense, and Exception(InvalidInput) for data
/// that the statistic cannot be computed from.
[[nodiscard]] ComputedStatistic computeStatistic(const std::string &name, const StatisticInput &input,
                                                 const std::map<std::string, std::string> &options = {});

/// The percentile interval of a statistic by drawing rows with replacement (bootstrapInterval): rows of a pair
/// together, of two samples those of each side by themselves. Throws as computeStatistic does, and StatisticUseError
/// for a statistic of given shares, which have no rows. NaN where fewer than half of the draws have a value.
[[nodiscard]] Interval bootstrapStatistic(const std::string &name, const std::vector<std::string> &reference,
                                          const std::vector<std::string> &current,
                                          const std::map<std::string, std::string> &options,
                                          const BootstrapOptions &draws);

} // namespace countersign
