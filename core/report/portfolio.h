// SPDX-License-Identifier: GPL-3.0-or-later
//
// All models at a glance: how many of which tier stand how, and which limits of the appetite hold. Values and pure
// functions; the workspace makes them from the register (core/workspace/portfolio.h).
#pragma once

#include "core/domain/registry.h"
#include "core/policy/stages.h"

namespace countersign {

/// How a model stands to its next review. A review is overdue from the day after it was due.
enum class ReviewStanding { overdue, dueSoon, later, none };
BOOST_DESCRIBE_ENUM(ReviewStanding, overdue, dueSoon, later, none)
[[nodiscard]] std::string displayName(ReviewStanding state);

/// Days before a review from which it counts as due soon.
inline constexpr std::int64_t reviewSoonDays = 90;
[[nodiscard]] ReviewStanding reviewStanding(const std::optional<Date> &nextReview, Date today);

/// One model that is neither retired nor out of scope.
struct PortfolioModel
{
    ModelId id;
    std::string reference;
    std::string name;
    std::int64_t tier = 0; ///< level in force; 0: none was published
    std::string tierLabel;
    Stage stage = Stage::proposed; ///< that it counts as
    std::string stageId;           ///< of the policy's own stage, else the name of `stage`
    std::string stageLabel;
    ReviewStanding review = ReviewStanding::none;
    std::optional<Date> nextReviewOn; ///< of the review queue
    RunId run;                        ///< newest of the version in production, else newest of all; none: not monitored
    std::optional<Health> health;     ///< of that run
    std::optional<Breach> worst;      ///< red before amber, then furthest beyond its limit
    std::optional<Breach> performanceBreach;
    std::int64_t breaches = 0; ///< none that has passed
    std::string performance;   ///< as MonitoringRun::performance
    std::string lastPeriod;    ///< label of the last period of the run
    std::optional<Date> lastRunOn;
    bool explained = false; ///< somebody has explained the breaches of the run
};

/// One sentence of the appetite: how many there are, how many there may be.
struct AppetiteLimit
{
    std::string id;           ///< "reviewsOverdue", ...
    std::string none;         ///< "No review is overdue"
    std::string one;          ///< "1 review is overdue"
    std::string many;         ///< "reviews are overdue", the count goes before
    std::string basis;        ///< the figures of the policy that it follows from
    std::int64_t count = 0;   ///< of reviews, findings, ...: what the sentence counts
    std::int64_t limit = 0;   ///< at most so many are inside the appetite
    std::set<ModelId> models; ///< that they belong to
    std::string tiers = {};   ///< labels of those whose models count; empty: every model
    std::string setBy = {};
    std::string reason = {};

    [[nodiscard]] bool inside() const { return count <= limit; }
};
/// "3 reviews are overdue (Tier 1, critical); 0 allowed."
[[nodiscard]] std::string sentence(const AppetiteLimit &limit);

struct PortfolioTier
{
    std::int64_t level = 0; ///< 0: not tiered
    std::string label;
};

struct Portfolio
{
    std::string organisation;
    std::string policy; ///< title and version of the pack
    Date asOf{};
    std::int64_t entries = 0;           ///< of the log that this was made from
    std::vector<PortfolioTier> tiers;   ///< of the policy, riskiest first; then others in use; "Not tiered" last
    std::vector<StagePlace> stages;     ///< in their order, those that count as retired left out
    std::vector<PortfolioModel> models; ///< by reference; those retired or out of scope left out
    std::int64_t retired = 0;
    std::int64_t outOfScope = 0; ///< and not retired
    std::vector<AppetiteLimit> limits;
};

enum class HeatmapBy { health, stage, review };
BOOST_DESCRIBE_ENUM(HeatmapBy, health, stage, review)
[[nodiscard]] std::string displayName(HeatmapBy by);

/// Tiers by states. Every model of the portfolio is in exactly one cell.
struct Heatmap
{
    struct Column
    {
        std::string label;
        /// One of these by HeatmapBy; a health of nothing is "Not monitored".
        std::optional<Health> health;
        Stage stage = Stage::proposed; ///< that it counts as
        std::string stageId = {};
        ReviewStanding review = ReviewStanding::none;
    };

    HeatmapBy by = HeatmapBy::health;
    std::vector<PortfolioTier> rows;
    std::vector<Column> columns;
    std::vector<std::vector<std::set<ModelId>>> cells; ///< by row and column

    [[nodiscard]] std::size_t count(std::size_t row, std::size_t column) const;
    [[nodiscard]] std::size_t rowTotal(std::size_t row) const;
    [[nodiscard]] std::size_t columnTotal(std::size_t column) const;
    [[nodiscard]] std::size_t total() const;
    /// The models of a cell; without a row of the whole column, without a column of the whole row.
    [[nodiscard]] std::set<ModelId> models(std::optional<std::size_t> row, std::optional<std::size_t> column) const;
};
[[nodiscard]] Heatmap heatmapOf(const Portfolio &portfolio, HeatmapBy by);

/// How far a figure is beyond its limit, as a ratio of at least 1, whether that is a ceiling or a floor (of which at
/// most 1,000); of a limit of zero the figure itself.
[[nodiscard]] double excess(const Breach &breach);
/// Red before amber, then by excess.
[[nodiscard]] bool isWorse(const Breach &a, const Breach &b);

/// The models in the order of concern: red and unexplained, red, amber and unexplained, amber, not enough data, green;
/// within these riskier tiers first (without a tier before all), then by reference. Unmonitored models left out.
[[nodiscard]] std::vector<const PortfolioModel *> byConcern(const Portfolio &portfolio);

} // namespace countersign
