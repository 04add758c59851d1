// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window shows of performance estimated without outcomes, and of what came of it.
#pragma once

#include <QStringList>

#include "core/monitoring/run.h"
#include "ui/charts/intervaldata.h"
#include "ui/charts/timelinedata.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

class EstimateViewModel
{
public:
    /// `run` outlives this.
    explicit EstimateViewModel(const RunResult &run)
        : m_run(run)
    {
    }

    [[nodiscard]] QStringList figures() const; ///< names of those estimated in any period
    /// The figure as it came to pass, with the estimate as a second line.
    [[nodiscard]] TimelineData timeline(const QString &figure) const;
    /// Realised minus estimated over the rows whose outcome is known, a row per period.
    [[nodiscard]] IntervalData gaps(const QString &figure) const;
    [[nodiscard]] QStringList gapFigures() const; ///< names of the gaps of any period

    [[nodiscard]] static QStringList headings();
    /// A row per figure of the period: estimate, interval of what is to be expected, realised, gap.
    [[nodiscard]] QList<Row> rows(int period) const;
    /// What the run says of the period: whether the gap is more than chance, and why.
    [[nodiscard]] QString reason(int period) const;
    [[nodiscard]] bool suspected(int period) const;

    /// Why there are no estimates; empty where there are.
    [[nodiscard]] QString missing() const;

private:
    [[nodiscard]] const RunPeriod &at(int period) const { return m_run.periods.at(static_cast<std::size_t>(period)); }

    const RunResult &m_run;
};

} // namespace countersign
