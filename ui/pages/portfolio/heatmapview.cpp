// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/portfolio/heatmapview.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace countersign {

namespace {

constexpr int leastCharacters = 5;    ///< of a column, for its counts
constexpr int longestCharacters = 16; ///< of a word that gets its width whatever the page leaves

/// A count on the colour of its state, the stronger the more of that state are in the tier; the frame of the keyboard
/// around the current one.
class HeatmapDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto theme = Theme::of(option.palette);
        const auto tone = index.data(HeatmapModel::ToneRole);
        const auto share = index.data(HeatmapModel::ShareRole).toDouble();
        const auto area = option.rect.adjusted(1, 1, -1, -1);
        painter->save();
        if (!tone.isValid()) {
            painter->fillRect(area, option.palette.color(QPalette::AlternateBase));
        } else if (share > 0) {
            constexpr double faintest = 0.10;
            constexpr double strongest = 0.34; // text keeps 4.5 to 1 on it in both palettes
            auto ground = theme.colour(static_cast<Theme::Colour>(tone.toInt()));
            ground.setAlphaF(static_cast<float>(faintest + (strongest - faintest) * share));
            painter->fillRect(area, ground);
        }
        auto font = option.font;
        const bool none = index.data().toString() == QLocale().toString(0);
        font.setBold(!none);
        painter->setFont(font);
        painter->setPen(theme.colour(none ? Theme::Colour::mutedText : Theme::Colour::text));
        painter->drawText(area, Qt::AlignCenter, index.data().toString());
        if (option.state.testFlag(QStyle::State_Selected)) {
            const bool focus = option.state.testFlag(QStyle::State_Active);
            painter->setPen(QPen(theme.colour(focus ? Theme::Colour::accent : Theme::Colour::border), 2));
            painter->drawRect(area.adjusted(0, 0, -1, -1));
        }
        painter->restore();
    }
};

} // namespace

HeatmapView::HeatmapView(HeatmapModel *model, const QString &accessibleName, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(model);
    setAccessibleName(accessibleName);
    setAccessibleDescription(tr("Arrow keys go from cell to cell, Enter opens the models of a cell."));
    setItemDelegate(new HeatmapDelegate(this));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setCornerButtonEnabled(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(1);
    horizontalHeader()->setFixedHeight(fontMetrics().height() * 7 / 2);
    horizontalHeader()->setAccessibleName(tr("Columns of %1").arg(accessibleName));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 9 / 5);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionsClickable(false);
    verticalHeader()->setAccessibleName(tr("Rows of %1").arg(accessibleName));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTableView::doubleClicked, this, &HeatmapView::opened);
    fit();
}

int HeatmapView::labelWidth() const
{
    int width = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        width = std::max(
            width, fontMetrics().horizontalAdvance(m_model->headerData(row, Qt::Vertical, Qt::DisplayRole).toString()));
    return std::min(width + fontMetrics().height(), fontMetrics().averageCharWidth() * 26);
}

std::vector<ColumnNeed> HeatmapView::columnNeeds() const
{
    const auto margin = 2 * (style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, horizontalHeader()) + 2);
    std::vector<ColumnNeed> needs;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        ColumnNeed need{static_cast<double>(fontMetrics().averageCharWidth() * leastCharacters), QWIDGETSIZE_MAX, 1};
        const auto words = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().split(u' ');
        for (const auto &word : words)
            need.least = std::max<double>(need.least, fontMetrics().horizontalAdvance(word) + margin);
        need.least = std::min<double>(need.least, fontMetrics().averageCharWidth() * longestCharacters);
        needs.push_back(need);
    }
    return needs;
}

void HeatmapView::fit()
{
    verticalHeader()->setFixedWidth(labelWidth());
    shareWidth();
    updateGeometry();
}

void HeatmapView::shareWidth()
{
    const auto widths = columnWidths(columnNeeds(), viewport()->width());
    int used = 0;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const bool last = column + 1 == m_model->columnCount();
        const auto width = static_cast<int>(widths[static_cast<std::size_t>(column)]);
        setColumnWidth(column, last ? std::max(width, viewport()->width() - used) : width);
        used += width;
    }
}

void HeatmapView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    shareWidth();
}

QSize HeatmapView::sizeHint() const
{
    constexpr int mostRows = 9;
    constexpr int columnCharacters = 12;
    const int rows = std::clamp(m_model->rowCount(), 1, mostRows);
    return QSize(std::max(leastWidth(),
                          labelWidth() + m_model->columnCount() * fontMetrics().averageCharWidth() * columnCharacters),
                 horizontalHeader()->height() + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth());
}

int HeatmapView::leastWidth() const
{
    double width = labelWidth() + 2 * frameWidth();
    for (const auto &need : columnNeeds())
        width += need.least;
    return static_cast<int>(std::ceil(width));
}

QSize HeatmapView::minimumSizeHint() const
{
    return QSize(leastWidth(), sizeHint().height());
}

void HeatmapView::copy()
{
    const QLatin1Char tab('\t');
    QString text;
    for (int column = 0; column < m_model->columnCount(); ++column)
        text += tab + m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        text += QLatin1Char('\n') + m_model->headerData(row, Qt::Vertical, Qt::DisplayRole).toString();
        for (int column = 0; column < m_model->columnCount(); ++column)
            text += tab + m_model->index(row, column).data().toString();
    }
    QApplication::clipboard()->setText(text);
}

void HeatmapView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        Q_EMIT opened(currentIndex());
    else
        QTableView::keyPressEvent(event);
}

} // namespace countersign
