// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/documentdialog.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "core/workspace/importer.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/text.h"

namespace countersign {

DocumentDialog::DocumentDialog(Context &context, const ModelVersion &version, QWidget *parent)
    : ActDialog(tr("Attach a document to version %1").arg(toQt(version.label)), tr("Attach document"), parent)
    , m_context(context)
    , m_version(version.id)
    , m_kind(addChoice(tr("&Kind")))
    , m_path(new QLineEdit(this))
{
    for (const auto kind : enumValues<DocumentKind>())
        m_kind->addItem(toQt(displayName(kind)), static_cast<int>(kind));
    auto *choose = new QPushButton(tr("&Browse…"), this);
    choose->setObjectName(QStringLiteral("browse"));
    choose->setAutoDefault(false);
    m_path->setAccessibleName(tr("File"));
    m_path->setObjectName(QStringLiteral("path"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    auto *label = new QLabel(tr("&File"), this);
    label->setBuddy(m_path);
    form()->addRow(label, row);
    connect(choose, &QPushButton::clicked, this, &DocumentDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &DocumentDialog::check);
    m_kind->setFocus();
}

void DocumentDialog::browse()
{
    if (const auto path = m_context.dialogs.openFile(this, tr("Choose the document"),
                                                     tr("Documents (*.md *.txt *.pdf *.html *.docx "
                                                        "*.xlsx *.csv);;All files (*)")))
        m_path->setText(*path);
}

QString DocumentDialog::missing() const
{
    if (m_path == nullptr || m_path->text().trimmed().isEmpty())
        return tr("Choose the file.");
    return QFileInfo(m_path->text().trimmed()).isFile() ? QString() : tr("There is no such file.");
}

Result<void> DocumentDialog::act()
{
    const auto path = m_path->text().trimmed();
    const auto bytes = readFile(toStd(path));
    if (!bytes)
        return bytes.error();
    return outcome(m_context.workspace.attachDocument(m_version,
                                                      static_cast<DocumentKind>(m_kind->currentData().toInt()),
                                                      toStd(QFileInfo(path).fileName()), *bytes));
}

} // namespace countersign
