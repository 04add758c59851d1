// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/retraining.h"

#include "core/base/prettyjson.h"
#include "core/domain/modelstates.h"
#include "core/domain/text.h"

namespace countersign {

namespace {

struct AnsweredVersion
{
    std::string label;
    std::string method;
    std::string changes;
    std::string trainingData;
    std::string artefact;
    std::vector<FeatureImportance> importance;
};
BOOST_DESCRIBE_STRUCT(AnsweredVersion, (), (label, method, changes, trainingData, artefact, importance))

} // namespace

std::string retrainingBrief(const Registry &registry, const RetrainingId &id)
{
    const auto policy = registry.retrainings.find(id);
    if (policy == registry.retrainings.end())
        return {};
    const auto &model = registry.models.at(policy->second.model);
    json::object brief;
    brief["reference"] = model.reference;
    brief["model"] = model.name;
    if (const auto *version = inProduction(registry, model.id)) {
        brief["version"] = version->label;
        brief["artefact"] = version->artefact;
    }
    if (const auto *pending = policy->second.pending()) {
        brief["askedOn"] = toString(pending->on);
        brief["why"] = pending->why;
        if (const auto run = registry.runs.find(pending->run); run != registry.runs.end()) {
            brief["source"] = run->second.source;
            brief["breaches"] = toJson(run->second.breaches);
        }
    }
    return prettyJson(brief) + "\n";
}

Result<ModelVersion> versionFromAnswer(const std::string &answer)
{
    try {
        boost::system::error_code broken;
        const auto parsed = json::parse(answer, broken);
        if (broken || !parsed.is_object())
            throw Exception(ErrorCode::InvalidInput, "The command did not answer with a JSON object.",
                            "Let it print the version as JSON, and everything else on standard error.");
        AnsweredVersion described;
        readJson(parsed, described);
        if (isBlank(described.label))
            throw Exception(ErrorCode::InvalidInput, "The answer of the command has no label.",
                            "Let it name the version that it made.");
        ModelVersion version;
        version.label = described.label;
        version.method = described.method;
        version.changes = described.changes;
        version.trainingData = described.trainingData;
        version.artefact = described.artefact;
        version.importance = described.importance;
        return version;
    } catch (const Exception &exception) {
        return exception.error();
    }
}

} // namespace countersign
