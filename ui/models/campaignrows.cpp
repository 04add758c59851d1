// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/campaignrows.h"

#include <algorithm>

#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

std::vector<CampaignRow> campaignRows(const Registry &registry, Date today)
{
    std::vector<CampaignRow> rows;
    for (const auto &[id, campaign] : registry.campaigns) {
        CampaignRow row;
        row.id = id;
        row.title = toQt(campaign.title);
        row.from = campaign.from;
        row.until = campaign.until;
        row.open = campaign.open;
        row.late = campaign.open && campaign.until < today;
        row.models = qint64(campaign.before.size());
        row.answered =
            std::ranges::count_if(registry.attestations, [&](const auto &item) { return item.second.campaign == id; });
        rows.push_back(row);
    }
    std::ranges::stable_sort(rows, [](const CampaignRow &a, const CampaignRow &b) {
        return std::tuple(!a.open, b.until) < std::tuple(!b.open, a.until);
    });
    return rows;
}

std::vector<RecordColumn<CampaignRow>> campaignColumns()
{
    using Column = RecordColumn<CampaignRow>;
    const auto state = [](const CampaignRow &row) {
        return row.late   ? BadgeStyle{tr("Late"), Theme::Colour::red, BadgeShape::triangle}
               : row.open ? BadgeStyle{tr("Open"), Theme::Colour::amber, BadgeShape::square}
                          : BadgeStyle{tr("Signed off"), Theme::Colour::green, BadgeShape::circle};
    };
    return {Column(tr("Campaign"), [](const CampaignRow &row) { return row.title; }),
            Column(tr("State"), [state](const CampaignRow &row) { return state(row).text; }).asBadge(state),
            Column(tr("Attested"),
                   [](const CampaignRow &row) {
                       return tr("%1 of %2").arg(countText(row.answered), countText(row.models));
                   })
                .sortedBy([](const CampaignRow &row) {
                    return QVariant(row.models == 0 ? 0.0 : double(row.answered) / double(row.models));
                })
                .asNumber(),
            Column(tr("From"), [](const CampaignRow &row) { return dateText(row.from); }),
            Column(tr("Until"), [](const CampaignRow &row) { return dateText(row.until); })};
}

std::vector<AttestedModelRow> attestedModelRows(const Registry &registry, const Campaign &campaign,
                                                const std::function<QString(std::int64_t)> &tierLabel)
{
    std::vector<AttestedModelRow> rows;
    for (const auto &line : campaignLines(registry, campaign)) {
        AttestedModelRow row;
        row.model = line.before.model;
        row.reference = toQt(line.before.reference);
        row.name = toQt(line.before.name);
        row.owner = toQt(line.before.owner);
        row.level = line.before.tier;
        row.tier = tierLabel(line.before.tier);
        row.exceptions = line.exceptions();
        if (line.attestation) {
            row.attestation = line.attestation->id;
            row.by = toQt(line.attestation->fullName);
            row.at = line.attestation->at;
        }
        QStringList changes;
        for (const auto &change : line.changes)
            changes << u"%1: %2 → %3"_s.arg(toQt(change.field), toQt(change.before), toQt(change.after));
        row.changes = changes.join(u"; "_s);
        rows.push_back(row);
    }
    return rows;
}

std::vector<RecordColumn<AttestedModelRow>> attestedModelColumns()
{
    using Row = AttestedModelRow;
    using Column = RecordColumn<Row>;
    const auto state = [](const Row &row) {
        return !row.answered() ? BadgeStyle{tr("Not attested"), Theme::Colour::noData, BadgeShape::ring}
               : row.exceptions == 0
                   ? BadgeStyle{tr("All yes"), Theme::Colour::green, BadgeShape::circle}
                   : BadgeStyle{tr("%1 not yes").arg(row.exceptions), Theme::Colour::amber, BadgeShape::triangle};
    };
    return {Column(tr("Reference"), [](const Row &row) { return row.reference; }),
            Column(tr("Model"), [](const Row &row) { return row.name; }),
            Column(tr("Owner"), [](const Row &row) { return row.owner; }),
            Column(tr("Tier then"), [](const Row &row) { return row.tier; }).sortedBy([](const Row &row) {
                return QVariant(qint64(row.level));
            }),
            Column(tr("Answers"), [state](const Row &row) { return state(row).text; })
                .sortedBy([](const Row &row) { return QVariant(row.answered() ? row.exceptions + 1 : 0); })
                .asBadge(state),
            Column(tr("Attested by"), [](const Row &row) { return row.by; }),
            Column(tr("On"), [](const Row &row) { return row.at ? timeText(*row.at) : QString(); }),
            Column(tr("Changed since it was opened"), [](const Row &row) { return row.changes; })};
}

} // namespace countersign
