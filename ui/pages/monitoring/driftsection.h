// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/monitoring/runsection.h"

class QComboBox;

namespace countersign {

class DriftFeatureTable;
class DriftScatter;
class HistogramChart;
class TimelineChart;

/// Features and their drift, with performance beside it, linked by the selected feature, period and statistic.
class DriftSection : public RunSection
{
    Q_OBJECT

public:
    explicit DriftSection(DialogService &dialogs, QWidget *parent = nullptr);

    void selectFeature(const QString &feature);
    void selectStatistic(DriftStatistic statistic);
    [[nodiscard]] QString feature() const { return m_feature; }
    [[nodiscard]] DriftStatistic statistic() const { return m_statistic; }
    void focusStart() override;

    /// Stands in the bar of the whole view.
    [[nodiscard]] QComboBox *statisticBox() const { return m_statisticBox; }
    [[nodiscard]] DriftFeatureTable *features() const { return m_features; }
    [[nodiscard]] DriftScatter *scatter() const { return m_scatter; }
    [[nodiscard]] HistogramChart *histogram() const { return m_histogram; }
    [[nodiscard]] TimelineChart *drift() const { return m_drift; }
    [[nodiscard]] TimelineChart *performance() const { return m_performance; }

protected:
    void runChanged() override;
    void periodChanged() override;

private:
    void showFeature();

    QString m_feature;
    DriftStatistic m_statistic = DriftStatistic::Psi;
    QComboBox *m_statisticBox;
    DriftFeatureTable *m_features;
    DriftScatter *m_scatter;
    HistogramChart *m_histogram;
    TimelineChart *m_drift;
    TimelineChart *m_performance;
    ChartPanel *m_performancePanel;
};

} // namespace countersign
