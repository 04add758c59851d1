// SPDX-License-Identifier: GPL-3.0-or-later
//
// The columns of the Home page's three lists.
#pragma once

#include "core/workspace/queues.h"
#include "ui/models/recordmodel.h"

namespace countersign {

/// What has to be done, as a verb: "Sign", "Explain drift", ...
[[nodiscard]] QString verbOf(TaskKind kind);
/// The tab of the Model page on which it is done.
[[nodiscard]] QString tabOf(TaskKind kind);
[[nodiscard]] QString tabOf(OverdueKind kind);
/// "income: PSI 0.430, limit 0.25"; of the model as a whole "Performance: ...".
[[nodiscard]] QString breachText(const Breach &breach);

[[nodiscard]] std::vector<RecordColumn<WaitingTask>> taskColumns();
[[nodiscard]] std::vector<RecordColumn<DriftAlert>> alertColumns();
[[nodiscard]] std::vector<RecordColumn<OverdueItem>> overdueColumns();

} // namespace countersign
