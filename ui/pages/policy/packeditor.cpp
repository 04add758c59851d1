// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/packeditor.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSet>
#include <QTreeView>
#include <QVBoxLayout>

#include "core/domain/differences.h"
#include "ui/pages/policy/packtreemodel.h"
#include "ui/pages/policy/packvaluedelegate.h"
#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// The paths that are open, from the top down.
void gatherOpen(const QTreeView *tree, const PackTreeModel *model, const QModelIndex &parent, QStringList &open)
{
    for (int row = 0; row < model->rowCount(parent); ++row) {
        const auto index = model->index(row, PackTreeModel::Part, parent);
        if (tree->isExpanded(index)) {
            open << model->path(index);
            gatherOpen(tree, model, index, open);
        }
    }
}

} // namespace

PackEditor::PackEditor(QWidget *parent)
    : QWidget(parent)
    , m_model(new PackTreeModel(this))
    , m_tree(new QTreeView(this))
{
    m_tree->setAccessibleName(tr("Parts of the policy"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegateForColumn(PackTreeModel::Value, new PackValueDelegate(m_tree));
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::SelectedClicked);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->header()->setStretchLastSection(true);
    m_tree->setColumnWidth(PackTreeModel::Part, fontMetrics().averageCharWidth() * 48);
    buildTools();
    static_cast<QVBoxLayout *>(layout())->addWidget(m_tree, 1);
    connect(m_model, &PackTreeModel::edited, this, &PackEditor::edited);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &PackEditor::refreshTools);
    // Enter on a part goes to its value, as in a form.
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const auto value = index.siblingAtColumn(PackTreeModel::Value);
        if (!m_readOnly && value.flags().testFlag(Qt::ItemIsEditable))
            m_tree->edit(value);
    });
    refreshTools();
}

void PackEditor::buildTools()
{
    m_search = new QLineEdit(this);
    m_search->setAccessibleName(tr("Find a part"));
    m_search->setPlaceholderText(tr("Find a part or a value, Enter for the next"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::returnPressed, this, &PackEditor::findNext);
    auto *row = new QHBoxLayout;
    row->addWidget(m_search, 1);
    const auto addTool = [&](const QString &text, const QString &toolTip, auto act) {
        auto *button = new QPushButton(text, this);
        button->setToolTip(toolTip);
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    m_add = addTool(tr("&Add"), tr("A new item in the selected list"), [this] { add(); });
    m_duplicate = addTool(tr("D&uplicate"), tr("A copy of the selected item after it"),
                          [this] { select(m_model->duplicate(m_tree->currentIndex())); });
    m_remove = addTool(tr("&Remove"), tr("Takes the selected item out; Undo brings it back"),
                       [this] { m_model->remove(m_tree->currentIndex()); });
    m_up = addTool(tr("Move up"), {}, [this] { select(m_model->move(m_tree->currentIndex(), -1)); });
    m_down = addTool(tr("Move down"), {}, [this] { select(m_model->move(m_tree->currentIndex(), 1)); });
    auto *column = new QVBoxLayout(this);
    column->addLayout(row);
}

void PackEditor::setPack(const json::value &pack)
{
    if (pack == m_model->pack())
        return;
    QStringList open;
    gatherOpen(m_tree, m_model, {}, open);
    const auto current = m_model->path(m_tree->currentIndex());
    m_model->setPack(pack);
    for (const auto &path : std::as_const(open))
        if (const auto index = m_model->find(path); m_model->path(index) == path)
            m_tree->expand(index);
    if (const auto index = m_model->find(current); index.isValid())
        m_tree->setCurrentIndex(index);
    refreshTools();
}

json::value PackEditor::pack() const
{
    return m_model->pack();
}

void PackEditor::setFaults(const std::vector<PolicyFault> &faults)
{
    auto palette = this->palette();
    palette.setColor(QPalette::WindowText, Theme::of(palette).colour(Theme::Colour::red));
    palette.setColor(QPalette::Text, Theme::of(palette).colour(Theme::Colour::red));
    m_model->setFaults(faults, themedIcon(u"error"_s, palette));
}

void PackEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_tree->setEditTriggers(readOnly ? QAbstractItemView::NoEditTriggers
                                     : QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                                           QAbstractItemView::SelectedClicked);
    refreshTools();
}

void PackEditor::goTo(const QString &path)
{
    select(m_model->find(path));
}

void PackEditor::select(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
    m_tree->setFocus();
    refreshTools();
}

void PackEditor::refreshTools()
{
    const auto index = m_tree->currentIndex().siblingAtColumn(PackTreeModel::Part);
    const auto list = m_model->canAdd(index) ? index : index.parent();
    m_add->setEnabled(!m_readOnly && m_model->canAdd(list));
    m_add->setToolTip(m_model->canAdd(list) ? tr("A new item in \"%1\"").arg(list.data().toString())
                                            : tr("Select a list, such as Controls, or one of its items."));
    const bool item = !m_readOnly && m_model->isItem(index);
    m_remove->setEnabled(item);
    m_duplicate->setEnabled(item && m_model->canMove(index, 0));
    m_up->setEnabled(!m_readOnly && m_model->canMove(index, -1));
    m_down->setEnabled(!m_readOnly && m_model->canMove(index, 1));
}

void PackEditor::add()
{
    const auto index = m_tree->currentIndex().siblingAtColumn(PackTreeModel::Part);
    const QPersistentModelIndex list(m_model->canAdd(index) ? index : index.parent());
    const auto place = m_model->place(list);
    if (!place)
        return;
    if (place->kind != PlaceKind::map) {
        select(m_model->add(list));
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto &key : m_model->freeKeys(list))
        menu->addAction(capitalised(toQt(fieldInWords(toStd(key)))), this,
                        [this, list, key] { select(m_model->add(list, key)); });
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

void PackEditor::findNext()
{
    const auto wanted = m_search->text().trimmed();
    if (wanted.isEmpty() || m_model->rowCount() == 0)
        return;
    QModelIndexList hits;
    for (const int column : {PackTreeModel::Part, PackTreeModel::Value})
        hits += m_model->match(m_model->index(0, column), Qt::DisplayRole, wanted, -1,
                               Qt::MatchContains | Qt::MatchRecursive | Qt::MatchWrap);
    if (hits.isEmpty())
        return;
    const auto before = [](const QModelIndex &a, const QModelIndex &b) {
        QList<int> one;
        QList<int> other;
        for (auto at = a; at.isValid(); at = at.parent())
            one.prepend(at.row());
        for (auto at = b; at.isValid(); at = at.parent())
            other.prepend(at.row());
        return std::ranges::lexicographical_compare(one, other);
    };
    std::ranges::sort(hits, before);
    const auto current = m_tree->currentIndex();
    auto next = hits.front();
    if (current.isValid())
        for (const auto &hit : std::as_const(hits))
            if (before(current, hit)) {
                next = hit;
                break;
            }
    m_tree->setCurrentIndex(next.siblingAtColumn(PackTreeModel::Part));
    m_tree->scrollTo(next);
}

} // namespace countersign
