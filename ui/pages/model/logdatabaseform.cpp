// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/logdatabaseform.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include "core/workspace/importer.h"
#include "ui/pages/model/modeltab.h"
#include "ui/shell/context.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

QComboBox *editableBox(const QString &name, const QString &placeholder)
{
    auto *box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setAccessibleName(name);
    box->lineEdit()->setAccessibleName(name);
    box->lineEdit()->setPlaceholderText(placeholder);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

void offer(QComboBox *box, const QStringList &texts)
{
    const QString text = box->currentText();
    const QSignalBlocker quiet(box);
    box->clear();
    box->addItems(texts);
    box->setCurrentIndex(-1);
    box->setEditText(text);
}

} // namespace

LogDatabaseForm::LogDatabaseForm(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_tables(context.jobs)
    , m_connection(editableBox(tr("Connection"), tr("DSN=warehouse, or Driver={PostgreSQL Unicode};Servername=db;"
                                                    "Database=risk;UID=reader")))
    , m_password(new QLineEdit)
    , m_connect(new QPushButton(tr("Conne&ct")))
    , m_query(editableBox(tr("Table or query"), tr("risk.scores, or one query that gives the rows")))
    , m_remark(quietLabel(this))
{
    m_connection->setToolTip(tr("An ODBC data source or connection string; recorded with the run, and so without a "
                                "password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(tr("where the data source holds none"));
    m_password->setToolTip(tr("For this run alone: it is kept nowhere and recorded nowhere"));
    m_connect->setToolTip(tr("List the tables, and look at the one chosen"));
    auto *password = new QHBoxLayout;
    password->addWidget(m_password, 1);
    password->addWidget(m_connect);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Co&nnection"), m_connection);
    form->addRow(tr("&Password"), password);
    form->addRow(tr("&Table or query"), m_query);
    form->addRow(m_remark);
    qobject_cast<QLabel *>(form->labelForField(password))->setBuddy(m_password);
    setFocusProxy(m_connection);
    connect(m_connection, &QComboBox::editTextChanged, this, [this] {
        m_error.clear();
        follow();
        Q_EMIT edited();
    });
    connect(m_password, &QLineEdit::textChanged, this, &LogDatabaseForm::edited);
    connect(m_password, &QLineEdit::returnPressed, this, &LogDatabaseForm::connectToDatabase);
    connect(m_query, &QComboBox::editTextChanged, this, [this] {
        follow();
        Q_EMIT edited();
    });
    connect(m_query, &QComboBox::activated, this, &LogDatabaseForm::lookAt);
    connect(m_query->lineEdit(), &QLineEdit::editingFinished, this, &LogDatabaseForm::lookAt);
    connect(m_connect, &QPushButton::clicked, this, &LogDatabaseForm::connectToDatabase);
    follow();
}

void LogDatabaseForm::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_offered)
        offerDatabases();
}

void LogDatabaseForm::offerDatabases()
{
    m_offered = true;
    const auto found = findDatabases();
    m_noDriver = found && found->drivers.empty();
    QStringList connections;
    if (found) {
        for (const std::string &name : found->dataSources)
            connections << u"DSN=%1"_s.arg(toQt(name));
        for (const std::string &name : found->drivers)
            connections << u"Driver={%1};Servername=;Database=;UID="_s.arg(toQt(name));
    }
    offer(m_connection, connections);
    follow();
}

void LogDatabaseForm::setSource(const SqlSource &source)
{
    const QSignalBlocker quiet(this);
    m_connection->setEditText(toQt(source.connection));
    m_query->setEditText(toQt(source.query));
    m_told = {};
    follow();
}

SqlSource LogDatabaseForm::source() const
{
    return {typed(m_connection->lineEdit()), typed(m_query->lineEdit()), {}};
}

std::string LogDatabaseForm::password() const
{
    return toStd(m_password->text());
}

QString LogDatabaseForm::problem() const
{
    const SqlSource source = this->source();
    if (source.connection.empty())
        return tr("Name the data source or connection of the database.");
    if (holdsPassword(source.connection))
        return tr("Leave the password out of the connection, which is recorded with the run, and give it by itself.");
    if (!m_error.isEmpty())
        return m_error;
    return source.query.empty() ? tr("Choose the table, or write a query.") : QString();
}

void LogDatabaseForm::connectToDatabase()
{
    if (m_tables.running()) {
        m_tables.forget();
        return follow();
    }
    const std::string connection = source().connection;
    if (connection.empty() || holdsPassword(connection))
        return;
    m_error.clear();
    m_found.clear();
    m_tables.run(
        tr("List the tables of a database"),
        [connection, password = password()](const CancelToken &cancel, const Progress &) {
            return listDatabaseTables(connection, password, cancel);
        },
        [this](const Result<std::vector<std::string>> &tables) {
            if (tables) {
                offer(m_query, toQt(*tables));
                m_told = {};
                m_found =
                    countText(static_cast<qint64>(tables->size()), tr("table is offered."), tr("tables are offered."));
            } else if (tables.error().code != ErrorCode::Cancelled) {
                m_error = toQt(tables.error().text());
            }
            follow();
            Q_EMIT edited();
            if (tables)
                lookAt();
        });
    follow();
    Q_EMIT edited();
}

void LogDatabaseForm::lookAt()
{
    const SqlSource source = this->source();
    const bool same = source.connection == m_told.connection && source.query == m_told.query;
    if (same || m_tables.running() || !problem().isEmpty())
        return;
    m_told = source;
    Q_EMIT changed();
}

void LogDatabaseForm::follow()
{
    m_connect->setText(m_tables.running() ? tr("Stop") : tr("Conne&ct"));
    m_connect->setEnabled(!source().connection.empty() && !holdsPassword(source().connection));
    m_remark->setText(
        m_tables.running() ? tr("Connecting…")
        : m_noDriver ? tr("No ODBC driver is installed: install that of your database (for PostgreSQL on Debian or "
                          "Ubuntu, sudo apt install odbc-postgresql) and open this again.")
        : !m_found.isEmpty()
            ? m_found
            : tr("The rows stay in the database, which counts them: see scoring logs in the documentation."));
}

} // namespace countersign
