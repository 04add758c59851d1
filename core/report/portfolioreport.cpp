// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal.h"
#include "core/report/portfolio.h"
#include "core/report/reports.h"
#include "core/report/sections.h"

#include <algorithm>

namespace countersign {

namespace {

// What keeps the report within four A4 pages whatever the inventory holds.
constexpr std::size_t mostNamed = 3;       ///< models named beside a limit
constexpr std::size_t mostListed = 6;      ///< lines of a list
constexpr std::size_t mostTiers = 5;       ///< lines of a heatmap before the rest is one line
constexpr std::size_t mostCharacters = 30; ///< of a name in a cell

std::string andMore(std::size_t shown, std::size_t of)
{
    return of > shown ? "and " + std::to_string(of - shown) + " more" : std::string();
}

/// "CR-001; CR-014; and 3 more", in the order of the portfolio.
std::string namesOf(const Portfolio &portfolio, const std::set<ModelId> &models)
{
    std::string names;
    std::size_t shown = 0;
    for (const PortfolioModel &model : portfolio.models) {
        if (shown == mostNamed)
            break;
        if (models.contains(model.id)) {
            names += (names.empty() ? "" : "; ") + cut(model.reference, 14);
            ++shown;
        }
    }
    const std::string more = andMore(shown, models.size());
    return more.empty() ? names : names + "; " + more;
}

void addSummary(Report &report, const Portfolio &portfolio)
{
    const auto outside = static_cast<std::size_t>(
        std::ranges::count_if(portfolio.limits, [](const AppetiteLimit &limit) { return !limit.inside(); }));
    const auto monitored = static_cast<std::size_t>(
        std::ranges::count_if(portfolio.models, [](const PortfolioModel &model) { return model.health.has_value(); }));
    const std::string limits = counted(portfolio.limits.size(), "limit", "limits");
    if (portfolio.limits.empty())
        report.strong("The policy sets no limit of the appetite.");
    else
        report.strong(outside == 0 ? "Inside the appetite in all of " + limits + "."
                                   : "Outside the appetite in " + std::to_string(outside) + " of " + limits + ".");
    report.paragraph(counted(portfolio.models.size(), "model", "models") + ", " + std::to_string(monitored) +
                     " of them monitored. " +
                     (portfolio.retired == 1 ? std::string("1 retired model is")
                                             : std::to_string(portfolio.retired) + " retired models are") +
                     " left out" +
                     (portfolio.outOfScope == 0 ? std::string()
                                                : ", and " + std::to_string(portfolio.outOfScope) + " out of scope") +
                     ".");
}

void addLimits(Report &report, const Portfolio &portfolio)
{
    report.heading(2, "Limits of the appetite");
    ReportTable table{{"Appetite", "Limit", "Models"}, {}, "The policy sets no limit of the appetite."};
    for (const AppetiteLimit &limit : portfolio.limits)
        table.rows.push_back(
            {limit.inside() ? "Inside" : "Outside", sentence(limit), namesOf(portfolio, limit.models)});
    report.table(std::move(table));
}

void addHeatmap(Report &report, const Portfolio &portfolio, HeatmapBy by)
{
    const Heatmap map = heatmapOf(portfolio, by);
    report.heading(3, "By tier and " + std::string(by == HeatmapBy::health  ? "monitoring"
                                                   : by == HeatmapBy::stage ? "lifecycle stage"
                                                                            : "next review"));
    ReportTable table{{"Tier"}, {}, {}};
    for (const Heatmap::Column &column : map.columns)
        table.header.push_back(column.label);
    table.header.emplace_back("All");
    // Tiers that do not fit are summed before the last line, "Not tiered".
    const bool folded = map.rows.size() > mostTiers + 1;
    std::vector<std::size_t> rest(map.columns.size(), 0);
    const auto addRow = [&](const std::string &label, const std::vector<std::size_t> &counts) {
        std::vector<std::string> row{cut(label, 18)};
        std::size_t sum = 0;
        for (const std::size_t count : counts) {
            row.push_back(std::to_string(count));
            sum += count;
        }
        row.push_back(std::to_string(sum));
        table.rows.push_back(std::move(row));
    };
    for (std::size_t r = 0; r < map.rows.size(); ++r) {
        std::vector<std::size_t> counts;
        counts.reserve(map.columns.size());
        for (std::size_t c = 0; c < map.columns.size(); ++c)
            counts.push_back(map.count(r, c));
        const bool last = r + 1 == map.rows.size();
        if (folded && r >= mostTiers && !last) {
            for (std::size_t c = 0; c < counts.size(); ++c)
                rest[c] += counts[c];
            continue;
        }
        if (folded && last)
            addRow(counted(map.rows.size() - 1 - mostTiers, "more tier", "more tiers"), rest);
        addRow(map.rows[r].label, counts);
    }
    std::vector<std::size_t> totals;
    totals.reserve(map.columns.size());
    for (std::size_t c = 0; c < map.columns.size(); ++c)
        totals.push_back(map.columnTotal(c));
    addRow("All", totals);
    report.table(std::move(table));
}

std::string cutBreach(const std::optional<Breach> &breach)
{
    if (!breach)
        return "Within limits";
    Breach shortened = *breach;
    shortened.feature = cut(shortened.feature, 22);
    shortened.period = cut(shortened.period, 24);
    return breachInWords(shortened);
}

std::string named(const PortfolioModel &model)
{
    return cut(model.reference, 14) + " " + cut(model.name, mostCharacters);
}

void addHealth(Report &report, const Portfolio &portfolio)
{
    report.heading(2, "Monitoring that needs attention");
    auto models = byConcern(portfolio);
    std::erase_if(models, [](const PortfolioModel *model) { return model->health == Health::green; });
    ReportTable table{{"Model and tier", "Result", "Worst figure, and performance"},
                      {},
                      "Every monitored model is within its limits."};
    for (const PortfolioModel *model : models) {
        if (table.rows.size() == mostListed)
            break;
        const std::string figures = model->health == Health::notEnoughData ? "Not judged" : cutBreach(model->worst);
        const std::string explained = model->breaches == 0 ? "" : model->explained ? ", explained" : ", not explained";
        table.rows.push_back({named(*model) + "\n" + cut(model->tierLabel, 20),
                              displayName(*model->health) + explained + "\nLast run " + shown(model->lastRunOn),
                              figures + (model->performance.empty() ? "" : "\n" + cut(model->performance, 50))});
    }
    const std::string more = andMore(table.rows.size(), models.size());
    report.table(std::move(table));
    if (!more.empty())
        report.paragraph(more + ".");
}

void addReviews(Report &report, const Portfolio &portfolio)
{
    report.heading(2, "Reviews overdue or due in " + std::to_string(reviewSoonDays) + " days");
    std::vector<const PortfolioModel *> due;
    for (const PortfolioModel &model : portfolio.models)
        if (model.review == ReviewStanding::overdue || model.review == ReviewStanding::dueSoon)
            due.push_back(&model);
    std::ranges::stable_sort(due, {}, [](const PortfolioModel *model) { return *model->nextReviewOn; });
    ReportTable table{{"Model", "Tier", "Next review", "State"}, {}, "No review falls due."};
    for (const PortfolioModel *model : due) {
        if (table.rows.size() == mostListed)
            break;
        table.rows.push_back(
            {named(*model), cut(model->tierLabel, 20), shown(model->nextReviewOn), displayName(model->review)});
    }
    const std::string more = andMore(table.rows.size(), due.size());
    report.table(std::move(table));
    if (!more.empty())
        report.paragraph(more + ".");
}

void addBasis(Report &report, const Portfolio &portfolio)
{
    report.heading(2, "What the limits follow from");
    std::string text;
    std::set<std::string> setters;
    for (const AppetiteLimit &limit : portfolio.limits) {
        text += limit.none + (limit.tiers.empty() ? "" : " (" + limit.tiers + ")") + ": at most " +
                std::to_string(limit.limit) + ". " + cut(limit.basis, 120) + "\n";
        setters.insert(cut(limit.setBy, 120));
    }
    text += portfolio.limits.empty() ? "The policy sets no limit of the appetite." : "Set by:";
    for (const auto &setter : setters)
        text += " " + setter + ".";
    report.paragraph(text);
}

} // namespace

Report portfolioReport(const Portfolio &portfolio)
{
    Report report{"Portfolio report",
                  cut(portfolio.organisation, 80) + ", as of " + toString(portfolio.asOf) + "\nPolicy: " +
                      cut(portfolio.policy, 80) + "; made from " + std::to_string(portfolio.entries) + " log entries",
                  {}};
    addSummary(report, portfolio);
    addLimits(report, portfolio);
    report.heading(2, "Models by tier");
    for (const HeatmapBy by : enumValues<HeatmapBy>())
        addHeatmap(report, portfolio, by);
    addHealth(report, portfolio);
    addReviews(report, portfolio);
    addBasis(report, portfolio);
    return report;
}

} // namespace countersign
