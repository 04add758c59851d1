// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/fairnessfigures.h"

#include "core/stats/fairness.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

constexpr std::string_view newcombe = "Newcombe";

struct FairnessFigure
{
    FigureInfo info;
    bool contrast; ///< compares with the comparison group
    Figure (*compute)(const GroupFairness &group, const GroupFairness &comparison);
};

Figure contrastFigure(const Contrast &contrast)
{
    return figureOf(contrast.value, contrast.interval);
}

Rate favourableRate(const GroupFairness &group)
{
    return {group.favourable, group.n};
}

constexpr std::array<FairnessFigure, 6> fairnessList{{
    {{"selection_rate", "Selection rate", "share of the group's rows with the favourable decision", "Wilson",
      Better::Neither},
     false,
     [](const GroupFairness &g, const GroupFairness &) { return figureOf(favourableRate(g)); }},
    {{"adverse_impact_ratio", "Adverse impact ratio", "selection rate over that of the comparison group",
      "Katz (log-normal)", Better::NearOne},
     true,
     [](const GroupFairness &g, const GroupFairness &c) {
         return contrastFigure(adverseImpactRatio(favourableRate(g), favourableRate(c), figureConfidence));
     }},
    {{"selection_rate_difference", "Selection rate difference", "selection rate minus that of the comparison group",
      newcombe, Better::NearZero},
     true,
     [](const GroupFairness &g, const GroupFairness &c) {
         return contrastFigure(selectionRateDifference(favourableRate(g), favourableRate(c), figureConfidence));
     }},
    {{"equal_opportunity_difference", "Equal opportunity difference",
      "share of rows with the favourable outcome that have the favourable decision, minus that of the comparison group",
      newcombe, Better::NearZero},
     true,
     [](const GroupFairness &g, const GroupFairness &c) {
         return contrastFigure(equalOpportunityDifference(g.confusion, c.confusion, figureConfidence));
     }},
    {{"average_odds_difference", "Average odds difference",
      "mean of the differences of true and of false positive rates, the favourable outcome being the positive one",
      "Newcombe's intervals of both, joined as independent", Better::NearZero},
     true,
     [](const GroupFairness &g, const GroupFairness &c) {
         return contrastFigure(averageOddsDifference(g.confusion, c.confusion, figureConfidence));
     }},
    {{"group_calibration", "Calibration by group",
      "observed over expected events: events over the sum of the scores of rows with a known outcome",
      "Wilson of the event rate, over the mean score", Better::NearOne},
     false,
     [](const GroupFairness &g, const GroupFairness &) {
         return contrastFigure(
             observedOverExpected(g.events, g.confusion.n(), g.scoreSum.value_or(undefined), figureConfidence));
     }},
}};

} // namespace

std::vector<FigureInfo> fairnessFigureInfos()
{
    std::vector<FigureInfo> infos;
    infos.reserve(fairnessList.size());
    for (const FairnessFigure &figure : fairnessList)
        infos.push_back(figure.info);
    return infos;
}

std::string fairnessDefinition()
{
    std::string text = "Measures against the organisation's own policy. None of them is a legal test, and no value of "
                       "them passes or fails one.";
    for (const FairnessFigure &figure : fairnessList)
        text += " " + std::string(figure.info.title) + ": " + std::string(figure.info.definition) +
                "; 95% interval: " + std::string(figure.info.interval) + ".";
    return text;
}

void fillFairness(FairnessResult &result)
{
    const auto comparison = std::find_if(result.groups.begin(), result.groups.end(),
                                         [&](const GroupFairness &group) { return group.group == result.comparison; });
    for (GroupFairness &group : result.groups) {
        group.figures.clear();
        for (const FairnessFigure &figure : fairnessList) {
            Figure value;
            if (comparison != result.groups.end())
                value = figure.compute(group, *comparison);
            if (figure.contrast && comparison != result.groups.end() && &group == &*comparison) // of a group to itself
                value.low = value.high = std::nullopt;
            group.figures.emplace(figure.info.name, value);
        }
    }
}

} // namespace countersign
