// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/roles.h"

#include <QGridLayout>
#include <QLabel>

#include "ui/widgets/text.h"

namespace countersign {

QString rolesText(const std::set<Role> &roles)
{
    QStringList names;
    for (const auto role : roles)
        names << toQt(displayName(role));
    return names.join(QStringLiteral(", "));
}

QString roleHelp(Role role)
{
    switch (role) {
    case Role::administrator:
        return RoleBoxes::tr("enrols people and changes their roles");
    case Role::modelOwner:
        return RoleBoxes::tr("answers for models, requests deployment");
    case Role::developer:
        return RoleBoxes::tr("registers versions, documents and monitoring runs");
    case Role::validator:
        return RoleBoxes::tr("validates independently, raises findings");
    case Role::approver:
        return RoleBoxes::tr("signs deployment requests");
    case Role::executiveReader:
        return RoleBoxes::tr("reads everything");
    case Role::auditor:
        break;
    }
    return RoleBoxes::tr("verifies the file and takes evidence away");
}

RoleBoxes::RoleBoxes(QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto role : enumValues<Role>()) {
        auto *box = new QCheckBox(toQt(displayName(role)), this);
        box->setAccessibleDescription(roleHelp(role));
        auto *help = new QLabel(roleHelp(role), this);
        help->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(box, row, 0);
        grid->addWidget(help, row++, 1);
        m_boxes[role] = box;
        connect(box, &QCheckBox::toggled, this, &RoleBoxes::changed);
    }
}

std::set<Role> RoleBoxes::roles() const
{
    std::set<Role> chosen;
    for (const auto &[role, box] : m_boxes)
        if (box->isChecked())
            chosen.insert(role);
    return chosen;
}

void RoleBoxes::setRoles(const std::set<Role> &roles)
{
    for (const auto &[role, box] : m_boxes)
        box->setChecked(roles.contains(role));
}

void RoleBoxes::require(Role role)
{
    auto *box = m_boxes.at(role);
    box->setChecked(true);
    box->setEnabled(false);
}

} // namespace countersign
