// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the set-up page of a monitoring run proposes and checks, without widgets.
#pragma once

#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/exchange/inventoryimport.h"
#include "core/monitoring/preview.h"
#include "core/workspace/runlimits.h"
#include "ui/pages/model/chosenlog.h"

namespace countersign {

/// The limits in words, with who set them and why.
[[nodiscard]] QString limitsText(const PolicyPack &policy, const MonitoringLimits &limits);

/// Settings to begin with: those of the last run of the version as far as the log still has their columns, otherwise
/// what the preview guesses. Limits are always the policy's.
[[nodiscard]] RunSettings proposedSettings(const ChosenLog &log, const LogPreview &preview,
                                           const MonitoringLimits &limits, const std::optional<RunSettings> &last);

/// Whether a column is worth judging when nobody has said: not a date, not an identifier.
[[nodiscard]] bool looksLikeFeature(const PreviewColumn &column);

/// What stands in the way of running, in words; empty when nothing does. `reference` is the preview of the reference
/// where it is another log and readable.
[[nodiscard]] QStringList problemsWith(const RunSettings &settings, const LogPreview &preview,
                                       const std::optional<LogPreview> &reference);

/// Importances from a table with a feature column and an importance column, by heading or by position.
[[nodiscard]] Result<std::map<std::string, double>> importanceFrom(const TextTable &table);

/// "2 files, 12 MB, text with commas, gzip; about 277,677 rows, 22 columns, 2015-07-01 to 2016-06-30 in those looked
/// at."
[[nodiscard]] QString logDescription(const LogPreview &preview);

} // namespace countersign
