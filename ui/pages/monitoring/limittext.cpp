// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/limittext.h"

#include <algorithm>

#include "core/base/decimal.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

const StatisticLimit *limitOn(const Thresholds &thresholds, LimitedStatistic statistic)
{
    const auto found = std::ranges::find(thresholds.statistics, statistic, &StatisticLimit::statistic);
    return found == thresholds.statistics.end() ? nullptr : &*found;
}

const FigureLimit *limitOn(const Thresholds &thresholds, LimitedFigure figure)
{
    const auto found = std::ranges::find(thresholds.figures, figure, &FigureLimit::figure);
    return found == thresholds.figures.end() ? nullptr : &*found;
}

QString limitText(double limit)
{
    return toQt(decimalFromDouble(limit));
}

std::optional<double> referenceMissingRate(const FeatureResult &feature)
{
    if (feature.referenceRows == 0)
        return std::nullopt;
    return static_cast<double>(feature.referenceMissing) / static_cast<double>(feature.referenceRows);
}

LimitsInWords limitsOnPerformance(const Thresholds &thresholds, bool auc, const std::optional<double> &reference)
{
    const double amber = auc ? thresholds.aucDropAmber : thresholds.rmseRatioAmber;
    const double red = auc ? thresholds.aucDropRed : thresholds.rmseRatioRed;
    const auto at = [&](double limit) { return auc ? *reference - limit : *reference * limit; };
    const QString rule = auc ? tr("Limits: a drop of %1 (amber) and %2 (red).")
                             : tr("Limits: %1 (amber) and %2 (red) times the reference.");
    return {reference ? limitLines(at(amber), at(red), 3) : std::vector<LimitLine>(),
            rule.arg(limitText(amber), limitText(red))};
}

std::vector<LimitLine> limitLines(double amber, double red, int decimals)
{
    return {{tr("amber %1").arg(QString::number(amber, 'f', decimals)), amber, Tone::Amber},
            {tr("red %1").arg(QString::number(red, 'f', decimals)), red, Tone::Red}};
}

std::vector<LimitLine> percentLines(double amber, double red, double above)
{
    const auto line = [above](const QString &word, double share, Tone tone) {
        const double value = above + 100 * share;
        return LimitLine{u"%1 %2 %"_s.arg(word, QString::number(value, 'f', 2)), value, tone};
    };
    return {line(tr("amber"), amber, Tone::Amber), line(tr("red"), red, Tone::Red)};
}

std::vector<LimitLine> linesAroundZero(double amber, double red)
{
    auto lines = limitLines(amber, red, 2);
    const auto below = limitLines(-amber, -red, 2);
    lines.insert(lines.end(), below.begin(), below.end());
    return lines;
}

QString limitsSentence(const Thresholds &thresholds, std::string_view metric, double amber, double red)
{
    return tr("Limits: amber %1, red %2.").arg(limitText(amber), limitText(red)) + setByText(thresholds, metric);
}

QString setByText(const Thresholds &thresholds, std::string_view metric)
{
    const auto found = thresholds.setBy.find(std::string(metric));
    if (found == thresholds.setBy.end())
        return {};
    const QString text = tr(" Set by %1").arg(toQt(found->second));
    return text.endsWith(u'.') ? text : text + u'.';
}

} // namespace countersign
