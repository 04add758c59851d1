// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/unusualtime.h"

#include <algorithm>

namespace countersign {

namespace {

/// Between two entries of the timeline; each is measured from the latest time before it.
std::chrono::milliseconds longestPause(const Registry &registry)
{
    std::chrono::milliseconds longest{0};
    std::optional<UtcTime> latest;
    for (const auto &item : registry.timeline) {
        if (latest && item.at > *latest)
            longest = std::max(longest, item.at - *latest);
        latest = latest ? std::max(*latest, item.at) : item.at;
    }
    return longest;
}

std::string daysBetween(Date from, Date to)
{
    const auto days = (to - from).count();
    return std::to_string(days) + (days == 1 ? " day" : " days");
}

} // namespace

std::optional<std::string> unusualTime(const Registry &registry, UtcTime now)
{
    if (registry.size == 0)
        return std::nullopt;
    const auto newest = dateOf(registry.lastAt);
    const auto today = dateOf(now);
    if (now < registry.lastAt - usualDelay)
        return "By this computer's clock it is " + toString(today) + ", " + daysBetween(today, newest) +
               " before the newest entry of this workspace (" + toString(newest) +
               "). Either this clock is slow, or somebody signed with one that was fast. What you sign now will show " +
               toString(today) + " and be judged by " + toString(newest) + ". Is " + toString(today) + " right?";
    if (now <= registry.lastAt + usualPause || now - registry.lastAt <= 2 * longestPause(registry))
        return std::nullopt;
    return "By this computer's clock it is " + toString(today) + ", " + daysBetween(newest, today) +
           " after the newest entry of this workspace (" + toString(newest) +
           "). If the clock is fast, everybody's acts after this one will be judged by a day that has not come, and "
           "that cannot be taken back. Is " +
           toString(today) + " right?";
}

} // namespace countersign
