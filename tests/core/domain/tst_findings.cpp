// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the register keeps of plans, evidence and promotions.
#include <QTest>

#include "tests/core/domain/worldfindings.h"

using namespace countersign;

namespace {

/// Model m1 with versions v1 (1.0) and v2 (2.0).
struct Full : world::World
{
    Full()
    {
        openWithModel();
        does(owner, {VersionRegistered{world::version("v2", ModelId("m1"), "2.0")}});
    }
};

} // namespace

class TestFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plansAndEvidenceAreKeptWithWhoAndWhen()
    {
        Full full;
        full.does(full.validator, {FindingRaised{world::finding("f", ModelId("m1"))}});
        const auto revision = [&] { return full.registry.findings.at(FindingId("f")).revision; };
        full.does(full.owner, {RemediationPlanned{FindingId("f"), world::plan(), revision()}});
        auto later = world::plan("Dan Developer", "The branches need more time.");
        later.targetOn = *parseDate("2027-03-31");
        full.does(full.owner, {RemediationPlanned{FindingId("f"), later, revision()}});
        full.does(full.developer, {RemediationEvidenced{FindingId("f"), world::remediation(), revision()}});
        const auto &finding = full.registry.findings.at(FindingId("f"));
        QCOMPARE(finding.plans.size(), std::size_t(2));
        QVERIFY(finding.plans[0].by == full.owner.id && finding.plans[0].entry >= 0);
        QCOMPARE(finding.plan()->owner, std::string("Dan Developer"));
        QVERIFY(finding.evidence.at(0).by == full.developer.id);
        const auto &line = full.registry.timeline[full.registry.timeline.size() - 2];
        QCOMPARE(line.summary, std::string("Revised the remediation plan of the finding \"Missing incomes\" on CR-014, "
                                           "Retail PD"));
        QCOMPARE(line.changes.size(), std::size_t(3)); // plan, who answers for it, target
        QCOMPARE(line.record, std::string("f"));
    }

    void aRequestOfAChallengerSaysOverWhich()
    {
        Full full;
        const auto second = full.registry.versions.at(VersionId("v2"));
        const auto challenger = world::run("nc", second);
        const auto champion = world::run("nd", full.first);
        full.does(full.owner, {MonitoringRecorded{champion}});
        full.does(full.owner, {MonitoringRecorded{challenger}});
        auto request = world::request("rp", second);
        request.promotion = world::promotion(champion, challenger);
        full.does(full.owner, {DeploymentRequested{request, {}}});
        QCOMPARE(full.registry.requests.at(request.id).promotion->figures.front().title, std::string("AUC"));
        QCOMPARE(full.registry.timeline.back().summary,
                 std::string("Requested promotion of version 2.0 of CR-014, Retail PD over version 1.0"));
    }
};

QTEST_APPLESS_MAIN(TestFindings)
#include "tst_findings.moc"
