// SPDX-License-Identifier: GPL-3.0-or-later
//
// From settings to rows: the log and its reference in memory, cut into periods.
#pragma once

#include "core/monitoring/logtable.h"
#include "core/monitoring/outcome.h"
#include "core/monitoring/periods.h"
#include "core/monitoring/run.h"

#include <optional>
#include <string>
#include <vector>

namespace countersign {

class LogSelection
{
public:
    /// Reads the log and, where it is another file, the reference. Columns that are numbers in one file and text in the
    /// other are categories in both. Throws as run() does.
    LogSelection(const RunSettings &settings, const RunOptions &options, const CancelToken &cancel,
                 const Progress &progress);

    [[nodiscard]] const LogTable &log() const { return m_log; }
    [[nodiscard]] const LogTable &referenceLog() const { return m_otherReference ? *m_otherReference : m_log; }
    [[nodiscard]] const Periods &periods() const { return m_periods; }
    /// One group.
    [[nodiscard]] const RowGroups &reference() const { return m_reference; }
    /// Of a run of one segment: the reference of all segments together.
    [[nodiscard]] const std::optional<RowGroups> &referenceOfAllSegments() const { return m_referenceOfAll; }
    [[nodiscard]] const std::string &referenceLabel() const { return m_referenceLabel; }
    [[nodiscard]] const PeriodInfo &referenceSpan() const { return m_referenceSpan; }
    /// Rows of each period of a reference that is another file; empty where it has no times, or is the same log.
    [[nodiscard]] const std::vector<std::uint64_t> &referencePeriodRows() const { return m_referencePeriodRows; }
    [[nodiscard]] const OutcomePlan &outcome() const { return m_outcome; }
    /// With ReferenceChoice::samePeriodLastYear: the period that this one is compared with, where there is one.
    [[nodiscard]] std::optional<std::size_t> comparedWith(std::size_t period) const { return m_comparedWith[period]; }
    [[nodiscard]] bool comparesYears() const { return m_comparesYears; }
    /// Whether every row of the period belongs to the reference.
    [[nodiscard]] bool inReference(std::size_t period) const { return m_inReference[period]; }
    /// The named features, or every column of both files but time, target and segment.
    [[nodiscard]] const std::vector<std::string> &features() const { return m_features; }
    [[nodiscard]] const std::vector<std::string> &remarks() const { return m_remarks; }
    [[nodiscard]] std::uint64_t memoryBytes() const { return m_memoryBytes; }
    /// From 1 to `threads`: as many as have sorted values in about memoryBytes().
    [[nodiscard]] unsigned columnsAtOnce(unsigned threads) const;

private:
    void read(const RunSettings &settings, const RunOptions &options, const CancelToken &cancel,
              const Progress &progress);
    void chooseReference(const RunSettings &settings);
    void chooseRows(const RunSettings &settings);
    [[nodiscard]] RowGroups referenceIn(const Periods &periods, const RunSettings &settings) const;
    void chooseReferenceOfAll(const RunSettings &settings);
    void chooseFeatures(const ColumnRoles &roles);

    std::uint64_t m_memoryBytes;
    LogTable m_log;
    std::optional<LogTable> m_otherReference;
    Periods m_periods;
    RowGroups m_reference;
    std::optional<RowGroups> m_referenceOfAll;
    std::string m_referenceLabel;
    PeriodInfo m_referenceSpan;
    std::vector<std::uint64_t> m_referencePeriodRows;
    OutcomePlan m_outcome;
    std::vector<bool> m_inReference;
    bool m_comparesYears = false;
    std::vector<std::optional<std::size_t>> m_comparedWith;
    std::vector<std::string> m_features;
    std::vector<std::string> m_remarks;
};

} // namespace countersign
