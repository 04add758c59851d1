// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/textviewer.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/shell/context.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/text.h"

namespace countersign {

TextViewer::TextViewer(Context &context, const QString &title, std::string bytes, const QString &fileName,
                       Format format, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_bytes(std::move(bytes))
    , m_fileName(fileName)
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(820, 600);
    auto *view = new QTextBrowser(this);
    view->setAccessibleName(title);
    view->setOpenLinks(false);
    if (format == Format::markdown) {
        view->setMarkdown(toQt(m_bytes));
    } else {
        view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        view->setPlainText(toQt(m_bytes));
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *saveButton = buttons->addButton(tr("&Save…"), QDialogButtonBox::ActionRole);
    auto *copyButton = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    saveButton->setObjectName(QStringLiteral("save"));
    connect(saveButton, &QPushButton::clicked, this, &TextViewer::save);
    connect(copyButton, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(toQt(m_bytes)); });
    connect(buttons, &QDialogButtonBox::rejected, this, &TextViewer::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(view, 1);
    layout->addWidget(buttons);
}

void TextViewer::save()
{
    saveBytes(m_context, this, windowTitle(), m_fileName, tr("All files (*)"), m_bytes);
}

} // namespace countersign
