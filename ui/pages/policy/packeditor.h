// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/base/json.h"
#include "core/policy/policypack.h"

class QLineEdit;
class QPushButton;
class QTreeView;

namespace countersign {

class PackTreeModel;

/// The parts of a pack as a tree, with what can be done to them.
class PackEditor : public QWidget
{
    Q_OBJECT

public:
    explicit PackEditor(QWidget *parent = nullptr);

    /// Shows another pack, or the same one changed elsewhere: what was open stays open.
    void setPack(const json::value &pack);
    [[nodiscard]] json::value pack() const;
    void setFaults(const std::vector<PolicyFault> &faults);
    void setReadOnly(bool readOnly);
    /// Opens and selects the place at `path`.
    void goTo(const QString &path);
    [[nodiscard]] PackTreeModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }

Q_SIGNALS:
    void edited();

private:
    void buildTools();
    void refreshTools();
    void add();
    void select(const QModelIndex &index);
    void findNext();

    PackTreeModel *m_model;
    QTreeView *m_tree;
    QLineEdit *m_search = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_duplicate = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
    bool m_readOnly = false;
};

} // namespace countersign
