// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deadlines.h"
#include "core/domain/text.h"
#include "core/policy/approvals.h"
#include "core/policy/comparisons.h"
#include "core/policy/detected.h"
#include "core/policy/excuses.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

#include <algorithm>

namespace countersign {

namespace {

std::string inSentence(std::string name)
{
    if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z')
        name[0] = static_cast<char>(name[0] - 'A' + 'a');
    return name;
}

std::string nameOf(const Registry &registry, const UserId &id)
{
    const auto found = registry.users.find(id);
    return found == registry.users.end() ? "an unknown user" : found->second.fullName;
}

/// The checks of one version, each its own function.
struct Checks
{
    const PolicyPack &pack;
    const Registry &registry;
    const Model &model;
    const ModelVersion &version;
    const TierLevel &demands; ///< of the model's tier; of the riskiest when it has none
    Date today;
    bool outOfScope = isOutOfScope(pack, registry, model.id);
    const Promotion *offered = nullptr;

    [[nodiscard]] Check named(const std::string &id) const
    {
        auto check = inScope(id);
        if (check.state != CheckState::failed)
            return check;
        if (const auto *excuse = excuseOf(pack, registry, model.id, version.id, id, today)) {
            check.state = CheckState::passed;
            check.detail = excuseInWords(*excuse) + " Without it: " + check.detail;
        }
        return check;
    }

    [[nodiscard]] Check inScope(const std::string &id) const
    {
        auto check = asked(id);
        if (!outOfScope || check.state == CheckState::notNeeded || id == "findings" || id == "fields")
            return check;
        return {id, check.title, CheckState::notNeeded, "Out of scope: the policy asks for none."};
    }

    [[nodiscard]] Check asked(const std::string &id) const
    {
        if (id == "documentation")
            return documentation();
        if (id == "validation")
            return validation();
        if (id == "monitoring")
            return monitoring();
        if (id == "findings")
            return findings();
        if (id == "comparison")
            return comparisonCheck(pack, registry, version, offered ? offered : carried());
        return id == "tier" ? tier() : fields();
    }

    /// What the open request for the version carries.
    [[nodiscard]] const Promotion *carried() const
    {
        for (const auto &[id, request] : registry.requests)
            if (request.version == version.id && request.promotion && isOpenOn(request, today))
                return &*request.promotion;
        return nullptr;
    }

    [[nodiscard]] Check tier() const
    {
        Check check{"tier", checkTitle("tier"), CheckState::failed, {}};
        const auto *assessment = registry.tierOf(model.id);
        if (!assessment) {
            check.detail = "No tier has been published; the demands of " + demands.label + " apply.";
        } else if (assessment->overridePending()) {
            check.detail = "The override to " + pack.tierLabel(*assessment->overrideLevel) +
                           " waits for a second person; until then it is " + pack.tierLabel(assessment->level()) + ".";
        } else if (!pack.tier(assessment->level())) {
            check.detail =
                "The policy in force has no tier " + std::to_string(assessment->level()) + "; assess the model anew.";
        } else {
            const bool provisional = isProvisional(*assessment);
            const bool enough = !provisional || pack.tier(assessment->level())->provisionalDeploys;
            check.state = enough ? CheckState::passed : CheckState::failed;
            check.detail = pack.tierLabel(assessment->level()) + (provisional ? " (provisional)" : "") +
                           ", published by " + nameOf(registry, assessment->by) + " on " +
                           toString(dateOf(assessment->at)) + ".";
            if (!enough)
                check.detail += " An answer was not known; assess the model again when it is.";
        }
        return check;
    }

    [[nodiscard]] Check fields() const
    {
        Check check{"fields", checkTitle("fields"), CheckState::passed, {}};
        const auto *assessment = registry.tierOf(model.id);
        const bool byTier = assessment && !outOfScope;
        auto missing = missingFields(pack, model, byTier ? assessment->level() : 0);
        std::string excused;
        std::erase_if(missing, [&](const std::string &field) {
            const auto *excuse = excuseOf(pack, registry, model.id, version.id, "fields." + field, today);
            excused += excuse ? " Missing: " + fieldInWords(field) + ". " + excuseInWords(*excuse) : "";
            return excuse != nullptr;
        });
        if (pack.fields.empty()) {
            check.state = CheckState::notNeeded;
            check.detail = "The policy asks for no fields.";
        } else if (missing.empty()) {
            check.detail = excused.empty() ? "Every field that the policy asks for is filled."
                                           : "Every other field that the policy asks for is filled." + excused;
        } else {
            check.state = CheckState::failed;
            check.detail = "Missing: ";
            for (const auto &field : missing)
                check.detail += (field == missing.front() ? "" : ", ") + fieldInWords(field);
            check.detail += '.' + excused;
        }
        return check;
    }

    [[nodiscard]] Check documentation() const
    {
        Check check{"documentation", checkTitle("documentation"), CheckState::passed, {}};
        if (demands.requiredDocuments.empty()) {
            check.state = CheckState::notNeeded;
            check.detail = demands.label + " asks for no documents.";
            return check;
        }
        const auto documents = registry.documentsOf(version.id);
        std::string there;
        std::string missing;
        const bool early = earlyUse(registry, version.id, registry.latestValidation(version.id), today) != nullptr;
        for (const auto &name : demands.requiredDocuments) {
            const auto kind = enumFromName<DocumentKind>(name);
            if (early && kind == DocumentKind::validationReport)
                continue; // of a validation that is still to come
            const bool found =
                std::ranges::any_of(documents, [&](const Document *document) { return document->kind == kind; });
            auto &list = found ? there : missing;
            list += (list.empty() ? "" : ", ") + inSentence(kind ? displayName(*kind) : name);
        }
        if (!missing.empty())
            check.state = CheckState::failed;
        check.detail = missing.empty() ? "Attached to version " + version.label + ": " + there + "."
                                       : "Missing on version " + version.label + ": " + missing + ".";
        return check;
    }

    [[nodiscard]] Check validation() const
    {
        Check check{"validation", checkTitle("validation"), CheckState::failed, {}};
        if (!demands.validationRequired) {
            check.state = CheckState::notNeeded;
            check.detail = demands.label + " asks for no validation before use.";
            return check;
        }
        const auto *latest = registry.latestValidation(version.id);
        if (const auto *allowed = earlyUse(registry, version.id, latest, today);
            allowed && (!latest || latest->outcome == ValidationOutcome::notFit)) {
            check.state = CheckState::passed;
            check.detail = "Use before validation is allowed until " + toString(allowed->expiresOn) +
                           ". Limits: " + allowed->limits;
            return check;
        }
        if (!latest) {
            check.detail = "Version " + version.label + " has not been validated.";
            return check;
        }
        const auto validator = nameOf(registry, latest->by);
        const auto told = displayName(latest->outcome) + ", " + validator + " on " + toString(dateOf(latest->at)) + ".";
        if (latest->outcome == ValidationOutcome::notFit) {
            check.detail = told;
        } else if (pack.holds(SeparationRule::developerDoesNotValidate) && sameName(validator, model.developer)) {
            check.detail = told + " The validator is the model's developer.";
        } else if (pack.holds(SeparationRule::ownerDoesNotValidate) && sameName(validator, model.owner)) {
            check.detail = told + " The validator is the model's owner.";
        } else {
            check.state = CheckState::passed;
            check.detail = told + (latest->conditions.empty() ? "" : " Conditions: " + latest->conditions);
        }
        return check;
    }

    [[nodiscard]] Check monitoring() const
    {
        Check check{"monitoring", checkTitle("monitoring"), CheckState::failed, {}};
        if (!demands.monitoringRequired) {
            check.state = CheckState::notNeeded;
            check.detail = demands.label + " asks for no monitoring.";
            return check;
        }
        const auto *run = registry.latestRun(version.id);
        if (!run) {
            check.detail = "Version " + version.label + " has no monitoring run.";
            return check;
        }
        check.detail = displayName(run->health) + " in " + (run->to.empty() ? run->source : run->to);
        if (!run->breaches.empty())
            check.detail += ", " + breachesInWords(*run);
        if (run->health == Health::green) {
            check.state = CheckState::passed;
        } else if (!run->explanation.empty()) {
            check.state = CheckState::passed;
            check.detail += ", explained by " + nameOf(registry, run->explainedBy) + ": " + run->explanation;
        } else {
            check.detail += ", not explained";
        }
        if (check.state == CheckState::passed)
            askForAnswers(check, *run);
        if (check.detail.back() != '.')
            check.detail += '.';
        return check;
    }

    /// Fails the check while breaches of the run, the latest, or of an earlier one are not answered.
    void askForAnswers(Check &check, const MonitoringRun &run) const
    {
        const RunAnswers answers(registry);
        const auto *breached = answers.breached(version.id);
        if (!breached || !answers.isOpen(*breached))
            return;
        check.state = CheckState::failed;
        if (breached != &run)
            check.detail += "; an earlier run, up to " + breached->to + ", has " + breachesInWords(*breached);
        check.detail += ", not explained";
    }

    /// An expired approval keeps nobody from giving the next one, which is its remedy.
    [[nodiscard]] Check findings() const
    {
        Check check{"findings", checkTitle("findings"), CheckState::passed, {}};
        std::string grave;
        std::string renews;
        std::size_t open = 0;
        for (const auto *finding : registry.findingsOf(model.id)) {
            if (!finding->open)
                continue;
            if (finding->detected == IssueKind::approvalExpired) {
                renews = " The approval that has expired asks for the next one.";
                continue;
            }
            ++open;
            if (finding->severity >= Severity::high)
                grave += (grave.empty() ? "" : "; ") + finding->title + " (" +
                         inSentence(displayName(finding->severity)) + ")";
        }
        if (!grave.empty()) {
            check.state = CheckState::failed;
            check.detail = "Open: " + grave + ".";
        } else {
            check.detail = open == 0   ? "No open finding."
                           : open == 1 ? "1 open finding of lower severity."
                                       : std::to_string(open) + " open findings of lower severity.";
            check.detail += renews;
        }
        return check;
    }
};

} // namespace

const PolicyException *earlyUse(const Registry &registry, const VersionId &version, const Validation *verdict,
                                Date today)
{
    for (const auto &[id, exception] : registry.exceptions)
        if (exception.version == version && exception.kind == ExceptionKind::useBeforeValidation &&
            exception.holdsOn(today) && (!verdict || exception.entry > verdict->entry))
            return &exception;
    return nullptr;
}

bool mayBeUsed(const Registry &registry, const VersionId &version, const Validation *verdict, Date today)
{
    return (verdict && verdict->outcome != ValidationOutcome::notFit) || earlyUse(registry, version, verdict, today);
}

std::vector<std::string> checkIds()
{
    return {"documentation", "validation", "monitoring", "findings", "tier", "fields", "comparison"};
}

std::int64_t tierLevelOf(const Registry &registry, const ModelId &model)
{
    const auto *assessment = registry.tierOf(model);
    return assessment ? assessment->level() : 0;
}

bool isAskedFor(const FieldRequirement &requirement, Origin origin, std::int64_t level)
{
    return (requirement.tiers.empty() || requirement.tiers.contains(level)) &&
           (requirement.origins.empty() || requirement.origins.contains(origin));
}

std::vector<std::string> missingFields(const PolicyPack &pack, const Model &model, std::int64_t level)
{
    std::vector<std::string> missing;
    for (const auto &requirement : pack.fields) {
        if (!isAskedFor(requirement, model.origin, level))
            continue;
        forEachMember<Model>([&](std::string_view name, auto member) {
            if (name == requirement.field && isBlank(valueInWords(model.*member)))
                missing.push_back(requirement.field);
        });
    }
    return missing;
}

std::vector<Check> deploymentChecks(const PolicyPack &pack, const Registry &registry, const VersionId &versionId,
                                    std::optional<Date> today, const Promotion *offered)
{
    const auto version = registry.versions.find(versionId);
    if (version == registry.versions.end())
        throw Exception(ErrorCode::NotFound, "There is no version with the id \"" + versionId.str() + "\".");
    const auto &model = registry.models.at(version->second.model);
    Checks checks{pack,
                  registry,
                  model,
                  version->second,
                  demandsOf(pack, tierLevelOf(registry, model.id)),
                  today.value_or(dateOf(registry.lastAt))};
    checks.offered = offered;
    std::vector<Check> all;
    for (const auto &id : checkIds())
        if ((id != "fields" || !pack.fields.empty()) && (id != "comparison" || !pack.comparisons.empty()))
            all.push_back(checks.named(id));
    return all;
}

std::vector<Check> entryChecks(const PolicyPack &pack, const Registry &registry, const Model &model,
                               const std::vector<EntryCondition> &entry, std::optional<Date> today)
{
    if (entry.empty())
        return {};
    const auto level = tierLevelOf(registry, model.id);
    ModelVersion judged;
    judged.label = "(none)";
    for (const auto *version : registry.versionsOf(model.id)) {
        judged = *version;
        if (isInUse(model.stage) && version->stage == VersionStage::inProduction)
            break;
    }
    std::vector<Check> asked;
    for (const auto &condition : entry) {
        const auto check = checkAsked(pack, condition, level, model.origin);
        if (!check.empty() && std::ranges::find(asked, check, &Check::id) == asked.end())
            asked.push_back(
                versionCheck(pack, registry, model, judged, check, today.value_or(dateOf(registry.lastAt))));
    }
    return asked;
}

Check versionCheck(const PolicyPack &pack, const Registry &registry, const Model &model, const ModelVersion &version,
                   const std::string &id, Date today)
{
    return Checks{pack, registry, model, version, demandsOf(pack, tierLevelOf(registry, model.id)), today}.named(id);
}

} // namespace countersign
