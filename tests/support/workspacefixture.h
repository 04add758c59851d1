// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include "core/policy/approvals.h"
#include "core/workspace/importer.h"
#include "core/workspace/workspace.h"
#include "tests/support/outlined.h"
#include "tests/support/people.h"

namespace countersign::test {

/// A new workspace in a folder of its own: the clock stands at 2026-11-24T09:00Z, ids count up, keys derive quickly,
/// and nobody but the administrator has acted. The acts below are done by whom they belong to; whoever was signed in
/// before is signed in afterwards.
class WorkspaceFixture
{
public:
    WorkspaceFixture()
        : m_clock(*parseUtcTime("2026-11-24T09:00:00.000Z"))
        , m_environment{m_clock, m_ids, folder("keys"), folder("cache"), true}
    {
        NewWorkspace spec;
        spec.organisation = "Example Bank (invented)";
        spec.fullName = people::administrator;
        spec.roles = {Role::administrator};
        spec.passphrase = passphrase;
        m_workspace = must(Workspace::create(m_environment, path(), spec));
        signIn(people::administrator);
        enrol(people::owner, Role::modelOwner);
        enrol(people::developer, Role::developer);
        enrol(people::validator, Role::validator);
        enrol(people::approver, Role::approver);
        enrol(people::approver2, Role::approver);
        enrol(people::executive, Role::executiveReader);
        enrol(people::auditor, Role::auditor);
    }

    [[nodiscard]] Workspace &workspace() { return *m_workspace; }
    [[nodiscard]] const Registry &registry() const { return m_workspace->registry(); }
    [[nodiscard]] FixedClock &clock() { return m_clock; }
    [[nodiscard]] std::string path() const
    {
        return m_folder.filePath(QStringLiteral("test.countersign")).toStdString();
    }
    /// A path in the fixture's folder, for files that a test writes.
    [[nodiscard]] QString filePath(const QString &name) const { return m_folder.filePath(name); }
    /// A second desk on the same file.
    [[nodiscard]] std::unique_ptr<Workspace> openAgain(bool readOnly = false)
    {
        return must(Workspace::open(m_environment, path(), readOnly));
    }

    [[nodiscard]] UserId userId(const std::string &fullName) const
    {
        const auto *user = registry().userByName(fullName);
        if (!user)
            qFatal("nobody is called %s", fullName.c_str());
        return user->id;
    }
    void signIn(const std::string &fullName) { must(m_workspace->signIn(userId(fullName), passphrase)); }
    /// Runs `act` with `fullName` signed in.
    template <class Act>
    auto as(const std::string &fullName, Act act)
    {
        const Restore restore{*this, m_workspace->user() ? m_workspace->user()->fullName : std::string()};
        signIn(fullName);
        m_clock.advance(std::chrono::minutes(1));
        return act(*m_workspace);
    }

    /// A model with every field filled, not registered.
    [[nodiscard]] static Model fullModel(const std::string &reference, const std::string &name)
    {
        Model model;
        model.reference = reference;
        model.name = name;
        model.description = "Probability that a retail loan defaults within twelve months.";
        model.kind = ModelKind::statistical;
        model.purpose = "Accept, price and provision retail loans.";
        model.businessUnit = "Retail credit";
        model.approvedUses = "Accept or refuse applications; monthly provisions; price loans up to 50,000.";
        model.actualUse = "Accept or refuse applications; monthly provisions.";
        model.restrictions = "Not for loans to companies.";
        model.assumptions = "The mix of channels stays as in 2015 to 2018.";
        model.limitations = "Few defaults among customers younger than 21.";
        model.inputs = {"loan applications", "credit bureau"};
        model.outputs = "Probability of default, 0 to 1";
        model.dependencies = {"credit bureau interface"};
        model.owner = people::owner;
        model.developer = people::developer;
        model.validator = people::validator;
        model.approver = people::approver;
        model.stage = Stage::inDevelopment;
        model.nextReviewOn = parseDate("2026-12-28");
        return model;
    }
    ModelId addModel(const std::string &reference, const std::string &name)
    {
        return addModel(fullModel(reference, name));
    }
    ModelId addModel(const Model &model)
    {
        return as(people::owner, [&](Workspace &workspace) { return must(workspace.registerModel(model)); });
    }
    VersionId addVersion(const ModelId &model, const std::string &label)
    {
        ModelVersion version;
        version.model = model;
        version.label = label;
        version.method = "Logistic regression, 10 features";
        version.changes = "Fitted on the applications up to " + label + ".";
        version.trainingData = "Applications 2015 to 2018, 120,000 rows";
        version.artefact = "models/retail-pd/" + label;
        version.importance = {{"utilisation", 1.0}, {"income", 0.6}, {"age", 0.2}};
        version.stage = VersionStage::inDevelopment;
        return as(people::developer, [&](Workspace &workspace) { return must(workspace.registerVersion(version)); });
    }
    DocumentId addDocument(const VersionId &version, DocumentKind kind, const std::string &fileName)
    {
        const auto bytes = "# " + fileName + "\n\nWritten for a test.\n";
        return as(people::developer,
                  [&](Workspace &workspace) { return must(workspace.attachDocument(version, kind, fileName, bytes)); });
    }
    ValidationId addValidation(const VersionId &version, ValidationOutcome outcome = ValidationOutcome::fit)
    {
        Validation validation = outlined();
        validation.version = version;
        validation.outcome = outcome;
        if (outcome == ValidationOutcome::fitWithConditions)
            validation.conditions = "Watch young customers monthly.";
        return as(people::validator,
                  [&](Workspace &workspace) { return must(workspace.recordValidation(validation)); });
    }
    FindingId addFinding(const ModelId &model, const std::string &title, Severity severity = Severity::medium)
    {
        Finding finding;
        finding.model = model;
        finding.title = title;
        finding.description = "Seen in validation.";
        finding.severity = severity;
        finding.owner = people::owner;
        finding.dueOn = parseDate(severity == Severity::critical ? "2026-12-20" : "2027-01-31"); // within its term
        return as(people::validator, [&](Workspace &workspace) { return must(workspace.raiseFinding(finding)); });
    }
    /// Answers every factor with its answer number `answer` (0 the first), or the last it has.
    [[nodiscard]] std::vector<TierAnswer> answers(std::size_t answer) const
    {
        std::vector<TierAnswer> all;
        for (const auto &factor : m_workspace->policy().tierMethod.factors)
            all.push_back({factor.id, factor.answers[std::min(answer, factor.answers.size() - 1)].id});
        return all;
    }
    /// `draft` as the next version of the policy.
    /// Signed for first, where the policy in force asks it.
    void publish(PolicyPack draft)
    {
        draft.version = workspace().policy().version + 1;
        const auto text = policyPackText(draft);
        const auto base = registry().policyHash;
        if (asksForPolicyChange(workspace().policy()))
            signProposal(as(people::administrator, [&](Workspace &workspace) {
                return must(workspace.proposePolicy(text, base, "For a test."));
            }));
        as(people::administrator, [&](Workspace &workspace) { must(workspace.publishPolicy(text, base)); });
    }
    /// From here on an administrator publishes alone, as under packs that ask no signature for it.
    void publishAlone()
    {
        auto draft = workspace().policy();
        std::erase_if(draft.approvals,
                      [](const ApprovalRule &rule) { return rule.trigger == ApprovalTrigger::policyChange; });
        publish(draft);
    }
    void signProposal(const ProposalId &proposal)
    {
        as(people::approver,
           [&](Workspace &workspace) { must(workspace.signProposal(proposal, Role::approver, true, {}, passphrase)); });
    }
    AssessmentId addTier(const ModelId &model, std::size_t answer = 0)
    {
        return as(people::owner, [&](Workspace &workspace) {
            return must(workspace.publishTier(model, answers(answer), "Assessed for a test.", std::nullopt));
        });
    }
    /// Six months of 200 rows each through the engine; with `drift` the last month differs plainly.
    RunId addRun(const VersionId &version, bool drift = false)
    {
        const auto result = must(runMonitoring(scoringLog(drift), {}, {}));
        return as(people::developer, [&](Workspace &workspace) { return must(workspace.recordRun(version, result)); });
    }
    /// Writes a small scoring log and says how to read it.
    [[nodiscard]] RunSettings scoringLog(bool drift = false) const
    {
        const auto name = filePath(drift ? QStringLiteral("drifting.csv") : QStringLiteral("steady.csv"));
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the scoring log");
        file.write("month,score,utilisation,income,defaulted\n");
        for (int month = 1; month <= 6; ++month) {
            for (int row = 0; row < 200; ++row) {
                const auto shift = drift && month == 6 ? 40 : 0;
                const auto utilisation = (row * 37 + month) % 100 / 2 + shift;
                const auto defaulted = (row * 31) % 100 < utilisation ? 1 : 0;
                file.write(QByteArray("2026-0%1-15,%2,%3,%4,%5\n")
                               .replace("%1", QByteArray::number(month))
                               .replace("%2", QByteArray::number(utilisation / 100.0))
                               .replace("%3", QByteArray::number(utilisation))
                               .replace("%4", QByteArray::number(20000 + (row * 53) % 200 * 100))
                               .replace("%5", QByteArray::number(defaulted)));
            }
        }
        RunSettings settings;
        settings.path = name.toStdString();
        settings.roles.time = "month";
        settings.roles.score = "score";
        settings.roles.target = "defaulted";
        settings.period = PeriodKind::Month;
        settings.reference.until = parseDate("2026-03-31");
        settings.importance = {{"utilisation", 1.0}, {"income", 0.6}};
        return settings;
    }
    RequestId addRequest(const VersionId &version)
    {
        return as(people::developer, [&](Workspace &workspace) {
            return must(workspace.requestDeployment(version, "Replaces the model of 2019."));
        });
    }
    /// A version with all that a deployment asks for: documents, validation, run, tier.
    VersionId addReadyVersion(const ModelId &model, const std::string &label)
    {
        const auto version = addVersion(model, label);
        addDocument(version, DocumentKind::documentation, "documentation.md");
        addDocument(version, DocumentKind::validationReport, "validation.md");
        addDocument(version, DocumentKind::monitoringPlan, "monitoring.md");
        addValidation(version);
        addRun(version);
        addTier(model);
        return version;
    }
    void sign(const std::string &fullName, Role role, const RequestId &request, Decision decision = Decision::approve)
    {
        as(fullName, [&](Workspace &workspace) {
            SignOffInput signature;
            signature.role = role;
            signature.decision = decision;
            signature.shown = must(workspace.brief(request)).covered;
            signature.passphrase = passphrase;
            if (decision != Decision::approve)
                signature.comment = "Decided in a test.";
            if (decision == Decision::approveWithConditions) {
                signature.conditions = "Watch monthly.";
                signature.expiresOn = parseDate("2027-06-30");
            }
            must(workspace.sign(request, signature));
        });
    }

    void deploy(const RequestId &request)
    {
        as(people::developer, [&](Workspace &workspace) { must(workspace.deploy(request)); });
    }

private:
    struct Restore
    {
        WorkspaceFixture &fixture;
        std::string fullName;
        ~Restore()
        {
            if (fullName.empty())
                fixture.m_workspace->signOut();
            else
                fixture.signIn(fullName);
        }
    };

    [[nodiscard]] std::string folder(const char *name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    void enrol(const char *fullName, Role role) { must(m_workspace->enrolUser(fullName, {role}, passphrase)); }

    QTemporaryDir m_folder;
    FixedClock m_clock;
    SequentialIdSource m_ids;
    Environment m_environment;
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace countersign::test
