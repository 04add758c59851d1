// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

[[nodiscard]] QStringList findingHeadings();
/// The findings of a model, open ones first; the key is the finding's id.
[[nodiscard]] QList<Row> findingRows(const Registry &registry, const ModelId &model, Date today);

} // namespace countersign
