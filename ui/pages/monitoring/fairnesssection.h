// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/monitoring/runsection.h"

class QComboBox;

namespace countersign {

class IntervalChart;
class RowsTable;
class TimelineChart;

/// Decisions and outcomes by group of people: one measure by group with intervals, one group over time.
class FairnessSection : public RunSection
{
    Q_OBJECT

public:
    explicit FairnessSection(DialogService &dialogs, QWidget *parent = nullptr);

    void focusStart() override;
    [[nodiscard]] QComboBox *columnBox() const { return m_column; }
    [[nodiscard]] QComboBox *measureBox() const { return m_measure; }
    [[nodiscard]] RowsTable *groups() const { return m_groups; }
    [[nodiscard]] IntervalChart *byGroup() const { return m_byGroup; }
    [[nodiscard]] TimelineChart *timeline() const { return m_timeline; }

protected:
    void runChanged() override;
    void periodChanged() override;

private:
    void fillMeasures();
    void showMeasure();

    QString m_group;
    QComboBox *m_column;
    QComboBox *m_measure;
    RowsTable *m_groups;
    IntervalChart *m_byGroup;
    TimelineChart *m_timeline;
};

} // namespace countersign
