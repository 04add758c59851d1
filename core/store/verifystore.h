// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/log/verification.h"
#include "core/store/logstore.h"

#include <functional>
#include <optional>

namespace countersign {

struct VerifyOptions
{
    std::optional<Checkpoint> checkpoint;
    /// Called for each entry after it was judged and before the next one is: here the caller folds it, and may return
    /// faults of its own (policy, blobs that are missing).
    std::function<std::vector<Fault>(const CheckedEntry &)> onEntry;
    Progress progress;
    CancelToken cancel;
};

/// Everything that can be said about a store without knowing what the entries mean: each entry from the first to the
/// last, then each blob, then the container. Streams; a damaged store ends in a report, not in an exception.
[[nodiscard]] VerificationReport verifyStore(const LogStore &store, const KeyDirectory &directory,
                                             const VerifyOptions &options = {});

} // namespace countersign
