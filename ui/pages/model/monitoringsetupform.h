// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/pages/model/monitoringsetup.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;
class QTabWidget;
class QTableView;

namespace countersign {

struct Context;
class LogSourceForm;
class MonitoringSetupColumns;
class ReferenceForm;

/// Everything a run needs to be told, filled with good guesses: the log and how it is written, and what is judged of
/// it.
class MonitoringSetupForm : public QWidget
{
    Q_OBJECT

public:
    MonitoringSetupForm(Context &context, const ModelVersion &version, QWidget *parent = nullptr);

    /// Opens the log of the last run, set up as that was, unless the person has chosen one meanwhile.
    void beginWith(const RunSettings &last);
    void openLog(const QString &path);
    void openImportance(const QString &path);
    [[nodiscard]] std::string databasePassword() const; ///< RunOptions::databasePassword; empty for files
    [[nodiscard]] RunSettings settings() const;
    /// What is missing or wrong, in words; empty when the run can start.
    [[nodiscard]] QStringList problems() const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] MonitoringLimits limits() const; ///< of the policy, for this model
    QWidget *makeJudged();
    QWidget *makeParts();
    QWidget *makePeriods();
    QWidget *makeImportance();
    QWidget *makeColumns();
    void followLog();
    [[nodiscard]] std::optional<RunSettings> begun() const;
    void fill(const RunSettings &settings);
    void fillPart(QComboBox *box, const std::string &chosen);
    void offerValues(QComboBox *box, const std::string &column);
    void follow();
    [[nodiscard]] bool readsRows() const; ///< of the log, in files
    [[nodiscard]] ColumnRoles parts() const;

    Context &m_context;
    ModelVersion m_version;
    std::optional<RunSettings> m_last;
    std::map<std::string, double> m_importance; ///< from a file
    QString m_importanceError;
    QString m_gone; ///< what the last run read and this one cannot
    bool m_filling = false;
    bool m_filled = false;  ///< there has been a preview
    bool m_touched = false; ///< by the person, since it was filled
    QTabWidget *m_tabs;
    LogSourceForm *m_source;
    ReferenceForm *m_reference = nullptr;
    MonitoringSetupColumns *m_columns;
    QComboBox *m_time = nullptr;
    QComboBox *m_score = nullptr;
    QComboBox *m_prediction = nullptr;
    QComboBox *m_target = nullptr;
    QComboBox *m_positive = nullptr;
    QComboBox *m_grade = nullptr;
    QComboBox *m_segment = nullptr;
    QComboBox *m_segmentValue = nullptr;
    QDoubleSpinBox *m_threshold = nullptr;
    QComboBox *m_favourable = nullptr;
    QComboBox *m_period = nullptr;
    QSpinBox *m_rowsPerPeriod = nullptr;
    QRadioButton *m_versionImportance = nullptr;
    QRadioButton *m_fileImportance = nullptr;
    QRadioButton *m_noImportance = nullptr;
    QLineEdit *m_importancePath = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_used = nullptr;
    QCheckBox *m_tests = nullptr;
};

} // namespace countersign
