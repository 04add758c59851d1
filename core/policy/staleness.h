// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signatures whose ground has moved: what they covered changed after they were given.
#pragma once

#include "core/domain/registry.h"

namespace countersign {

/// Something that changed after a signature was given and that it covered.
struct StaleChange
{
    std::int64_t entry = 0;
    UtcTime at{};
    std::string by;
    std::string what; ///< the line of the history
    std::vector<FieldChange> changes;
};

struct StaleSignOff
{
    RequestId request; ///< or none: of an exception
    ModelId model;
    std::size_t signOff = 0; ///< place in the request's signOffs, or among the exception's signatures
    std::string signer;
    UtcTime at{};
    std::vector<StaleChange> changes; ///< oldest first
    ExceptionId exception = {};
};

/// The approvals of `request` whose ground has changed since: an edit of the model or version, a tier, scope decision,
/// document, validation, run, finding, exception, limitation, overlay, incident, assumption or cost estimate, or
/// another policy. What the approval itself did is no change. Reads the timeline.
[[nodiscard]] std::vector<StaleSignOff> staleApprovals(const Registry &registry, const DeploymentRequest &request);

/// The first change of such ground since somebody approved the exception, in the words of the history; nothing: none.
[[nodiscard]] std::optional<std::string> changedSinceSigned(const Registry &registry, const PolicyException &exception);

/// Whether the request is open on `today`, or a version is approved or in production by it.
[[nodiscard]] bool isInForce(const Registry &registry, const DeploymentRequest &request, Date today);

/// The same of an exception; what is done to it itself is no change of its ground.
[[nodiscard]] std::vector<StaleSignOff> staleApprovals(const Registry &registry, const PolicyException &exception);

/// staleApprovals() of all requests in force, and of the exceptions that are requested or hold. With `model`, of that
/// one alone.
[[nodiscard]] std::vector<StaleSignOff> staleSignOffs(const Registry &registry, Date today, const ModelId &model = {});

} // namespace countersign
