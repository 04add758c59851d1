// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/packtreemodel.h"

#include <QFont>

#include <algorithm>
#include <array>

#include "core/domain/differences.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

struct PackTreeModel::Node
{
    enum class Form { Leaf, List, Object };

    static std::unique_ptr<Node> make(const json::value &value, std::string name, Node *parent)
    {
        auto node = std::make_unique<Node>();
        node->name = std::move(name);
        node->parent = parent;
        if (value.is_array()) {
            node->form = Form::List;
            for (const auto &item : value.get_array())
                node->children.push_back(make(item, {}, node.get()));
        } else if (value.is_object()) {
            node->form = Form::Object;
            for (const auto &member : value.get_object())
                node->children.push_back(make(member.value(), member.key(), node.get()));
        } else {
            node->leaf = value;
        }
        return node;
    }

    [[nodiscard]] json::value value() const
    {
        if (form == Form::List) {
            json::array list;
            for (const auto &child : children)
                list.push_back(child->value());
            return list;
        }
        if (form == Form::Object) {
            json::object object;
            for (const auto &child : children)
                object[child->name] = child->value();
            return object;
        }
        return leaf;
    }

    [[nodiscard]] int row() const
    {
        if (!parent)
            return 0;
        const auto found = std::find_if(parent->children.begin(), parent->children.end(),
                                        [this](const auto &child) { return child.get() == this; });
        return static_cast<int>(found - parent->children.begin());
    }

    [[nodiscard]] std::string path() const
    {
        if (!parent)
            return {};
        const auto around = parent->path();
        if (parent->form == Form::List)
            return around + "[" + std::to_string(row()) + "]";
        return around.empty() ? name : around + "." + name;
    }

    [[nodiscard]] const Node *child(std::string_view childName) const
    {
        const auto found =
            std::find_if(children.begin(), children.end(), [&](const auto &each) { return each->name == childName; });
        return found == children.end() ? nullptr : found->get();
    }

    void forget()
    {
        faults.clear();
        holdsFault = false;
        for (const auto &each : children)
            each->forget();
    }

    std::string name; ///< empty: an item of a list
    Form form = Form::Leaf;
    json::value leaf;
    std::vector<std::unique_ptr<Node>> children;
    Node *parent = nullptr;
    QStringList faults;
    bool holdsFault = false;
};

namespace {

/// "reviewMonths" as "Review months".
QString inWords(std::string_view name)
{
    return capitalised(toQt(fieldInWords(name)));
}

bool isWord(const std::optional<PackPlace> &place)
{
    return place && (place->kind == PlaceKind::word || !place->words.empty());
}

QString leafText(const json::value &leaf, const std::optional<PackPlace> &place)
{
    if (leaf.is_null())
        return {};
    if (leaf.is_bool())
        return leaf.get_bool() ? PackTreeModel::tr("Yes") : PackTreeModel::tr("No");
    if (!leaf.is_string())
        return toQt(json::serialize(leaf));
    return isWord(place) ? inWords(leaf.get_string()) : toQt(std::string_view(leaf.get_string()));
}

std::optional<json::value> leafFrom(const QVariant &value, const PackPlace &place)
{
    const auto text = value.toString().trimmed();
    if (text.isEmpty() && place.optional)
        return json::value();
    switch (place.kind) {
    case PlaceKind::yesNo:
        return json::value(value.toBool());
    case PlaceKind::whole: {
        bool whole = false;
        const auto number = text.toLongLong(&whole);
        return whole ? std::optional(json::value(static_cast<std::int64_t>(number))) : std::nullopt;
    }
    default:
        return json::value(toStd(text));
    }
}

} // namespace

PackTreeModel::PackTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(Node::make(json::object(), {}, nullptr))
{
}

PackTreeModel::~PackTreeModel() = default;

void PackTreeModel::setPack(const json::value &pack)
{
    beginResetModel();
    m_root = Node::make(pack, {}, nullptr);
    endResetModel();
}

json::value PackTreeModel::pack() const
{
    return m_root->value();
}

void PackTreeModel::setFaults(const std::vector<PolicyFault> &faults, const QIcon &icon)
{
    m_faultIcon = icon;
    m_root->forget();
    for (const auto &fault : faults) {
        auto *node = nodeAt(find(toQt(fault.path)));
        node->faults << toQt(fault.what);
        for (; node; node = node->parent)
            node->holdsFault = true;
    }
    changedBelow({});
}

void PackTreeModel::changedBelow(const QModelIndex &parent)
{
    const int rows = rowCount(parent);
    if (rows == 0)
        return;
    Q_EMIT dataChanged(index(0, Part, parent), index(rows - 1, Value, parent));
    for (int row = 0; row < rows; ++row)
        changedBelow(index(row, Part, parent));
}

PackTreeModel::Node *PackTreeModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex PackTreeModel::indexOf(const Node *node, int column) const
{
    return !node || !node->parent ? QModelIndex() : createIndex(node->row(), column, node);
}

QString PackTreeModel::path(const QModelIndex &index) const
{
    return toQt(nodeAt(index)->path());
}

QModelIndex PackTreeModel::find(const QString &path) const
{
    const Node *node = m_root.get();
    auto rest = toStd(path);
    while (!rest.empty()) {
        const Node *next = nullptr;
        std::size_t used = 0;
        if (rest.front() == '[') {
            used = std::min(rest.find(']'), rest.size() - 1) + 1;
            bool number = false;
            const auto at = toQt(rest).mid(1, static_cast<qsizetype>(used) - 2).toULongLong(&number);
            if (number && at < node->children.size())
                next = node->children[at].get();
        } else {
            const std::size_t from = rest.front() == '.' ? 1 : 0;
            used = std::min(rest.find_first_of(".[", from), rest.size());
            next = node->child(rest.substr(from, used - from));
        }
        if (!next)
            break;
        node = next;
        rest.erase(0, used);
    }
    return indexOf(node);
}

std::optional<PackPlace> PackTreeModel::place(const QModelIndex &index) const
{
    return packPlace(nodeAt(index)->path());
}

bool PackTreeModel::canAdd(const QModelIndex &index) const
{
    const auto found = place(index);
    if (!index.isValid() || !found)
        return false;
    return found->kind == PlaceKind::list ||
           (found->kind == PlaceKind::map && (found->words.empty() || !freeKeys(index).isEmpty()));
}

bool PackTreeModel::isItem(const QModelIndex &index) const
{
    const auto *node = nodeAt(index);
    if (!node->parent || !node->parent->parent)
        return false;
    const auto around = packPlace(node->parent->path());
    return around && (around->kind == PlaceKind::list || around->kind == PlaceKind::map);
}

bool PackTreeModel::canMove(const QModelIndex &index, int by) const
{
    const auto *node = nodeAt(index);
    if (!node->parent || node->parent->form != Node::Form::List)
        return false;
    const auto to = node->row() + by;
    return to >= 0 && to < static_cast<int>(node->parent->children.size());
}

QStringList PackTreeModel::freeKeys(const QModelIndex &index) const
{
    QStringList keys;
    const auto *node = nodeAt(index);
    if (const auto found = place(index); found && found->kind == PlaceKind::map)
        for (const auto &word : found->words)
            if (!node->child(word))
                keys << toQt(word);
    return keys;
}

QModelIndex PackTreeModel::insert(Node *list, int row, std::unique_ptr<Node> node)
{
    beginInsertRows(indexOf(list), row, row);
    const auto *made = list->children.insert(list->children.begin() + row, std::move(node))->get();
    endInsertRows();
    changedAround(list);
    Q_EMIT edited();
    return indexOf(made);
}

QModelIndex PackTreeModel::add(const QModelIndex &index, const QString &key)
{
    const auto found = place(index);
    auto *node = nodeAt(index);
    if (!canAdd(index) || (found->kind == PlaceKind::map && (key.isEmpty() || node->child(toStd(key)))))
        return {};
    return insert(node, rowCount(index),
                  Node::make(found->freshItem, found->kind == PlaceKind::map ? toStd(key) : std::string(), node));
}

QModelIndex PackTreeModel::duplicate(const QModelIndex &index)
{
    auto *node = nodeAt(index);
    if (!isItem(index) || node->parent->form != Node::Form::List)
        return {};
    return insert(node->parent, node->row() + 1, Node::make(node->value(), {}, node->parent));
}

void PackTreeModel::remove(const QModelIndex &index)
{
    if (!isItem(index))
        return;
    auto *node = nodeAt(index);
    auto *around = node->parent;
    const int row = node->row();
    beginRemoveRows(index.parent(), row, row);
    around->children.erase(around->children.begin() + row);
    endRemoveRows();
    changedAround(around);
    Q_EMIT edited();
}

QModelIndex PackTreeModel::move(const QModelIndex &index, int by)
{
    if (!canMove(index, by))
        return index;
    auto *node = nodeAt(index);
    auto &items = node->parent->children;
    const int from = node->row();
    const int to = from + by;
    beginMoveRows(index.parent(), from, from, index.parent(), by > 0 ? to + 1 : to);
    auto moved = std::move(items[static_cast<std::size_t>(from)]);
    items.erase(items.begin() + from);
    items.insert(items.begin() + to, std::move(moved));
    endMoveRows();
    Q_EMIT edited();
    return indexOf(node);
}

/// What is said of the items of a list stands beside the list, too.
void PackTreeModel::changedAround(const Node *node)
{
    for (; node && node->parent; node = node->parent)
        Q_EMIT dataChanged(indexOf(node, Part), indexOf(node, Value));
}

QModelIndex PackTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeAt(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex PackTreeModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(nodeAt(child)->parent) : QModelIndex();
}

int PackTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

int PackTreeModel::columnCount(const QModelIndex &) const
{
    return 2;
}

namespace {

/// What an item of a list is called: the first of these members that says something.
constexpr std::array titleMembers{"label", "title",  "question", "text", "id",     "field", "stage",
                                  "check", "metric", "role",     "row",  "person", "source"};

constexpr int mostWords = 60; ///< characters of the items of a list beside it

} // namespace

QVariant PackTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto *node = nodeAt(index);
    const auto shown = [&](const Node *leaf) { return leafText(leaf->leaf, packPlace(leaf->path())); };
    const auto title = [&](const Node *of) -> QString {
        if (!of->name.empty())
            return inWords(of->name);
        for (const char *member : titleMembers)
            if (const auto *child = of->child(member); child && !shown(child).isEmpty())
                return shown(child);
        return QString::number(of->row() + 1);
    };
    const auto value = [&]() -> QString {
        if (node->form == Node::Form::Leaf)
            return shown(node);
        if (node->form == Node::Form::Object)
            return {};
        QStringList items;
        for (const auto &child : node->children)
            items << (child->form == Node::Form::Leaf ? shown(child.get()) : title(child.get()));
        const auto words = items.join(u", "_s);
        if (items.isEmpty())
            return tr("none");
        return words.size() <= mostWords ? words : countText(items.size(), tr("item"), tr("items"));
    };
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Part ? title(node) : value();
    case Qt::AccessibleTextRole:
        return index.column() == Part ? title(node) : tr("%1: %2").arg(title(node), value());
    case Qt::EditRole:
        if (index.column() != Value || node->form != Node::Form::Leaf)
            return index.column() == Part ? title(node) : QVariant();
        if (node->leaf.is_bool())
            return node->leaf.get_bool();
        return node->leaf.is_string() ? toQt(std::string_view(node->leaf.get_string()))
                                      : (node->leaf.is_null() ? QString() : toQt(json::serialize(node->leaf)));
    case Qt::ToolTipRole:
        return node->faults.isEmpty() ? QVariant(index.column() == Part ? title(node) : value())
                                      : QVariant(node->faults.join(u'\n'));
    case Qt::DecorationRole:
        return index.column() == Part && node->holdsFault ? QVariant(m_faultIcon) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(node->parent == m_root.get() && index.column() == Part);
        return font;
    }
    default:
        return {};
    }
}

QVariant PackTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractItemModel::headerData(section, orientation, role);
    return section == Part ? tr("Part") : tr("Value");
}

Qt::ItemFlags PackTreeModel::flags(const QModelIndex &index) const
{
    auto flags = QAbstractItemModel::flags(index);
    if (index.isValid() && index.column() == Value && nodeAt(index)->form == Node::Form::Leaf && place(index))
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool PackTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    auto *node = nodeAt(index);
    const auto leaf = leafFrom(value, *place(index));
    if (!leaf)
        return false;
    if (*leaf == node->leaf)
        return true;
    node->leaf = *leaf;
    changedAround(node);
    Q_EMIT edited();
    return true;
}

} // namespace countersign
