// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the policy would say to an act before it is tried: the same rules that the core asks when it is.
#pragma once

#include <QString>
#include <QStringList>
#include <algorithm>
#include <optional>

#include "core/workspace/workspace.h"

namespace countersign {

/// Why the signed-in person may not do exactly this now, or nothing.
[[nodiscard]] std::optional<QString> whyNotNow(const Workspace &workspace, const Fact &fact);
/// Whether the signed-in person has signed or abstained from this paper, an exception or a proposal: nobody abstains
/// after that.
template <class Paper>
[[nodiscard]] bool hasSpoken(const Workspace &workspace, const Paper &paper)
{
    const auto isMine = [&workspace](const auto &item) { return workspace.user() && item.by == workspace.user()->id; };
    return std::ranges::any_of(paper.signatures, isMine) || std::ranges::any_of(paper.abstentions, isMine);
}
/// The full names of the others who could.
[[nodiscard]] QStringList whoCould(const Workspace &workspace, const Fact &fact);
/// "Who could: A; B." or that nobody could.
[[nodiscard]] QString whoCouldText(const Workspace &workspace, const Fact &fact);

/// The full names of those who could sign `request` now, each with the roles: "Approver, Risk (approver)".
[[nodiscard]] QStringList whoCouldSign(const Workspace &workspace, const DeploymentRequest &request);

} // namespace countersign
