// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

[[nodiscard]] QStringList findingHeadings();
/// The findings of a model, open ones first; the key is the finding's id.
[[nodiscard]] QList<Row> findingRows(const Registry &registry, const ModelId &model, Date today);

/// When and by whom, what; one row for the words and one for each file, key "<place of the evidence>/<place of the
/// file>".
[[nodiscard]] QStringList evidenceHeadings();
[[nodiscard]] QList<Row> evidenceRows(const Registry &registry, const std::vector<RemediationEvidence> &given);
/// Its words and the names of its files, in one line.
[[nodiscard]] QString evidenceText(const RemediationEvidence &evidence);

} // namespace countersign
