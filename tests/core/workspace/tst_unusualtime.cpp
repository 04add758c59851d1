// SPDX-License-Identifier: GPL-3.0-or-later
//
// A question before an entry is signed whose day is unusual for the file.
#include <QTest>

#include "core/workspace/unusualtime.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

namespace {

constexpr std::chrono::hours day{24};

/// A register whose entries were made so many days after the first.
Registry entriesOn(const std::vector<int> &days)
{
    Registry registry;
    for (const int each : days) {
        TimelineItem item;
        item.at = UtcTime(*parseDate("2026-01-01")) + each * day;
        registry.lastAt = std::max(registry.lastAt, item.at);
        registry.timeline.push_back(item);
        ++registry.size;
    }
    return registry;
}

std::string questionOn(const Registry &registry, int after)
{
    return unusualTime(registry, UtcTime(*parseDate("2026-01-01")) + after * day).value_or("");
}

} // namespace

class TestUnusualTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongPauseIsAskedAbout()
    {
        const auto registry = entriesOn({0, 1, 3});
        QCOMPARE(questionOn(registry, 3), std::string());
        QCOMPARE(questionOn(registry, 3 + 45), std::string());
        QVERIFY(questionOn(registry, 3 + 46)
                    .starts_with("By this computer's clock it is 2026-02-19, 46 days after the "
                                 "newest entry of this workspace (2026-01-04)."));
        QCOMPARE(questionOn(Registry(), 400), std::string());
    }

    void aFileThatRestsLongIsAskedAboutLater()
    {
        const auto quarterly = entriesOn({0, 90, 180});
        QCOMPARE(questionOn(quarterly, 180 + 180), std::string());
        QVERIFY(!questionOn(quarterly, 180 + 181).empty());
        const auto withOneSetBack = entriesOn({0, 90, 10, 91});
        QVERIFY2(!questionOn(withOneSetBack, 91 + 181).empty(), "an entry dated back makes no pause");
    }

    void aClockThatIsBehindIsAskedAboutToo()
    {
        const auto registry = entriesOn({0, 60});
        QCOMPARE(questionOn(registry, 59), std::string());
        const auto question = questionOn(registry, 58);
        QVERIFY2(question.find("2 days before the newest entry of this workspace (2026-03-02)") != std::string::npos,
                 question.c_str());
        QVERIFY(question.find("be judged by 2026-03-02") != std::string::npos);
    }

    void nothingIsSignedOnANoAndAYesIsAskedForOnce()
    {
        WorkspaceFixture fixture;
        std::vector<std::string> asked;
        bool answer = false;
        auto &workspace = fixture.workspace();
        workspace.onUnusualTime([&](const std::string &question) {
            asked.push_back(question);
            return answer;
        });
        const auto raise = [&](const char *name) { return workspace.enrolUser(name, {Role::developer}, passphrase); };
        must(raise("Nora New"));
        QVERIFY(asked.empty());
        fixture.clock().advance(100 * day);
        const auto size = workspace.registry().size;
        const auto refused = raise("Nils New");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Cancelled);
        QCOMPARE(workspace.registry().size, size);
        answer = true;
        must(raise("Nils New"));
        must(raise("Nina New"));
        QCOMPARE(asked.size(), std::size_t(2));
        fixture.clock().advance(-10 * day);
        must(raise("Nick New"));
        must(raise("Nell New"));
        QCOMPARE(asked.size(), std::size_t(3));
        QVERIFY(workspace.verification().valid());
    }

    void whatIsForbiddenIsNotAskedAbout()
    {
        WorkspaceFixture fixture;
        int asked = 0;
        fixture.clock().advance(100 * day);
        fixture.as(people::auditor, [&](Workspace &workspace) {
            workspace.onUnusualTime([&](const std::string &) { return ++asked > 0; });
            QVERIFY(!workspace.enrolUser("Nora New", {Role::developer}, passphrase));
        });
        QCOMPARE(asked, 0);
    }

    /// While the person thinks about the day, somebody else writes: the act is judged again.
    void whatOthersWriteMeanwhileIsTakenIn()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        auto other = fixture.openAgain();
        must(other->signIn(fixture.userId(people::owner), passphrase));
        fixture.clock().advance(100 * day);
        fixture.as(people::owner, [&](Workspace &workspace) {
            auto mine = workspace.registry().models.at(model);
            workspace.onUnusualTime([&](const std::string &) {
                auto theirs = other->registry().models.at(model);
                theirs.limitations = "Theirs";
                must(other->editModel(theirs, "Theirs"));
                must(workspace.refresh());
                return true;
            });
            mine.limitations = "Mine";
            const auto refused = workspace.editModel(mine, "Mine");
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Conflict);
        });
        QCOMPARE(fixture.registry().models.at(model).limitations, std::string("Theirs"));
    }
};

QTEST_APPLESS_MAIN(TestUnusualTime)
#include "tst_unusualtime.moc"
