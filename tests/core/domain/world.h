// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small register for tests: people, one model with one version, and shorthands for acts.
#pragma once

#include "core/base/signer.h"
#include "core/domain/registry.h"

#include <string>

namespace world {

using namespace countersign;

inline UtcTime start()
{
    return *parseUtcTime("2026-03-02T09:00:00.000Z");
}

inline User person(const std::string &id, const std::string &fullName, std::set<Role> roles)
{
    User user;
    user.id = UserId(id);
    user.fullName = fullName;
    user.roles = std::move(roles);
    const PublicKey key{sha256(id).bytes};
    user.publicKey = key.hex();
    user.keyId = key.keyId();
    return user;
}

inline Model model(const std::string &id, const std::string &reference)
{
    Model made;
    made.id = ModelId(id);
    made.reference = reference;
    made.name = "Retail PD";
    made.purpose = "Probability of default of retail loans";
    made.owner = "Olga Owner";
    made.developer = "Dan Developer";
    made.validator = "Vera Validator";
    made.approver = "Ann Approver";
    return made;
}

inline ModelVersion version(const std::string &id, const ModelId &modelId, const std::string &label)
{
    ModelVersion made;
    made.id = VersionId(id);
    made.model = modelId;
    made.label = label;
    made.method = "Logistic regression";
    return made;
}

inline PolicyPublished policy(const std::string &text, const std::string &pack = "sr-26-2", std::int64_t number = 1)
{
    return {pack, number, sha256(text), text};
}

inline Finding finding(const std::string &id, const ModelId &modelId, Severity severity = Severity::medium)
{
    Finding made;
    made.id = FindingId(id);
    made.model = modelId;
    made.title = "Missing incomes";
    made.description = "Incomes are missing for a tenth of the loans.";
    made.severity = severity;
    made.owner = "Olga Owner";
    made.dueOn = parseDate("2026-04-01"); // within every term
    return made;
}

inline Document document(const std::string &id, const ModelVersion &of, DocumentKind kind = DocumentKind::documentation)
{
    Document made;
    made.id = DocumentId(id);
    made.model = of.model;
    made.version = of.id;
    made.kind = kind;
    made.fileName = "paper.pdf";
    made.hash = sha256("paper");
    made.size = 5;
    return made;
}

inline Validation validation(const std::string &id, const ModelVersion &of)
{
    Validation made;
    made.id = ValidationId(id);
    made.model = of.model;
    made.version = of.id;
    made.summary = "Sound in concept; outcomes agree.";
    made.conceptualSoundness = made.outcomesAnalysis = "Examined; it is as the documentation says.";
    made.ongoingMonitoring = "Not applicable, because the first outcomes come in a year.";
    return made;
}

inline MonitoringRun run(const std::string &id, const ModelVersion &of, Health health = Health::green)
{
    MonitoringRun made;
    made.id = RunId(id);
    made.model = of.model;
    made.version = of.id;
    made.source = "scores.csv";
    made.sourceHash = sha256("scores");
    made.result = sha256("result");
    made.rows = 1000;
    made.periods = 3;
    made.features = 2;
    made.from = "2026-01";
    made.to = "2026-03";
    made.health = health;
    if (health == Health::amber || health == Health::red)
        made.breaches.push_back({"income", "2026-03", "psi", 0.3, 0.25, health});
    return made;
}

inline TierAssessment assessment(const std::string &id, const ModelId &modelId)
{
    TierAssessment made;
    made.id = AssessmentId(id);
    made.model = modelId;
    made.method = "inherent-risk-scorecard";
    made.methodVersion = 1;
    made.rationale = "As discussed.";
    made.computedLevel = 3;
    return made;
}

inline DeploymentRequest request(const std::string &id, const ModelVersion &of,
                                 std::vector<RequiredSignature> required = {{Role::approver, 1}})
{
    DeploymentRequest made;
    made.id = RequestId(id);
    made.model = of.model;
    made.version = of.id;
    made.justification = "Better on recent loans.";
    made.required = std::move(required);
    return made;
}

inline SignOff signOff(const User &by, Role role, Decision decision = Decision::approve)
{
    SignOff made;
    made.by = by.id;
    made.fullName = by.fullName;
    made.role = role;
    made.decision = decision;
    made.meaning = "I have reviewed it.";
    made.covered = {{"model", "m1", "CR-014", sha256("model")}};
    if (decision != Decision::approve)
        made.comment = "See the notes.";
    if (decision == Decision::approveWithConditions) {
        made.conditions = "Weekly monitoring.";
        made.expiresOn = parseDate("2027-03-02");
    }
    return made;
}

inline Limitation limitation(const std::string &id, const ModelId &modelId)
{
    Limitation made;
    made.id = LimitationId(id);
    made.model = modelId;
    made.title = "Young customers";
    made.effect = "Few defaults below the age of 21.";
    made.owner = "Olga Owner";
    made.dueOn = parseDate("2026-12-31");
    return made;
}

inline Overlay overlay(const std::string &id, const ModelId &modelId)
{
    Overlay made;
    made.id = OverlayId(id);
    made.model = modelId;
    made.title = "Energy prices";
    made.reason = "Not in the history of the model.";
    made.method = "Expert estimate by sector";
    made.owner = "Olga Owner";
    made.unit = "EUR million";
    made.amounts = {{*parseDate("2026-02-28"), 1.5, "First estimate"}};
    made.expiresOn = *parseDate("2026-12-31");
    return made;
}

inline Incident incident(const std::string &id, const ModelId &modelId)
{
    Incident made;
    made.id = IncidentId(id);
    made.model = modelId;
    made.title = "Scores of the wrong month";
    made.impact = "31 applications decided on old scores.";
    made.owner = "Olga Owner";
    made.dueOn = parseDate("2026-04-30");
    made.occurredOn = *parseDate("2026-02-20");
    return made;
}

inline Assumption assumption(const std::string &id, const ModelId &modelId)
{
    Assumption made;
    made.id = AssumptionId(id);
    made.model = modelId;
    made.title = "Unemployment";
    made.reference = "National statistics office";
    made.unit = "%";
    made.low = 3;
    made.high = 6.5;
    return made;
}

inline Delegation delegation(const std::string &id, const UserId &from, const UserId &to)
{
    Delegation made;
    made.id = DelegationId(id);
    made.person = from;
    made.deputy = to;
    made.from = *parseDate("2026-03-01");
    made.until = *parseDate("2026-12-31");
    made.reason = "Leave";
    return made;
}

inline PolicyException exception(const std::string &id, const ModelId &modelId,
                                 std::vector<RequiredSignature> required = {{Role::approver, 1}})
{
    PolicyException made;
    made.id = ExceptionId(id);
    made.model = modelId;
    made.requirement = "Monthly monitoring";
    made.reason = "Outcomes come late.";
    made.compensatingControl = "Weekly review of decisions by hand";
    made.limits = "At most 100 decisions a month";
    made.owner = "Olga Owner";
    made.expiresOn = *parseDate("2026-12-31");
    made.required = std::move(required);
    return made;
}

/// A registry and the next act on it. Checks consistency as the product does, never the policy.
struct World
{
    Registry registry;
    User admin = person("u-admin", "Adam Admin", {Role::administrator});
    User owner = person("u-owner", "Olga Owner", {Role::modelOwner});
    User developer = person("u-developer", "Dan Developer", {Role::developer});
    User validator = person("u-validator", "Vera Validator", {Role::validator});
    User approver = person("u-approver", "Ann Approver", {Role::approver});
    User second = person("u-second", "Sam Second", {Role::approver, Role::validator});
    User executive = person("u-executive", "Eve Executive", {Role::executiveReader});
    User auditor = person("u-auditor", "Otto Auditor", {Role::auditor});
    ModelVersion first = version("v1", ModelId("m1"), "1.0");

    [[nodiscard]] std::vector<User> everyone() const
    {
        return {admin, owner, developer, validator, approver, second, executive, auditor};
    }

    [[nodiscard]] Act act(const User &author, std::vector<Fact> facts) const
    {
        return {registry.size, start() + std::chrono::hours(registry.size), author.id, std::move(facts)};
    }

    Touched does(const User &author, std::vector<Fact> facts)
    {
        const auto made = act(author, std::move(facts));
        checkConsistent(registry, made);
        return apply(registry, made);
    }

    /// The genesis entry and everybody enrolled.
    void open(const std::string &policyText = "{}")
    {
        does(admin, {WorkspaceCreated{"Example Bank"}, policy(policyText), UserEnrolled{admin}});
        for (const auto &user : everyone())
            if (user.id != admin.id)
                does(admin, {UserEnrolled{user}});
    }

    /// Besides, model CR-014 with version 1.0.
    void openWithModel(const std::string &policyText = "{}")
    {
        open(policyText);
        does(owner, {ModelRegistered{model("m1", "CR-014"), "by hand"}});
        does(owner, {VersionRegistered{first}});
    }
};

} // namespace world
