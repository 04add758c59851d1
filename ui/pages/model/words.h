// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small phrases that several tabs of the model page say.
#pragma once

#include <QList>
#include <QString>

#include "core/policy/reviewqueue.h"
#include "core/policy/servicehealth.h"

namespace countersign {

/// "2 approvers, 1 validator".
[[nodiscard]] QString signaturesText(const std::vector<RequiredSignature> &signatures);

/// "Next review in 34 days", "Review overdue by 12 days", by the line of the model in the review queue.
struct ReviewState
{
    QString text;
    bool overdue = false;
};
[[nodiscard]] ReviewState reviewState(const Model &model, const std::optional<ReviewItem> &review);

/// What was decided about scope, why, by whom and when: a line each. "Not decided" for none.
[[nodiscard]] QString scopeText(const PolicyPack &pack, const Registry &registry, const ModelId &model);

/// What the newest report on a service says, and how it stands to the limits of the policy.
[[nodiscard]] QString serviceText(const ServiceHealth &service, const UsageLimits &limits);

/// Those given to an exception or a proposal: a line each.
[[nodiscard]] QString approvalsText(const std::vector<ExceptionSignature> &signatures);

/// The first 12 digits, for reading; the whole digest belongs beside or behind it.
[[nodiscard]] QString shortDigest(const Hash256 &hash);
/// "14 KB".
[[nodiscard]] QString sizeText(std::int64_t bytes);
/// The full name of the user, or "somebody unknown".
[[nodiscard]] QString nameOf(const Registry &registry, const UserId &user);

} // namespace countersign
