// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/core/cli/clirunner.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// countersign-cli policy, as other programs call it.
class TestPolicyCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packsThatShipHaveNoFaults()
    {
        for (const auto &pack : {u"sr-26-2"_s, u"ss1-23"_s, u"osfi-e-23"_s, u"sr-11-7"_s}) {
            const QString file = QStringLiteral(SOURCE_DIR "/resources/policies/") + pack + u".json"_s;
            const auto checked = runCli({u"policy"_s, u"check"_s, file});
            QVERIFY2(checked.exitCode == 0, checked.out.c_str());
            QFile text(file);
            QVERIFY(text.open(QIODevice::ReadOnly));
            QCOMPARE(runCli({u"policy"_s, u"format"_s, file}).out, text.readAll().toStdString());
        }
    }

    void faultsAreNamedWithTheirLines()
    {
        const QTemporaryDir folder;
        const QString file = write(folder, R"({"id": "x", "title": "X", "basis": "B",
  "permissions": {"modelEdited": ["boss"]},
  "tierMethod": {"id": "m", "title": "M", "factors": []}
})");
        const auto checked = runCli({u"policy"_s, u"check"_s, file});
        QCOMPARE(checked.exitCode, 1);
        QVERIFY2(checked.out.find(":2: permissions.modelEdited[0]: \"boss\"") != std::string::npos,
                 checked.out.c_str());
        QVERIFY2(checked.out.find(":3: tierMethod.factors: ") != std::string::npos, checked.out.c_str());
        QCOMPARE(runCli({u"policy"_s, u"check"_s, u"nowhere.json"_s}).exitCode, 1);
        QCOMPARE(runCli({u"policy"_s}).exitCode, 2);
    }

    void everyFaultIsToldBeforeASimulation()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        draft.version = 0;
        draft.tiers[0].reviewMonths = 0;
        const QTemporaryDir folder;
        const QString file = write(folder, QByteArray::fromStdString(policyPackText(draft)));
        const auto ran = runCli(
            {u"policy"_s, u"simulate"_s, file, u"--workspace"_s, QString::fromStdString(fixture.workspace().path())});
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.err.find(":3: version: ") != std::string::npos, ran.err.c_str());
        QVERIFY2(ran.err.find("tiers[0].reviewMonths: ") != std::string::npos, ran.err.c_str());
        QVERIFY(ran.out.empty());
    }

    void checkNamesWhatThePeopleOfAWorkspaceCannotSatisfy()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        draft.approvals.front().people = {"Nobody Here"};
        const QTemporaryDir folder;
        const QString file = write(folder, QByteArray::fromStdString(policyPackText(draft)));
        QCOMPARE(runCli({u"policy"_s, u"check"_s, file}).exitCode, 0);
        const auto ran = runCli(
            {u"policy"_s, u"check"_s, file, u"--workspace"_s, QString::fromStdString(fixture.workspace().path())});
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.out.find(": approvals[0]: nobody can satisfy this rule: ") != std::string::npos, ran.out.c_str());
    }

    void simulateSaysWhoMoves()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel(u"CR-014"_s.toStdString(), "Retail PD");
        std::vector<TierAnswer> answers;
        for (const auto &factor : fixture.workspace().policy().tierMethod.factors)
            answers.push_back({factor.id, factor.answers[1].id});
        fixture.as(people::owner, [&](Workspace &workspace) {
            return must(workspace.publishTier(model, answers, "As discussed.", std::nullopt));
        });
        QCOMPARE(fixture.registry().tierOf(model)->level(), std::int64_t(2));
        auto draft = fixture.workspace().policy();
        draft.version += 1;
        draft.tierMethod.version += 1;
        draft.tiers[0].minimumScore = 35;
        const QTemporaryDir folder;
        const QString file = write(folder, QByteArray::fromStdString(policyPackText(draft)));
        const auto ran = runCli({u"policy"_s, u"simulate"_s, file, u"--workspace"_s,
                                 QString::fromStdString(fixture.workspace().path()), u"--format"_s, u"json"_s});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        const auto found = QJsonDocument::fromJson(QByteArray::fromStdString(ran.out)).object();
        QCOMPARE(found[u"models"_s].toInt(), 1);
        const auto moves = found[u"moves"_s].toArray();
        QCOMPARE(moves.size(), 1);
        QCOMPARE(moves[0].toObject()[u"reference"_s].toString(), u"CR-014"_s);
        QCOMPARE(moves[0].toObject()[u"from"_s].toInt(), 2);
        QCOMPARE(moves[0].toObject()[u"to"_s].toInt(), 1);
        QVERIFY(found[u"unmet"_s].toArray().isEmpty());
        const auto text = runCli(
            {u"policy"_s, u"simulate"_s, file, u"--workspace"_s, QString::fromStdString(fixture.workspace().path())});
        QVERIFY2(
            text.out.starts_with("1 model, 1 would move, 0 items would become overdue, 0 approvals could not be met"),
            text.out.c_str());
    }

    void aDraftIsPublishedWhileItsBaseIsInForce()
    {
        WorkspaceFixture fixture;
        fixture.publishAlone();
        Workspace &workspace = fixture.workspace();
        const auto base = workspace.registry().policyHash;
        auto draft = workspace.policy();
        draft.version += 1;
        draft.tiers[0].reviewMonths = 6;
        const auto text = policyPackText(draft);
        auto refused = draft;
        refused.tiers[0].signatures[1].count = 9;
        const auto unmet = workspace.publishPolicy(policyPackText(refused), base);
        QVERIFY(!unmet && unmet.error().what.find("Nobody could give") != std::string::npos);
        const auto unsound = workspace.publishPolicy("{\n}", base);
        QVERIFY(!unsound && unsound.error().what.find("Line 1") != std::string::npos);
        must(workspace.publishPolicy(text, base));
        QCOMPARE(workspace.policy().tiers[0].reviewMonths, std::int64_t(6));
        QCOMPARE(workspace.registry().policies.size(), std::size_t(3));
        draft.version += 1;
        const auto stale = workspace.publishPolicy(policyPackText(draft), base);
        QVERIFY(!stale && stale.error().code == ErrorCode::Conflict);
        QCOMPARE(workspace.registry().policies.size(), std::size_t(3));
        QVERIFY(verifyFile(workspace.path(), std::nullopt, {}, {}).value().faults.empty());
    }

    void aClockThatMayBeWrongIsWarnedAboutAndSignedAllTheSame()
    {
        WorkspaceFixture fixture;
        fixture.publishAlone();
        constexpr int century = 36524; // this machine's clock is behind such an entry for long
        fixture.clock().advance(std::chrono::hours(24 * century));
        fixture.addModel("CR-001", "Retail PD");
        auto draft = fixture.workspace().policy();
        ++draft.version;
        const QTemporaryDir folder;
        const auto pack = write(folder, QByteArray::fromStdString(policyPackText(draft)));
        QFile secret(folder.filePath(u"passphrase"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write(passphrase);
        secret.close();
        const auto ran =
            runCli({u"policy"_s, u"publish"_s, pack, u"--workspace"_s, QString::fromStdString(fixture.path()),
                    u"--as"_s, QString::fromUtf8(people::administrator), u"--keystore"_s,
                    QString::fromStdString(fixture.workspace().environment().keystoreFolder), u"--passphrase-file"_s,
                    secret.fileName()});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QVERIFY2(ran.err.starts_with("warning: By this computer's clock it is "), ran.err.c_str());
        QVERIFY(ran.err.find("before the newest entry of this workspace (2126-11-24)") != std::string::npos);
        must(fixture.workspace().refresh());
        QCOMPARE(fixture.workspace().policy().version, draft.version);
    }

private:
    static QString write(const QTemporaryDir &folder, const QByteArray &text)
    {
        const QString path = folder.filePath(u"pack.json"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return path;
    }
};

QTEST_GUILESS_MAIN(TestPolicyCli)
#include "tst_policycli.moc"
