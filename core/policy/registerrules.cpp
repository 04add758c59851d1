// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/registerrules.h"

#include "core/domain/text.h"
#include "core/domain/transition.h"
#include "core/policy/approvals.h"

#include <algorithm>

namespace countersign {

namespace {

using Why = std::optional<std::string>;

/// A record to be closed, in the words of the sentences.
struct Closing
{
    const char *kind; ///< "A limitation"
    const char *made; ///< "recorded"
    UserId by;
    std::string owner;
    const std::vector<RemediationEvidence> &evidence;
};

Why whyBarred(const PolicyPack &pack, const User &user, const Closing &closing)
{
    const std::string begin = std::string(closing.kind) + " is closed by somebody else than ";
    if (pack.holds(SeparationRule::recorderDoesNotCloseRecord) && closing.by == user.id)
        return begin + "who " + closing.made + " it; " + user.fullName + " " + closing.made + " this one.";
    if (pack.holds(SeparationRule::recorderDoesNotCloseRecord) &&
        std::ranges::find(closing.evidence, user.id, &RemediationEvidence::by) != closing.evidence.end())
        return begin + "who gave evidence of it; " + user.fullName + " gave evidence of this one.";
    if (pack.holds(SeparationRule::ownerDoesNotCloseRecord) && sameName(closing.owner, user.fullName))
        return begin + "its owner; " + user.fullName + " owns this one.";
    return std::nullopt;
}

Why whyLate(const std::map<Severity, std::int64_t> &terms, Severity severity, const std::optional<Date> &due, Date from,
            const std::string &kind, const std::string &what)
{
    const auto last = dueAfter(terms, severity, from);
    if (!last || (due && *due <= *last))
        return std::nullopt;
    return "Under this policy a " + fieldInWords(enumName(severity)) + " " + kind + " is " + what + " by " +
           toString(*last) + " at the latest" + (due ? "; not by " + toString(*due) : std::string()) + ".";
}

template <class T>
bool sameTerm(const T &record, const T *before)
{
    return !record.open || (before && before->dueOn == record.dueOn && before->severity == record.severity);
}

} // namespace

Why whyNotToClose(const PolicyPack &pack, const User &user, const Limitation &record)
{
    return whyBarred(pack, user, {"A limitation", "recorded", record.by, record.owner, record.evidence});
}

Why whyNotToClose(const PolicyPack &pack, const User &user, const Overlay &record)
{
    return whyBarred(pack, user, {"An overlay", "recorded", record.by, record.owner, record.evidence});
}

Why whyNotToClose(const PolicyPack &pack, const User &user, const Incident &record)
{
    return whyBarred(pack, user, {"An incident", "recorded", record.by, record.owner, record.evidence});
}

Why whyNotToClose(const PolicyPack &pack, const User &user, const PolicyException &record)
{
    if (record.status != ExceptionStatus::approved) {
        const bool theirs = record.by == user.id || user.has(Role::administrator);
        if (theirs || !pack.holds(SeparationRule::requesterWithdrawsRequest))
            return std::nullopt;
        return "An exception that is not approved yet is given up by who requested it.";
    }
    return whyBarred(pack, user, {"An exception in force", "requested", record.by, record.owner, record.evidence});
}

Why whyNotToExplain(const PolicyPack &pack, const User &user, const Model &model, const MonitoringRun &run)
{
    if (!run.hasRedBreach() || !pack.holds(SeparationRule::ownerDoesNotExplainRed))
        return std::nullopt;
    const std::string act = "explain its red monitoring";
    auto why = whyNotAsOwner(model, user, act);
    if (!why)
        why = whyNotAsDeveloper(model, user, act);
    if (why)
        *why += " Somebody else explains it, or it becomes a finding.";
    return why;
}

Why whyNotDueThen(const PolicyPack &pack, const Limitation &record, const Limitation *before, Date today)
{
    if (sameTerm(record, before))
        return std::nullopt;
    return whyLate(pack.limitationDays, record.severity, record.dueOn, today, "limitation", "looked at again");
}

Why whyNotDueThen(const PolicyPack &pack, const Incident &record, const Incident *before, Date today)
{
    if (sameTerm(record, before))
        return std::nullopt;
    return whyLate(pack.incidentDays, record.severity, record.dueOn, before ? dateOf(before->at) : today, "incident",
                   "settled");
}

Why whyNotDueThen(const PolicyPack &pack, const Overlay &record, const Overlay *before, Date today)
{
    const bool same = before && before->expiresOn == record.expiresOn && before->severity == record.severity;
    if (!record.open || same)
        return std::nullopt;
    return whyLate(pack.overlayDays, record.severity, record.expiresOn, today, "overlay", "renewed or ended");
}

Why whyNotDueThen(const PolicyPack &pack, const Finding &finding, Date today)
{
    return whyLate(pack.findingDays, finding.severity, finding.dueOn, today, "finding", "due");
}

Why whyNotAskedAgain(const RetrainingPolicy &before, const RetrainingPolicy &after, Date today)
{
    for (std::size_t i = before.requests.size(); i < after.requests.size(); ++i) {
        const auto &request = after.requests[i];
        if (request.on != today)
            return "A retraining is asked for on the day of the entry, " + toString(today) + "; not on " +
                   toString(request.on) + ".";
        if (i == 0)
            continue;
        const auto &last = after.requests[i - 1];
        if (!last.version.valid())
            return "A retraining is asked for already, and no version has come of it yet.";
        const auto next = last.on + std::chrono::days(before.minDays);
        if (today < next)
            return "A retraining was asked for on " + toString(last.on) + ", and \"" + before.title +
                   "\" lets the next be asked for from " + toString(next) + " on.";
    }
    return std::nullopt;
}

Why whyHoldsTooLong(const PolicyPack &pack, const PolicyException &record, Date today)
{
    return whyLate(pack.exceptionDays, record.severity, record.expiresOn, today, "exception", "over");
}

} // namespace countersign
