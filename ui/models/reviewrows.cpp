// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/reviewrows.h"

#include <algorithm>

#include "core/report/portfolio.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr std::int64_t nearDays = 30;

BadgeStyle outcomeBadge(ValidationOutcome outcome)
{
    const auto text = toQt(displayName(outcome));
    switch (outcome) {
    case ValidationOutcome::fit:
        return {text, Theme::Colour::green, BadgeShape::circle};
    case ValidationOutcome::fitWithConditions:
        return {text, Theme::Colour::amber, BadgeShape::triangle};
    case ValidationOutcome::notFit:
        break;
    }
    return {text, Theme::Colour::red, BadgeShape::square};
}

BadgeStyle leftBadge(const ReviewItem &item)
{
    if (!item.due)
        return {tr("No day"), Theme::Colour::noData, BadgeShape::ring};
    if (item.overdue())
        return {tr("%1 overdue").arg(countText(-item.days, tr("day"), tr("days"))), Theme::Colour::red,
                BadgeShape::square};
    const auto left = item.days == 0 ? tr("Today") : countText(item.days, tr("day"), tr("days"));
    if (item.dueWithin(nearDays))
        return {left, Theme::Colour::amber, BadgeShape::triangle};
    return {left, Theme::Colour::green, BadgeShape::circle};
}

QString causeText(const ReviewItem &item)
{
    return item.reasons.empty() ? tr("Nothing asks for one") : toQt(displayName(item.reasons.front().cause));
}

QVariant dayValue(const std::optional<Date> &day)
{
    return day ? QVariant(toQt(*day)) : QVariant();
}

} // namespace

QString reasonsText(const ReviewItem &item)
{
    QStringList lines;
    for (const auto &reason : item.reasons)
        lines << (reason.due ? u"%1 (%2)"_s.arg(toQt(reason.text), dateText(*reason.due)) : toQt(reason.text));
    return lines.join(u'\n');
}

std::vector<RecordColumn<ReviewItem>> reviewColumns()
{
    using Row = ReviewItem;
    using Column = RecordColumn<Row>;
    return {
        Column(tr("Model"), [](const Row &row) { return toQt(row.name); }).withToolTip([](const Row &row) {
            return toQt(row.reference + " " + row.name);
        }),
        Column(tr("Tier"), [](const Row &row) { return toQt(row.tierLabel); })
            .sortedBy([](const Row &row) { return row.tier ? QVariant(qint64(row.tier)) : QVariant(); })
            .asBadge([](const Row &row) { return tierBadge(row.tier, toQt(row.tierLabel)); }),
        Column(tr("Next review"), [](const Row &row) { return dateText(row.due); }).sortedBy([](const Row &row) {
            return dayValue(row.due);
        }),
        Column(tr("Days left"), [](const Row &row) { return leftBadge(row).text; })
            .sortedBy([](const Row &row) { return row.due ? QVariant(qint64(row.days)) : QVariant(); })
            .asBadge(leftBadge),
        Column(tr("Cause"), causeText).withToolTip(reasonsText),
        Column(tr("Why"),
               [](const Row &row) { return row.reasons.empty() ? QString() : toQt(row.reasons.front().text); })
            .withToolTip(reasonsText),
        Column(tr("To be done by"),
               [](const Row &row) { return row.validator.empty() ? tr("Nobody is named") : toQt(row.validator); }),
        Column(tr("Last validated"),
               [](const Row &row) { return row.lastValidatedOn ? dateText(row.lastValidatedOn) : tr("Never"); })
            .sortedBy([](const Row &row) { return dayValue(row.lastValidatedOn); }),
        Column(tr("Outcome"), [](const Row &row) { return row.outcome ? toQt(displayName(*row.outcome)) : QString(); })
            .sortedBy(
                [](const Row &row) { return row.outcome ? QVariant(static_cast<int>(*row.outcome)) : QVariant(); })
            .asBadge([](const Row &row) { return row.outcome ? outcomeBadge(*row.outcome) : BadgeStyle(); }),
        Column(tr("Owner"), [](const Row &row) { return toQt(row.owner); }),
        Column(tr("Reference"), [](const Row &row) { return toQt(row.reference); }),
    };
}

bool ReviewFilter::matches(const ReviewItem &item) const
{
    const auto inTime = [&] {
        switch (due) {
        case Due::any:
            return true;
        case Due::overdue:
            return item.overdue();
        case Due::within30:
            return item.dueWithin(nearDays);
        case Due::within90:
            return item.dueWithin(reviewSoonDays);
        case Due::noDay:
            break;
        }
        return !item.due;
    };
    if (!inTime() || (tier && item.tier != *tier) || (owner && toQt(item.owner) != *owner) ||
        (validator && toQt(item.validator) != *validator))
        return false;
    if (text.isEmpty())
        return true;
    auto haystack = toQt(item.reference + '\n' + item.name + '\n' + item.owner + '\n' + item.validator);
    haystack += u'\n' + reasonsText(item) + u'\n' + causeText(item);
    const auto words = text.split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words,
                               [&](const QString &word) { return haystack.contains(word, Qt::CaseInsensitive); });
}

} // namespace countersign
