// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/foresight.h"

#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

std::optional<std::string> whyForbiddenTo(const Workspace &workspace, const UserId &user, const Fact &fact)
{
    Act act;
    act.seq = workspace.registry().size;
    act.at = workspace.environment().clock.now();
    act.author = user;
    act.facts = {fact};
    return whyForbidden(workspace.policy(), workspace.registry(), act);
}

} // namespace

std::optional<QString> whyNotNow(const Workspace &workspace, const Fact &fact)
{
    auto why = workspace.whyNothingWritten();
    if (!why)
        why = whyForbiddenTo(workspace, workspace.user()->id, fact);
    return why ? std::optional(toQt(*why)) : std::nullopt;
}

QStringList whoCould(const Workspace &workspace, const Fact &fact)
{
    QStringList names;
    for (const auto &[id, user] : workspace.registry().users)
        if (user.active && (workspace.user() == nullptr || workspace.user()->id != id) &&
            !whyForbiddenTo(workspace, id, fact))
            names << toQt(user.fullName);
    names.sort();
    return names;
}

QString whoCouldText(const Workspace &workspace, const Fact &fact)
{
    const auto names = whoCould(workspace, fact);
    return names.isEmpty() ? tr("Nobody enrolled here could.") : tr("Who could: %1.").arg(names.join(u"; "_s));
}

QStringList whoCouldSign(const Workspace &workspace, const DeploymentRequest &request)
{
    QStringList names;
    for (const auto &[id, user] : workspace.registry().users) {
        QStringList roles;
        for (const auto role :
             rolesToSign(workspace.policy(), workspace.registry(), request, user, nullptr, workspace.today()))
            roles << toQt(displayName(role)).toLower();
        if (!roles.isEmpty() && user.active)
            names << u"%1 (%2)"_s.arg(toQt(user.fullName), roles.join(u", "_s));
    }
    names.sort();
    return names;
}

} // namespace countersign
