// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/reportmenu.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include "ui/shell/context.h"
#include "ui/shell/reportpaper.h"
#include "ui/shell/takeaway.h"
#include "ui/shell/theme.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

ReportMenu::ReportMenu(Context &context, const QString &text, std::function<Report()> make,
                       std::function<QString()> fileName, MessageBar &messages, QWidget *parent)
    : QPushButton(themedIcon(u"export"_s), text, parent)
    , m_context(context)
    , m_make(std::move(make))
    , m_fileName(std::move(fileName))
    , m_messages(messages)
{
    auto *menu = new QMenu(this);
    menu->addAction(tr("Save as &PDF..."), this, &ReportMenu::savePdf)->setObjectName(u"savePdf"_s);
    menu->addAction(tr("Save as &web page..."), this, &ReportMenu::saveHtml)->setObjectName(u"saveHtml"_s);
    menu->addAction(tr("&Copy as text"), this, &ReportMenu::copyText);
    menu->addSeparator();
    menu->addAction(tr("P&rint..."), this, [this] { printReport(m_make(), this); });
    setMenu(menu);
}

void ReportMenu::savePdf()
{
    save(u"pdf"_s, tr("PDF (*.pdf)"), reportPdf(m_make()).toStdString());
}

void ReportMenu::saveHtml()
{
    save(u"html"_s, tr("Web page (*.html)"), toHtml(m_make()));
}

void ReportMenu::copyText()
{
    QGuiApplication::clipboard()->setText(toQt(toMarkdown(m_make())));
    m_messages.showMessage(MessageBar::Kind::success, tr("The report is on the clipboard, as Markdown text."));
}

void ReportMenu::save(const QString &ending, const QString &filter, const std::string &bytes)
{
    saveAndSay(m_context, this, m_messages,
               {tr("Save the report"), m_fileName() + u'.' + ending, filter, tr("The report is in %1")}, bytes);
}

} // namespace countersign
