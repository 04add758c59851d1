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
/// means that the check could not be run. The file is never written to.
[[nodiscard]] Result<VerificationReport> verifyFile(const std::string &path,
                                                    const std::optional<std::string> &checkpoint,
                                                    const CancelToken &cancel, const Progress &progress);

/// A verification with what the file says it is.
struct FileVerification
{
    VerificationReport report;
    std::string organisation; ///< as the verified entries say; empty: not even the first could be verified
    std::string policy;       ///< title and version of the pack in force
};
[[nodiscard]] Result<FileVerification> examineFile(const std::string &path,
                                                   const std::optional<std::string> &checkpoint,
                                                   const CancelToken &cancel = {}, const Progress &progress = {});

} // namespace countersign
