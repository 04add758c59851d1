// SPDX-License-Identifier: GPL-3.0-or-later
//
// Attestation campaigns, and the models of one.
#pragma once

#include "core/domain/registry.h"
#include "ui/models/recordmodel.h"

namespace countersign {

struct CampaignRow
{
    CampaignId id;
    QString title;
    Date from{};
    Date until{};
    bool open = true;
    bool late = false; ///< open after its last day
    qint64 models = 0;
    qint64 answered = 0;
};

/// Open ones first, then by their last day, the latest first.
[[nodiscard]] std::vector<CampaignRow> campaignRows(const Registry &registry, Date today);
[[nodiscard]] std::vector<RecordColumn<CampaignRow>> campaignColumns();

/// One model of a campaign in words.
struct AttestedModelRow
{
    ModelId model;
    QString reference;
    QString name;
    QString owner;
    QString tier;
    std::int64_t level = 0;
    AttestationId attestation; ///< none: not answered
    qint64 exceptions = 0;     ///< answers other than yes
    QString by;
    std::optional<UtcTime> at;
    QString changes;

    [[nodiscard]] bool answered() const { return attestation.valid(); }
};

[[nodiscard]] std::vector<AttestedModelRow> attestedModelRows(const Registry &registry, const Campaign &campaign,
                                                              const std::function<QString(std::int64_t)> &tierLabel);
[[nodiscard]] std::vector<RecordColumn<AttestedModelRow>> attestedModelColumns();

} // namespace countersign
