// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/actiongate.h"

#include <QAbstractButton>
#include <QLabel>
#include <QStringList>

#include <algorithm>

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

/// "Model owners or developers alone may register versions, edit versions": one phrase for each set of roles.
QString ActionGate::inWords(const std::vector<const Action *> &forbidden) const
{
    const auto &policy = m_context.workspace.policy();
    QList<QPair<QString, QStringList>> groups;
    for (const auto *action : forbidden) {
        const auto who = toQt(rolesFor(policy, action->fact));
        const auto what = toQt(actionOf(action->fact));
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto &known) { return known.first == who; });
        if (group == groups.end())
            group = groups.insert(groups.end(), {who, {}});
        if (!group->second.contains(what))
            group->second << what;
    }
    QStringList phrases;
    for (const auto &[who, what] : std::as_const(groups))
        phrases << tr("%1 alone may %2").arg(who, what.join(QStringLiteral(", ")));
    auto text = phrases.join(QStringLiteral("; ")) + QLatin1Char('.');
    text[0] = text[0].toUpper();
    return text;
}

void ActionGate::refresh()
{
    QStringList reasons;
    std::vector<const Action *> forbidden;
    for (const auto &action : m_actions) {
        QString reason;
        if (const auto why = m_context.workspace.whyNot(action.fact)) {
            reason = toQt(*why);
            forbidden.push_back(&action);
            if (!reasons.contains(reason))
                reasons << reason;
        } else if (action.unless) {
            reason = action.unless();
        }
        action.button->setEnabled(reason.isEmpty());
        action.button->setToolTip(reason.isEmpty() ? action.toolTip : reason);
        action.button->setAccessibleDescription(reason);
    }
    m_line->setText(reasons.size() > 1 ? inWords(forbidden) : reasons.value(0));
    m_line->setVisible(!forbidden.empty());
}

} // namespace countersign
