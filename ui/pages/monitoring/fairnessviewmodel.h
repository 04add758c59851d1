// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window shows of decisions and outcomes by group of people. Measures against the organisation's own policy;
// none is a legal test.
#pragma once

#include <QStringList>

#include "core/monitoring/run.h"
#include "ui/charts/intervaldata.h"
#include "ui/charts/timelinedata.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

class FairnessViewModel
{
public:
    /// `run` outlives this.
    explicit FairnessViewModel(const RunResult &run)
        : m_run(run)
    {
    }

    [[nodiscard]] QStringList columns() const; ///< columns of groups that any period was measured by
    [[nodiscard]] QStringList measures(const QString &column) const;
    [[nodiscard]] static QString title(const QString &measure);

    [[nodiscard]] IntervalData byGroup(const QString &column, const QString &measure, int period) const;
    [[nodiscard]] TimelineData timeline(const QString &column, const QString &group, const QString &measure) const;

    [[nodiscard]] static QStringList headings();
    /// A row per group, by its name: rows, selection rate, adverse impact ratio.
    [[nodiscard]] QList<Row> rows(const QString &column, int period) const;

    /// Why there is nothing to show, and what to do about it; empty where there is.
    [[nodiscard]] QString missing() const;

private:
    [[nodiscard]] const FairnessResult *find(const QString &column, int period) const;
    [[nodiscard]] QString method(const FairnessResult &result) const;
    /// No difference, and the limits of the policy; four fifths where it has none on the ratio.
    [[nodiscard]] std::vector<LimitLine> lines(const QString &measure) const;
    [[nodiscard]] const FigureLimit *limitOn(const QString &measure) const;
    [[nodiscard]] QString limitsText(const QString &measure) const;

    const RunResult &m_run;
};

} // namespace countersign
