// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the policy would say to an act before it is tried: the same rules that the core asks when it is.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/workspace/workspace.h"

namespace countersign {

/// Why the signed-in person may not do exactly this now, or nothing.
[[nodiscard]] std::optional<QString> whyNotNow(const Workspace &workspace, const Fact &fact);
/// The full names of the others who could.
[[nodiscard]] QStringList whoCould(const Workspace &workspace, const Fact &fact);
/// "Who could: A; B." or that nobody could.
[[nodiscard]] QString whoCouldText(const Workspace &workspace, const Fact &fact);

/// The full names of those who could sign `request` now, each with the roles: "Approver, Risk (approver)".
[[nodiscard]] QStringList whoCouldSign(const Workspace &workspace, const DeploymentRequest &request);

} // namespace countersign
