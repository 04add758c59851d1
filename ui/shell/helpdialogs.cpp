// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/helpdialogs.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/shell/commands.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QDialogButtonBox *closeButton(QDialog *dialog)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

} // namespace

KeyboardDialog::KeyboardDialog(QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard"));
    QList<QPair<QString, QString>> lines;
    for (const auto &command : commandList())
        if (!command.shortcut.isEmpty())
            lines.append({command.shortcut.toString(QKeySequence::NativeText), command.help});
    lines += widgetShortcuts();

    auto *table = new QTableWidget(static_cast<int>(lines.size()), 2, this);
    table->setAccessibleName(tr("Shortcuts"));
    table->setHorizontalHeaderLabels({tr("Keys"), tr("What they do")});
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft);
    table->horizontalHeader()->setStretchLastSection(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(lines[row].first));
        table->setItem(row, 1, new QTableWidgetItem(lines[row].second));
    }
    table->resizeColumnToContents(0);
    auto *column = new QVBoxLayout(this);
    column->addWidget(table);
    column->addWidget(closeButton(this));
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 32);
}

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Countersign"));
    auto *logo = new QLabel(this);
    const auto side = fontMetrics().height() * 4;
    logo->setPixmap(QIcon(u":/icons/countersign.svg"_s).pixmap(QSize(side, side), devicePixelRatioF()));
    auto *text = new QLabel(tr("<h2>Countersign %1</h2>"
                               "<p>Model governance on one signed file.</p>"
                               "<p>What it can show: changes to a signed entry, or to anything before it, are detected "
                               "offline; going back to an older file is detected by whoever holds a later checkpoint; "
                               "acts outside a role are reported.</p>"
                               "<p>What it does not claim: that nobody can edit the file, trusted time, qualified "
                               "signatures, or secrecy inside the file.</p>"
                               "<p>GNU General Public License, version 3 or later. It comes without warranty.</p>")
                                .arg(QStringLiteral(COUNTERSIGN_VERSION)),
                            this);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(tr("About Countersign"));
    text->setMinimumWidth(fontMetrics().averageCharWidth() * 70);
    auto *row = new QHBoxLayout;
    row->addWidget(logo, 0, Qt::AlignTop);
    row->addSpacing(fontMetrics().height());
    row->addWidget(text, 1);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row);
    column->addWidget(closeButton(this));
}

} // namespace countersign
