// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QTest>

#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

/// Two desks on one file: what one does the other sees, and nobody writes over what they have not seen.
class TestDesks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatOneDeskDoesTheOtherSeesAtItsNextRefresh()
    {
        WorkspaceFixture fixture;
        const auto other = fixture.openAgain();
        std::vector<ChangeNotice> notices;
        other->onChange([&](const ChangeNotice &notice) { notices.push_back(notice); });
        QCOMPARE(must(other->refresh()), false);
        const auto model = fixture.addModel("CR-014", "Retail PD");
        QVERIFY(!other->registry().models.contains(model));
        QCOMPARE(must(other->refresh()), true);
        QVERIFY(other->registry().models.contains(model));
        QCOMPARE(notices.size(), std::size_t(1));
        QVERIFY(notices.front().byOthers);
        QVERIFY(notices.front().models.contains(model));
        QCOMPARE(must(other->refresh()), false);
    }

    void bothMayActWithoutRefreshingFirst()
    {
        WorkspaceFixture fixture;
        const auto other = fixture.openAgain();
        must(other->signIn(fixture.userId(people::owner), passphrase));
        const auto here = fixture.addModel("A-1", "Here");
        const auto there = must(other->registerModel(WorkspaceFixture::fullModel("A-2", "There")));
        QVERIFY(other->registry().models.contains(here));
        must(fixture.workspace().refresh());
        QVERIFY(fixture.registry().models.contains(there));
        QVERIFY(must(verifyFile(fixture.path(), std::nullopt, {}, {})).valid());
    }

    void aStaleEditIsAConflictAndNothingIsLost()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto other = fixture.openAgain();
        must(other->signIn(fixture.userId(people::owner), passphrase));
        Model mine = other->registry().models.at(model);
        mine.purpose = "Mine.";

        Model theirs = fixture.registry().models.at(model);
        theirs.purpose = "Theirs.";
        fixture.as(people::owner, [&](Workspace &workspace) { must(workspace.editModel(theirs, "First.")); });

        const auto result = other->editModel(mine, "Second.");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Conflict);
        QVERIFY2(result.error().what.find(people::owner) != std::string::npos, result.error().what.c_str());
        QCOMPARE(other->registry().models.at(model).purpose, std::string("Theirs."));
        QCOMPARE(fixture.registry().models.at(model).purpose, std::string("Theirs."));
        QVERIFY(must(verifyFile(fixture.path(), std::nullopt, {}, {})).valid());
    }

    void theSameReferenceTwiceIsAConflict()
    {
        WorkspaceFixture fixture;
        const auto other = fixture.openAgain();
        must(other->signIn(fixture.userId(people::owner), passphrase));
        fixture.addModel("CR-014", "Here");
        const auto result = other->registerModel(WorkspaceFixture::fullModel("CR-014", "There"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Conflict);
        QCOMPARE(other->registry().models.size(), std::size_t(1));
    }

    void aSignatureThatRacesWithAnEditIsAConflict()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "2.1");
        const auto request = fixture.addRequest(version);
        const auto other = fixture.openAgain();
        must(other->signIn(fixture.userId(people::approver), passphrase));
        SignOffInput input;
        input.shown = must(other->brief(request)).covered;
        input.passphrase = passphrase;
        Model edited = fixture.registry().models.at(model);
        edited.limitations = "None, they say.";
        fixture.as(people::owner, [&](Workspace &workspace) { must(workspace.editModel(edited, "Quick.")); });
        const auto result = other->sign(request, input);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Conflict);
        QVERIFY(other->registry().requests.at(request).signOffs.empty());
    }

    void aReadOnlyDeskWritesNothing()
    {
        WorkspaceFixture fixture;
        const auto reader = fixture.openAgain(true);
        QVERIFY(reader->readOnly());
        must(reader->signIn(fixture.userId(people::owner), passphrase));
        const auto result = reader->registerModel(WorkspaceFixture::fullModel("A-1", "No"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Forbidden);
        QVERIFY(reader->whyNot("modelRegistered"));
        const auto model = fixture.addModel("A-1", "Yes");
        must(reader->refresh());
        QVERIFY(reader->registry().models.contains(model));
    }

    void theCacheIsUsedAndIsWorthNothingMore()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto expected = json::serialize(toJson(fixture.openAgain()->registry().models.at(model)));
        QDir cache(fixture.filePath(QStringLiteral("cache")));
        const auto files = cache.entryList({QStringLiteral("*.registry")}, QDir::Files);
        QCOMPARE(files.size(), 1);

        const auto again = fixture.openAgain();
        QCOMPARE(json::serialize(toJson(again->registry().models.at(model))), expected);
        QCOMPARE(again->verification().entriesChecked, std::uint64_t(fixture.registry().size));
        QCOMPARE(again->registry().timeline.size(), fixture.registry().timeline.size());
    }

    void aDamagedCacheIsRebuilt()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        QDir cache(fixture.filePath(QStringLiteral("cache")));
        const auto path = cache.filePath(cache.entryList({QStringLiteral("*.registry")}, QDir::Files).first());
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(4096);
            file.write(QByteArray(2000, 'x'));
        }
        const auto again = fixture.openAgain();
        QCOMPARE(again->registry().models.at(model).name, std::string("Retail PD"));
        QVERIFY(again->verification().valid());
    }

    void aCacheOfAnotherHistoryIsNotTrusted()
    {
        WorkspaceFixture first;
        WorkspaceFixture second; // the same ids, another history
        first.addModel("CR-014", "Only in the first");
        second.addModel("CR-015", "Only in the second");
        const QString name = QString::fromStdString(first.workspace().origin()) + QStringLiteral(".registry");
        const auto from = QDir(first.filePath(QStringLiteral("cache"))).filePath(name);
        const auto to = QDir(second.filePath(QStringLiteral("cache"))).filePath(name);
        QVERIFY(QFile::remove(to));
        QVERIFY(QFile::copy(from, to));
        const auto again = second.openAgain();
        QVERIFY(again->registry().modelByReference("CR-014") == nullptr);
        QVERIFY(again->registry().modelByReference("CR-015") != nullptr);
        QVERIFY(again->verification().valid());
    }
};

QTEST_GUILESS_MAIN(TestDesks)
#include "tst_desks.moc"
