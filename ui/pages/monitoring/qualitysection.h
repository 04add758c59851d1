// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/monitoring/runsection.h"

namespace countersign {

class RowsTable;
class TimelineChart;

/// Missing and outside values by feature, rows arrived and duplicates by period.
class QualitySection : public RunSection
{
    Q_OBJECT

public:
    explicit QualitySection(DialogService &dialogs, QWidget *parent = nullptr);

    void focusStart() override;
    [[nodiscard]] RowsTable *features() const { return m_features; }
    [[nodiscard]] TimelineChart *missing() const { return m_missing; }
    [[nodiscard]] TimelineChart *outside() const { return m_outside; }
    [[nodiscard]] TimelineChart *arrived() const { return m_arrived; }

protected:
    void runChanged() override;
    void periodChanged() override;

private:
    void showFeature();

    QString m_feature;
    RowsTable *m_features;
    TimelineChart *m_missing;
    TimelineChart *m_outside;
    TimelineChart *m_arrived;
    TimelineChart *m_duplicates;
    ChartPanel *m_arrivedPanel;
    ChartPanel *m_duplicatesPanel;
};

} // namespace countersign
