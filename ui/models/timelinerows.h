// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "core/workspace/verify.h"
#include "ui/models/recordmodel.h"

#include <set>

namespace countersign {

struct TimelineRow
{
    TimelineItem item;
    std::size_t index = 0; ///< within Registry::timeline
    QString model;         ///< "CR-014 Retail PD"; empty: the workspace
    bool faulty = false;   ///< verification found something at this entry
    QString haystack;
};

/// The entries at which verification found a fault.
[[nodiscard]] std::set<std::int64_t> entriesAtFault(const VerificationReport &report);

/// Newest first. `faulty` are the entries at which verification found a fault.
[[nodiscard]] std::vector<TimelineRow> timelineRows(const Registry &registry, const std::set<std::int64_t> &faulty);
[[nodiscard]] std::vector<RecordColumn<TimelineRow>> timelineColumns();

/// What a fact is called for people: "Model registered".
[[nodiscard]] QString factTitle(const QString &factName);

enum class TimelineKind { all, inventory, monitoring, tier, signOff, people, notAllowed };

struct TimelineFilter
{
    QString text;
    TimelineKind kind = TimelineKind::all;
    std::optional<QString> author;

    [[nodiscard]] bool matches(const TimelineRow &row) const;
};

} // namespace countersign
