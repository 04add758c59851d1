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
    , m_source{std::move(make), std::move(fileName)}
    , m_messages(messages)
{
    auto *menu = new QMenu(this);
    fill(menu, m_source);
    setMenu(menu);
}

void ReportMenu::addReport(const QString &text, std::function<Report()> make, std::function<QString()> fileName)
{
    menu()->addSeparator();
    fill(menu()->addMenu(text), {std::move(make), std::move(fileName)});
}

void ReportMenu::fill(QMenu *menu, const Source &source)
{
    menu->addAction(tr("Save as &PDF..."), this, [this, source] { savePdf(source); })->setObjectName(u"savePdf"_s);
    menu->addAction(tr("Save as &web page..."), this, [this, source] { saveHtml(source); })
        ->setObjectName(u"saveHtml"_s);
    menu->addAction(tr("&Copy as text"), this, [this, source] { copyText(source); });
    menu->addSeparator();
    menu->addAction(tr("P&rint..."), this, [this, source] { printReport(source.make(), this); });
}

void ReportMenu::savePdf()
{
    savePdf(m_source);
}

void ReportMenu::saveHtml()
{
    saveHtml(m_source);
}

void ReportMenu::copyText()
{
    copyText(m_source);
}

void ReportMenu::savePdf(const Source &source)
{
    save(source, u"pdf"_s, tr("PDF (*.pdf)"), reportPdf(source.make()).toStdString());
}

void ReportMenu::saveHtml(const Source &source)
{
    save(source, u"html"_s, tr("Web page (*.html)"), toHtml(source.make()));
}

void ReportMenu::copyText(const Source &source)
{
    QGuiApplication::clipboard()->setText(toQt(toMarkdown(source.make())));
    m_messages.showMessage(MessageBar::Kind::success, tr("The report is on the clipboard, as Markdown text."));
}

void ReportMenu::save(const Source &source, const QString &ending, const QString &filter, const std::string &bytes)
{
    saveAndSay(m_context, this, m_messages,
               {tr("Save the report"), source.fileName() + u'.' + ending, filter, tr("The report is in %1")}, bytes);
}

} // namespace countersign
