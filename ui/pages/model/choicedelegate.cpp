// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/choicedelegate.h"

#include <QComboBox>

namespace countersign {

ChoiceDelegate::ChoiceDelegate(int choicesRole, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_choicesRole(choicesRole)
{
}

QWidget *ChoiceDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    auto *choice = new QComboBox(parent);
    choice->setEditable(true);
    choice->addItems(index.data(m_choicesRole).toStringList());
    choice->setAccessibleName(index.data(Qt::AccessibleTextRole).toString());
    return choice;
}

void ChoiceDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (auto *choice = qobject_cast<QComboBox *>(editor))
        choice->setEditText(index.data(Qt::EditRole).toString());
}

void ChoiceDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *choice = qobject_cast<QComboBox *>(editor))
        model->setData(index, choice->currentText());
}

} // namespace countersign
