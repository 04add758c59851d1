// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/logfilesform.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastRows = 2;
constexpr int mostRows = 4;

QString filter()
{
    return LogFilesForm::tr("Scoring logs (*.csv *.tsv *.tab *.psv *.txt *.gz *.zst *.parquet);;All files (*)");
}

/// Whether a file that was read is the one chosen, or lies directly in the folder chosen.
bool belongsTo(const PreviewFile &file, const std::string &chosen)
{
    const QFileInfo info(toQt(chosen));
    return file.path == chosen ||
           (info.isDir() && QFileInfo(toQt(file.path)).absolutePath() == QDir(info.absoluteFilePath()).absolutePath());
}

} // namespace

LogFilesForm::LogFilesForm(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_table(new RowsTable(tr("Files of the scoring log"),
                            {tr("File or folder"), tr("Size"), tr("Rows"), tr("Lies in")}, this))
    , m_remove(new QPushButton(tr("&Remove")))
    , m_order(quietLabel(this))
{
    m_table->setSortingEnabled(false);
    m_table->setVisibleRows(leastRows, mostRows);
    m_table->shareWidth({3});
    auto *choose = new QPushButton(tr("&Choose log…"), this);
    choose->setToolTip(tr("One file, or several to read as one log, in place of those here"));
    auto *addFile = new QPushButton(tr("&Add files…"), this);
    auto *addFolder = new QPushButton(tr("Add &folder…"), this);
    addFolder->setToolTip(tr("All logs directly in a folder, listed anew by every run"));
    connect(choose, &QPushButton::clicked, this, &LogFilesForm::choose);
    connect(addFile, &QPushButton::clicked, this, &LogFilesForm::addFiles);
    connect(addFolder, &QPushButton::clicked, this, &LogFilesForm::addFolder);
    connect(m_remove, &QPushButton::clicked, this, &LogFilesForm::removeSelected);
    connect(m_table, &RowsTable::currentKeyChanged, this,
            [this] { m_remove->setEnabled(!m_table->selectedKeys().isEmpty()); });
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {choose, addFile, addFolder, m_remove})
        buttons->addWidget(button);
    buttons->addWidget(m_order, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(buttons);
    column->addWidget(m_table);
    setFocusProxy(choose);
    follow();
}

void LogFilesForm::setPaths(std::vector<std::string> paths)
{
    m_paths = std::move(paths);
    m_files.clear();
    follow();
}

void LogFilesForm::showPreview(const LogPreview &preview)
{
    m_files = preview.files;
    const auto place = [this](const std::string &path) {
        return std::find_if(m_files.begin(), m_files.end(),
                            [&path](const PreviewFile &file) { return belongsTo(file, path); }) -
               m_files.begin();
    };
    std::stable_sort(m_paths.begin(), m_paths.end(),
                     [&place](const std::string &a, const std::string &b) { return place(a) < place(b); });
    follow();
}

void LogFilesForm::choose()
{
    const QStringList chosen = m_context.dialogs.openFiles(this, tr("Choose the scoring log"), filter());
    if (chosen.isEmpty())
        return;
    m_paths.clear();
    add(chosen);
}

void LogFilesForm::addFiles()
{
    add(m_context.dialogs.openFiles(this, tr("Add files to the scoring log"), filter()));
}

void LogFilesForm::addFolder()
{
    if (const auto folder = m_context.dialogs.chooseFolder(this, tr("Add a folder of logs")))
        add({*folder});
}

void LogFilesForm::add(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (std::find(m_paths.begin(), m_paths.end(), toStd(path)) == m_paths.end())
            m_paths.push_back(toStd(path));
    }
    if (paths.isEmpty())
        return;
    m_files.clear();
    follow();
    Q_EMIT changed();
}

void LogFilesForm::removeSelected()
{
    const QStringList keys = m_table->selectedKeys();
    std::erase_if(m_paths, [&keys](const std::string &path) { return keys.contains(toQt(path)); });
    follow();
    Q_EMIT changed();
}

void LogFilesForm::follow()
{
    QList<Row> rows;
    for (const std::string &path : m_paths) {
        const QFileInfo info(toQt(path));
        std::uint64_t bytes = 0;
        std::uint64_t estimated = 0;
        qint64 files = 0;
        for (const PreviewFile &file : m_files) {
            if (!belongsTo(file, path))
                continue;
            ++files;
            bytes += file.bytes;
            estimated += file.estimatedRows;
        }
        const QString name = info.isDir() ? tr("%1, a folder").arg(QDir(toQt(path)).dirName()) : info.fileName();
        const QString count =
            info.isDir() && files > 0 ? u" ("_s + countText(files, tr("file"), tr("files")) + u')' : QString();
        Cell size(files == 0 ? QString() : sizeText(static_cast<std::int64_t>(bytes)));
        Cell amount(files == 0 ? QString() : countText(static_cast<qint64>(estimated)));
        size.number = amount.number = true;
        rows << Row{toQt(path),
                    {Cell(name + count), size, amount, Cell(QDir::toNativeSeparators(info.absolutePath()))}};
    }
    m_table->setRows(rows);
    m_remove->setEnabled(!m_table->selectedKeys().isEmpty());
    m_order->setText(m_paths.empty()
                         ? tr("CSV, TSV or the like, plain, gzip or zstd, or Parquet; one row per prediction.")
                     : m_paths.size() > 1 || m_files.size() > 1 ? tr("Read as one log, in the order of the file names.")
                                                                : QString());
}

} // namespace countersign
