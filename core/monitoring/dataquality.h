// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/run.h"

#include <cstdint>
#include <vector>

namespace countersign {

/// Fills the rows that a period is expected to have from those of the reference's periods; nothing where there are
/// none.
void expectRows(DataQuality &quality, std::vector<std::uint64_t> rowsOfPeriods);

/// Fills rates and shares from counts. Rows are expected by the period that this one is compared with, else by the
/// periods of the run that belong to the reference, else by what is recorded with the reference.
void fillQuality(ReferenceResult &reference, std::vector<RunPeriod> &periods, PeriodKind kind);

} // namespace countersign
