// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/pages/model/monitoringsetup.h"

class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;
class QTableView;

namespace countersign {

struct Context;
class MonitoringSetupColumns;

/// Everything a run needs to be told, on one page, filled with good guesses. Files are read as jobs.
class MonitoringSetupForm : public QWidget
{
    Q_OBJECT

public:
    MonitoringSetupForm(Context &context, const ModelVersion &version, std::optional<RunSettings> last,
                        QWidget *parent = nullptr);

    void openLog(const QString &path);
    void openReference(const QString &path);
    void openImportance(const QString &path);
    [[nodiscard]] bool ready() const { return m_preview.has_value(); }
    [[nodiscard]] RunSettings settings() const;
    /// What is missing or wrong, in words; empty when the run can start.
    [[nodiscard]] QStringList problems() const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] MonitoringLimits limits() const; ///< of the policy, for this model
    QWidget *makeFile();
    QWidget *makeParts();
    QWidget *makePeriods();
    QWidget *makeImportance();
    QWidget *makeColumns();
    void browse(const QString &title, void (MonitoringSetupForm::*open)(const QString &));
    void fill(const RunSettings &settings);
    void fillPart(QComboBox *box, const std::string &chosen);
    void follow();
    [[nodiscard]] ColumnRoles parts() const;

    Context &m_context;
    ModelVersion m_version;
    std::optional<RunSettings> m_last;
    std::optional<LogPreview> m_preview;
    std::optional<LogPreview> m_referencePreview;
    std::map<std::string, double> m_importance; ///< from a file
    QString m_logError;
    QString m_importanceError;
    bool m_filling = false;
    MonitoringSetupColumns *m_columns;
    QLineEdit *m_path = nullptr;
    QLabel *m_description = nullptr;
    QComboBox *m_time = nullptr;
    QComboBox *m_score = nullptr;
    QComboBox *m_prediction = nullptr;
    QComboBox *m_target = nullptr;
    QComboBox *m_segment = nullptr;
    QComboBox *m_segmentValue = nullptr;
    QDoubleSpinBox *m_threshold = nullptr;
    QComboBox *m_favourable = nullptr;
    QComboBox *m_period = nullptr;
    QSpinBox *m_rowsPerPeriod = nullptr;
    QRadioButton *m_untilButton = nullptr;
    QRadioButton *m_firstButton = nullptr;
    QRadioButton *m_fileButton = nullptr;
    QDateEdit *m_until = nullptr;
    QSpinBox *m_first = nullptr;
    QLineEdit *m_referencePath = nullptr;
    QRadioButton *m_versionImportance = nullptr;
    QRadioButton *m_fileImportance = nullptr;
    QRadioButton *m_noImportance = nullptr;
    QLineEdit *m_importancePath = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_used = nullptr;
};

} // namespace countersign
