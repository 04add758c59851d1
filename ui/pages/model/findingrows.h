// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/domain/registry.h"
#include "core/policy/policypack.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

[[nodiscard]] QStringList findingHeadings();
/// The findings of a model, open ones first; the key is the finding's id.
[[nodiscard]] QList<Row> findingRows(const Registry &registry, const ModelId &model, Date today);

/// Why `user` cannot close `finding` although the role allows it (its own, or raised by oneself), and who could:
/// the active users whose role may close findings and whom the finding does not bar. Nothing when `user` may.
struct ClosingAdvice
{
    QString why;
    QStringList whoCould;
};
[[nodiscard]] std::optional<ClosingAdvice> whyNotClose(const PolicyPack &pack, const Registry &registry,
                                                       const Finding &finding, const User &user);

} // namespace countersign
