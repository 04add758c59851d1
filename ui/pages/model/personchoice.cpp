// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/personchoice.h"

#include <QComboBox>

#include "ui/widgets/text.h"

namespace countersign {

QStringList activePeople(const Registry &registry)
{
    QStringList names;
    for (const auto &[id, user] : registry.users)
        if (user.active)
            names << toQt(user.fullName);
    names.sort();
    return names;
}

void offerPeople(QComboBox &choice, const Registry &registry)
{
    choice.setEditable(true);
    choice.setInsertPolicy(QComboBox::NoInsert);
    choice.addItems(activePeople(registry));
}

} // namespace countersign
