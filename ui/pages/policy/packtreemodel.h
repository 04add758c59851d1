// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QIcon>

#include <memory>

#include "core/policy/packplaces.h"
#include "core/policy/policypack.h"

namespace countersign {

/// The JSON of a policy pack as a tree to edit: a part in words, and its value. What may stand where is
/// core/policy/packplaces.h; whatever the JSON holds besides is shown and kept.
class PackTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Part, Value };

    explicit PackTreeModel(QObject *parent = nullptr);
    ~PackTreeModel() override;

    void setPack(const json::value &pack);
    [[nodiscard]] json::value pack() const;
    /// Marks the places at fault, and those around them.
    void setFaults(const std::vector<PolicyFault> &faults, const QIcon &icon);

    /// "tiers[1].level"; the nearest place around it for a path that is not there.
    [[nodiscard]] QString path(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex find(const QString &path) const;
    [[nodiscard]] std::optional<PackPlace> place(const QModelIndex &index) const;

    /// Whether an item can be added to the list or map at `index`.
    [[nodiscard]] bool canAdd(const QModelIndex &index) const;
    [[nodiscard]] bool isItem(const QModelIndex &index) const; ///< of a list or map: can be copied and removed
    [[nodiscard]] bool canMove(const QModelIndex &index, int by) const;
    /// The keys that a map does not have yet.
    [[nodiscard]] QStringList freeKeys(const QModelIndex &index) const;
    /// A fresh item at the end; `key` names it in a map. Invalid where that cannot be.
    QModelIndex add(const QModelIndex &index, const QString &key = {});
    QModelIndex duplicate(const QModelIndex &index);
    void remove(const QModelIndex &index);
    QModelIndex move(const QModelIndex &index, int by);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Takes the text of the value; refuses one that is no whole number where there must be one.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void edited(); ///< by a person, not by setPack()

private:
    struct Node;
    [[nodiscard]] Node *nodeAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node *node, int column = Part) const;
    QModelIndex insert(Node *list, int row, std::unique_ptr<Node> node);
    void changedAround(const Node *node);
    void changedBelow(const QModelIndex &parent);

    std::unique_ptr<Node> m_root;
    QIcon m_faultIcon;
};

} // namespace countersign
