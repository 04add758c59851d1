// SPDX-License-Identifier: GPL-3.0-or-later
//
// How an act becomes an entry. Alone in the file for as long as it takes: what others wrote meanwhile is taken in first
// and the act judged again, so that nobody writes over what they have not seen.
#include "core/workspace/unusualtime.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

namespace {

/// What was allowed on the register as it was shown and no longer is, is a conflict, whatever the reason.
[[noreturn]] void refuseAfterChange(const Error &error)
{
    throw Exception(ErrorCode::Conflict, "Somebody else changed the workspace meanwhile. " + error.what,
                    error.remedy.empty() ? "Look at the new state and decide again." : error.remedy);
}

} // namespace

Act Workspace::Private::actFor(const UserId &author, std::vector<Fact> facts) const
{
    return {log->replay().registry().size, environment.clock.now(), author, std::move(facts)};
}

void Workspace::Private::requireAllowed(const std::vector<Fact> &facts) const
{
    if (readOnly)
        throw Exception(ErrorCode::Forbidden,
                        log->broken() ? "The log of this file does not verify, so nothing is added to it."
                                      : "The file is open for reading only.",
                        log->broken() ? "Look at Audit, and restore the file from a copy that verifies."
                                      : "Open it for writing.");
    if (const auto objection = log->replay().objection(actFor(requireUser().id, facts)))
        throw Exception(*objection);
}

std::int64_t Workspace::Private::append(std::vector<Fact> facts, const std::vector<std::string> &blobs,
                                        const Recheck &recheck)
{
    const auto seq = appendAlone(std::move(facts), blobs, recheck, {});
    try {
        (void)followUp();
    } catch (const Exception &) {
        // The act stands. What could not be opened stays listed, and is tried again after the next act.
    }
    return seq;
}

FollowUp Workspace::Private::followUp()
{
    FollowUp all;
    const auto may = [this](const char *fact) { return !readOnly && user() && !whyRoleForbids(pack(), *user(), fact); };
    if (may("findingRaised")) {
        FollowUp done;
        std::vector<Fact> facts;
        for (const auto &issue : detectedIssues(pack(), registry(), today())) {
            done.findings.push_back(issue.finding);
            facts.emplace_back(FindingRaised{findingFor(issue, pack(), registry(), today())});
        }
        if (!facts.empty())
            appendAlone(std::move(facts), {}, {}, done);
        all.findings = done.findings;
    }
    if (may("retrainingChanged")) {
        FollowUp done;
        std::vector<Fact> facts;
        for (const auto &due : retrainingsDue(registry(), today())) {
            auto policy = registry().retrainings.at(due.policy);
            policy.requests.push_back({today(), due.run, due.why, {}});
            facts.emplace_back(RetrainingChanged{std::move(policy)});
            done.retrainings.push_back(due.policy);
        }
        if (!facts.empty())
            appendAlone(std::move(facts), {}, {}, done);
        all.retrainings = done.retrainings;
    }
    return all;
}

std::int64_t Workspace::Private::appendAlone(std::vector<Fact> facts, const std::vector<std::string> &blobs,
                                             const Recheck &recheck, const FollowUp &done)
{
    requireAllowed(facts);
    if (requireUsualTime())
        requireStillAllowed(facts, recheck); // whoever answers takes time
    Act act = actFor(requireUser().id, std::move(facts));
    std::optional<ChangeNotice> byOthers;
    try {
        const auto writer = file->begin();
        if (writer->size() != log->leaves().size()) {
            byOthers = takeIn(true);
            requireStillAllowed(act.facts, recheck);
            act.seq = log->replay().registry().size;
        }
        write(*writer, act, blobs);
    } catch (...) {
        notify(byOthers);
        throw;
    }
    notify(byOthers);
    auto notice = takeIn(false);
    if (notice)
        notice->followUp = done;
    notify(notice);
    return act.seq;
}

bool Workspace::Private::requireUsualTime()
{
    const auto now = environment.clock.now();
    if (!askTime || (timeAccepted && now < registry().lastAt))
        return false;
    const auto question = unusualTime(registry(), now);
    if (!question)
        return false;
    if (!askTime(*question))
        throw Exception(ErrorCode::Cancelled, "Nothing was signed.", "Set the clock of this computer, and try again.");
    timeAccepted = now < registry().lastAt;
    return true;
}

void Workspace::Private::requireStillAllowed(const std::vector<Fact> &facts, const Recheck &recheck) const
{
    try {
        requireAllowed(facts);
        if (recheck)
            recheck();
    } catch (const Exception &exception) {
        refuseAfterChange(exception.error());
    }
}

void Workspace::Private::appendGenesis(const UserId &author, std::vector<Fact> facts)
{
    const Act act = actFor(author, std::move(facts));
    if (const auto objection = log->replay().objection(act))
        throw Exception(*objection);
    {
        const auto writer = file->begin();
        write(*writer, act, {});
    }
    (void)takeIn(false); // nobody listens yet
}

void Workspace::Private::write(LogWriter &writer, const Act &act, const std::vector<std::string> &blobs)
{
    EntryHeader header;
    header.origin = log->origin();
    header.seq = static_cast<std::uint64_t>(act.seq);
    header.previous = log->head();
    header.at = act.at;
    header.author = act.author.str();
    header.key = key->keyId();
    header.policy = registry().policyHash;
    if (act.seq == 0)
        for (const Fact &fact : act.facts)
            if (const auto *published = std::get_if<PolicyPublished>(&fact))
                header.policy = published->hash;
    header.action = factName(act.facts.front());
    const std::string envelope = sealEntry(header, bodyOf(act.facts), *key);
    if (!verifySignature(parseEnvelope(envelope), key->publicKey()))
        throw Exception(ErrorCode::Internal, "The signature just made does not verify; nothing was written.",
                        "Check this machine's memory.");
    for (const std::string &blob : blobs)
        (void)writer.putBlob(blob);
    writer.append(envelope);
    writer.commit();
}

} // namespace countersign
