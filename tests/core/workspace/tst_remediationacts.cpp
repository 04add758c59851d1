// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/report/reports.h"
#include "core/workspace/queues.h"
#include "tests/support/workspacefixture.h"

#include <algorithm>

using namespace countersign;
using namespace countersign::test;

/// A finding from raising to closure, with plan and evidence.
class TestRemediationActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHighFindingGoesThroughPlanAndEvidenceToClosure()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto finding = fixture.addFinding(model, "Young customers", Severity::high);
        const auto close = [&] {
            return fixture.as(people::approver,
                              [&](Workspace &desk) { return desk.closeFinding(finding, "Checked."); });
        };
        const auto bare = close();
        QVERIFY(!bare && bare.error().code == ErrorCode::Forbidden);
        QVERIFY2(bare.error().what.find("remediation plan") != std::string::npos, bare.error().what.c_str());

        fixture.as(people::owner, [&](Workspace &desk) {
            must(desk.planRemediation(finding, plan("Refit with the young customers of 2026.", "2026-12-20")));
            const auto silent = desk.planRemediation(finding, plan("Refit in spring.", "2027-03-31"));
            QVERIFY(!silent && silent.error().code == ErrorCode::InvalidInput);
            auto revised = plan("Refit in spring.", "2027-03-31");
            revised.reason = "The data come in February.";
            must(desk.planRemediation(finding, revised));
        });
        QVERIFY(!close());
        const std::string bytes = "age,share\n18-21,0.04\n";
        fixture.as(people::developer, [&](Workspace &desk) {
            must(desk.addEvidence(finding, "Refitted; the shares are in the file.", {{"shares.csv", bytes}}));
        });
        const auto &record = fixture.registry().findings.at(finding);
        QCOMPARE(record.plans.size(), std::size_t(2));
        QCOMPARE(record.plan()->targetOn, *parseDate("2027-03-31"));
        QCOMPARE(must(fixture.workspace().evidenceBytes(record.evidence.at(0).files.at(0))), bytes);
        QVERIFY(fixture.workspace().verification().valid());
        must(close());
        QVERIFY(!record.open);

        const auto report = toMarkdown(modelReport(fixture.workspace().policy(), fixture.registry(), model));
        for (const char *words : {"Refit in spring.", "revised 1 time", "shares.csv, SHA-256", "Checked."})
            QVERIFY2(report.find(words) != std::string::npos, words);
        const auto again = fixture.openAgain();
        QVERIFY(toJson(again->registry().findings.at(finding)) == toJson(record));
    }

    void aPlanPastItsTargetIsOverdueAndStandsInTheBrief()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto finding = fixture.addFinding(model, "Young customers");
        fixture.as(people::owner,
                   [&](Workspace &desk) { must(desk.planRemediation(finding, plan("Refit.", "2026-12-01"))); });
        const auto late = [&](const char *day) {
            const auto items = overdue(fixture.workspace().policy(), fixture.registry(), *parseDate(day));
            return std::ranges::count_if(items, [&](const OverdueItem &item) {
                return item.kind == OverdueKind::plan && item.id == finding.str();
            });
        };
        QCOMPARE(late("2026-12-01"), std::ptrdiff_t(0));
        QCOMPARE(late("2026-12-02"), std::ptrdiff_t(1));
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        const auto brief = toMarkdown(briefReport(must(fixture.workspace().brief(request))));
        QVERIFY(brief.find("Refit.") != std::string::npos);
        QVERIFY(brief.find("None yet") != std::string::npos); // evidence
    }

    void emptyAndHugeFilesAreRefusedAndNothingIsWritten()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto finding = fixture.addFinding(model, "Young customers");
        const auto before = fixture.registry().size;
        fixture.as(people::owner, [&](Workspace &desk) {
            const auto empty = desk.addEvidence(finding, "See the file.", {{"nothing.csv", ""}});
            QVERIFY(!empty && empty.error().what.find("nothing.csv is empty") != std::string::npos);
            QVERIFY(!desk.addEvidence(finding, " ", {}));
            QVERIFY(!desk.addEvidence(FindingId("nowhere"), "Done.", {}));
        });
        QCOMPARE(fixture.registry().size, before);
        QCOMPARE(fixture.workspace().evidenceBytes({"gone.csv", sha256("gone"), 4}).error().code, ErrorCode::Corrupt);
    }

private:
    static RemediationPlan plan(const char *text, const char *target)
    {
        RemediationPlan made;
        made.text = text;
        made.owner = people::owner;
        made.targetOn = *parseDate(target);
        return made;
    }
};

QTEST_GUILESS_MAIN(TestRemediationActs)
#include "tst_remediationacts.moc"
