// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/conflictdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

enum ConflictColumn { ConflictFieldColumn, BaseColumn, MineColumn, TheirsColumn, KeepColumn };

QTableWidgetItem *cell(const std::string &text)
{
    auto *item = new QTableWidgetItem(toQt(text));
    item->setToolTip(toQt(text));
    return item;
}

} // namespace

ConflictDialog::ConflictDialog(const std::vector<MergeField> &fields, const QString &model, const QString &who,
                               QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Changed meanwhile"));
    setModal(true);
    auto *text =
        new QLabel(tr("%1 changed %2 while you were editing it. Nothing was overwritten. Choose for each field "
                      "what is to stand; then save again.")
                       .arg(who, model),
                   this);
    text->setWordWrap(true);

    auto *table = new QTableWidget(static_cast<int>(fields.size()), KeepColumn + 1, this);
    table->setAccessibleName(tr("Fields that changed"));
    table->setHorizontalHeaderLabels({tr("Field"), tr("Before"), tr("Mine"), tr("Theirs"), tr("Keep")});
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(ConflictFieldColumn, QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(KeepColumn, QHeaderView::ResizeToContents);
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    for (int row = 0; row < table->rowCount(); ++row) {
        const auto &field = fields[static_cast<std::size_t>(row)];
        auto *title = cell(field.title);
        title->setText(title->text().left(1).toUpper() + title->text().mid(1));
        if (field.conflict)
            title->setIcon(themedIcon(QStringLiteral("warning"), this));
        table->setItem(row, ConflictFieldColumn, title);
        table->setItem(row, BaseColumn, cell(field.base));
        table->setItem(row, MineColumn, cell(field.mine));
        table->setItem(row, TheirsColumn, cell(field.theirs));
        auto *choice = new QComboBox(table);
        choice->addItems({tr("Mine"), tr("Theirs")});
        choice->setCurrentIndex(field.fromTheirs ? 1 : 0);
        choice->setEnabled(!field.fromTheirs);
        choice->setAccessibleName(tr("Keep for %1").arg(toQt(field.title)));
        table->setCellWidget(row, KeepColumn, choice);
        m_choices.emplace_back(field.field, choice);
    }
    table->resizeRowsToContents();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Back to the &editor"));
    buttons->addButton(tr("&Save these values"), QDialogButtonBox::AcceptRole)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConflictDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ConflictDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addWidget(table, 1);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 22);
}

std::set<std::string> ConflictDialog::takeTheirs() const
{
    std::set<std::string> names;
    for (const auto &[name, choice] : m_choices)
        if (choice->currentIndex() == 1)
            names.insert(name);
    return names;
}

void ConflictDialog::choose(const std::string &field, bool theirs)
{
    for (const auto &[name, choice] : m_choices)
        if (name == field)
            choice->setCurrentIndex(theirs ? 1 : 0);
}

} // namespace countersign
