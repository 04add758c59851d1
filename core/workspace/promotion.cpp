// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/promotion.h"

#include "core/monitoring/figures.h"
#include "core/workspace/must.h"
#include "core/workspace/workspaceprivate.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

/// Those of the catalogue of performance figures, in the order shown.
constexpr std::array performance{"roc_auc",           "model_ks",        "brier",          "calibration_in_the_large",
                                 "calibration_slope", "regression_rmse", "regression_mae", "regression_me"};

/// A figure of drift: the PSI of some columns against the reference of their own run.
struct DriftFigure
{
    const char *name;
    const char *title;
    bool ofScore; ///< else the largest of the other columns
};
constexpr std::array drift{DriftFigure{"score_psi", "PSI of the score", true},
                           DriftFigure{"largest_feature_psi", "Largest PSI of a feature", false}};

std::optional<double> psiOf(const ContrastSide &side, bool ofScore)
{
    std::optional<double> largest;
    if (side.period)
        for (const FeatureResult &feature : side.run.features)
            if (feature.isScore == ofScore && *side.period < feature.periods.size())
                if (const auto &psi = feature.periods[*side.period].statistics.psi)
                    largest = std::max(largest.value_or(0), *psi);
    return largest;
}

PromotionValue valueOf(const Figure &figure)
{
    return {figure.value, figure.low, figure.high};
}

PromotionSide sideOf(const Registry &registry, const RunId &id, const ContrastSide &side)
{
    const MonitoringRun &run = recordOf(registry.runs, id, "monitoring run");
    PromotionSide made;
    made.version = run.version;
    made.run = id;
    made.result = run.result;
    made.source = run.source;
    made.reference = !side.period;
    made.period = side.period ? side.run.periods[*side.period].label : side.run.reference.label;
    const auto rows = side.period ? side.run.periods[*side.period].rows : side.run.reference.rows;
    const auto labelled = side.period ? side.run.periods[*side.period].labelledRows : side.run.reference.labelledRows;
    made.rows = static_cast<std::int64_t>(rows);
    made.labelledRows = static_cast<std::int64_t>(labelled);
    return made;
}

} // namespace

std::vector<std::string> promotionFigureNames()
{
    std::vector<std::string> names(performance.begin(), performance.end());
    for (const auto &figure : drift)
        names.emplace_back(figure.name);
    return names;
}

Promotion promotionOf(const Registry &registry, const RunId &championRun, const ContrastSide &champion,
                      const RunId &challengerRun, const ContrastSide &challenger)
{
    const Contrast contrast = contrastOf(champion, challenger);
    Promotion made;
    made.champion = sideOf(registry, championRun, champion);
    made.challenger = sideOf(registry, challengerRun, challenger);
    made.sameRows = contrast.sameRows;
    for (const char *name : performance) {
        const auto found = std::ranges::find(contrast.figures, name, &FigureContrast::name);
        if (found != contrast.figures.end())
            made.figures.push_back({name, std::string(figureInfo(name).title), valueOf(found->first),
                                    valueOf(found->second), valueOf(found->difference), made.champion.labelledRows,
                                    made.challenger.labelledRows, found->apart,
                                    made.champion.labelledRows > 0 && made.challenger.labelledRows > 0});
    }
    for (const auto &figure : drift) {
        const auto first = psiOf(champion, figure.ofScore);
        const auto second = psiOf(challenger, figure.ofScore);
        if (first && second)
            made.figures.push_back({figure.name,
                                    figure.title,
                                    {first, {}, {}},
                                    {second, {}, {}},
                                    {*second - *first, {}, {}},
                                    made.champion.rows,
                                    made.challenger.rows,
                                    false});
    }
    return made;
}

std::optional<std::size_t> periodOf(const RunResult &run, const PromotionSide &side)
{
    if (side.reference)
        return std::nullopt;
    const auto found = std::ranges::find(run.periods, side.period, &RunPeriod::label);
    if (found == run.periods.end())
        throw Exception(ErrorCode::Corrupt, "The recorded run has no period \"" + side.period + "\".",
                        "Withdraw the request and compare the versions anew.");
    return static_cast<std::size_t>(found - run.periods.begin());
}

Result<Promotion> Workspace::comparePromotion(const PromotionChoice &champion, const PromotionChoice &challenger) const
{
    return guarded([&] {
        const RunResult first = must(runResult(champion.run));
        const RunResult second = must(runResult(challenger.run));
        return promotionOf(m_d->registry(), champion.run, {first, champion.period}, challenger.run,
                           {second, challenger.period});
    });
}

Result<RequestId> Workspace::requestPromotion(const PromotionChoice &champion, const PromotionChoice &challenger,
                                              const std::string &justification)
{
    return guarded([&] {
        auto promotion = must(comparePromotion(champion, challenger));
        const auto version = promotion.challenger.version;
        return m_d->request(version, justification, std::move(promotion));
    });
}

Result<bool> Workspace::recomputesPromotion(const RequestId &id) const
{
    return guarded([&] {
        const DeploymentRequest &request = recordOf(m_d->registry().requests, id, "request");
        if (!request.promotion)
            throw Exception(ErrorCode::InvalidInput, "The request compares no champion with a challenger.");
        const auto &[champion, challenger, sameRows, figures] = *request.promotion;
        const RunResult first = recompute(must(runResult(champion.run)));
        const RunResult second = recompute(must(runResult(challenger.run)));
        const auto again = promotionOf(m_d->registry(), champion.run, {first, periodOf(first, champion)},
                                       challenger.run, {second, periodOf(second, challenger)});
        return toJson(again) == toJson(*request.promotion);
    });
}

} // namespace countersign
