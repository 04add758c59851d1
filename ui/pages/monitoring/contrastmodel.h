// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two sides of recorded runs in words (core/monitoring/contrast.h).
#pragma once

#include "core/monitoring/contrast.h"
#include "ui/charts/histogramdata.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

[[nodiscard]] QStringList featureContrastHeadings();
[[nodiscard]] QList<Row> featureContrastRows(const Contrast &contrast);
[[nodiscard]] QStringList figureContrastHeadings(const Contrast &contrast);
[[nodiscard]] QList<Row> figureContrastRows(const Contrast &contrast);
/// The feature on both sides; without bins where they cannot be compared, and the caption says why.
[[nodiscard]] HistogramData contrastHistogram(const Contrast &contrast, const QString &feature);
/// "3 of 12 features and 2 of 9 figures lie apart."
[[nodiscard]] QString contrastSummary(const Contrast &contrast);

} // namespace countersign
