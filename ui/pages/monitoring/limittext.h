// SPDX-License-Identifier: GPL-3.0-or-later
//
// The limits of a run in its charts: what is drawn, and who set them and why.
#pragma once

#include <QString>
#include <string_view>
#include <vector>

#include "core/monitoring/thresholds.h"
#include "ui/charts/tone.h"

namespace countersign {

/// Null: the run has none.
[[nodiscard]] const StatisticLimit *limitOn(const Thresholds &thresholds, LimitedStatistic statistic);
[[nodiscard]] const FigureLimit *limitOn(const Thresholds &thresholds, LimitedFigure figure);

[[nodiscard]] std::vector<LimitLine> limitLines(double amber, double red, int decimals);
/// In percent, `above` a value in percent that they count from.
[[nodiscard]] std::vector<LimitLine> percentLines(double amber, double red, double above = 0);
/// On both sides of 0.
[[nodiscard]] std::vector<LimitLine> linesAroundZero(double amber, double red);

/// "Limits: amber 0.10, red 0.20. Set by Ann Approver: seasonal." `metric` as in Thresholds::setBy.
[[nodiscard]] QString limitsSentence(const Thresholds &thresholds, std::string_view metric, double amber, double red);
/// " Set by Ann Approver: seasonal.", or nothing where the run does not tell.
[[nodiscard]] QString setByText(const Thresholds &thresholds, std::string_view metric);

} // namespace countersign
