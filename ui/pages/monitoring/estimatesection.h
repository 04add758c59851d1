// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/monitoring/runsection.h"

namespace countersign {

class IntervalChart;
class MessageBar;
class RowsTable;
class TimelineChart;

/// Performance estimated from the scores alone beside what came to pass, and the gap between them.
class EstimateSection : public RunSection
{
    Q_OBJECT

public:
    explicit EstimateSection(DialogService &dialogs, QWidget *parent = nullptr);

    void focusStart() override;
    [[nodiscard]] RowsTable *figures() const { return m_figures; }
    [[nodiscard]] TimelineChart *timeline() const { return m_timeline; }
    [[nodiscard]] IntervalChart *gaps() const { return m_gaps; }
    [[nodiscard]] MessageBar *verdict() const { return m_verdict; }

protected:
    void runChanged() override;
    void periodChanged() override;

private:
    void showFigure();

    QString m_figure;
    MessageBar *m_verdict;
    RowsTable *m_figures;
    TimelineChart *m_timeline;
    IntervalChart *m_gaps;
    ChartPanel *m_gapsPanel;
};

} // namespace countersign
