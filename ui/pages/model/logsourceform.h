// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/monitoring/preview.h"
#include "ui/jobs/latestjob.h"
#include "ui/pages/model/chosenlog.h"

class QGroupBox;
class QLabel;
class QRadioButton;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace countersign {

struct Context;
class LogDatabaseForm;
class LogDialectForm;
class LogFilesForm;

/// Which log to read, how it is written, and what its first rows then say. Every change is looked at anew, as a job.
class LogSourceForm : public QWidget
{
    Q_OBJECT

public:
    explicit LogSourceForm(Context &context, QWidget *parent = nullptr);

    /// Reads the beginning of the log; of a database, once the person has connected.
    void open(const ChosenLog &log);
    [[nodiscard]] ChosenLog chosen() const;
    [[nodiscard]] std::string password() const; ///< of the database
    /// Of what is chosen; none while it is read, and where it cannot be.
    [[nodiscard]] const std::optional<LogPreview> &preview() const { return m_preview; }
    /// What stands in the way of a preview, in words; empty where there is one.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed(); ///< something is chosen anew, or a preview has come

private:
    QWidget *makeRows();
    void read();
    void take(const Result<LogPreview> &preview);
    void showRows();
    void follow();
    [[nodiscard]] bool fromDatabase() const;

    Context &m_context;
    LatestJob m_reading;
    std::optional<LogPreview> m_preview;
    QString m_error;
    QRadioButton *m_filesButton;
    QRadioButton *m_databaseButton;
    QStackedWidget *m_places;
    LogFilesForm *m_files;
    LogDatabaseForm *m_database;
    LogDialectForm *m_dialect;
    QLabel *m_description;
    QGroupBox *m_writing;
    QGroupBox *m_rowsBox;
    QStandardItemModel *m_rows;
    QTableView *m_table;
};

} // namespace countersign
