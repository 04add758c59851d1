// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/monitoring/sql/sqlsource.h"
#include "ui/jobs/latestjob.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace countersign {

struct Context;

/// A log in a database: the connection without its password, the password beside it, which nobody keeps, and a table or
/// query. Connecting lists the tables, as a job.
class LogDatabaseForm : public QWidget
{
    Q_OBJECT

public:
    explicit LogDatabaseForm(Context &context, QWidget *parent = nullptr);

    void setSource(const SqlSource &source); ///< changed() is not emitted
    /// Without a reference.
    [[nodiscard]] SqlSource source() const;
    [[nodiscard]] std::string password() const;
    /// What stands in the way of reading, in words; empty when nothing does.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    /// The person asks for the table or query named to be looked at.
    void changed();
    void edited(); ///< something is typed; what was read no longer holds

private:
    void offerDatabases();
    void connectToDatabase();
    void follow();
    void lookAt();

    Context &m_context;
    bool m_noDriver = false;
    bool m_offered = false;
    LatestJob m_tables;
    QString m_error;
    QString m_found; ///< by the last connection
    SqlSource m_told;
    QComboBox *m_connection;
    QLineEdit *m_password;
    QPushButton *m_connect;
    QComboBox *m_query;
    QLabel *m_remark;

protected:
    void showEvent(QShowEvent *event) override;
};

} // namespace countersign
