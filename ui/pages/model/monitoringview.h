// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "ui/pages/model/driftviewmodel.h"

class QComboBox;
class QLabel;
class QSlider;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace countersign {

class Badge;
class CaptionLabel;
class DialogService;
class DriftSection;
class EmptyState;
class RunSection;

/// One run in sections that share the selected period: drift, performance, calibration, estimated performance,
/// fairness, data quality, the limits on figures of a whole period. Used for recorded runs and for a new one before it
/// is recorded.
class MonitoringView : public QWidget
{
    Q_OBJECT

public:
    enum class Section { Drift, Performance, Calibration, Estimated, Fairness, Quality, Limits };

    explicit MonitoringView(DialogService &dialogs, QWidget *parent = nullptr);
    ~MonitoringView() override;

    /// Shows a run at its judged period; keeps section, feature, figure and statistic where the run has them.
    void setRun(DriftViewModel run);
    [[nodiscard]] const DriftViewModel &run() const { return m_run; }

    void selectPeriod(int period);
    void selectSection(Section section);
    [[nodiscard]] int period() const { return m_period; }
    [[nodiscard]] Section section() const;
    [[nodiscard]] QTabBar *sections() const { return m_tabs; }
    void focusStart();

    [[nodiscard]] DriftSection *drift() const { return m_drift; }
    [[nodiscard]] RunSection *widgetOf(Section section) const { return m_sections.at(static_cast<int>(section)); }

private:
    QWidget *makeControls();
    void fillControls();
    void showSection();
    /// Why the run has nothing for a section; empty where it has.
    [[nodiscard]] QString missing(Section section) const;

    DialogService &m_dialogs;
    DriftViewModel m_run;
    int m_period = -1;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    DriftSection *m_drift;
    QList<RunSection *> m_sections; ///< in the order of Section
    QComboBox *m_periodBox = nullptr;
    QSlider *m_slider = nullptr;
    QLabel *m_statisticLabel = nullptr;
    Badge *m_badge = nullptr;
    CaptionLabel *m_summary = nullptr;
    QToolButton *m_warnings = nullptr; ///< what the engine had to say about the columns
};

} // namespace countersign
