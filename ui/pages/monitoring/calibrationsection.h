// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/monitoring/runsection.h"

class QLabel;

namespace countersign {

class CurveChart;
class RowsTable;
class TimelineChart;

/// Whether probabilities come true: as a whole, by grade, and over time.
class CalibrationSection : public RunSection
{
    Q_OBJECT

public:
    explicit CalibrationSection(DialogService &dialogs, QWidget *parent = nullptr);

    void focusStart() override;
    [[nodiscard]] RowsTable *figures() const { return m_figures; }
    [[nodiscard]] RowsTable *grades() const { return m_grades; }
    [[nodiscard]] CurveChart *reliability() const { return m_reliability; }
    [[nodiscard]] TimelineChart *timeline() const { return m_timeline; }

protected:
    void runChanged() override;
    void periodChanged() override;

private:
    void showFigure();

    QString m_figure;
    RowsTable *m_figures;
    RowsTable *m_grades;
    QLabel *m_heading;
    CurveChart *m_reliability;
    TimelineChart *m_timeline;
};

} // namespace countersign
