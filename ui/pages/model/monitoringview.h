// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

#include "ui/pages/model/driftviewmodel.h"

class QComboBox;
class QSlider;
class QSplitter;
class QToolButton;

namespace countersign {

class Badge;
class CaptionLabel;
class ChartPanel;
class DialogService;
class DriftFeatureTable;
class DriftScatter;
class HistogramChart;
class TimelineChart;

/// One run: its features and charts, linked by the selected feature, period and statistic. Used for recorded runs and
/// for a new one before it is recorded.
class MonitoringView : public QWidget
{
    Q_OBJECT

public:
    explicit MonitoringView(DialogService &dialogs, QWidget *parent = nullptr);
    ~MonitoringView() override;

    /// Shows a run at its judged period; keeps feature and statistic where the run has them.
    void setRun(DriftViewModel run);
    [[nodiscard]] const DriftViewModel &run() const { return m_run; }

    void selectFeature(const QString &feature);
    void selectPeriod(int period);
    void selectStatistic(DriftStatistic statistic);
    [[nodiscard]] QString feature() const { return m_feature; }
    [[nodiscard]] int period() const { return m_period; }
    [[nodiscard]] DriftStatistic statistic() const { return m_statistic; }
    void focusStart();

    [[nodiscard]] DriftFeatureTable *features() const { return m_features; }
    [[nodiscard]] DriftScatter *scatter() const { return m_scatter; }
    [[nodiscard]] HistogramChart *histogram() const { return m_histogram; }
    [[nodiscard]] TimelineChart *drift() const { return m_drift; }
    [[nodiscard]] TimelineChart *performance() const { return m_performance; }

private:
    QWidget *makeControls();
    QWidget *makeCharts();
    void fillControls();
    void showPeriod();
    void showFeature();
    void showStatistic();
    void enlarge(ChartPanel *panel, bool enlarged);

    DialogService &m_dialogs;
    DriftViewModel m_run;
    QString m_feature;
    int m_period = -1;
    DriftStatistic m_statistic = DriftStatistic::Psi;
    QComboBox *m_periodBox = nullptr;
    QSlider *m_slider = nullptr;
    QComboBox *m_statisticBox = nullptr;
    Badge *m_badge = nullptr;
    CaptionLabel *m_summary = nullptr;
    QToolButton *m_warnings = nullptr; ///< what the engine had to say about the columns
    DriftFeatureTable *m_features;
    DriftScatter *m_scatter;
    HistogramChart *m_histogram;
    TimelineChart *m_drift;
    TimelineChart *m_performance;
    std::array<ChartPanel *, 4> m_panels{}; ///< in reading order; performance last
    QSplitter *m_split = nullptr;
    std::array<QWidget *, 2> m_chartRows{};
};

} // namespace countersign
