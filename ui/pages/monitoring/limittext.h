// SPDX-License-Identifier: GPL-3.0-or-later
//
// The limits of a run in its charts: what is drawn, and who set them and why.
#pragma once

#include <QString>
#include <optional>
#include <string_view>
#include <vector>

#include "core/monitoring/run.h"
#include "ui/charts/tone.h"

namespace countersign {

/// Null: the run has none.
[[nodiscard]] const StatisticLimit *limitOn(const Thresholds &thresholds, LimitedStatistic statistic);
[[nodiscard]] const FigureLimit *limitOn(const Thresholds &thresholds, LimitedFigure figure);

/// As the policy gives it.
[[nodiscard]] QString limitText(double limit);
/// Where a rise of the missing rate counts from. Nothing without rows.
[[nodiscard]] std::optional<double> referenceMissingRate(const FeatureResult &feature);

/// What is drawn of limits, and what they are in words: "Limits: a drop of 0.03 (amber) and 0.05 (red).".
struct LimitsInWords
{
    std::vector<LimitLine> lines;
    QString words;
};
/// On the AUC, or else on the RMSE; lines where there is one of the `reference` that they count from.
[[nodiscard]] LimitsInWords limitsOnPerformance(const Thresholds &thresholds, bool auc,
                                                const std::optional<double> &reference);

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
