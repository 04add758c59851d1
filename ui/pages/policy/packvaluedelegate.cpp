// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/packvaluedelegate.h"

#include <QComboBox>
#include <QIntValidator>
#include <QLineEdit>

#include <limits>

#include "core/domain/differences.h"
#include "ui/pages/policy/packtreemodel.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

QComboBox *makeChoice(const PackPlace &place, QWidget *parent)
{
    auto *choice = new QComboBox(parent);
    if (place.kind == PlaceKind::yesNo) {
        choice->addItem(PackTreeModel::tr("Yes"), true);
        choice->addItem(PackTreeModel::tr("No"), false);
        return choice;
    }
    if (place.optional || place.kind == PlaceKind::text)
        choice->addItem(PackTreeModel::tr("(none)"), QString());
    for (const auto &word : place.words)
        choice->addItem(capitalised(toQt(fieldInWords(word))), toQt(word));
    return choice;
}

} // namespace

QWidget *PackValueDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const PackTreeModel *>(index.model());
    const auto place = model ? model->place(index) : std::nullopt;
    if (!place)
        return nullptr;
    const auto name = index.siblingAtColumn(PackTreeModel::Part).data().toString();
    if (place->kind == PlaceKind::yesNo || !place->words.empty()) {
        auto *choice = makeChoice(*place, parent);
        choice->setAccessibleName(name);
        return choice;
    }
    auto *line = new QLineEdit(parent);
    line->setFrame(false);
    line->setAccessibleName(name);
    if (place->kind == PlaceKind::whole)
        line->setValidator(new QIntValidator(0, std::numeric_limits<int>::max(), line));
    if (place->kind == PlaceKind::day)
        line->setPlaceholderText(tr("YYYY-MM-DD"));
    return line;
}

void PackValueDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    const auto value = index.data(Qt::EditRole);
    if (auto *choice = qobject_cast<QComboBox *>(editor))
        choice->setCurrentIndex(choice->findData(value));
    else if (auto *line = qobject_cast<QLineEdit *>(editor))
        line->setText(value.toString());
}

void PackValueDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *choice = qobject_cast<QComboBox *>(editor)) {
        if (choice->currentIndex() >= 0)
            model->setData(index, choice->currentData());
    } else if (const auto *line = qobject_cast<QLineEdit *>(editor)) {
        model->setData(index, line->text());
    }
}

} // namespace countersign
