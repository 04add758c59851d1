// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/portfoliorows.h"

#include <algorithm>
#include <cmath>

#include "core/workspace/runsummary.h"
#include "ui/models/queuerows.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString trendFigure(double value)
{
    return QString::number(value, 'f', std::fabs(value) < 10 ? 3 : 1);
}

/// The points with the last one that has a value in words: "PSI 0.012 to 0.430 over 12 periods, last 0.430 in 2026-06
/// (red)". Empty without any value.
Sparkline courseOf(const std::vector<TrendPoint> &points, const QString &measure)
{
    Sparkline line;
    const TrendPoint *last = nullptr;
    double low = 0;
    double high = 0;
    for (const TrendPoint &point : points) {
        line.values.push_back(point.value);
        if (!point.value)
            continue;
        low = last ? std::min(low, *point.value) : *point.value;
        high = last ? std::max(high, *point.value) : *point.value;
        last = &point;
    }
    if (!last)
        return {};
    line.last = badgeFor(healthOf(last->verdict));
    line.last.text = trendFigure(*last->value);
    line.text =
        tr("%1 %2 to %3 over %4; last %5 in %6 (%7)")
            .arg(measure, trendFigure(low), trendFigure(high),
                 countText(static_cast<qint64>(points.size()), tr("period"), tr("periods")), trendFigure(*last->value),
                 toQt(last->period), toQt(displayName(healthOf(last->verdict))).toLower());
    return line;
}

/// A line for each point: "2026-05: 0.012 (green)".
QString pointsOf(const std::vector<TrendPoint> &points)
{
    QString lines;
    for (const TrendPoint &point : points)
        lines += u'\n' + (point.value ? tr("%1: %2 (%3)")
                                            .arg(toQt(point.period), trendFigure(*point.value),
                                                 toQt(displayName(healthOf(point.verdict))).toLower())
                                      : tr("%1: none").arg(toQt(point.period)));
    return lines;
}

QVariant excessOf(const std::optional<Breach> &breach, const std::optional<Health> &health)
{
    if (!breach)
        return health == Health::green ? QVariant(0.0) : QVariant();
    return QVariant((breach->health == Health::red ? 1e6 : 0.0) + excess(*breach));
}

} // namespace

Sparkline driftSparkline(const RunTrend &trend)
{
    auto line = courseOf(trend.drift, tr("Largest PSI"));
    if (line.values.empty())
        return line;
    line.limit = trend.driftLimit;
    line.fromZero = true;
    line.text += tr("; red from %1").arg(trendFigure(trend.driftLimit));
    return line;
}

Sparkline performanceSparkline(const RunTrend &trend)
{
    auto line = courseOf(trend.performance, toQt(trend.measure));
    line.limit = trend.reference;
    if (!line.values.empty() && trend.reference)
        line.text += tr("; reference %1").arg(trendFigure(*trend.reference));
    return line;
}

std::vector<LimitRow> limitRows(const Portfolio &portfolio)
{
    constexpr qsizetype mostNamed = 3;
    std::vector<LimitRow> rows;
    for (const AppetiteLimit &limit : portfolio.limits) {
        QStringList names;
        for (const PortfolioModel &model : portfolio.models) {
            if (names.size() == mostNamed)
                break;
            if (limit.models.contains(model.id))
                names << toQt(model.reference);
        }
        auto text = names.join(u", "_s);
        if (const auto more = static_cast<qint64>(limit.models.size()) - names.size(); more > 0)
            text = tr("%1 and %2 more").arg(text, countText(more));
        rows.push_back({limit, text});
    }
    return rows;
}

std::vector<RecordColumn<LimitRow>> limitColumns()
{
    using Column = RecordColumn<LimitRow>;
    const auto state = [](const LimitRow &row) { return row.limit.inside() ? tr("Inside") : tr("Outside"); };
    return {
        Column(tr("Appetite"), state)
            .sortedBy([](const LimitRow &row) { return QVariant(row.limit.inside() ? 1 : 0); })
            .asBadge([state](const LimitRow &row) {
                return row.limit.inside() ? BadgeStyle{state(row), Theme::Colour::green, BadgeShape::circle}
                                          : BadgeStyle{state(row), Theme::Colour::red, BadgeShape::square};
            }),
        Column(tr("Limit"), [](const LimitRow &row) { return toQt(sentence(row.limit)); })
            .withToolTip([](const LimitRow &row) {
                return tr("%1\nSet by: %2. %3")
                    .arg(toQt(row.limit.basis), toQt(row.limit.setBy), toQt(row.limit.reason));
            }),
        Column(tr("Models"), [](const LimitRow &row) { return row.models; })
            .sortedBy([](const LimitRow &row) { return QVariant(static_cast<qint64>(row.limit.models.size())); })
            .withToolTip([](const LimitRow &row) {
                return row.limit.models.empty() ? tr("No model") : tr("Enter opens these models: %1").arg(row.models);
            }),
    };
}

std::vector<PortfolioModel> healthRows(const Portfolio &portfolio)
{
    std::vector<PortfolioModel> rows;
    for (const PortfolioModel *model : byConcern(portfolio))
        rows.push_back(*model);
    return rows;
}

std::vector<RecordColumn<PortfolioModel>> healthColumns(const TrendLookup &trendOf)
{
    using Row = PortfolioModel;
    using Column = RecordColumn<Row>;
    const auto course = [trendOf](Sparkline (*make)(const RunTrend &)) {
        return [trendOf, make](const Row &row) {
            const auto *trend = trendOf(row.run);
            return trend ? make(*trend) : Sparkline();
        };
    };
    const auto inWords = [trendOf](Sparkline (*make)(const RunTrend &)) {
        return [trendOf, make](const Row &row) {
            const auto *trend = trendOf(row.run);
            return trend ? make(*trend).text : tr("Reading...");
        };
    };
    const auto pointByPoint = [trendOf](Sparkline (*make)(const RunTrend &),
                                        std::vector<TrendPoint> RunTrend::*points) {
        return [trendOf, make, points](const Row &row) {
            const auto *trend = trendOf(row.run);
            if (!trend)
                return tr("Reading...");
            const QString words = make(*trend).text;
            return words.isEmpty() ? words : words + pointsOf(trend->*points);
        };
    };
    return {
        Column(tr("Model"), [](const Row &row) { return toQt(row.name); }).withToolTip([](const Row &row) {
            return toQt(row.reference + " " + row.name);
        }),
        Column(tr("Tier"), [](const Row &row) { return toQt(row.tierLabel); })
            .sortedBy([](const Row &row) { return row.tier ? QVariant(qint64(row.tier)) : QVariant(); })
            .asBadge([](const Row &row) {
                return tierBadge(row.tier, row.tier ? tr("Tier %1").arg(row.tier) : toQt(row.tierLabel));
            }),
        Column(tr("Monitoring"), [](const Row &row) { return toQt(displayName(*row.health)); })
            .sortedBy([](const Row &row) { return QVariant(static_cast<int>(*row.health)); })
            .asBadge([](const Row &row) { return badgeFor(*row.health); }),
        Column(tr("Worst figure"),
               [](const Row &row) {
                   if (row.worst)
                       return breachText(*row.worst);
                   return row.health == Health::green ? tr("Within limits") : tr("Not judged");
               })
            .sortedBy([](const Row &row) { return excessOf(row.worst, row.health); }),
        Column(tr("Drift trend"), inWords(driftSparkline))
            .sortedBy([](const Row &row) { return excessOf(row.worst, row.health); })
            .asSparkline(course(driftSparkline))
            .withToolTip(pointByPoint(driftSparkline, &RunTrend::drift)),
        Column(tr("Performance"),
               [](const Row &row) { return row.performance.empty() ? tr("No outcomes") : toQt(row.performance); })
            .sortedBy([](const Row &row) {
                return row.performance.empty() ? QVariant() : excessOf(row.performanceBreach, Health::green);
            }),
        Column(tr("Performance trend"), inWords(performanceSparkline))
            .sortedBy([](const Row &row) {
                return row.performance.empty() ? QVariant() : excessOf(row.performanceBreach, Health::green);
            })
            .asSparkline(course(performanceSparkline))
            .withToolTip(pointByPoint(performanceSparkline, &RunTrend::performance)),
        Column(tr("Explained"),
               [](const Row &row) { return row.breaches == 0 ? QString()
                                           : row.explained   ? tr("Yes")
                                                             : tr("No"); }),
        Column(tr("Last run"), [](const Row &row) { return dateText(row.lastRunOn); }).withToolTip([](const Row &row) {
            return tr("Recorded %1; last period %2").arg(dateText(row.lastRunOn), toQt(row.lastPeriod));
        }),
        Column(tr("Next review"),
               [](const Row &row) {
                   const auto due = dateText(row.nextReviewOn);
                   return row.review == ReviewStanding::overdue ? tr("%1 (overdue)").arg(due) : due;
               })
            .sortedBy([](const Row &row) { return row.nextReviewOn ? QVariant(toQt(*row.nextReviewOn)) : QVariant(); }),
        Column(tr("Stage"), [](const Row &row) { return toQt(row.stageLabel); })
            .sortedBy([](const Row &row) { return QVariant(static_cast<int>(row.stage)); })
            .asBadge([](const Row &row) { return stageBadge(row.stage, toQt(row.stageLabel)); }),
        Column(tr("Reference"), [](const Row &row) { return toQt(row.reference); }),
    };
}

bool HealthFilter::matches(const PortfolioModel &model) const
{
    if (tier && model.tier != *tier)
        return false;
    if (health && model.health != *health)
        return false;
    if (stage && toQt(model.stageId) != *stage)
        return false;
    if (explained && (model.breaches == 0 || model.explained != *explained))
        return false;
    if (text.isEmpty())
        return true;
    auto haystack = toQt(model.reference + '\n' + model.name + '\n' + model.tierLabel).toLower();
    if (model.worst)
        haystack += u'\n' + toQt(model.worst->feature).toLower();
    const auto words = text.toLower().split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) { return haystack.contains(word); });
}

} // namespace countersign
