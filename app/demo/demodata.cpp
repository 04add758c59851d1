// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demodata.h"

#include "core/base/json.h"
#include "core/exchange/inventoryimport.h"
#include "core/exchange/wholefile.h"

#include <algorithm>

namespace countersign {

namespace {

const json::value &member(const json::value &object, const char *name)
{
    static const json::value nothing;
    const json::value *found = object.is_object() ? object.get_object().if_contains(name) : nullptr;
    return found == nullptr ? nothing : *found;
}

/// A text, or empty where the file says null or nothing.
std::string text(const json::value &object, const char *name)
{
    const json::value &value = member(object, name);
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

std::vector<std::string> texts(const json::value &object, const char *name)
{
    const json::value &value = member(object, name);
    return value.is_null() ? std::vector<std::string>() : fromJson<std::vector<std::string>>(value, name);
}

std::vector<FeatureImportance> readImportance(const std::string &path)
{
    const TextTable table = readTextTable(path);
    std::vector<FeatureImportance> all;
    for (const auto &row : table.rows) {
        const auto value = row.size() > 1 ? doubleFromDecimal(row[1]) : std::nullopt;
        if (!value)
            throw Exception(ErrorCode::InvalidInput, path + " does not hold features and their importance.");
        all.push_back({row[0], *value});
    }
    return all;
}

PeriodKind periodOf(const std::string &name)
{
    for (const PeriodKind kind : enumValues<PeriodKind>()) {
        std::string lower = enumName(kind);
        lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
        if (lower == name)
            return kind;
    }
    throw Exception(ErrorCode::InvalidInput, "demo.json: period \"" + name + "\" is not known.");
}

RunSettings readRun(const json::value &from, const std::string &folder, const std::vector<FeatureImportance> &weights)
{
    RunSettings run;
    const json::value &files = member(from, "files");
    const json::value &roles = member(from, "roles");
    run.path = folder + "/" + text(files, "log");
    run.roles.time = text(roles, "time");
    run.roles.score = text(roles, "score");
    run.roles.prediction = text(roles, "prediction");
    run.roles.target = text(roles, "target");
    run.roles.segment = text(roles, "segment");
    run.roles.features = texts(roles, "features");
    const auto categorical = texts(roles, "categorical");
    for (const std::string &feature : run.roles.features)
        if (std::find(categorical.begin(), categorical.end(), feature) != categorical.end())
            run.roles.categorical.insert(feature);
    run.period = periodOf(text(from, "period"));
    if (const json::value &rows = member(from, "rowsPerPeriod"); !rows.is_null())
        run.rowsPerPeriod = fromJson<std::uint64_t>(rows, "rowsPerPeriod");
    if (const std::string reference = text(files, "reference"); !reference.empty())
        run.reference.path = folder + "/" + reference;
    if (const std::string until = text(from, "referenceUntil"); !until.empty())
        run.reference.until = parseDate(until);
    // The scores are of risk: whoever stays under the cut-off is accepted.
    if (const json::value &cutOff = member(from, "fairnessCutOff"); !cutOff.is_null()) {
        run.decision.threshold = cutOff.to_number<double>();
        run.decision.favourable = FavourableDecision::Under;
        run.roles.groups = {run.roles.segment};
        if (const json::value *more = roles.get_object().if_contains("otherSegments"))
            for (const json::value &group : more->get_array())
                run.roles.groups.emplace_back(group.get_string());
    }
    for (const FeatureImportance &weight : weights)
        run.importance[weight.feature] = weight.importance;
    return run;
}

std::map<std::string, std::string> readDocuments(const json::value &files, const std::string &folder)
{
    std::map<std::string, std::string> documents;
    for (const char *kind : {"documentation", "validationReport", "monitoringPlan"})
        if (const std::string file = text(files, kind); !file.empty())
            documents[kind] = folder + "/" + file;
    return documents;
}

/// Its run is that of `champion` with another prediction from other features.
DemoChallenger readChallenger(const json::value &from, const std::string &folder, const RunSettings &champion)
{
    DemoChallenger challenger;
    readJson(member(from, "version"), challenger.version, "challenger.version");
    challenger.version.stage = VersionStage::inValidation;
    challenger.run = champion;
    challenger.run.roles.prediction = text(from, "prediction");
    challenger.run.roles.features = texts(from, "features");
    challenger.run.roles.categorical.clear();
    challenger.run.importance.clear();
    challenger.documents = readDocuments(member(from, "files"), folder);
    challenger.conditions = text(from, "conditions");
    challenger.explanation = text(from, "explanation");
    challenger.justification = text(from, "justification");
    return challenger;
}

DemoModel readModel(const json::value &from, const std::string &folder)
{
    DemoModel demo;
    const std::string path = "model " + text(from, "reference");
    readJson(from, demo.model, path);
    readJson(member(from, "version"), demo.version, path + ".version");
    // The workspace knows nothing of earlier approvals: versions earn theirs in the demonstration.
    demo.version.stage = VersionStage::inValidation;
    demo.version.deployedOn.reset();
    const json::value &files = member(from, "files");
    demo.version.importance = readImportance(folder + "/" + text(files, "importance"));
    demo.run = readRun(from, folder, demo.version.importance);
    demo.documents = readDocuments(files, folder);
    if (const json::value &challenger = member(from, "challenger"); !challenger.is_null())
        demo.challenger = readChallenger(challenger, folder, demo.run);
    const json::value &tier = member(from, "tier");
    const auto answers = fromJson<std::map<std::string, std::string>>(member(tier, "answers"), path + ".tier.answers");
    for (const auto &[factor, answer] : answers)
        demo.answers.push_back({factor, answer});
    demo.rationale = text(tier, "rationale");
    return demo;
}

} // namespace

const DemoPerson &DemoData::with(Role role) const
{
    const auto found = std::find_if(people.begin(), people.end(),
                                    [&](const DemoPerson &person) { return person.roles.contains(role); });
    if (found == people.end())
        throw Exception(ErrorCode::InvalidInput, "demo.json has no " + displayName(role) + ".");
    return *found;
}

const DemoModel &DemoData::modelCalled(const std::string &reference) const
{
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&](const DemoModel &demo) { return demo.model.reference == reference; });
    if (found == models.end())
        throw Exception(ErrorCode::InvalidInput, "demo.json has no model " + reference + ".");
    return *found;
}

DemoData readDemoData(const std::string &folder)
{
    const std::string path = folder + "/demo.json";
    DemoData data;
    boost::system::error_code code;
    const json::value from = json::parse(readWholeFile(path), code);
    if (code.failed())
        throw Exception(ErrorCode::InvalidInput, path + " is not JSON: " + code.message() + ".");
    data.organisation = text(from, "organisation");
    data.people = fromJson<std::vector<DemoPerson>>(member(from, "people"), "people");
    data.inventory = folder + "/" + text(from, "inventory");
    const json::value &models = member(from, "models");
    if (!models.is_array())
        throw Exception(ErrorCode::InvalidInput, path + " has no list of models.");
    for (const json::value &model : models.get_array())
        data.models.push_back(readModel(model, folder));
    return data;
}

} // namespace countersign
