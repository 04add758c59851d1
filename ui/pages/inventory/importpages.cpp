// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/importpages.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr int sampleRows = 3;
constexpr std::size_t warningsShown = 5;
enum MappingColumn { FieldColumn, ChoiceColumn, FirstSampleColumn };

} // namespace

ImportForm inventoryForm()
{
    return {ImportFilePage::tr("Inventory file"),
            ImportFilePage::tr("A CSV file with one model in each row and the names of the columns in the first."),
            importFields(), guessMapping, [](const ImportMapping &mapping) {
                std::vector<std::string> missing;
                for (const auto &field : importFields())
                    if (field.required && !mapping.contains(field.name))
                        missing.push_back(field.title);
                return missing;
            }};
}

ImportForm usageForm()
{
    return {ImportFilePage::tr("Usage file"),
            ImportFilePage::tr("A CSV file with a model, a period and its counts in each row, and the names of the "
                               "columns in the first."),
            usageFields(), guessUsageMapping, missingUsageFields};
}

ImportFilePage::ImportFilePage(Context &context, const ImportForm &form, QWidget *parent)
    : QWizardPage(parent)
    , m_context(context)
    , m_path(new QLineEdit(this))
    , m_read(new QLabel(this))
    , m_message(new MessageBar(this))
{
    setTitle(tr("Choose the file"));
    setSubTitle(form.fileHelp);
    m_path->setReadOnly(true);
    m_path->setAccessibleName(form.file);
    m_path->setPlaceholderText(tr("No file chosen yet"));
    m_read->setWordWrap(true);
    auto *choose = new QPushButton(tr("C&hoose..."), this);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this, title = form.file] {
        if (const auto path = m_context.dialogs.openFile(this, title, tr("Tables (*.csv *.tsv *.txt);;All files (*)")))
            openFile(*path);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row);
    column->addWidget(m_read);
    column->addWidget(m_message);
    column->addStretch(1);
}

void ImportFilePage::openFile(const QString &path)
{
    m_path->setText(path);
    m_message->clear();
    m_read->clear();
    m_table = {};
    auto result = openInventory(toStd(path));
    if (!result) {
        m_message->showError(result.error());
    } else {
        m_table = *std::move(result);
        m_read->setText(tr("Read %1 and %2.")
                            .arg(countText(static_cast<qint64>(m_table.rows.size()), tr("row"), tr("rows")),
                                 countText(static_cast<qint64>(m_table.header.size()), tr("column"), tr("columns"))));
        if (!m_table.warnings.empty()) {
            const auto shown = std::min(warningsShown, m_table.warnings.size());
            auto text =
                toQt({m_table.warnings.begin(), m_table.warnings.begin() + static_cast<long>(shown)}).join(u'\n');
            if (shown < m_table.warnings.size())
                text += tr("\nand %1 more").arg(countText(static_cast<qint64>(m_table.warnings.size() - shown)));
            m_message->showMessage(MessageBar::Kind::warning, text);
        } else if (m_table.rows.empty()) {
            m_message->showMessage(MessageBar::Kind::warning,
                                   tr("The file has no rows below the names of the columns."));
        }
    }
    Q_EMIT completeChanged();
}

ImportColumnsPage::ImportColumnsPage(const ImportFilePage &file, ImportForm form, QWidget *parent)
    : QWizardPage(parent)
    , m_file(file)
    , m_form(std::move(form))
    , m_fields(new QTableWidget(this))
    , m_missing(new QLabel(this))
{
    setTitle(tr("Which column is which field"));
    setSubTitle(
        tr("Columns were matched by their names. Fields marked * are needed; what is not matched stays empty."));
    m_fields->setAccessibleName(tr("Fields and columns"));
    m_fields->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_fields->setSelectionMode(QAbstractItemView::NoSelection);
    m_fields->setTabKeyNavigation(false);
    m_fields->setShowGrid(false);
    m_fields->setWordWrap(false);
    m_fields->horizontalHeader()->setStretchLastSection(true);
    m_fields->setAlternatingRowColors(true);
    m_fields->verticalHeader()->hide();
    m_fields->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 2);
    m_fields->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_missing->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_fields, 1);
    column->addWidget(m_missing);
}

void ImportColumnsPage::initializePage()
{
    const auto &table = m_file.table();
    if (m_header == table.header && !m_choices.empty()) {
        for (int row = 0; row < m_fields->rowCount(); ++row)
            showSample(row);
        follow();
        return;
    }
    m_header = table.header;
    m_choices.clear();
    const auto guessed = m_form.guess(table.header);
    const auto &fields = m_form.fields;
    m_fields->clear();
    m_fields->setRowCount(static_cast<int>(fields.size()));
    m_fields->setColumnCount(FirstSampleColumn + sampleRows);
    QStringList headings = {tr("Field"), tr("Column of the file")};
    for (int row = 0; row < sampleRows; ++row)
        headings << tr("Row %1").arg(row + 1);
    m_fields->setHorizontalHeaderLabels(headings);
    for (int row = 0; row < m_fields->rowCount(); ++row) {
        const auto &field = fields[static_cast<std::size_t>(row)];
        auto *title = new QTableWidgetItem(toQt(field.title) + (field.required ? u" *"_s : QString()));
        title->setToolTip(toQt(field.help));
        m_fields->setItem(row, FieldColumn, title);
        for (int sample = 0; sample < sampleRows; ++sample)
            m_fields->setItem(row, FirstSampleColumn + sample, new QTableWidgetItem);
        auto *choice = new QComboBox(m_fields);
        choice->setAccessibleName(tr("Column for %1").arg(toQt(field.title)));
        choice->addItem(tr("(none)"));
        for (std::size_t index = 0; index < table.header.size(); ++index)
            choice->addItem(toQt(table.header[index]), static_cast<qulonglong>(index));
        if (const auto found = guessed.find(field.name); found != guessed.end())
            choice->setCurrentIndex(static_cast<int>(found->second) + 1);
        connect(choice, &QComboBox::currentIndexChanged, this, [this, row] {
            showSample(row);
            follow();
        });
        m_fields->setCellWidget(row, ChoiceColumn, choice);
        m_choices.push_back(choice);
        showSample(row);
    }
    const auto unit = fontMetrics().averageCharWidth();
    m_fields->setColumnWidth(FieldColumn, unit * 22);
    m_fields->setColumnWidth(ChoiceColumn, unit * 30);
    for (int sample = 0; sample < sampleRows; ++sample)
        m_fields->setColumnWidth(FirstSampleColumn + sample, unit * 26);
    follow();
}

void ImportColumnsPage::showSample(int row)
{
    const auto &table = m_file.table();
    const auto chosen = m_choices[static_cast<std::size_t>(row)]->currentData();
    for (int sample = 0; sample < sampleRows; ++sample) {
        const auto index = static_cast<std::size_t>(sample);
        const auto text = chosen.isValid() && index < table.rows.size()
                              ? toQt(table.rows[index][static_cast<std::size_t>(chosen.toULongLong())])
                              : QString();
        m_fields->item(row, FirstSampleColumn + sample)->setText(text);
        m_fields->item(row, FirstSampleColumn + sample)->setToolTip(text);
    }
}

void ImportColumnsPage::follow()
{
    const auto missing = toQt(m_form.missing(mapping()));
    m_missing->setText(missing.isEmpty() ? QString() : tr("Still needed: %1.").arg(missing.join(u", "_s)));
    Q_EMIT completeChanged();
}

bool ImportColumnsPage::isComplete() const
{
    return m_missing->text().isEmpty();
}

ImportMapping ImportColumnsPage::mapping() const
{
    ImportMapping made;
    for (std::size_t row = 0; row < m_choices.size(); ++row)
        if (const auto chosen = m_choices[row]->currentData(); chosen.isValid())
            made[m_form.fields[row].name] = static_cast<std::size_t>(chosen.toULongLong());
    return made;
}

void ImportColumnsPage::choose(const std::string &field, std::size_t column)
{
    for (std::size_t row = 0; row < m_choices.size(); ++row)
        if (m_form.fields[row].name == field)
            m_choices[row]->setCurrentIndex(static_cast<int>(column) + 1);
}

} // namespace countersign
