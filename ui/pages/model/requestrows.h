// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "core/policy/rules.h"
#include "core/policy/staleness.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

[[nodiscard]] QStringList requestHeadings();
/// The deployment requests of a model, newest first; the key is the request's id. Those whose ground has changed since
/// they were signed say so, and those overdue for a decision on that day or timed out by then.
[[nodiscard]] QList<Row> requestRows(const Registry &registry, const ModelId &model, Date today);

[[nodiscard]] QStringList changeHeadings();
[[nodiscard]] QList<Row> changeRows(const std::vector<FieldChange> &changes);

/// What changed since somebody signed, by whom and when.
[[nodiscard]] QString changeText(const StaleChange &change);
/// Signature, what changed since and by whom, the difference.
[[nodiscard]] QStringList staleHeadings();
[[nodiscard]] QList<Row> staleRows(const std::vector<StaleSignOff> &stale, const RequestId &request);

[[nodiscard]] QStringList checkHeadings();
[[nodiscard]] QList<Row> checkRows(const std::vector<Check> &checks);

[[nodiscard]] QStringList signatureHeadings();
/// The signatures on a request in order, key "0", "1", ...; then one row for each that is still missing on that day.
[[nodiscard]] QList<Row> signatureRows(const Registry &registry, const DeploymentRequest &request, Date today);

/// "1 of 3": how many of the required signatures are there.
[[nodiscard]] QString progressText(const DeploymentRequest &request);

/// How what would be signed now differs from what was shown.
enum class CoverChange { added, changed, gone };
struct CoverDifference
{
    CoveredItem item;
    CoverChange change = CoverChange::changed;
};
[[nodiscard]] std::vector<CoverDifference> coverDifferences(const std::vector<CoveredItem> &shown,
                                                            const std::vector<CoveredItem> &now);

} // namespace countersign
