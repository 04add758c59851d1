// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/packtextedit.h"

#include <QFontDatabase>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include "ui/shell/theme.h"

namespace countersign {

class PackTextEdit::Margin : public QWidget
{
public:
    explicit Margin(PackTextEdit *edit)
        : QWidget(edit)
        , m_edit(edit)
    {
    }

protected:
    void paintEvent(QPaintEvent *event) override { m_edit->paintMargin(event); }

private:
    PackTextEdit *m_edit;
};

PackTextEdit::PackTextEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_margin(new Margin(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &PackTextEdit::fitMargin);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int by) {
        if (by != 0)
            m_margin->scroll(0, by);
        else
            m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
    fitMargin();
}

void PackTextEdit::replaceAll(const QString &text)
{
    if (text == toPlainText())
        return;
    const auto scrolled = verticalScrollBar()->value();
    const auto place = textCursor().position();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
    auto own = textCursor();
    own.setPosition(std::min(place, static_cast<int>(text.size())));
    setTextCursor(own);
    verticalScrollBar()->setValue(scrolled);
}

void PackTextEdit::setFaultLines(const QSet<int> &lines)
{
    m_faults = lines;
    markLines();
    m_margin->update();
}

void PackTextEdit::goToLine(int line)
{
    const auto block = document()->findBlockByNumber(std::clamp(line, 1, blockCount()) - 1);
    setTextCursor(QTextCursor(block));
    centerCursor();
    setFocus();
}

void PackTextEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitMargin();
}

void PackTextEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        markLines();
}

void PackTextEdit::fitMargin()
{
    const auto digits = QString::number(std::max(1, blockCount())).size();
    const int width = fontMetrics().horizontalAdvance(QLatin1Char('9')) * (static_cast<int>(digits) + 2);
    setViewportMargins(width, 0, 0, 0);
    const auto inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), width, inside.height());
}

void PackTextEdit::paintMargin(QPaintEvent *event)
{
    QPainter painter(m_margin);
    painter.setFont(font());
    const auto theme = Theme::current(this);
    painter.fillRect(event->rect(), theme.colour(Theme::Colour::surface));
    const int space = fontMetrics().horizontalAdvance(QLatin1Char('9'));
    for (auto block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const auto around = blockBoundingGeometry(block).translated(contentOffset());
        if (around.top() > event->rect().bottom())
            break;
        const int line = block.blockNumber() + 1;
        painter.setPen(theme.colour(m_faults.contains(line) ? Theme::Colour::red : Theme::Colour::mutedText));
        painter.drawText(QRectF(0, around.top(), m_margin->width() - space, fontMetrics().height()), Qt::AlignRight,
                         QString::number(line));
    }
}

void PackTextEdit::markLines()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const int line : m_faults) {
        QTextEdit::ExtraSelection mark;
        mark.format.setBackground(Theme::current(this).tint(Theme::Colour::red));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        mark.cursor = QTextCursor(document()->findBlockByNumber(line - 1));
        marks << mark;
    }
    setExtraSelections(marks);
}

} // namespace countersign
