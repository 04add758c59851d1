// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/timelinerows.h"

#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

TimelineKind kindOf(const std::string &fact)
{
    if (fact == "monitoringRecorded" || fact == "monitoringExplained")
        return TimelineKind::monitoring;
    if (fact == "tierPublished" || fact == "tierOverrideConfirmed")
        return TimelineKind::tier;
    if (fact == "deploymentRequested" || fact == "requestSigned" || fact == "requestWithdrawn" ||
        fact == "requestAbstained" || fact == "delegationRecorded" || fact == "delegationEnded" ||
        fact == "exceptionSigned" || fact == "exceptionAbstained" || fact == "versionDeployed" ||
        fact == "attestationGiven" || fact == "campaignClosed" || fact == "proposalSigned" ||
        fact == "proposalAbstained")
        return TimelineKind::signOff;
    if (fact == "userEnrolled" || fact == "userChanged" || fact == "workspaceCreated" || fact == "policyPublished" ||
        fact == "policyProposed" || fact == "proposalWithdrawn")
        return TimelineKind::people;
    return TimelineKind::inventory;
}

} // namespace

QString factTitle(const QString &factName)
{
    QString title;
    for (const auto letter : factName) {
        if (letter.isUpper() && !title.isEmpty())
            title += u' ';
        title += title.isEmpty() ? letter.toUpper() : letter.toLower();
    }
    return title;
}

std::set<std::int64_t> entriesAtFault(const VerificationReport &report)
{
    std::set<std::int64_t> entries;
    for (const auto &fault : report.faults)
        if (fault.seq)
            entries.insert(static_cast<std::int64_t>(*fault.seq));
    return entries;
}

std::vector<TimelineRow> timelineRows(const Registry &registry, const std::set<std::int64_t> &faulty)
{
    std::vector<TimelineRow> rows;
    rows.reserve(registry.timeline.size());
    for (std::size_t index = registry.timeline.size(); index-- > 0;) {
        TimelineRow row;
        row.item = registry.timeline[index];
        row.index = index;
        if (const auto model = registry.models.find(row.item.model); model != registry.models.end())
            row.model = toQt(model->second.reference + " " + model->second.name);
        row.faulty = faulty.contains(row.item.seq);
        row.haystack = (u"#%1\n"_s.arg(row.item.seq) + toQt(row.item.summary) + u'\n' + toQt(row.item.authorName) +
                        u'\n' + row.model + u'\n' + factTitle(toQt(row.item.fact)) + u'\n' + toQt(row.item.forbidden))
                           .toLower();
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<RecordColumn<TimelineRow>> timelineColumns()
{
    using Row = TimelineRow;
    using Column = RecordColumn<Row>;
    return {
        Column(u"Entry"_s, [](const Row &row) { return QString::number(row.item.seq); })
            .sortedBy([](const Row &row) { return QVariant::fromValue(qulonglong(row.index)); })
            .asNumber(),
        Column(u"Integrity"_s,
               [](const Row &row) {
                   return row.faulty ? u"Broken"_s : row.item.forbidden.empty() ? u"Verified"_s : u"Not allowed"_s;
               })
            .asBadge([](const Row &row) {
                if (row.faulty)
                    return BadgeStyle{u"Broken"_s, Theme::Colour::red, BadgeShape::square};
                if (!row.item.forbidden.empty())
                    return BadgeStyle{u"Not allowed"_s, Theme::Colour::amber, BadgeShape::triangle};
                return BadgeStyle{u"Verified"_s, Theme::Colour::green, BadgeShape::circle};
            })
            .withToolTip([](const Row &row) { return toQt(row.item.forbidden); }),
        Column(u"When"_s, [](const Row &row) { return timeText(row.item.at); }),
        Column(u"Who"_s, [](const Row &row) { return toQt(row.item.authorName); }),
        Column(u"What"_s, [](const Row &row) { return toQt(row.item.summary); }),
        Column(u"Model"_s, [](const Row &row) { return row.model; }),
        Column(u"Kind"_s, [](const Row &row) { return factTitle(toQt(row.item.fact)); }),
    };
}

bool TimelineFilter::matches(const TimelineRow &row) const
{
    if (kind == TimelineKind::notAllowed) {
        if (row.item.forbidden.empty() && !row.faulty)
            return false;
    } else if (kind != TimelineKind::all && kindOf(row.item.fact) != kind) {
        return false;
    }
    if (author && toQt(row.item.authorName) != *author)
        return false;
    const auto words = text.toLower().split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) { return row.haystack.contains(word); });
}

} // namespace countersign
