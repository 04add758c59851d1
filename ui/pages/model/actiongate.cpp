// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/actiongate.h"

#include <QAbstractButton>
#include <QLabel>
#include <QStringList>

#include "ui/shell/context.h"
#include "ui/widgets/text.h"

namespace countersign {

ActionGate::ActionGate(Context &context, QLabel *line, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_line(line)
{
}

void ActionGate::add(QAbstractButton *button, std::string fact, std::function<QString()> unless)
{
    m_actions.push_back({button, std::move(fact), std::move(unless), button->toolTip()});
}

void ActionGate::refresh()
{
    QStringList forbidden;
    for (const auto &action : m_actions) {
        QString reason;
        if (const auto why = m_context.workspace.whyNot(action.fact)) {
            reason = toQt(*why);
            if (!forbidden.contains(reason))
                forbidden << reason;
        } else if (action.unless) {
            reason = action.unless();
        }
        action.button->setEnabled(reason.isEmpty());
        action.button->setToolTip(reason.isEmpty() ? action.toolTip : reason);
        action.button->setAccessibleDescription(reason);
    }
    m_line->setText(forbidden.join(QLatin1Char(' ')));
    m_line->setVisible(!forbidden.isEmpty());
}

} // namespace countersign
