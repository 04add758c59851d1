// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/bins.h"
#include "core/monitoring/profile/profile.h"

#include <algorithm>
#include <numeric>

namespace countersign {

namespace {

constexpr std::size_t mostSamples = 5;

PreviewColumn previewedColumn(const ProfileColumn &column)
{
    PreviewColumn described;
    described.name = column.name;
    described.type = column.type;
    const Bins bins = column.type == ColumnType::Numeric ? binsBetween(column.edges, {}, {})
                                                         : Bins{{}, {}, {}, column.categories, {}, column.categories};
    described.distinct = column.counts.front().size() - 1 - column.special.size();
    const std::size_t samples = std::min<std::size_t>(described.distinct, mostSamples);
    described.samples.assign(bins.labels.begin(), bins.labels.begin() + static_cast<std::ptrdiff_t>(samples));
    for (const auto &counts : column.counts)
        described.missing += counts.back();
    return described;
}

std::uint64_t rowsOf(const ProfileColumn &column)
{
    std::uint64_t rows = 0;
    for (const auto &counts : column.counts)
        rows = std::accumulate(counts.begin(), counts.end(), rows);
    return rows;
}

} // namespace

void describeProfile(const Profile &profile, LogPreview &preview)
{
    preview.profile = PreviewedProfile{profile.periods.size(), profile.referenceLabel.value_or("")};
    preview.columns.clear();
    preview.rows.clear();
    preview.roles = {};
    preview.period = profile.kind;
    preview.from = profile.periods.front().from;
    preview.to = profile.periods.back().to;
    preview.wholeFile = true;
    preview.estimatedRows = 0;
    for (const ProfileColumn &column : profile.columns) {
        preview.columns.push_back(previewedColumn(column));
        preview.estimatedRows = std::max(preview.estimatedRows, rowsOf(column));
    }
    preview.sampledRows = preview.estimatedRows;
}

} // namespace countersign
