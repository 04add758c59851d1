// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringsetupcolumns.h"

#include <algorithm>

#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

QString MonitoringSetupColumns::partOf(const std::string &name, const ColumnRoles &roles)
{
    if (name == roles.time)
        return tr("time");
    if (name == roles.score)
        return tr("score");
    if (name == roles.prediction)
        return tr("prediction");
    if (name == roles.target)
        return tr("target");
    return name == roles.segment ? tr("segment") : QString();
}

void MonitoringSetupColumns::setPreview(const LogPreview &preview, const RunSettings &settings)
{
    const ColumnRoles &roles = settings.roles;
    beginResetModel();
    m_lines.clear();
    for (const PreviewColumn &column : preview.columns) {
        Line line;
        line.column = column;
        line.samples = toQt(column.samples).join(preview.database.empty() ? u", "_s : tr(" to "));
        line.part = partOf(column.name, roles);
        line.used = std::find(roles.features.begin(), roles.features.end(), column.name) != roles.features.end();
        line.categories = roles.categorical.contains(column.name) ||
                          (column.type == ColumnType::Categorical && !roles.numeric.contains(column.name));
        line.group = std::find(roles.groups.begin(), roles.groups.end(), column.name) != roles.groups.end();
        const auto &comparisons = settings.decision.comparisonGroups;
        if (const auto comparison = comparisons.find(column.name); comparison != comparisons.end())
            line.comparison = toQt(comparison->second);
        if (const auto special = roles.special.find(column.name); special != roles.special.end())
            line.special = toQt(special->second).join(u"; "_s);
        m_lines.push_back(std::move(line));
    }
    endResetModel();
}

void MonitoringSetupColumns::setParts(const ColumnRoles &roles)
{
    for (Line &line : m_lines)
        line.part = partOf(line.column.name, roles);
    if (!m_lines.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void MonitoringSetupColumns::setAllUsed(bool used)
{
    for (Line &line : m_lines)
        line.used = used;
    if (!m_lines.empty())
        Q_EMIT dataChanged(index(0, Use), index(rowCount() - 1, Use));
}

void MonitoringSetupColumns::read(RunSettings &settings) const
{
    ColumnRoles &roles = settings.roles;
    settings.decision.comparisonGroups.clear();
    roles.features.clear();
    roles.categorical.clear();
    roles.numeric.clear();
    roles.groups.clear();
    roles.special.clear();
    for (const Line &line : m_lines) {
        if (line.group) {
            roles.groups.push_back(line.column.name);
            if (!line.comparison.isEmpty())
                settings.decision.comparisonGroups.emplace(line.column.name, toStd(line.comparison));
        }
        const bool text = line.column.type == ColumnType::Categorical;
        const bool judged = line.part == tr("score") || line.part == tr("prediction");
        if (line.used && line.part.isEmpty())
            roles.features.push_back(line.column.name);
        else if (!judged)
            continue;
        for (const QString &value : line.special.split(u';', Qt::SkipEmptyParts))
            if (!value.trimmed().isEmpty())
                roles.special[line.column.name].push_back(value.trimmed().toStdString());
        if (line.categories && !text)
            roles.categorical.insert(line.column.name);
        else if (!line.categories && text)
            roles.numeric.insert(line.column.name);
    }
}

int MonitoringSetupColumns::used() const
{
    return static_cast<int>(std::count_if(m_lines.begin(), m_lines.end(),
                                          [](const Line &line) { return line.used && line.part.isEmpty(); }));
}

int MonitoringSetupColumns::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int MonitoringSetupColumns::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags MonitoringSetupColumns::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const Line &line = m_lines.at(static_cast<std::size_t>(index.row()));
    if ((index.column() == Use && line.part.isEmpty()) || index.column() == Categories || index.column() == Group)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == Special || (index.column() == Comparison && line.group))
        flags |= Qt::ItemIsEditable;
    return flags;
}

QString MonitoringSetupColumns::toolTip(const Line &line)
{
    QString text = line.samples + u'\n';
    if (line.column.distinct > 0)
        text += tr("%1 different values and ").arg(countText(static_cast<qint64>(line.column.distinct)));
    return text + tr("%1 missing in the rows looked at").arg(countText(static_cast<qint64>(line.column.missing)));
}

QVariant MonitoringSetupColumns::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = m_lines.at(static_cast<std::size_t>(index.row()));
    if (role == Qt::CheckStateRole) {
        if (index.column() == Use && line.part.isEmpty())
            return line.used ? Qt::Checked : Qt::Unchecked;
        if (index.column() == Categories)
            return line.categories ? Qt::Checked : Qt::Unchecked;
        if (index.column() == Group)
            return line.group ? Qt::Checked : Qt::Unchecked;
        return {};
    }
    if (role == Qt::AccessibleTextRole && index.column() == Use)
        return tr("%1: judge for drift").arg(toQt(line.column.name));
    if (role == Qt::AccessibleTextRole && index.column() == Categories)
        return tr("%1: read as categories").arg(toQt(line.column.name));
    if (role == Qt::AccessibleTextRole && index.column() == Group)
        return tr("%1: groups of people").arg(toQt(line.column.name));
    if (role == Qt::AccessibleTextRole && index.column() == Special)
        return line.special.isEmpty() ? tr("%1: no special values").arg(toQt(line.column.name))
                                      : tr("%1: special values %2").arg(toQt(line.column.name), line.special);
    if (role == Qt::AccessibleTextRole && index.column() == Comparison)
        return !line.group                 ? QString()
               : line.comparison.isEmpty() ? tr("%1: compared with the largest group").arg(toQt(line.column.name))
                                           : tr("%1: compared with %2").arg(toQt(line.column.name), line.comparison);
    if (role == Qt::EditRole && index.column() == Special)
        return line.special;
    if (role == Qt::EditRole && index.column() == Comparison)
        return line.comparison;
    if (role == ChoicesRole && index.column() == Comparison)
        return toQt(line.column.values);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Comparison:
        return !line.group ? QString() : line.comparison.isEmpty() ? tr("the largest") : line.comparison;
    case Special:
        return line.special;
    case Name:
        return toQt(line.column.name);
    case Part:
        if (line.part.isEmpty() && line.column.identifier)
            return role == Qt::ToolTipRole ? tr("It names rows rather than says something of them.") : tr("identifier");
        return line.part;
    case Samples:
        return role == Qt::ToolTipRole ? toolTip(line) : line.samples;
    default:
        return {};
    }
}

bool MonitoringSetupColumns::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role == Qt::EditRole && (flags(index) & Qt::ItemIsEditable)) {
        Line &line = m_lines.at(static_cast<std::size_t>(index.row()));
        (index.column() == Special ? line.special : line.comparison) = value.toString().trimmed();
        Q_EMIT dataChanged(index, index);
        return true;
    }
    if (role != Qt::CheckStateRole || !(flags(index) & Qt::ItemIsUserCheckable))
        return false;
    Line &line = m_lines.at(static_cast<std::size_t>(index.row()));
    (index.column() == Use     ? line.used
     : index.column() == Group ? line.group
                               : line.categories) = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index.siblingAtColumn(Comparison)); // which follows the groups
    return true;
}

QVariant MonitoringSetupColumns::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    switch (section) {
    case Use:
        return role == Qt::ToolTipRole ? tr("Judge this column for drift") : tr("Use");
    case Name:
        return tr("Column");
    case Categories:
        return role == Qt::ToolTipRole ? tr("Read as categories instead of numbers") : tr("Categories");
    case Group:
        return role == Qt::ToolTipRole ? tr("Groups of people: fairness is measured between them") : tr("Groups");
    case Comparison:
        return role == Qt::ToolTipRole ? tr("The group that the others are compared with; the largest of the reference "
                                            "unless one is named")
                                       : tr("Compared with");
    case Special:
        return role == Qt::ToolTipRole ? tr("Values that stand for something else, as -999 or N/A, between semicolons: "
                                            "each has a bin of its "
                                            "own and is left out of quantiles and distances")
                                       : tr("Special values");
    case Part:
        return tr("Part");
    default:
        return tr("Values");
    }
}

} // namespace countersign
