// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window shows of the limits that a policy sets on figures of a whole period: calibration, fairness,
// duplicates, rows arrived.
#pragma once

#include <QList>
#include <QString>

#include "core/monitoring/run.h"
#include "ui/charts/timelinedata.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

class LimitsViewModel
{
public:
    /// `run` outlives this.
    explicit LimitsViewModel(const RunResult &run)
        : m_run(run)
    {
    }

    [[nodiscard]] static QStringList headings();
    /// Why there is nothing to show; empty where there is.
    [[nodiscard]] QString missing() const;
    /// A row per figure and group, the same key in every period.
    [[nodiscard]] QList<Row> rows(int period) const;
    /// The figure of a row in every period.
    [[nodiscard]] TimelineData timeline(const QString &key) const;

private:
    const RunResult &m_run;
};

} // namespace countersign
