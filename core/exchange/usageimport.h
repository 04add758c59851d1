// SPDX-License-Identifier: GPL-3.0-or-later
//
// Usage that the operators of services count becomes usage reports: which model, when, how many predictions, how many
// calls failed and why.
#pragma once

#include "core/domain/registry.h"
#include "core/exchange/texttable.h"

namespace countersign {

/// The fields of a usage report that can be imported, in the order of the preview.
[[nodiscard]] const std::vector<ImportField> &usageFields();
[[nodiscard]] ImportMapping guessUsageMapping(const std::vector<std::string> &header);
/// The titles of fields that have no column and need one; empty when the table can be read.
[[nodiscard]] std::vector<std::string> missingUsageFields(const ImportMapping &mapping);

enum class UsageRowState { good, known, joined, bad };
BOOST_DESCRIBE_ENUM(UsageRowState, good, known, joined, bad)

struct UsageRow
{
    std::int64_t line = 0;
    std::string model;   ///< "CR-014, Retail PD"; as written when it is unknown
    std::string version; ///< label
    UsageReport report;
    /// good: becomes a report. known: the register has this report already. joined: one more reason of failure of a row
    /// above.
    UsageRowState state = UsageRowState::good;
    std::vector<std::string> errors;
    std::vector<std::string> warnings;
};

struct UsagePlan
{
    std::vector<UsageRow> rows; ///< by line
    std::vector<std::string> unmappedColumns;

    [[nodiscard]] std::int64_t count(UsageRowState state) const;
    /// What the good rows report, in their order.
    [[nodiscard]] std::vector<UsageReport> reports() const;
};

/// Checks every row: the model by reference, name or id; the version by label, without one that in production; the
/// period (2026, 2026-Q1, 2026-03, 2026-W10 or a day) or its first and last day, none of it after `today`; counts of 0
/// or more. The same period of a service twice is an error, unless the further rows leave the predictions empty and
/// name another reason of failure. Throws InvalidInput when a needed field has no column.
[[nodiscard]] UsagePlan planUsage(const TextTable &table, const ImportMapping &mapping, const Registry &registry,
                                  Date today);

/// The report of an import as CSV: line, model, version, period, result, reason. `imported`: the good rows are in the
/// register; they are "good, not imported" otherwise.
[[nodiscard]] std::string usageReportCsv(const UsagePlan &plan, bool imported);

} // namespace countersign
