// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window shows of a run's performance and calibration. Values are passed on as recorded; curves are those of
// core/monitoring/figures.h.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <functional>

#include "core/monitoring/run.h"
#include "ui/charts/curvedata.h"
#include "ui/charts/timelinedata.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

class PerformanceViewModel
{
public:
    /// `run` outlives this.
    explicit PerformanceViewModel(const RunResult &run)
        : m_run(run)
    {
    }

    enum class Part { Discrimination, Calibration };

    /// Names of the figures of a part that any period has, in the order of their list.
    [[nodiscard]] QStringList figures(Part part) const;
    [[nodiscard]] static QString title(const QString &figure);

    [[nodiscard]] static QStringList figureHeadings();
    /// A row per figure, by its name: its value in the period with interval, and in the reference.
    [[nodiscard]] QList<Row> figureRows(Part part, int period) const;
    [[nodiscard]] TimelineData timeline(const QString &figure) const;

    [[nodiscard]] CurveData roc(int period) const;
    [[nodiscard]] CurveData gains(int period) const;
    [[nodiscard]] CurveData reliability(int period) const;

    [[nodiscard]] static QStringList gradeHeadings();
    [[nodiscard]] QString gradesTitle(int period) const;
    /// Rating grades, or groups of about equal size, from the highest mean score to the lowest.
    [[nodiscard]] QList<Row> gradeRows(int period) const;
    [[nodiscard]] bool hasCurves() const; ///< a score against a binary target in any period

    /// Why there are no figures, and what to do about it; empty where there are.
    [[nodiscard]] QString missing() const;

private:
    [[nodiscard]] const RunPeriod &at(int period) const { return m_run.periods.at(static_cast<std::size_t>(period)); }
    [[nodiscard]] CurveData curves(int period, const QString &title, const QString &method,
                                   const std::function<CurveData::Curve(const Performance &)> &curve) const;

    const RunResult &m_run;
};

} // namespace countersign
