// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/personchoice.h"

#include <QComboBox>

#include "ui/widgets/text.h"

namespace countersign {

void offerPeople(QComboBox &choice, const Registry &registry)
{
    choice.setEditable(true);
    choice.setInsertPolicy(QComboBox::NoInsert);
    for (const auto &[id, user] : registry.users)
        if (user.active)
            choice.addItem(toQt(user.fullName));
}

} // namespace countersign
