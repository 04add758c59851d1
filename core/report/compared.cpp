// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/compared.h"

#include <algorithm>
#include <cmath>

#include "core/monitoring/figures.h"

namespace countersign {

namespace {

/// Figures that are in no catalogue describe; they are neither better nor worse.
Better directionOf(const std::string &name)
{
    for (const auto &infos : {scoreFigureInfos(), regressionFigureInfos()})
        if (const auto found = std::ranges::find(infos, name, &FigureInfo::name); found != infos.end())
            return found->better;
    return Better::Neither;
}

Compared better(bool challenger)
{
    return challenger ? Compared::better : Compared::worse;
}

/// On one side of the target the difference of the distances is that of the figures.
Compared nearer(double champion, double challenger, double target)
{
    const double first = champion - target;
    const double second = challenger - target;
    if ((first < 0 && second > 0) || (first > 0 && second < 0))
        return Compared::toldApart;
    return better(std::abs(second) < std::abs(first));
}

} // namespace

std::string displayName(Compared compared)
{
    switch (compared) {
    case Compared::better:
        return "Challenger better";
    case Compared::worse:
        return "Challenger worse";
    case Compared::toldApart:
        return "Told apart";
    case Compared::notToldApart:
        return "Not told apart";
    case Compared::noInterval:
        break;
    }
    return "No interval";
}

Compared comparedOf(const PromotionFigure &figure)
{
    if (!figure.difference.low || !figure.difference.high || !figure.champion.value || !figure.challenger.value)
        return Compared::noInterval;
    if (!figure.apart)
        return Compared::notToldApart;
    const double champion = *figure.champion.value;
    const double challenger = *figure.challenger.value;
    switch (directionOf(figure.name)) {
    case Better::Higher:
        return better(challenger > champion);
    case Better::Lower:
        return better(challenger < champion);
    case Better::NearZero:
        return nearer(champion, challenger, 0);
    case Better::NearOne:
        return nearer(champion, challenger, 1);
    case Better::Neither:
        break;
    }
    return Compared::toldApart;
}

} // namespace countersign
