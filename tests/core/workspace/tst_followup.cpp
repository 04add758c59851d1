// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the workspace does by itself in the name of whoever sits there.
#include <QTest>

#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

namespace {

Model usedOutside(const std::string &reference)
{
    auto model = WorkspaceFixture::fullModel(reference, "Retail PD");
    model.actualUse = "Price loans to companies";
    return model;
}

Assumption unemployment(const ModelId &model)
{
    Assumption assumption;
    assumption.model = model;
    assumption.title = "Unemployment";
    assumption.reference = "Statistics office";
    assumption.unit = "%";
    assumption.low = 3;
    assumption.high = 6;
    return assumption;
}

} // namespace

class TestFollowUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anActOpensTheFindingOfWhatItCaused()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        QVERIFY(fixture.registry().findings.empty());
        std::vector<FollowUp> told;
        fixture.workspace().onChange([&](const ChangeNotice &notice) {
            if (!notice.followUp.empty())
                told.push_back(notice.followUp);
        });
        const auto before = fixture.registry().size;
        auto assumption = unemployment(model);
        assumption.lastValue = 9;
        assumption.checkedOn = fixture.workspace().today();
        fixture.as(people::developer, [&](Workspace &w) { must(w.recordAssumption(assumption)); });
        QCOMPARE(fixture.registry().size, before + 2); // the assumption, and the finding
        QCOMPARE(told.size(), std::size_t(1));
        const auto &finding = fixture.registry().findings.at(told[0].findings.at(0));
        QVERIFY(finding.detected == IssueKind::assumptionBreached);
        QCOMPARE(finding.raisedBy, fixture.userId(people::developer));
        QCOMPARE(finding.owner, std::string(people::owner));
        QVERIFY(finding.dueOn);
        QVERIFY(fixture.registry().timeline.back().summary.starts_with("Detected by the program, opened the high"));
    }

    void itIsOpenedByTheNextPersonWhoMay()
    {
        WorkspaceFixture fixture;
        fixture.as(people::administrator, [](Workspace &w) { must(w.registerModel(usedOutside("CR-001"))); });
        QVERIFY2(fixture.registry().findings.empty(), "an administrator may not raise findings");
        for (const auto *reader : {people::executive, people::auditor})
            QVERIFY(fixture.as(reader, [](Workspace &w) { return must(w.followUp()); }).empty());
        const auto size = fixture.registry().size;
        const auto reading = fixture.openAgain(true);
        QVERIFY(must(reading->followUp()).empty());
        QCOMPARE(fixture.registry().size, size);
        QCOMPARE(fixture.as(people::validator, [](Workspace &w) { return must(w.followUp()); }).findings.size(),
                 std::size_t(1));
        QVERIFY(fixture.as(people::validator, [](Workspace &w) { return must(w.followUp()); }).empty());
    }

    void nobodySignedInOpensNothing()
    {
        WorkspaceFixture fixture;
        fixture.as(people::administrator, [](Workspace &w) { must(w.registerModel(usedOutside("CR-001"))); });
        fixture.workspace().signOut();
        QVERIFY(must(fixture.workspace().followUp()).empty());
        QVERIFY(fixture.registry().findings.empty());
    }

    void whatStillStandsIsOpenedAgainAfterItsGrace()
    {
        WorkspaceFixture fixture;
        fixture.addModel(usedOutside("CR-001"));
        QCOMPARE(fixture.registry().findings.size(), std::size_t(1));
        const auto first = fixture.registry().findings.begin()->first;
        fixture.as(people::approver, [&](Workspace &w) { must(w.closeFinding(first, "Agreed with the owner.")); });
        const auto follow = [&] {
            return fixture.as(people::validator, [](Workspace &w) { return must(w.followUp()); });
        };
        QVERIFY(follow().empty());
        fixture.clock().advance(std::chrono::days(fixture.workspace().policy().detectAgainDays));
        QCOMPARE(follow().findings.at(0), FindingId(first.str() + ".2"));
        QVERIFY2(fixture.openAgain(true)->verification().faults.empty(), "the replay allows what was appended");
    }
};

QTEST_APPLESS_MAIN(TestFollowUp)
#include "tst_followup.moc"
