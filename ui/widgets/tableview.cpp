// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <numeric>

#include "ui/widgets/itemroles.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr int rowsLookedAt = 200;

QString cell(const QModelIndex &index)
{
    auto text = index.data(Qt::DisplayRole).toString();
    text.replace(u'\t', u' ').replace(u'\n', u' ');
    return text;
}

} // namespace

TableView::TableView(const QString &accessibleName, QWidget *parent)
    : QTableView(parent)
{
    setAccessibleName(accessibleName);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSortingEnabled(true);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 9 / 5);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setAccessibleName(tr("Columns of %1").arg(accessibleName));
    verticalHeader()->setAccessibleName(tr("Rows of %1").arg(accessibleName));
    connect(this, &QTableView::doubleClicked, this, &TableView::opened);
}

void TableView::setModel(QAbstractItemModel *model)
{
    if (auto *before = this->model()) {
        disconnect(before, &QAbstractItemModel::modelAboutToBeReset, this, &TableView::beforeReset);
        disconnect(before, &QAbstractItemModel::modelReset, this, &TableView::afterReset);
    }
    QTableView::setModel(model);
    if (!model)
        return;
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &TableView::beforeReset);
    connect(model, &QAbstractItemModel::modelReset, this, &TableView::afterReset);
}

void TableView::beforeReset()
{
    m_currentKey = currentIndex().data(KeyRole);
    m_scrolledTo = verticalScrollBar()->value();
}

void TableView::afterReset()
{
    if (!m_currentKey.isValid())
        return;
    const auto found = model()->match(model()->index(0, 0), KeyRole, m_currentKey, 1, Qt::MatchExactly);
    if (found.isEmpty())
        return;
    selectRow(found.front().row());
    verticalScrollBar()->setValue(m_scrolledTo);
}

void TableView::start()
{
    setFocus();
    if (!currentIndex().isValid())
        selectRow(0);
}

QMenu *TableView::columnsMenu(int always)
{
    auto *menu = new QMenu(tr("Columns"), this);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, always] {
        menu->clear();
        for (int column = 0; model() && column < model()->columnCount(); ++column) {
            auto *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
            action->setCheckable(true);
            action->setChecked(!isColumnHidden(column));
            action->setEnabled(column != always);
            connect(action, &QAction::toggled, this, [this, column](bool shown) {
                setColumnHidden(column, !shown);
                saveLayout();
            });
        }
    });
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this,
            [this, menu](const QPoint &at) { menu->popup(horizontalHeader()->mapToGlobal(at)); });
    return menu;
}

QString TableView::selectionAsText() const
{
    if (!model())
        return {};
    QList<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual)
        if (const int column = horizontalHeader()->logicalIndex(visual); !isColumnHidden(column))
            columns << column;
    QList<int> rows;
    if (selectionModel())
        for (const auto &index : selectionModel()->selectedRows())
            rows << index.row();
    if (rows.isEmpty())
        for (int row = 0; row < model()->rowCount(); ++row)
            rows << row;
    std::sort(rows.begin(), rows.end());

    QStringList lines;
    QStringList cells;
    for (const int column : columns)
        cells << model()->headerData(column, Qt::Horizontal).toString();
    lines << cells.join(u'\t');
    for (const int row : rows) {
        cells.clear();
        for (const int column : columns)
            cells << cell(model()->index(row, column));
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

void TableView::copy()
{
    QApplication::clipboard()->setText(selectionAsText());
}

void TableView::remember(QSettings *settings, const QString &key)
{
    m_settings = settings;
    m_key = key;
    if (settings && settings->contains(key)) {
        m_sharing = true;
        horizontalHeader()->restoreState(settings->value(key).toByteArray());
        m_sharing = false;
        m_byHand = settings->value(key + u"-by-hand"_s, false).toBool();
        if (!m_elastic.isEmpty())
            horizontalHeader()->setStretchLastSection(m_byHand);
    }
    for (const auto change : {&QHeaderView::sectionResized, &QHeaderView::sectionMoved})
        connect(horizontalHeader(), change, this, &TableView::saveLayout);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &TableView::saveLayout);
}

void TableView::saveLayout() const
{
    if (!m_settings || m_sharing)
        return;
    m_settings->setValue(m_key, horizontalHeader()->saveState());
    if (!m_elastic.isEmpty())
        m_settings->setValue(m_key + u"-by-hand"_s, m_byHand);
}

void TableView::fitColumns(int most)
{
    if (!model())
        return;
    const auto metrics = fontMetrics();
    for (int column = 0; column < model()->columnCount(); ++column) {
        auto width = horizontalHeader()->sectionSizeHint(column);
        const auto rows = std::min(model()->rowCount(), rowsLookedAt);
        for (int row = 0; row < rows; ++row)
            width = std::max(width, sizeHintForIndex(model()->index(row, column)).width());
        setColumnWidth(column, std::min(width + metrics.averageCharWidth(), metrics.averageCharWidth() * most));
    }
}

void TableView::shareWidth(const QList<int> &elastic)
{
    m_elastic = elastic;
    m_again = new QTimer(this);
    m_again->setSingleShot(true);
    m_again->setInterval(0);
    connect(m_again, &QTimer::timeout, this, &TableView::shareAgain);
    const auto again = qOverload<>(&QTimer::start);
    connect(model(), &QAbstractItemModel::modelReset, m_again, again);
    connect(model(), &QAbstractItemModel::rowsInserted, m_again, again);
    connect(model(), &QAbstractItemModel::dataChanged, m_again, again);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setStretchLastSection(false);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this,
            [this](int, int before, int now) { sectionResized(before, now); });
    m_again->start();
}

void TableView::shareAgain()
{
    if (m_elastic.isEmpty())
        return;
    measure();
    share();
}

void TableView::measure()
{
    constexpr int leastCharacters = 18; // of a column that gives way
    ensurePolished();
    const auto character = fontMetrics().averageCharWidth();
    m_needs.resize(static_cast<std::size_t>(model()->columnCount()));
    for (int column = 0; column < model()->columnCount(); ++column) {
        auto width = horizontalHeader()->sectionSizeHint(column);
        for (int row = 0; row < std::min(model()->rowCount(), rowsLookedAt); ++row)
            width = std::max(width, sizeHintForIndex(model()->index(row, column)).width() + character);
        auto &need = m_needs[static_cast<std::size_t>(column)];
        need.best = std::max<double>(need.best, width);
        need.least = m_elastic.contains(column) ? std::min<double>(need.best, character * leastCharacters) : need.best;
        need.usual = need.best;
    }
}

void TableView::share()
{
    if (m_elastic.isEmpty() || m_byHand || m_needs.empty() || m_sharing)
        return;
    std::vector<int> columns;
    std::vector<ColumnNeed> needs;
    double least = 0;
    double elastic = 0;
    for (int column = 0; column < static_cast<int>(m_needs.size()); ++column) {
        if (isColumnHidden(column))
            continue;
        columns.push_back(column);
        needs.push_back(m_needs[static_cast<std::size_t>(column)]);
        least += needs.back().least;
        elastic += m_elastic.contains(column) ? needs.back().best : 0;
    }
    const auto widths = columnWidths(needs, std::max<double>(viewport()->width(), least));
    const auto left = std::max(0.0, viewport()->width() - std::accumulate(widths.begin(), widths.end(), 0.0));
    m_sharing = true;
    int used = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto width = static_cast<int>(widths[i]);
        if (m_elastic.contains(columns[i]))
            width += static_cast<int>(left * needs[i].best / elastic);
        if (i + 1 == columns.size())
            width = std::max(width, viewport()->width() - used);
        setColumnWidth(columns[i], width);
        used += width;
    }
    updateGeometries(); // the scroll bar follows at once
    m_sharing = false;
}

void TableView::sectionResized(int before, int now)
{
    if (m_sharing)
        return;
    if (before == 0 || now == 0) { // shown or hidden
        m_again->start();
        return;
    }
    m_byHand = true;
    horizontalHeader()->setStretchLastSection(true);
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_sharing) // a scroll bar came or went
        m_again->start();
    else
        share();
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
    } else {
        QTableView::keyPressEvent(event);
    }
}

} // namespace countersign
