// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/papercolumns.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QScreen>
#include <QTextBlock>
#include <QTextBoundaryFinder>
#include <QTextCursor>
#include <QTextTable>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "ui/widgets/columnwidths.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr double smallestType = 6;     ///< points; smaller is not read
constexpr double typeStep = 0.25;      ///< points
constexpr double digestType = 6.5;     ///< points
constexpr qsizetype digestLength = 40; ///< characters without a place to break

double leastOf(const std::vector<ColumnNeed> &needs)
{
    return std::accumulate(needs.begin(), needs.end(), 0.0,
                           [](double sum, const ColumnNeed &need) { return sum + need.least; });
}

template <typename Visit>
void eachBlock(const QTextTableCell &cell, const Visit &visit)
{
    for (auto it = cell.begin(); !it.atEnd(); ++it)
        if (it.currentBlock().isValid())
            visit(it.currentBlock());
}

template <typename Visit>
void eachPiece(const QString &line, const Visit &visit)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Line, line);
    qsizetype from = 0;
    while (finder.toNextBoundary() != -1) {
        visit(line.mid(from, finder.position() - from).trimmed());
        from = finder.position();
    }
}

QFont fontOf(const QTextBlock &block)
{
    const auto first = block.begin();
    return first.atEnd() ? block.charFormat().font() : first.fragment().charFormat().font();
}

ColumnNeed needOf(const QTextTable &table, int column, QPaintDevice &device, double scale)
{
    ColumnNeed need;
    double squares = 0;
    for (int row = 0; row < table.rows(); ++row) {
        double widest = 0;
        const auto cell = table.cellAt(row, column);
        const auto format = cell.format().toTableCellFormat();
        // Half a pixel more than the sum of the advances: the layout rounds each of them.
        const auto beside = (format.leftPadding() + format.rightPadding() + table.format().border() + 0.5) * scale;
        eachBlock(cell, [&](const QTextBlock &block) {
            const QFontMetricsF metrics(fontOf(block), &device);
            for (const auto &line : block.text().split(QChar::LineSeparator)) {
                widest = std::max(widest, metrics.horizontalAdvance(line) + beside);
                eachPiece(line, [&](const QString &piece) {
                    need.least = std::max(need.least, metrics.horizontalAdvance(piece) + beside);
                });
            }
        });
        need.best = std::max(need.best, widest);
        squares += widest * widest;
    }
    need.best = std::max(need.best, need.least);
    need.usual = std::sqrt(squares / table.rows());
    return need;
}

std::vector<ColumnNeed> needsOf(const QTextTable &table, QPaintDevice &device, double scale)
{
    std::vector<ColumnNeed> needs;
    needs.reserve(table.columns());
    for (int column = 0; column < table.columns(); ++column)
        needs.push_back(needOf(table, column, device, scale));
    return needs;
}

/// At most @p points tall.
void setType(const QTextTableCell &cell, double points)
{
    auto cursor = cell.firstCursorPosition();
    if (fontOf(cursor.block()).pointSizeF() <= points)
        return;
    QTextCharFormat type;
    type.setFontPointSize(points);
    cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(type);
}

void setDigestsSmall(const QTextTableCell &cell)
{
    const auto text = cell.firstCursorPosition().block().text();
    if (text.size() >= digestLength && !text.contains(u' '))
        setType(cell, digestType);
}

void setRight(const QTextTable &table, int column)
{
    static const QRegularExpression number(u"^[+-]?[0-9][0-9.,]*( ?%)?$"_s);
    bool numbers = table.rows() > table.format().headerRowCount();
    for (int row = table.format().headerRowCount(); row < table.rows() && numbers; ++row) {
        const auto text = table.cellAt(row, column).firstCursorPosition().block().text();
        numbers = number.match(text).hasMatch();
    }
    QTextBlockFormat right;
    right.setAlignment(Qt::AlignRight);
    for (int row = 0; row < table.rows() && numbers; ++row)
        table.cellAt(row, column).firstCursorPosition().mergeBlockFormat(right);
}

} // namespace

double dotsPerPixel(const QPaintDevice &device)
{
    return device.logicalDpiY() / QGuiApplication::primaryScreen()->logicalDotsPerInchY();
}

void fitColumns(QTextTable &table, double room, QPaintDevice &device)
{
    const auto scale = dotsPerPixel(device);
    auto edit = table.firstCursorPosition();
    edit.beginEditBlock(); // one layout after all changes, not one after each
    const bool headed = table.format().headerRowCount() > 0;
    for (int column = 0; column < table.columns(); ++column) {
        for (int row = 0; row < table.rows(); ++row)
            setDigestsSmall(table.cellAt(row, column));
        if (headed)
            setRight(table, column);
    }
    room -= 2 * table.format().border() * scale * (table.columns() + 1);
    auto needs = needsOf(table, device, scale);
    for (auto points = fontOf(table.cellAt(0, 0).firstCursorPosition().block()).pointSizeF() - typeStep;
         points >= smallestType && leastOf(needs) > room; points -= typeStep) {
        for (int column = 0; column < table.columns(); ++column)
            for (int row = 0; row < table.rows(); ++row)
                setType(table.cellAt(row, column), points);
        needs = needsOf(table, device, scale);
    }
    QList<QTextLength> lengths;
    for (const auto width : columnWidths(needs, room))
        lengths.append(QTextLength(QTextLength::FixedLength, width / scale));
    auto format = table.format();
    format.setColumnWidthConstraints(lengths);
    format.setLeftMargin(0);
    format.setRightMargin(0);
    table.setFormat(format);
    edit.endEditBlock();
}

} // namespace countersign
