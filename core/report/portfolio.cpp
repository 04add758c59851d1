// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/portfolio.h"

#include <algorithm>
#include <tuple>

namespace countersign {

namespace {

std::vector<Heatmap::Column> columnsBy(const Portfolio &portfolio, HeatmapBy by)
{
    std::vector<Heatmap::Column> columns;
    switch (by) {
    case HeatmapBy::health:
        for (const Health health : {Health::red, Health::amber, Health::green, Health::notEnoughData})
            columns.push_back({displayName(health), health, {}, {}, {}});
        columns.push_back({"Not monitored", std::nullopt, {}, {}, {}});
        break;
    case HeatmapBy::stage:
        for (const auto &stage : portfolio.stages)
            columns.push_back({stage.label, std::nullopt, stage.countsAs, stage.id, {}});
        break;
    case HeatmapBy::review:
        for (const ReviewStanding state : enumValues<ReviewStanding>())
            columns.push_back({displayName(state), std::nullopt, {}, {}, state});
        break;
    }
    return columns;
}

bool stands(const PortfolioModel &model, const Heatmap::Column &column, HeatmapBy by)
{
    switch (by) {
    case HeatmapBy::health:
        return model.health == column.health;
    case HeatmapBy::stage:
        return model.stageId == column.stageId;
    case HeatmapBy::review:
        break;
    }
    return model.review == column.review;
}

int concern(const PortfolioModel &model)
{
    switch (*model.health) {
    case Health::red:
        return model.explained ? 1 : 0;
    case Health::amber:
        return model.explained ? 3 : 2;
    case Health::notEnoughData:
        return 4;
    case Health::green:
        break;
    }
    return 5;
}

} // namespace

std::string displayName(ReviewStanding state)
{
    switch (state) {
    case ReviewStanding::overdue:
        return "Overdue";
    case ReviewStanding::dueSoon:
        return "Due in " + std::to_string(reviewSoonDays) + " days";
    case ReviewStanding::later:
        return "Later";
    case ReviewStanding::none:
        break;
    }
    return "No date";
}

std::string displayName(HeatmapBy by)
{
    switch (by) {
    case HeatmapBy::health:
        return "Monitoring";
    case HeatmapBy::stage:
        return "Lifecycle stage";
    case HeatmapBy::review:
        break;
    }
    return "Next review";
}

ReviewStanding reviewStanding(const std::optional<Date> &nextReview, Date today)
{
    if (!nextReview)
        return ReviewStanding::none;
    if (*nextReview < today)
        return ReviewStanding::overdue;
    return *nextReview <= today + std::chrono::days(reviewSoonDays) ? ReviewStanding::dueSoon : ReviewStanding::later;
}

std::string sentence(const AppetiteLimit &limit)
{
    const std::string said = limit.count == 0   ? limit.none
                             : limit.count == 1 ? limit.one
                                                : std::to_string(limit.count) + " " + limit.many;
    return said + (limit.tiers.empty() ? "" : " (" + limit.tiers + ")") + "; " + std::to_string(limit.limit) +
           " allowed.";
}

std::size_t Heatmap::count(std::size_t row, std::size_t column) const
{
    return cells.at(row).at(column).size();
}

std::size_t Heatmap::rowTotal(std::size_t row) const
{
    std::size_t sum = 0;
    for (const auto &cell : cells.at(row))
        sum += cell.size();
    return sum;
}

std::size_t Heatmap::columnTotal(std::size_t column) const
{
    std::size_t sum = 0;
    for (const auto &row : cells)
        sum += row.at(column).size();
    return sum;
}

std::size_t Heatmap::total() const
{
    std::size_t sum = 0;
    for (std::size_t row = 0; row < cells.size(); ++row)
        sum += rowTotal(row);
    return sum;
}

std::set<ModelId> Heatmap::models(std::optional<std::size_t> row, std::optional<std::size_t> column) const
{
    std::set<ModelId> found;
    for (std::size_t r = 0; r < cells.size(); ++r)
        for (std::size_t c = 0; c < cells[r].size(); ++c)
            if ((!row || *row == r) && (!column || *column == c))
                found.insert(cells[r][c].begin(), cells[r][c].end());
    return found;
}

Heatmap heatmapOf(const Portfolio &portfolio, HeatmapBy by)
{
    Heatmap map{by, portfolio.tiers, columnsBy(portfolio, by), {}};
    map.cells.assign(map.rows.size(), std::vector<std::set<ModelId>>(map.columns.size()));
    for (const PortfolioModel &model : portfolio.models) {
        const auto row = std::ranges::find(map.rows, model.tier, &PortfolioTier::level);
        const auto column =
            std::ranges::find_if(map.columns, [&](const auto &each) { return stands(model, each, by); });
        map.cells.at(static_cast<std::size_t>(row - map.rows.begin()))
            .at(static_cast<std::size_t>(column - map.columns.begin()))
            .insert(model.id);
    }
    return map;
}

double excess(const Breach &breach)
{
    if (!(breach.limit > 0))
        return breach.value;
    constexpr double most = 1000; // of a figure that has fallen to nothing
    const bool under = breach.value < breach.limit;
    return under ? breach.limit / std::max(breach.value, breach.limit / most) : breach.value / breach.limit;
}

bool isWorse(const Breach &a, const Breach &b)
{
    return std::pair(a.health == Health::red, excess(a)) > std::pair(b.health == Health::red, excess(b));
}

std::vector<const PortfolioModel *> byConcern(const Portfolio &portfolio)
{
    std::vector<const PortfolioModel *> models;
    for (const PortfolioModel &model : portfolio.models)
        if (model.health)
            models.push_back(&model);
    std::ranges::stable_sort(models, [](const PortfolioModel *a, const PortfolioModel *b) {
        return std::tuple(concern(*a), a->tier) < std::tuple(concern(*b), b->tier);
    });
    return models;
}

} // namespace countersign
