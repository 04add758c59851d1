// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/monitoring/run.h"

namespace countersign {

/// How a run computed again from its stored counts compares with what was recorded.
struct Recomputation
{
    std::size_t numbers = 0; ///< compared
    QStringList differences; ///< "income, 2026-06: psi recorded 0.12, recomputed 0.13"

    /// "All 1,204 numbers reproduced." or how many differ.
    [[nodiscard]] QString summary() const;
};

/// Every statistic, critical value and verdict of both, exactly.
[[nodiscard]] Recomputation compareRuns(const RunResult &recorded, const RunResult &recomputed);

} // namespace countersign
