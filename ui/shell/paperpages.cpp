// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/paperpages.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextLayout>
#include <QTextTable>

#include <algorithm>

#include "ui/shell/papercolumns.h"

namespace countersign {

namespace {

/// What stays on one page where it can: a paragraph, a heading, a row.
struct Piece
{
    PaperStretch place;
    double inked = 0;       ///< where it ends without the space after it
    bool keepsNext = false; ///< a heading, or the header of a table
    PaperStretch header;    ///< of its table, below which it stands
};

class Pieces
{
public:
    explicit Pieces(const QTextDocument &document)
        : m_layout(*document.documentLayout())
        , m_dotsPerPixel(dotsPerPixel(*m_layout.paintDevice()))
    {
        const auto *root = document.rootFrame();
        for (auto it = root->begin(); !it.atEnd(); ++it) {
            if (const auto *table = qobject_cast<const QTextTable *>(it.currentFrame()))
                addTable(*table);
            else if (it.currentBlock().isValid())
                addBlock(it.currentBlock());
        }
        // A piece reaches to the next one, so that no space between them is lost or drawn twice.
        for (qsizetype i = 0; i + 1 < m_pieces.size(); ++i)
            m_pieces[i].place.bottom = m_pieces[i + 1].place.top;
    }

    [[nodiscard]] const QList<Piece> &all() const { return m_pieces; }

    /// The lowest place up to @p y, and below @p top, at which no line of text is cut; @p y where every place cuts one.
    [[nodiscard]] double aboveLine(double top, double y) const
    {
        auto at = y;
        for (bool moved = true; moved;) {
            moved = false;
            for (const auto &line : m_lines) {
                if (line.top < at && line.bottom > at) {
                    at = line.top;
                    moved = true;
                }
            }
        }
        return at > top ? at : y;
    }

private:
    void addLines(const QTextBlock &block)
    {
        const auto top = m_layout.blockBoundingRect(block).top();
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const auto line = block.layout()->lineAt(i);
            const auto at = top + line.y();
            m_lines.append({at, at + line.height()});
        }
    }

    void addBlock(const QTextBlock &block)
    {
        const auto place = m_layout.blockBoundingRect(block);
        // A text document ends in an empty paragraph after its last table.
        if (!block.text().isEmpty())
            m_pieces.append(
                {{place.top(), place.bottom()}, place.bottom(), block.blockFormat().headingLevel() > 0, {}});
        addLines(block);
    }

    void addTable(const QTextTable &table)
    {
        const auto frame = m_layout.frameBoundingRect(const_cast<QTextTable *>(&table));
        const auto heads = table.format().headerRowCount();
        PaperStretch header;
        for (int row = 0; row < table.rows(); ++row) {
            const auto top = row == 0 ? frame.top() : topOf(table, row);
            if (heads > 0 && row == heads)
                header = {frame.top(), top};
            if (row > 0)
                m_pieces.last().inked = top;
            m_pieces.append({{top, frame.bottom()}, frame.bottom(), row < heads, header});
        }
    }

    /// Of the row, with the padding of its cells; keeps the lines of their texts.
    double topOf(const QTextTable &table, int row)
    {
        auto top = m_layout.documentSize().height();
        for (int column = 0; column < table.columns(); ++column) {
            const auto cell = table.cellAt(row, column);
            const auto padding = cell.format().toTableCellFormat().topPadding() * m_dotsPerPixel;
            top = std::min(top, m_layout.blockBoundingRect(cell.firstCursorPosition().block()).top() - padding);
            for (auto it = cell.begin(); !it.atEnd(); ++it)
                if (it.currentBlock().isValid())
                    addLines(it.currentBlock());
        }
        return top;
    }

    const QAbstractTextDocumentLayout &m_layout;
    double m_dotsPerPixel;
    QList<Piece> m_pieces;
    QList<PaperStretch> m_lines;
};

} // namespace

QList<PaperPage> paperPages(const QTextDocument &document, double height)
{
    const Pieces pieces(document);
    const auto &all = pieces.all();
    QList<PaperPage> pages;
    double top = 0;
    for (qsizetype first = 0; first < all.size();) {
        const auto header = all[first].header;
        const auto room = height - header.height();
        auto next = first;
        while (next < all.size() && all[next].inked - top <= room)
            ++next;
        if (next == first) { // taller than a page
            const auto cut = pieces.aboveLine(top, top + room);
            pages.append({header, {top, cut}});
            top = cut;
            continue;
        }
        if (next < all.size()) {
            auto kept = next;
            while (kept > first && all[kept - 1].keepsNext)
                --kept;
            next = kept > first ? kept : next;
        }
        const auto bottom = next < all.size() ? all[next].place.top : all.last().inked;
        pages.append({header, {top, bottom}});
        top = bottom;
        first = next;
    }
    if (pages.isEmpty())
        pages.append(PaperPage());
    return pages;
}

} // namespace countersign
