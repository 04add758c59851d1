// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/monitoring/runsection.h"

namespace countersign {

class CurveChart;
class RowsTable;
class TimelineChart;

/// The figures of performance with their intervals, the chosen one over time, ROC and gains.
class PerformanceSection : public RunSection
{
    Q_OBJECT

public:
    explicit PerformanceSection(DialogService &dialogs, QWidget *parent = nullptr);

    void focusStart() override;
    [[nodiscard]] RowsTable *figures() const { return m_figures; }
    [[nodiscard]] TimelineChart *timeline() const { return m_timeline; }
    [[nodiscard]] CurveChart *roc() const { return m_roc; }
    [[nodiscard]] CurveChart *gains() const { return m_gains; }

protected:
    void runChanged() override;
    void periodChanged() override;

private:
    void showFigure();

    QString m_figure;
    RowsTable *m_figures;
    TimelineChart *m_timeline;
    CurveChart *m_roc;
    CurveChart *m_gains;
    ChartPanel *m_rocPanel;
    ChartPanel *m_gainsPanel;
};

} // namespace countersign
