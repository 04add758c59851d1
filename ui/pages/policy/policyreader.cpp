// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/policyreader.h"

#include <QEvent>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStyle>
#include <QTextBlock>
#include <QTextBrowser>

#include "core/report/report.h"
#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

PolicyReader::PolicyReader(const QString &accessibleName, QWidget *parent)
    : QSplitter(parent)
    , m_contents(new QListWidget(this))
    , m_text(new QTextBrowser(this))
{
    m_contents->setAccessibleName(tr("Contents"));
    m_text->setAccessibleName(accessibleName);
    m_text->setOpenLinks(false);
    addWidget(m_contents);
    addWidget(m_text);
    setChildrenCollapsible(false);
    setStretchFactor(1, 1);
    setSizes({fontMetrics().averageCharWidth() * 32, fontMetrics().averageCharWidth() * 120});
    connect(m_contents, &QListWidget::currentRowChanged, this, &PolicyReader::goToHeading);
}

void PolicyReader::show(const Report &report)
{
    m_html = toQt(toHtml(report));
    m_contents->clear();
    for (const auto &block : report.blocks)
        if (const auto *heading = std::get_if<ReportHeading>(&block); heading && heading->level == 2)
            m_contents->addItem(toQt(heading->text));
    const int beside = 2 * m_contents->frameWidth() + m_contents->style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    m_contents->setMinimumWidth(m_contents->sizeHintForColumn(0) + beside);
    render();
}

void PolicyReader::focusStart()
{
    m_contents->setFocus();
    if (m_contents->currentRow() < 0)
        m_contents->setCurrentRow(0);
}

void PolicyReader::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_text)
        render();
}

/// The report's own style is for paper; here the colours are the window's.
void PolicyReader::render()
{
    const auto theme = Theme::current(this);
    const auto name = [&](Theme::Colour role) { return theme.colour(role).name(); };
    static const QRegularExpression paper(u"<style>.*</style>"_s, QRegularExpression::DotMatchesEverythingOption);
    auto html = m_html;
    html.replace(paper,
                 u"<style>body { color: %1; } h1 { font-size: x-large; } h2 { font-size: large; margin-top: 20px; }"
                 " h3 { font-size: medium; } .subtitle { color: %2; } th { background-color: %3; text-align: left; }"
                 " th, td { padding: 3px 8px; } table { border-color: %4; border-collapse: collapse; }</style>"_s.arg(
                     name(Theme::Colour::text), name(Theme::Colour::mutedText), name(Theme::Colour::surface),
                     name(Theme::Colour::border)));
    const auto scrolled = m_text->verticalScrollBar()->value();
    m_text->setHtml(html);
    m_text->verticalScrollBar()->setValue(scrolled);
}

void PolicyReader::goToHeading(int row)
{
    int heading = -1;
    for (auto block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() != 2 || ++heading != row)
            continue;
        m_text->setTextCursor(QTextCursor(block));
        m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->value() + m_text->cursorRect().top());
        return;
    }
}

} // namespace countersign
