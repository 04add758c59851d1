// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

/// What one desk can do with one file.
class TestWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewWorkspaceHoldsItsOrganisationPolicyAndFirstUser()
    {
        WorkspaceFixture fixture;
        const Workspace &workspace = fixture.workspace();
        QCOMPARE(workspace.registry().organisation, std::string("Example Bank (invented)"));
        QCOMPARE(workspace.registry().size, 8); // the first entry and seven people
        QCOMPARE(workspace.origin().size(), std::size_t(26));
        QVERIFY(!workspace.policy().id.empty());
        QVERIFY(workspace.verification().valid());
        QCOMPARE(workspace.verification().entriesChecked, 8U);
        QCOMPARE(workspace.user()->fullName, std::string(people::administrator));
        QCOMPARE(workspace.usersWithKeyHere().size(), std::size_t(8));
    }

    void createRefusesAnExistingPathAndPoorPassphrases()
    {
        WorkspaceFixture fixture;
        NewWorkspace spec{"Bank", "Somebody", {Role::administrator}, passphrase, {}};
        const auto again = Workspace::create(fixture.workspace().environment(), fixture.path(), spec);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        spec.passphrase = "short";
        const auto path = fixture.filePath(QStringLiteral("other.countersign")).toStdString();
        const auto poor = Workspace::create(fixture.workspace().environment(), path, spec);
        QVERIFY(!poor);
        QCOMPARE(poor.error().code, ErrorCode::InvalidInput);
        QVERIFY(!QFile::exists(QString::fromStdString(path)));
    }

    void signingInNeedsTheRightPassphrase()
    {
        WorkspaceFixture fixture;
        Workspace &workspace = fixture.workspace();
        workspace.signOut();
        QVERIFY(workspace.user() == nullptr);
        QCOMPARE(workspace.whyNot("modelRegistered"), std::optional<std::string>("Sign in first."));
        const auto wrong = workspace.signIn(fixture.userId(people::owner), "not the passphrase");
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, ErrorCode::Forbidden);
        QVERIFY(workspace.user() == nullptr);
        QVERIFY(workspace.signIn(fixture.userId(people::owner), passphrase).ok());
        QVERIFY(!workspace.whyNot("modelRegistered"));
        QVERIFY(workspace.whyNot("requestSigned"));
        QVERIFY(workspace.whyNot("requestSigned")
                    ->ends_with("Who could: Approver, Finance; Approver, Risk; Validator, Risk."));
    }

    void everyActGoesThroughToTheRegister()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "2.1");
        const auto finding = fixture.addFinding(model, "Young customers");
        const Registry &registry = fixture.registry();
        QCOMPARE(registry.models.at(model).name, std::string("Retail PD"));
        QCOMPARE(registry.documentsOf(version).size(), std::size_t(3));
        QVERIFY(registry.latestValidation(version) != nullptr);
        QVERIFY(registry.latestRun(version) != nullptr);
        QVERIFY(registry.tierOf(model) != nullptr);

        const auto bytes = fixture.workspace().documentBytes(registry.documentsOf(version).front()->id);
        QVERIFY(bytes.ok());
        QVERIFY(bytes->find("Written for a test.") != std::string::npos);

        Workspace &workspace = fixture.workspace();
        Model edited = registry.models.at(model);
        edited.purpose = "Price retail loans.";
        fixture.as(people::owner, [&](Workspace &) { must(workspace.editModel(edited, "Narrowed.")); });
        QCOMPARE(registry.models.at(model).purpose, std::string("Price retail loans."));

        ModelVersion changed = registry.versions.at(version);
        changed.stage = VersionStage::inValidation;
        fixture.as(people::developer, [&](Workspace &) { must(workspace.editVersion(changed)); });
        QCOMPARE(registry.versions.at(version).stage, VersionStage::inValidation);

        fixture.as(people::approver, [&](Workspace &) { must(workspace.closeFinding(finding, "Seen again: fixed.")); });
        QVERIFY(!registry.findings.at(finding).open);

        fixture.as(people::owner,
                   [&](Workspace &) { must(workspace.retireModel(model, "Replaced.", *parseDate("2026-11-24"))); });
        QCOMPARE(registry.models.at(model).stage, Stage::retired);
        QVERIFY(workspace.verification().valid());
    }

    void aWholeImportIsOneEntry()
    {
        WorkspaceFixture fixture;
        const auto before = fixture.registry().size;
        std::vector<Model> models;
        std::vector<std::string> provenance;
        for (int i = 0; i < 500; ++i) {
            models.push_back(WorkspaceFixture::fullModel("M-" + std::to_string(i), "Model " + std::to_string(i)));
            provenance.push_back("inventory.csv, line " + std::to_string(i + 2));
        }
        const auto ids = fixture.as(
            people::owner, [&](Workspace &workspace) { return must(workspace.registerModels(models, provenance)); });
        QCOMPARE(ids.size(), std::size_t(500));
        QCOMPARE(fixture.registry().size, before + 1);
        QCOMPARE(fixture.registry().models.size(), std::size_t(500));
    }

    void theRunKeepsEverythingAndCanBeRecomputed()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addVersion(model, "2.1");
        const auto run = fixture.addRun(version, true);
        const MonitoringRun &recorded = fixture.registry().runs.at(run);
        QCOMPARE(recorded.rows, 1200);
        QCOMPARE(recorded.health, Health::red);
        QVERIFY(!recorded.breaches.empty());
        QVERIFY(recorded.performance.find("AUC") != std::string::npos);
        const auto result = must(fixture.workspace().runResult(run));
        const auto again = must(recomputeRun(result));
        QCOMPARE(json::serialize(toJson(again)), json::serialize(toJson(result)));
        const auto own = fixture.as(people::owner,
                                    [&](Workspace &workspace) { return workspace.explainRun(run, "Nothing to see."); });
        QVERIFY(!own);
        QVERIFY(own.error().what.starts_with("The owner of a model does not explain its red monitoring;"));
        fixture.as(people::validator, [&](Workspace &workspace) {
            must(workspace.explainRun(run, "A campaign brought other customers."));
        });
        QVERIFY(!fixture.registry().runs.at(run).explanation.empty());
    }

    void aRunJudgedByLaxerLimitsIsRefused()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addVersion(model, "2.1");
        auto settings = fixture.scoringLog(true);
        settings.thresholds.psiRed = 100;
        settings.thresholds.psiAmber = 100;
        const auto result = must(runMonitoring(settings, {}, {}));
        const auto recorded =
            fixture.as(people::developer, [&](Workspace &workspace) { return workspace.recordRun(version, result); });
        QVERIFY(!recorded);
        QCOMPARE(recorded.error().code, ErrorCode::InvalidInput);
    }

    void anOverrideNeedsASecondPerson()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto computed = fixture.as(people::owner, [&](Workspace &workspace) {
            return must(workspace.publishTier(model, fixture.answers(0), "First.", std::nullopt));
        });
        const auto level = fixture.registry().assessments.at(computed).computedLevel;
        const auto other = level == 1 ? level + 1 : level - 1;
        const auto assessment = fixture.as(people::owner, [&](Workspace &workspace) {
            return must(workspace.publishTier(model, fixture.answers(0), "Second.",
                                              TierOverride{other, "Larger than it seems."}));
        });
        QCOMPARE(fixture.registry().assessments.at(assessment).level(), level);
        const auto own = fixture.as(
            people::owner, [&](Workspace &workspace) { return workspace.confirmOverride(assessment, "Yes."); });
        QVERIFY(!own);
        QCOMPARE(own.error().code, ErrorCode::Forbidden);
        fixture.as(people::approver,
                   [&](Workspace &workspace) { must(workspace.confirmOverride(assessment, "Agreed.")); });
        QCOMPARE(fixture.registry().assessments.at(assessment).level(), other);
    }

    void actsOutsideARoleAreRefusedByTheCore()
    {
        WorkspaceFixture fixture;
        const auto before = fixture.registry().size;
        const auto refused = fixture.as(people::executive, [&](Workspace &workspace) {
            return workspace.registerModel(WorkspaceFixture::fullModel("X-1", "Not mine"));
        });
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Forbidden);
        const auto enrolled = fixture.as(people::owner, [&](Workspace &workspace) {
            return workspace.enrolUser("A friend", {Role::approver}, passphrase);
        });
        QVERIFY(!enrolled);
        QCOMPARE(enrolled.error().code, ErrorCode::Forbidden);
        QCOMPARE(fixture.registry().size, before);
        QCOMPARE(fixture.workspace().usersWithKeyHere().size(), std::size_t(8));
    }

    void aDeactivatedUserCannotSignIn()
    {
        WorkspaceFixture fixture;
        User owner = *fixture.registry().userByName(people::owner);
        owner.active = false;
        must(fixture.workspace().changeUser(owner));
        const auto result = fixture.workspace().signIn(owner.id, passphrase);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Forbidden);
    }

    void theRegisterOfAnEarlierDayIsAReplayUpToIt()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        fixture.clock().set(*parseUtcTime("2026-12-31T23:59:59.999Z"));
        Model edited = fixture.registry().models.at(model);
        edited.purpose = "Changed on the last day.";
        fixture.signIn(people::owner);
        must(fixture.workspace().editModel(edited, "Year end."));
        fixture.clock().set(*parseUtcTime("2027-01-01T00:00:00.000Z"));
        edited = fixture.registry().models.at(model);
        edited.purpose = "Changed in the new year.";
        must(fixture.workspace().editModel(edited, "New year."));

        const auto then = must(fixture.workspace().asOf(*parseDate("2026-12-31")));
        QCOMPARE(then.models.at(model).purpose, std::string("Changed on the last day."));
        const auto before = must(fixture.workspace().asOf(*parseDate("2026-11-24")));
        QCOMPARE(before.models.at(model).purpose, WorkspaceFixture::fullModel("", "").purpose);
        const auto never = must(fixture.workspace().asOf(*parseDate("2020-01-01")));
        QVERIFY(never.organisation.empty());
        QCOMPARE(never.size, 0);
    }

    void conflictsNameTheFieldsThatBothChanged()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const Model base = fixture.registry().models.at(model);
        Model theirs = base;
        theirs.purpose = "Theirs.";
        theirs.outputs = "Theirs too.";
        fixture.as(people::owner, [&](Workspace &workspace) { must(workspace.editModel(theirs, "They did.")); });
        Model mine = base;
        mine.purpose = "Mine.";
        mine.limitations = "Mine alone.";
        const auto conflicts = fixture.workspace().conflicts(base, mine);
        QCOMPARE(conflicts.size(), std::size_t(1));
        QCOMPARE(conflicts.front().field, std::string("purpose"));
        QCOMPARE(conflicts.front().theirs, std::string("Theirs."));
    }

    void theCheckpointIsSignedByWhoeverSitsHere()
    {
        WorkspaceFixture fixture;
        const auto text = must(fixture.workspace().checkpoint());
        const auto note = parseCheckpoint(text);
        QCOMPARE(note.checkpoint.head.size, 8U);
        QCOMPARE(note.checkpoint.origin, fixture.workspace().origin());
        const User &administrator = *fixture.registry().userByName(people::administrator);
        QVERIFY(verifyCheckpoint(note, *PublicKey::fromHex(administrator.publicKey), administrator.id.str()));
        fixture.workspace().signOut();
        QVERIFY(parseCheckpoint(must(fixture.workspace().checkpoint())).signatures.empty());
    }

    void anEntryCanBeReadAsItIsStored()
    {
        WorkspaceFixture fixture;
        const auto text = must(fixture.workspace().entryText(0));
        QVERIFY(text.find("\"action\": \"workspaceCreated\"") != std::string::npos);
        QVERIFY(text.find("payloadType") != std::string::npos);
        QCOMPARE(fixture.workspace().entryText(99).error().code, ErrorCode::NotFound);
        QCOMPARE(fixture.workspace().entryText(-1).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
