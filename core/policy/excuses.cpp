// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/excuses.h"

#include "core/domain/text.h"
#include "core/policy/approvals.h"
#include "core/policy/controls.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

constexpr std::string_view fieldPrefix = "fields.";

struct Title
{
    std::string_view check;
    const char *words;
};
constexpr std::array titles{Title{"documentation", "Documentation attached"},
                            Title{"validation", "Validated"},
                            Title{"monitoring", "Monitoring green or explained"},
                            Title{"findings", "No open high or critical finding"},
                            Title{"tier", "Risk tier published"},
                            Title{"fields", "Inventory fields filled"},
                            Title{"review", "Reviewed in time"},
                            Title{"monitoringInTime", "Monitored in time"},
                            Title{"ratingInTime", "Tier assessed in time"},
                            Title{"findingsInTime", "Findings resolved by their date"},
                            Title{"attestation", "Attested by the owner"},
                            Title{"signatures", "Approved by signatures that hold"}};

/// The check that an exception names, without the field.
std::string checkOf(const std::string &excuses)
{
    return excuses.starts_with(fieldPrefix) ? "fields" : excuses;
}

bool isAskedOf(const PolicyPack &pack, const Registry &registry, const Model &model, const std::string &check)
{
    const auto level = tierLevelOf(registry, model.id);
    const bool byControl = std::ranges::any_of(
        pack.controls, [&](const Control &control) { return control.check == check && control.tiers.contains(level); });
    const auto onEntry = [&](const auto &stage) {
        return std::ranges::any_of(stage.entry, [&](const EntryCondition &condition) {
            return checkAsked(pack, condition, level, model.origin) == check;
        });
    };
    if (byControl || std::ranges::any_of(pack.lifecycle, onEntry) || std::ranges::any_of(pack.stages, onEntry))
        return true;
    if (check == "findings" || check == "fields")
        return check == "findings" || !pack.fields.empty();
    if (isOutOfScope(pack, registry, model.id))
        return false;
    const auto &demands = demandsOf(pack, level);
    return check == "tier" || (check == "documentation" && !demands.requiredDocuments.empty()) ||
           (check == "monitoring" && demands.monitoringRequired);
}

} // namespace

std::vector<std::string> excusableCheckIds()
{
    auto ids = controlCheckIds();
    std::erase(ids, "validation");
    std::erase(ids, "signatures");
    return ids;
}

std::string checkTitle(std::string_view id)
{
    const auto found = std::ranges::find(titles, id, &Title::check);
    return found == titles.end() ? std::string(id) : found->words;
}

std::vector<Excusable> excusablesOf(const PolicyPack &pack, const Registry &registry, const Model &model)
{
    std::vector<Excusable> found;
    for (const auto &id : excusableCheckIds())
        if (pack.excusableChecks.contains(id) && isAskedOf(pack, registry, model, id))
            found.push_back({id, checkTitle(id)});
    if (!pack.excusableChecks.contains("fields"))
        return found;
    const auto level = isOutOfScope(pack, registry, model.id) ? 0 : tierLevelOf(registry, model.id);
    for (const auto &requirement : pack.fields)
        if (isAskedFor(requirement, model.origin, level))
            found.push_back({std::string(fieldPrefix) + requirement.field,
                             excusedInWords(std::string(fieldPrefix) + requirement.field)});
    return found;
}

std::string excusedInWords(const std::string &excuses)
{
    if (excuses.starts_with(fieldPrefix))
        return "Field: " + fieldInWords(excuses.substr(fieldPrefix.size()));
    return checkTitle(excuses);
}

std::optional<std::string> whyNotExcusable(const PolicyPack &pack, const Registry &registry,
                                           const PolicyException &exception)
{
    if (exception.excuses.empty())
        return std::nullopt;
    if (exception.kind != ExceptionKind::policyException)
        return "Use before validation stands for the validation alone and excuses no other check.";
    const auto offered = excusablesOf(pack, registry, registry.models.at(exception.model));
    std::string known;
    for (const auto &excusable : offered) {
        if (excusable.id == exception.excuses)
            return std::nullopt;
        known += (known.empty() ? "" : ", ") + excusable.title;
    }
    return "Under this policy an exception for this model does not excuse \"" + excusedInWords(exception.excuses) +
           "\". " + (known.empty() ? "It excuses no check." : "It may excuse: " + known + ".");
}

const PolicyException *excuseOf(const PolicyPack &pack, const Registry &registry, const ModelId &model,
                                const VersionId &version, std::string_view check, Date today)
{
    for (const auto &[id, exception] : registry.exceptions)
        if (exception.excuses == check && exception.model == model && exception.holdsOn(today) &&
            (!exception.version.valid() || exception.version == version) &&
            pack.excusableChecks.contains(checkOf(exception.excuses)))
            return &exception;
    return nullptr;
}

std::string excuseInWords(const PolicyException &exception)
{
    return "Excused until " + toString(exception.expiresOn) + " by the exception \"" + exception.requirement +
           "\"; compensating control: " + exception.compensatingControl + ".";
}

} // namespace countersign
