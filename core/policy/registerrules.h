// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the policy asks of the records beside a model: by when they are due, and who may not close them.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign {

/// Why `user` may not close this record though their role could, or nothing: who recorded it, who gave evidence of it,
/// and whom it names as its owner (SeparationRule). Of an exception so once it is approved; before, who requested
/// it gives it up.
[[nodiscard]] std::optional<std::string> whyNotToClose(const PolicyPack &pack, const User &user,
                                                       const Limitation &record);
[[nodiscard]] std::optional<std::string> whyNotToClose(const PolicyPack &pack, const User &user, const Overlay &record);
[[nodiscard]] std::optional<std::string> whyNotToClose(const PolicyPack &pack, const User &user,
                                                       const Incident &record);
[[nodiscard]] std::optional<std::string> whyNotToClose(const PolicyPack &pack, const User &user,
                                                       const PolicyException &record);

/// Why `user` may not explain that run of `model` though their role could, or nothing: a red one is explained by
/// somebody else than the model's owner and developer (SeparationRule).
[[nodiscard]] std::optional<std::string> whyNotToExplain(const PolicyPack &pack, const User &user, const Model &model,
                                                         const MonitoringRun &run);

/// Why a record made or changed on `today` is not due as the policy says, or nothing. A limitation is looked at again,
/// and an overlay renewed or ended, by the term of its severity from then; an incident is settled by its term from the
/// day it was recorded. `before` is the record as it stood; null: it is new.
[[nodiscard]] std::optional<std::string> whyNotDueThen(const PolicyPack &pack, const Limitation &record,
                                                       const Limitation *before, Date today);
[[nodiscard]] std::optional<std::string> whyNotDueThen(const PolicyPack &pack, const Incident &record,
                                                       const Incident *before, Date today);
[[nodiscard]] std::optional<std::string> whyNotDueThen(const PolicyPack &pack, const Overlay &record,
                                                       const Overlay *before, Date today);
/// Why a finding raised on `today` is not due as the policy says, or nothing.
[[nodiscard]] std::optional<std::string> whyNotDueThen(const PolicyPack &pack, const Finding &finding, Date today);
/// Why the retrainings that `after` asks for besides those of `before` are not asked for as `before` says, or nothing:
/// today, after a version has come of the last, and not before its shortest interval is over.
[[nodiscard]] std::optional<std::string> whyNotAskedAgain(const RetrainingPolicy &before, const RetrainingPolicy &after,
                                                          Date today);
/// Why an exception requested on `today` would hold for longer than the policy says, or nothing.
[[nodiscard]] std::optional<std::string> whyHoldsTooLong(const PolicyPack &pack, const PolicyException &record,
                                                         Date today);

} // namespace countersign
