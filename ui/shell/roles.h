// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QString>
#include <QWidget>
#include <map>
#include <set>

#include "core/domain/user.h"

namespace countersign {

/// "Model owner, Validator".
[[nodiscard]] QString rolesText(const std::set<Role> &roles);
/// What somebody in the role does, in one line.
[[nodiscard]] QString roleHelp(Role role);

/// A check box for every role, with what it is for.
class RoleBoxes : public QWidget
{
    Q_OBJECT

public:
    explicit RoleBoxes(QWidget *parent = nullptr);
    [[nodiscard]] std::set<Role> roles() const;
    void setRoles(const std::set<Role> &roles);
    /// Keeps a role set whatever the person clicks.
    void require(Role role);

Q_SIGNALS:
    void changed();

private:
    std::map<Role, QCheckBox *> m_boxes;
};

} // namespace countersign
