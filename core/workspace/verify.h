// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/log/verification.h"

#include <optional>
#include <string>

namespace countersign {

/// Verifies a whole file: every envelope, signature, head, permission and blob; and, where a checkpoint text is given,
/// that the file still contains everything the checkpoint saw. A fault is part of the report, not an Error; an Error
/// means that the check could not be run.
[[nodiscard]] Result<VerificationReport> verifyFile(const std::string &path,
                                                    const std::optional<std::string> &checkpoint,
                                                    const CancelToken &cancel, const Progress &progress);

} // namespace countersign
