// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/inventoryrows.h"

#include "core/domain/modelstates.h"
#include "core/policy/stages.h"
#include "ui/models/reviewrows.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString haystackOf(const InventoryRow &row)
{
    const auto &m = row.model;
    QStringList words;
    for (const auto *text : {&m.reference, &m.name, &m.description, &m.purpose, &m.businessUnit, &m.owner, &m.developer,
                             &m.validator, &m.approver, &m.vendor, &m.approvedUses})
        words << toQt(*text);
    words << row.scopeText << row.stageLabel << toQt(displayName(m.kind)) << row.tierLabel;
    return words.join(u'\n').toLower();
}

QVariant dateValue(const std::optional<Date> &date)
{
    return date ? QVariant(toQt(*date)) : QVariant();
}

using InventoryColumn = RecordColumn<InventoryRow>;

InventoryColumn text(const QString &title, std::string Model::*member)
{
    return {title, [member](const InventoryRow &row) { return toQt(row.model.*member); }};
}

InventoryColumn date(const QString &title, std::optional<Date> Model::*member)
{
    return InventoryColumn(title, [member](const InventoryRow &row) { return dateText(row.model.*member); })
        .sortedBy([member](const InventoryRow &row) { return dateValue(row.model.*member); });
}

InventoryColumn number(const QString &title, std::int64_t InventoryRow::*member)
{
    return InventoryColumn(title, [member](const InventoryRow &row) { return countText(row.*member); })
        .sortedBy([member](const InventoryRow &row) { return QVariant::fromValue(qint64(row.*member)); })
        .asNumber();
}

} // namespace

std::vector<InventoryRow> inventoryRows(const PolicyPack &pack, const Registry &registry, std::optional<Date> today)
{
    const auto states = modelStates(registry, today);
    static const ModelState none;
    std::map<std::string, std::size_t> ranks;
    for (const auto &place : stagesInUse(pack, registry))
        ranks.emplace(place.id, ranks.size());
    std::unordered_map<ModelId, ReviewItem> reviews;
    for (auto &item : reviewQueue(pack, registry, today.value_or(dateOf(registry.lastAt)))) {
        const auto id = item.model;
        reviews.emplace(id, std::move(item));
    }
    std::vector<InventoryRow> rows;
    rows.reserve(registry.models.size());
    for (const auto &[id, model] : registry.models) {
        const auto found = states.find(id);
        const auto &its = found == states.end() ? none : found->second;
        InventoryRow row;
        row.model = model;
        row.tier = its.tier ? its.tier->level() : 0;
        row.scope = scopeStateOf(pack, registry, id);
        row.scopeText = toQt(scopeInWords(pack, registry, id));
        row.tierLabel = row.tier == 0 && row.scope == ScopeState::outOfScope ? toQt(displayName(row.scope))
                                                                             : toQt(pack.tierLabel(row.tier));
        row.stageId = toQt(stageIdOf(model));
        row.stageLabel = toQt(stageLabel(pack, model));
        const auto rank = ranks.find(stageIdOf(model));
        row.stageRank = rank == ranks.end() ? ranks.size() : rank->second;
        if (its.run) {
            row.health = its.run->health;
            row.lastRun = toQt(its.run->to);
            if (!its.run->performance.empty())
                row.lastRun += u", "_s + toQt(its.run->performance);
        }
        if (const auto review = reviews.find(id); review != reviews.end()) {
            row.nextReviewOn = review->second.due;
            row.whyReviewed = reasonsText(review->second);
        }
        row.versions = its.versions;
        row.openFindings = its.openFindings;
        row.openRequests = its.openRequests;
        row.haystack = haystackOf(row);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<RecordColumn<InventoryRow>> inventoryColumns(const QDate &today)
{
    using Row = InventoryRow;
    return {
        text(u"Model"_s, &Model::name),
        text(u"Reference"_s, &Model::reference),
        InventoryColumn(u"Tier"_s, [](const Row &row) { return row.tierLabel; })
            .sortedBy([](const Row &row) { return row.tier ? QVariant(qint64(row.tier)) : QVariant(); })
            .asBadge([](const Row &row) { return tierBadge(row.tier, row.tierLabel); }),
        InventoryColumn(u"Stage"_s, [](const Row &row) { return row.stageLabel; })
            .sortedBy([](const Row &row) { return QVariant(qulonglong(row.stageRank)); })
            .asBadge([](const Row &row) { return stageBadge(row.model.stage, row.stageLabel); }),
        InventoryColumn(u"Monitoring"_s,
                        [](const Row &row) { return row.health ? toQt(displayName(*row.health)) : u"Not monitored"_s; })
            .sortedBy([](const Row &row) { return row.health ? QVariant(static_cast<int>(*row.health)) : QVariant(); })
            .asBadge([](const Row &row) { return row.health ? badgeFor(*row.health) : BadgeStyle(); })
            .withToolTip([](const Row &row) { return row.lastRun; }),
        text(u"Owner"_s, &Model::owner),
        InventoryColumn(u"Next review"_s,
                        [today](const Row &row) {
                            const auto due = dateText(row.nextReviewOn);
                            const bool late = row.nextReviewOn && toQt(*row.nextReviewOn) < today;
                            return late ? due + u" (overdue)"_s : due;
                        })
            .sortedBy([](const Row &row) { return dateValue(row.nextReviewOn); })
            .withToolTip([](const Row &row) { return row.whyReviewed; }),
        number(u"Findings"_s, &Row::openFindings),
        text(u"Business unit"_s, &Model::businessUnit),
        InventoryColumn(u"Kind"_s, [](const Row &row) { return toQt(displayName(row.model.kind)); }),
        InventoryColumn(u"Scope"_s, [](const Row &row) { return row.scopeText; })
            .sortedBy([](const Row &row) { return QVariant(static_cast<int>(row.scope)); })
            .asBadge([](const Row &row) {
                return row.scope == ScopeState::stale
                           ? BadgeStyle{row.scopeText, Theme::Colour::amber, BadgeShape::triangle}
                           : BadgeStyle();
            }),
        text(u"Purpose"_s, &Model::purpose),
        text(u"Developer"_s, &Model::developer),
        text(u"Validator"_s, &Model::validator),
        text(u"Approver"_s, &Model::approver),
        InventoryColumn(u"Origin"_s, [](const Row &row) { return toQt(displayName(row.model.origin)); }),
        text(u"Vendor"_s, &Model::vendor),
        number(u"Versions"_s, &Row::versions),
        number(u"Requests"_s, &Row::openRequests),
        InventoryColumn(u"Last run"_s, [](const Row &row) { return row.lastRun; }),
        date(u"Deployed"_s, &Model::deployedOn),
        date(u"Last validated"_s, &Model::lastValidatedOn),
        date(u"Retired"_s, &Model::retiredOn),
        text(u"Restrictions"_s, &Model::restrictions),
    };
}

bool InventoryFilter::matches(const InventoryRow &row) const
{
    if (stage && row.stageId != *stage)
        return false;
    if (tier && row.tier != *tier)
        return false;
    if (owner && toQt(row.model.owner) != *owner)
        return false;
    if (scope && row.scope != *scope)
        return false;
    if (health && row.health != *health)
        return false;
    if (models && !models->contains(row.model.id))
        return false;
    if (text.isEmpty())
        return true;
    const auto words = text.toLower().split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) { return row.haystack.contains(word); });
}

InventoryCounts countInventory(const std::vector<InventoryRow> &rows)
{
    InventoryCounts counts;
    for (const auto &row : rows) {
        ++counts.byStage[row.stageId];
        if (row.model.stage != Stage::retired && row.scope != ScopeState::outOfScope)
            ++counts.byTier[row.tier];
    }
    return counts;
}

} // namespace countersign
