// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/rules.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

struct Action
{
    const char *fact;
    const char *words;
};

constexpr std::array actions{Action{"workspaceCreated", "create workspaces"},
                             Action{"policyPublished", "publish policies"},
                             Action{"userEnrolled", "enrol users"},
                             Action{"userChanged", "change users"},
                             Action{"modelRegistered", "register models"},
                             Action{"modelEdited", "edit models"},
                             Action{"versionRegistered", "register versions"},
                             Action{"versionEdited", "edit versions"},
                             Action{"documentAttached", "attach documents"},
                             Action{"validationRecorded", "record validations"},
                             Action{"findingRaised", "raise findings"},
                             Action{"findingClosed", "close findings"},
                             Action{"monitoringRecorded", "record monitoring runs"},
                             Action{"monitoringExplained", "explain monitoring runs"},
                             Action{"tierPublished", "publish tiers"},
                             Action{"tierOverrideConfirmed", "confirm tier overrides"},
                             Action{"deploymentRequested", "request deployments"},
                             Action{"requestSigned", "sign deployment requests"},
                             Action{"requestWithdrawn", "withdraw deployment requests"},
                             Action{"requestAbstained", "abstain from signing"},
                             Action{"delegationRecorded", "delegate signatures"},
                             Action{"delegationEnded", "end delegations"},
                             Action{"exceptionRequested", "request exceptions"},
                             Action{"exceptionSigned", "sign exceptions"},
                             Action{"exceptionClosed", "close exceptions"},
                             Action{"limitationRecorded", "record limitations"},
                             Action{"limitationChanged", "change limitations"},
                             Action{"overlayRecorded", "record overlays"},
                             Action{"overlayChanged", "change overlays"},
                             Action{"incidentRecorded", "record incidents"},
                             Action{"incidentChanged", "change incidents"},
                             Action{"assumptionRecorded", "record assumptions"},
                             Action{"assumptionChanged", "change assumptions"},
                             Action{"conditionMet", "say that a condition is met"},
                             Action{"campaignOpened", "open attestation campaigns"},
                             Action{"attestationGiven", "attest models"},
                             Action{"campaignClosed", "sign off attestation campaigns"},
                             Action{"usageRecorded", "report usage"},
                             Action{"usageChanged", "correct usage reports"},
                             Action{"costRecorded", "record cost estimates"},
                             Action{"costChanged", "change cost estimates"},
                             Action{"retrainingRecorded", "record retraining policies"},
                             Action{"retrainingChanged", "change retraining policies"},
                             Action{"handOverRecorded", "prepare hand-overs"},
                             Action{"handOverChanged", "change hand-overs"},
                             Action{"explanationRecorded", "attach explanations"},
                             Action{"explanationChanged", "change explanations"},
                             Action{"remediationPlanned", "plan the remediation of findings"},
                             Action{"remediationEvidenced", "add evidence of remediation"},
                             Action{"scopeDecided", "decide the scope of models"},
                             Action{"versionDeployed", "put approved versions into production"},
                             Action{"exceptionAbstained", "abstain from signing exceptions"},
                             Action{"signOffConditionMet", "say that a condition of an approval is met"},
                             Action{"recordEvidenced", "add evidence to records"},
                             Action{"policyProposed", "propose policies"},
                             Action{"proposalSigned", "sign proposed policies"},
                             Action{"proposalWithdrawn", "withdraw proposed policies"},
                             Action{"proposalAbstained", "abstain from signing proposed policies"}};
static_assert(actions.size() == std::variant_size_v<Fact>);

std::string lowerCase(Role role)
{
    return fieldInWords(enumName(role));
}

/// "a", "a or b", "a, b or c".
template <class Items, class Words>
std::string joined(const Items &items, const std::string &last, Words &&words)
{
    std::string text;
    std::size_t index = 0;
    for (const auto &item : items) {
        if (index > 0)
            text += index + 1 == items.size() ? " " + last + " " : ", ";
        text += words(item);
        ++index;
    }
    return text;
}

} // namespace

std::string actionOf(std::string_view factName)
{
    const auto found = std::ranges::find_if(actions, [&](const Action &action) { return factName == action.fact; });
    return found == actions.end() ? "do this" : found->words;
}

std::string rolesFor(const PolicyPack &pack, std::string_view factName)
{
    const auto found = pack.permissions.find(std::string(factName));
    if (found == pack.permissions.end() || found->second.empty())
        return "nobody";
    return joined(found->second, "or", [](Role role) { return lowerCase(role) + "s"; });
}

std::string whoCould(const PolicyPack &pack, const Registry &registry, std::string_view factName)
{
    constexpr std::size_t named = 4;
    std::vector<std::string> names;
    for (const auto &[id, user] : registry.users)
        if (!whyRoleForbids(pack, user, factName))
            names.push_back(user.fullName);
    if (names.empty())
        return "Nobody enrolled here could.";
    std::ranges::sort(names);
    std::string text = "Who could: ";
    const auto shown = names.size() > named ? named - 1 : names.size();
    for (std::size_t i = 0; i < shown; ++i)
        text += (i == 0 ? "" : "; ") + names[i];
    return text + (shown < names.size() ? " and " + std::to_string(names.size() - shown) + " more." : ".");
}

std::optional<std::string> whyRoleForbids(const PolicyPack &pack, const User &user, std::string_view factName)
{
    if (!user.active)
        return user.fullName + " is no longer active in this workspace.";
    const auto found = pack.permissions.find(std::string(factName));
    if (found != pack.permissions.end())
        for (const auto role : user.roles)
            if (found->second.contains(role))
                return std::nullopt;
    auto who = rolesFor(pack, factName);
    who[0] = static_cast<char>(who[0] - 'a' + 'A');
    return who + (who == "Nobody" ? " may " : " alone may ") + actionOf(factName) + "; " + user.fullName +
           (user.roles.size() == 1 ? " has the role " : " has the roles ") + joined(user.roles, "and", lowerCase) + ".";
}

} // namespace countersign
