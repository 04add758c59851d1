// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/domain/duecondition.h"
#include "core/domain/ids.h"

namespace countersign {

enum class Stage { proposed, inDevelopment, inValidation, approved, inProduction, restricted, retired };
BOOST_DESCRIBE_ENUM(Stage, proposed, inDevelopment, inValidation, approved, inProduction, restricted, retired)

enum class Origin { inHouse, vendor, openSource };
BOOST_DESCRIBE_ENUM(Origin, inHouse, vendor, openSource)

enum class ModelKind { statistical, machineLearning, expertJudgement, rules, spreadsheet, other };
BOOST_DESCRIBE_ENUM(ModelKind, statistical, machineLearning, expertJudgement, rules, spreadsheet, other)

[[nodiscard]] std::string displayName(Stage stage);
[[nodiscard]] std::string displayName(Origin origin);
[[nodiscard]] std::string displayName(ModelKind kind);

/// One line of the inventory. The fields are the union of what SR 26-2, SS1/23, OSFI E-23 and SR 11-7 ask for.
/// People are full names; lists are one item each.
struct Model
{
    ModelId id;
    std::string reference; ///< the organisation's own identifier, unique, e.g. "CR-014"
    std::string name;
    std::string description;
    ModelKind kind = ModelKind::statistical;
    std::string purpose;
    std::string businessUnit;
    std::string approvedUses;
    std::string actualUse;
    std::string restrictions;
    std::string assumptions;
    std::string limitations;
    std::vector<std::string> inputs; ///< inputs and data sources
    std::string outputs;
    std::vector<std::string> dependencies; ///< references of feeder models, or names of other components
    std::string owner;
    std::string developer;
    std::string validator;
    std::string approver;
    Origin origin = Origin::inHouse;
    std::string vendor;
    Stage stage = Stage::proposed;
    std::string policyStage; ///< id of a stage that the policy adds and that counts as `stage`; empty: `stage` itself
    std::optional<Date> deployedOn;
    std::optional<Date> lastValidatedOn;
    std::optional<Date> nextReviewOn;
    std::optional<Date> retiredOn;
    std::string retirementReason;
    std::int64_t revision = -1; ///< sequence number of the entry that last changed it
};
BOOST_DESCRIBE_STRUCT(Model, (),
                      (id, reference, name, description, kind, purpose, businessUnit, approvedUses, actualUse,
                       restrictions, assumptions, limitations, inputs, outputs, dependencies, owner, developer,
                       validator, approver, origin, vendor, stage, policyStage, deployedOn, lastValidatedOn,
                       nextReviewOn, retiredOn, retirementReason, revision))

/// The id of the stage in which `model` stands, whether a policy has it or not: a built-in one by its name.
[[nodiscard]] inline std::string stageIdOf(const Model &model)
{
    return model.policyStage.empty() ? enumName(model.stage) : model.policyStage;
}

struct FeatureImportance
{
    std::string feature;
    double importance = 0; ///< 0 to 1, the strongest feature at 1
};
BOOST_DESCRIBE_STRUCT(FeatureImportance, (), (feature, importance))

enum class VersionStage { inDevelopment, inValidation, approved, inProduction, retired };
BOOST_DESCRIBE_ENUM(VersionStage, inDevelopment, inValidation, approved, inProduction, retired)

[[nodiscard]] std::string displayName(VersionStage stage);

struct ModelVersion
{
    VersionId id;
    ModelId model;
    std::string label;   ///< unique within the model, e.g. "2.1"
    std::string method;  ///< algorithm and library
    std::string changes; ///< what changed against the version before
    std::string trainingData;
    std::string artefact; ///< where the code or file lives, or its digest
    std::vector<FeatureImportance> importance;
    VersionStage stage = VersionStage::inDevelopment;
    std::optional<Date> deployedOn;
    std::int64_t revision = -1;
    std::int64_t entry = -1;          ///< sequence number of the entry that registered it
    std::vector<UserId> authors = {}; ///< who registered it or changed what it is; set by the register
};
BOOST_DESCRIBE_STRUCT(ModelVersion, (),
                      (id, model, label, method, changes, trainingData, artefact, importance, stage, deployedOn,
                       revision, entry, authors))
/// Whether what runs in production is another after the edit. Importances explain a version; they do not change it.
[[nodiscard]] bool changesContent(const ModelVersion &before, const ModelVersion &after);

enum class DocumentKind { documentation, validationReport, monitoringPlan, other };
BOOST_DESCRIBE_ENUM(DocumentKind, documentation, validationReport, monitoringPlan, other)

[[nodiscard]] std::string displayName(DocumentKind kind);

/// A file attached to a version; its bytes are a blob.
struct Document
{
    DocumentId id;
    ModelId model;
    VersionId version;
    DocumentKind kind = DocumentKind::documentation;
    std::string fileName;
    Hash256 hash;
    std::int64_t size = 0; ///< bytes
    std::int64_t revision = -1;
    std::int64_t entry = -1; ///< sequence number of the entry that attached it
};
BOOST_DESCRIBE_STRUCT(Document, (), (id, model, version, kind, fileName, hash, size, revision, entry))

enum class ValidationOutcome { fit, fitWithConditions, notFit };
BOOST_DESCRIBE_ENUM(ValidationOutcome, fit, fitWithConditions, notFit)

[[nodiscard]] std::string displayName(ValidationOutcome outcome);

/// A validator's conclusion on a version. Its outline is that of SR 26-2 section V: conceptual soundness, outcomes
/// analysis, monitoring.
struct Validation
{
    ValidationId id;
    ModelId model;
    VersionId version;
    ValidationOutcome outcome = ValidationOutcome::fit;
    std::string summary;
    std::string conceptualSoundness; ///< design, data, assumptions, limits
    std::string outcomesAnalysis;    ///< what came out against what was expected
    std::string ongoingMonitoring;   ///< what is watched, how often, against which limits
    std::string conditions;
    std::vector<DueCondition> dueConditions; ///< conditions that somebody owes by a day
    std::optional<Date> nextReviewOn;        ///< becomes the model's
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1; ///< sequence number of the entry that recorded it
};
BOOST_DESCRIBE_STRUCT(Validation, (),
                      (id, model, version, outcome, summary, conceptualSoundness, outcomesAnalysis, ongoingMonitoring,
                       conditions, dueConditions, nextReviewOn, by, at, revision, entry))

} // namespace countersign
