// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/fact.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

/// In the order of the variant.
constexpr std::array wordsOfFacts{
    "workspaceCreated",      "policyPublished",     "userEnrolled",        "userChanged",          "modelRegistered",
    "modelEdited",           "versionRegistered",   "versionEdited",       "documentAttached",     "validationRecorded",
    "findingRaised",         "findingClosed",       "monitoringRecorded",  "monitoringExplained",  "tierPublished",
    "tierOverrideConfirmed", "deploymentRequested", "requestSigned",       "requestWithdrawn",     "requestAbstained",
    "delegationRecorded",    "delegationEnded",     "exceptionRequested",  "exceptionSigned",      "exceptionClosed",
    "limitationRecorded",    "limitationChanged",   "overlayRecorded",     "overlayChanged",       "incidentRecorded",
    "incidentChanged",       "assumptionRecorded",  "assumptionChanged",   "conditionMet",         "campaignOpened",
    "attestationGiven",      "campaignClosed",      "usageRecorded",       "usageChanged",         "costRecorded",
    "costChanged",           "retrainingRecorded",  "retrainingChanged",   "handOverRecorded",     "handOverChanged",
    "explanationRecorded",   "explanationChanged",  "remediationPlanned",  "remediationEvidenced", "scopeDecided",
    "versionDeployed",       "exceptionAbstained",  "signOffConditionMet", "recordEvidenced",      "policyProposed",
    "proposalSigned",        "proposalWithdrawn",   "proposalAbstained"};
static_assert(wordsOfFacts.size() == std::variant_size_v<Fact>);

} // namespace

std::string factName(const Fact &fact)
{
    return wordsOfFacts[fact.index()];
}

std::vector<std::string> factNames()
{
    return {wordsOfFacts.begin(), wordsOfFacts.end()};
}

json::value factToJson(const Fact &fact)
{
    json::object object{{"fact", factName(fact)}};
    std::visit(
        [&](const auto &record) {
            const auto members = toJson(record);
            for (const auto &member : members.get_object())
                object[member.key()] = member.value();
        },
        fact);
    return object;
}

Fact factFromJson(const json::value &from, const std::string &path)
{
    if (!from.is_object())
        detail::mismatch(path, "a fact, an object with the member \"fact\"");
    const auto place = path.empty() ? std::string("fact") : path + ".fact";
    const auto *named = from.get_object().if_contains("fact");
    if (!named)
        detail::mismatch(place, "the name of a fact");
    const auto name = detail::text(*named, place);
    const auto found = std::ranges::find_if(wordsOfFacts, [&](const char *known) { return name == known; });
    if (found == wordsOfFacts.end())
        throw Exception(ErrorCode::InvalidInput, place + ": \"" + std::string(name) + "\" is not a known fact.",
                        "It may come from a newer version of the program; update this one.");
    Fact fact;
    boost::mp11::mp_with_index<std::variant_size_v<Fact>>(
        static_cast<std::size_t>(found - wordsOfFacts.begin()),
        [&](auto index) { readJson(from, fact.emplace<index>(), path); });
    return fact;
}

} // namespace countersign
