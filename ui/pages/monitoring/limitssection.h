// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/monitoring/runsection.h"

namespace countersign {

class RowsTable;
class TimelineChart;

/// The figures of the period that the policy limits with their verdicts, and the chosen one over time.
class LimitsSection : public RunSection
{
    Q_OBJECT

public:
    explicit LimitsSection(DialogService &dialogs, QWidget *parent = nullptr);

    void focusStart() override;
    [[nodiscard]] RowsTable *figures() const { return m_figures; }
    [[nodiscard]] TimelineChart *timeline() const { return m_timeline; }

protected:
    void runChanged() override;
    void periodChanged() override;

private:
    void showFigure();

    QString m_figure; ///< the key of its row
    RowsTable *m_figures;
    TimelineChart *m_timeline;
};

} // namespace countersign
