// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/dataquality.h"

#include "core/stats/proportions.h"
#include "core/stats/undefined.h"

#include <algorithm>

namespace countersign {

namespace {

void fillRates(DataQuality &quality, std::uint64_t rows)
{
    quality.duplicateRate.reset();
    if (quality.duplicateRows)
        quality.duplicateRate = definedOrNothing(proportion(*quality.duplicateRows, rows));
    quality.arrivedShare.reset();
    if (quality.expectedRows && *quality.expectedRows > 0)
        quality.arrivedShare = static_cast<double>(rows) / *quality.expectedRows;
}

} // namespace

void expectRows(DataQuality &quality, std::vector<std::uint64_t> rowsOfPeriods)
{
    quality.expectedRows.reset();
    quality.leastExpectedRows.reset();
    quality.mostExpectedRows.reset();
    if (rowsOfPeriods.empty())
        return;
    std::sort(rowsOfPeriods.begin(), rowsOfPeriods.end());
    const std::size_t n = rowsOfPeriods.size();
    quality.expectedRows =
        (static_cast<double>(rowsOfPeriods[(n - 1) / 2]) + static_cast<double>(rowsOfPeriods[n / 2])) / 2;
    quality.leastExpectedRows = rowsOfPeriods.front();
    quality.mostExpectedRows = rowsOfPeriods.back();
}

void fillQuality(ReferenceResult &reference, std::vector<RunPeriod> &periods, PeriodKind kind)
{
    std::vector<std::uint64_t> rows;
    for (const RunPeriod &period : periods) {
        if (period.inReference && kind != PeriodKind::Rows)
            rows.push_back(period.rows);
    }
    if (!rows.empty())
        expectRows(reference.quality, rows);
    fillRates(reference.quality, reference.rows);
    reference.quality.arrivedShare.reset();
    for (RunPeriod &period : periods) {
        if (period.comparedWith) {
            expectRows(period.quality, {periods[*period.comparedWith].rows});
        } else {
            period.quality.expectedRows = reference.quality.expectedRows;
            period.quality.leastExpectedRows = reference.quality.leastExpectedRows;
            period.quality.mostExpectedRows = reference.quality.mostExpectedRows;
        }
        fillRates(period.quality, period.rows);
    }
}

} // namespace countersign
