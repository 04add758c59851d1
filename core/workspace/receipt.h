// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "core/log/merkle.h"

namespace countersign {

/// The receipt of one signature, to be kept outside the file: what was signed, the place of its entry in the log, and
/// the proof that the log of that size holds it, with the checkpoint and how to check all of it by hand.
[[nodiscard]] std::string receiptText(const Registry &registry, const DeploymentRequest &request,
                                      const SignOff &signOff, const std::vector<Hash256> &leaves,
                                      const std::string &origin);

} // namespace countersign
