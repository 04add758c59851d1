// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inventory as the table shows it: one pass over the register, one finished row a model.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/scope.h"
#include "ui/models/recordmodel.h"

#include <QDate>
#include <map>

namespace countersign {

struct InventoryRow
{
    Model model;
    std::int64_t tier = 0;
    QString tierLabel;
    QString stageId;
    QString stageLabel;
    std::size_t stageRank = 0; ///< place in the order of stages
    ScopeState scope = ScopeState::undecided;
    QString scopeText;
    std::optional<Health> health;     ///< of the newest run; a version in production goes before others
    QString lastRun;                  ///< "2021-12, AUC 0.712 (reference 0.760)"
    std::optional<Date> nextReviewOn; ///< of the review queue
    QString whyReviewed;
    std::int64_t versions = 0;
    std::int64_t openFindings = 0;
    std::int64_t openRequests = 0;
    QString haystack; ///< everything that the search box looks through, in lower case
};

[[nodiscard]] std::vector<InventoryRow> inventoryRows(const PolicyPack &pack, const Registry &registry,
                                                      std::optional<Date> today = {});

/// The columns in order; `today` marks reviews that are overdue.
[[nodiscard]] std::vector<RecordColumn<InventoryRow>> inventoryColumns(const QDate &today);
/// How many of the first columns are shown until the person chooses others.
inline constexpr int inventoryColumnsShown = 9;
inline constexpr int inventoryOwnerColumn = 5;
inline constexpr int inventoryUnitColumn = 8;

struct InventoryFilter
{
    QString text;                 ///< every word must occur
    std::optional<QString> stage; ///< its id
    std::optional<std::int64_t> tier;
    std::optional<QString> owner;
    std::optional<ScopeState> scope;
    std::optional<std::optional<Health>> health; ///< of an empty one: never monitored
    std::optional<std::set<ModelId>> models;     ///< these and no others

    [[nodiscard]] bool matches(const InventoryRow &row) const;
};

struct InventoryCounts
{
    std::map<QString, std::int64_t> byStage;     ///< by id
    std::map<std::int64_t, std::int64_t> byTier; ///< those retired or out of scope left out
};
[[nodiscard]] InventoryCounts countInventory(const std::vector<InventoryRow> &rows);

} // namespace countersign
