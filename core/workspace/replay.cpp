// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/replay.h"

#include "core/policy/rules.h"

namespace countersign {

namespace {

template <class T>
const T *factIn(const Act &act)
{
    for (const Fact &fact : act.facts)
        if (const T *found = std::get_if<T>(&fact))
            return found;
    return nullptr;
}

} // namespace

Fault forbiddenFault(std::int64_t seq, const std::string &why)
{
    const auto place = static_cast<std::uint64_t>(seq);
    return {FaultKind::ForbiddenByPolicy, place,
            "Entry " + std::to_string(seq) + " is signed, but was not allowed and has no effect. " + why};
}

Act actOf(const Entry &entry)
{
    Act act;
    act.seq = static_cast<std::int64_t>(entry.header.seq);
    act.at = entry.header.at;
    act.author = UserId(entry.header.author);
    const std::string path = "entry " + std::to_string(entry.header.seq) + ".facts";
    const json::value *facts = entry.body.is_object() ? entry.body.get_object().if_contains("facts") : nullptr;
    if (facts == nullptr || !facts->is_array() || facts->get_array().empty())
        detail::mismatch(path, "a list of facts");
    std::size_t index = 0;
    for (const json::value &fact : facts->get_array())
        act.facts.push_back(factFromJson(fact, path + "[" + std::to_string(index++) + "]"));
    if (entry.header.action != factName(act.facts.front()))
        throw Exception(ErrorCode::InvalidInput, path + ": the entry calls itself " + entry.header.action + ".");
    return act;
}

json::value bodyOf(const std::vector<Fact> &facts)
{
    json::array array;
    for (const Fact &fact : facts)
        array.push_back(factToJson(fact));
    return json::object{{"facts", std::move(array)}};
}

namespace {

const RemediationEvidence *evidenceIn(const Fact &fact)
{
    if (const auto *ofFinding = std::get_if<RemediationEvidenced>(&fact))
        return &ofFinding->evidence;
    const auto *ofRecord = std::get_if<RecordEvidenced>(&fact);
    return ofRecord ? &ofRecord->evidence : nullptr;
}

} // namespace

std::vector<std::pair<Hash256, std::string>> blobsOf(const Act &act)
{
    std::vector<std::pair<Hash256, std::string>> blobs;
    for (const Fact &fact : act.facts) {
        if (const auto *attached = std::get_if<DocumentAttached>(&fact))
            blobs.emplace_back(attached->document.hash, "the document " + attached->document.fileName);
        else if (const auto *recorded = std::get_if<MonitoringRecorded>(&fact))
            blobs.emplace_back(recorded->run.result, "the result of the monitoring run on " + recorded->run.source);
        else if (const auto *evidence = evidenceIn(fact))
            for (const auto &file : evidence->files)
                blobs.emplace_back(file.hash, "the evidence " + file.fileName);
    }
    return blobs;
}

Replay::Replay(Registry registry)
    : m_registry(std::move(registry))
{
    followPolicy();
}

std::optional<EnrolledKey> Replay::keyFor(const Entry &entry) const
{
    const auto enrolled = [](const User &user) -> std::optional<EnrolledKey> {
        if (const auto key = PublicKey::fromHex(user.publicKey))
            return EnrolledKey{*key, user.id.str()};
        return std::nullopt;
    };
    if (entry.header.seq == 0 && m_registry.size == 0) {
        try {
            const Act genesis = actOf(entry);
            const auto *first = factIn<UserEnrolled>(genesis);
            return first == nullptr ? std::nullopt : enrolled(first->user);
        } catch (const Exception &) {
            return std::nullopt; // what is wrong with it is said when it is folded or refused
        }
    }
    const User *user = m_registry.userByKey(entry.header.key);
    return user == nullptr || !user->active ? std::nullopt : enrolled(*user);
}

std::optional<Error> Replay::objection(const Act &act) const
{
    try {
        checkConsistent(m_registry, act);
        PolicyPack first;
        const auto *published = factIn<PolicyPublished>(act);
        const bool genesis = m_registry.size == 0;
        if (genesis && published != nullptr)
            first = parsePolicyPack(published->text);
        if (const auto why = whyForbidden(genesis ? first : m_pack, m_registry, act))
            return Error{ErrorCode::Forbidden, *why, {}};
    } catch (const Exception &exception) {
        return exception.error();
    }
    return std::nullopt;
}

Replay::Folded Replay::fold(const Entry &entry)
{
    Act act;
    act.seq = static_cast<std::int64_t>(entry.header.seq);
    act.at = entry.header.at;
    act.author = UserId(entry.header.author);
    std::optional<std::string> why;
    try {
        act = actOf(entry);
        const auto *published = factIn<PolicyPublished>(act);
        const bool genesis = m_registry.size == 0;
        const Hash256 inForce = genesis && published != nullptr ? sha256(published->text) : m_registry.policyHash;
        if (entry.header.policy != inForce)
            why = "It names another policy than the one in force.";
        else if (const auto objected = objection(act))
            why = objected->text();
    } catch (const Exception &exception) {
        why = exception.error().text();
    }
    if (why) {
        applyForbidden(m_registry, act, *why);
        return {{}, forbiddenFault(act.seq, *why)};
    }
    Folded folded{apply(m_registry, act), std::nullopt};
    followPolicy();
    return folded;
}

void Replay::followPolicy()
{
    if (m_registry.policyText.empty() || m_packHash == m_registry.policyHash)
        return;
    m_pack = parsePolicyPack(m_registry.policyText);
    m_packHash = m_registry.policyHash;
}

} // namespace countersign
