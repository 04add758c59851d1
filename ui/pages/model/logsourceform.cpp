// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/logsourceform.h"

#include <QButtonGroup>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QRadioButton>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/workspace/importer.h"
#include "ui/pages/model/logdatabaseform.h"
#include "ui/pages/model/logdialectform.h"
#include "ui/pages/model/logfilesform.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/monitoringsetup.h"
#include "ui/shell/context.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

QStandardItem *cell(const QString &text, bool number)
{
    auto *item = new QStandardItem(text);
    item->setEditable(false);
    item->setToolTip(text);
    if (number)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

/// Of a number for reading at a glance; anything else as it is.
QString shortened(const std::string &text)
{
    bool number = false;
    const double value = toQt(text).toDouble(&number);
    constexpr int digits = 6;
    return number ? QString::number(value, 'g', digits) : toQt(text);
}

QString kindOf(const PreviewColumn &column)
{
    return column.isTime                            ? LogSourceForm::tr("time")
           : column.type == ColumnType::Categorical ? LogSourceForm::tr("text")
                                                    : LogSourceForm::tr("number");
}

} // namespace

LogSourceForm::LogSourceForm(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_reading(context.jobs)
    , m_filesButton(new QRadioButton(tr("F&iles or a folder")))
    , m_databaseButton(new QRadioButton(tr("A data&base (ODBC)")))
    , m_places(new QStackedWidget)
    , m_files(new LogFilesForm(context))
    , m_database(new LogDatabaseForm(context))
    , m_dialect(new LogDialectForm)
    , m_description(quietLabel(this))
    , m_writing(new QGroupBox(tr("How it is written")))
    , m_rows(new QStandardItemModel(this))
{
    auto *kind = new QButtonGroup(this);
    kind->addButton(m_filesButton);
    kind->addButton(m_databaseButton);
    m_filesButton->setChecked(true);
    m_places->addWidget(m_files);
    m_places->addWidget(m_database);
    m_places->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *writing = new QVBoxLayout(m_writing);
    writing->addWidget(m_dialect);

    auto *choice = new QHBoxLayout;
    choice->addWidget(new QLabel(tr("The log lies in"), this));
    choice->addWidget(m_filesButton);
    choice->addWidget(m_databaseButton);
    choice->addStretch(1);
    auto *halves = new QHBoxLayout;
    halves->addWidget(m_writing, 6);
    halves->addWidget(makeRows(), 5);
    auto *column = new QVBoxLayout(this);
    column->addLayout(choice);
    column->addWidget(m_places);
    column->addWidget(m_description);
    column->addLayout(halves, 1);
    setFocusProxy(m_files);

    connect(m_filesButton, &QRadioButton::toggled, this, &LogSourceForm::read);
    connect(m_files, &LogFilesForm::changed, this, &LogSourceForm::read);
    connect(m_dialect, &LogDialectForm::changed, this, &LogSourceForm::read);
    connect(m_database, &LogDatabaseForm::changed, this, &LogSourceForm::read);
    connect(m_database, &LogDatabaseForm::edited, this, [this] {
        m_reading.forget();
        m_preview.reset();
        m_error.clear();
        follow();
    });
    follow();
}

QWidget *LogSourceForm::makeRows()
{
    m_rowsBox = new QGroupBox(this);
    m_table = new QTableView(m_rowsBox);
    m_table->setModel(m_rows);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *column = new QVBoxLayout(m_rowsBox);
    column->addWidget(m_table);
    return m_rowsBox;
}

bool LogSourceForm::fromDatabase() const
{
    return m_databaseButton->isChecked();
}

void LogSourceForm::open(const ChosenLog &log)
{
    m_dialect->setDialect(log.dialect);
    m_files->setPaths(log.paths);
    if (log.sql)
        m_database->setSource(*log.sql);
    const QSignalBlocker quiet(m_filesButton);
    (log.sql ? m_databaseButton : m_filesButton)->setChecked(true);
    if (!log.sql)
        return read();
    m_reading.forget(); // nobody has asked for the database yet
    m_preview.reset();
    follow();
}

ChosenLog LogSourceForm::chosen() const
{
    if (fromDatabase())
        return {{}, {}, m_database->source()};
    return {m_files->paths(), m_dialect->dialect(), {}};
}

std::string LogSourceForm::password() const
{
    return fromDatabase() ? m_database->password() : std::string();
}

QString LogSourceForm::problem() const
{
    if (m_preview)
        return {};
    if (m_reading.running())
        return tr("The log is being read.");
    if (!m_error.isEmpty())
        return m_error;
    if (!fromDatabase())
        return m_files->paths().empty() ? tr("Choose the scoring log.") : tr("The log was not read.");
    const QString problem = m_database->problem();
    return problem.isEmpty() ? tr("Connect to the database.") : problem;
}

void LogSourceForm::read()
{
    m_reading.forget();
    m_preview.reset();
    m_error.clear();
    const ChosenLog log = chosen();
    const bool ready = !log.empty() && (!log.sql || m_database->problem().isEmpty());
    if (ready) {
        m_reading.run(
            tr("Read a scoring log"),
            [log, password = password()](const CancelToken &cancel, const Progress &) {
                return log.sql ? previewDatabaseLog(*log.sql, password, cancel)
                               : previewScoringLog(log.paths.front(), log.dialect,
                                                   {log.paths.begin() + 1, log.paths.end()}, cancel);
            },
            [this](const Result<LogPreview> &preview) { take(preview); });
    }
    follow();
}

void LogSourceForm::take(const Result<LogPreview> &preview)
{
    if (preview)
        m_preview = *preview;
    else
        m_error = toQt(preview.error().text());
    if (m_preview && !fromDatabase()) {
        m_files->showPreview(*m_preview);
        m_dialect->showGuesses(*m_preview);
    } else if (!fromDatabase()) {
        m_dialect->clearGuesses();
    }
    follow();
}

void LogSourceForm::showRows()
{
    m_rows->clear();
    if (!m_preview)
        return;
    const auto &columns = m_preview->columns;
    QStringList headings;
    if (fromDatabase()) {
        headings = {tr("Column"), tr("Holds"), tr("Missing"), tr("Smallest"), tr("Largest")};
        for (const PreviewColumn &column : columns) {
            const bool ends = column.samples.size() == 2;
            m_rows->appendRow({cell(toQt(column.name), false), cell(kindOf(column), false),
                               cell(countText(static_cast<qint64>(column.missing)), true),
                               cell(ends ? shortened(column.samples[0]) : QString(), true),
                               cell(ends ? shortened(column.samples[1]) : QString(), true)});
        }
    } else if (m_preview->profile) {
        headings = {tr("Column"), tr("Holds"), tr("Bins"), tr("First bins"), tr("Missing")};
        for (const PreviewColumn &column : columns)
            m_rows->appendRow({cell(toQt(column.name), false), cell(kindOf(column), false),
                               cell(countText(static_cast<qint64>(column.distinct)), true),
                               cell(toQt(column.samples).join(u" · "_s), false),
                               cell(countText(static_cast<qint64>(column.missing)), true)});
    } else {
        for (const PreviewColumn &column : columns)
            headings << toQt(column.name);
        for (const auto &row : m_preview->rows) {
            QList<QStandardItem *> cells;
            for (std::size_t i = 0; i < row.size(); ++i)
                cells << cell(toQt(row[i]), columns[i].type == ColumnType::Numeric && !columns[i].isTime);
            m_rows->appendRow(cells);
        }
    }
    m_rows->setHorizontalHeaderLabels(headings);
    constexpr int widest = 24;
    constexpr int columnsMeasured = 100;
    for (int at = 0; at < std::min(m_rows->columnCount(), columnsMeasured); ++at) {
        m_table->resizeColumnToContents(at);
        m_table->setColumnWidth(at, std::min(m_table->columnWidth(at), widest * fontMetrics().averageCharWidth()));
    }
}

void LogSourceForm::follow()
{
    const bool database = fromDatabase();
    m_places->setCurrentWidget(database ? static_cast<QWidget *>(m_database) : m_files);
    m_writing->setVisible(!database && !(m_preview && m_preview->parquet));
    m_rowsBox->setTitle(database                          ? tr("Columns, as the database counts them")
                        : m_preview && m_preview->profile ? tr("Columns, as the profile counts them")
                                                          : tr("First rows, as they are understood"));
    m_table->setAccessibleName(m_rowsBox->title());
    QStringList words;
    if (m_preview) {
        words << logDescription(*m_preview);
        words << toQt(m_preview->warnings);
    } else if (m_reading.running()) {
        words << (database ? tr("The database counts the rows…") : tr("Reading the beginning of the log…"));
    } else if (!m_error.isEmpty()) {
        words << m_error;
    }
    m_description->setText(words.join(u' '));
    m_description->setVisible(!words.isEmpty());
    showRows();
    Q_EMIT changed();
}

} // namespace countersign
