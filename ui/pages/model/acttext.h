// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of acts for people.
#pragma once

#include <QList>
#include <QString>

#include "core/domain/registry.h"

namespace countersign {

/// "Edited the model" for "modelEdited"; the fact's own name where it is not known.
[[nodiscard]] QString actText(std::string_view factName);

/// "2 Approver, 1 Validator".
[[nodiscard]] QString signaturesText(const std::vector<RequiredSignature> &signatures);

/// "Next review in 34 days", "Review overdue by 12 days".
struct ReviewState
{
    QString text;
    bool overdue = false;
};
[[nodiscard]] ReviewState reviewState(const Model &model, Date today);

/// The first 12 digits, for reading; the whole digest belongs beside or behind it.
[[nodiscard]] QString shortDigest(const Hash256 &hash);
/// "14 KB".
[[nodiscard]] QString sizeText(std::int64_t bytes);
/// The full name of the user, or "somebody unknown".
[[nodiscard]] QString nameOf(const Registry &registry, const UserId &user);

} // namespace countersign
