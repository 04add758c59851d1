// SPDX-License-Identifier: GPL-3.0-or-later
//
// What closing a finding asks for under a pack, and who closes it.
#include <QTest>

#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

struct Found : world::Desk
{
    explicit Found(Severity severity = Severity::high, std::string_view packText = builtInPolicyPack())
        : Desk(packText)
    {
        does(validator, {FindingRaised{world::finding("f", ModelId("m1"), severity)}});
    }

    [[nodiscard]] std::int64_t revision() const { return registry.findings.at(FindingId("f")).revision; }
    void plans(const std::string &who = "Olga Owner", const std::string &reason = {})
    {
        does(owner, {RemediationPlanned{FindingId("f"), world::plan(who, reason), revision()}});
    }
    void shows(const User &by) { does(by, {RemediationEvidenced{FindingId("f"), world::remediation(), revision()}}); }
    [[nodiscard]] std::string whyClose(const User &by) const
    {
        return why(by, {FindingClosed{FindingId("f"), "Checked.", revision()}});
    }
};

} // namespace

class TestRemediation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGraveFindingNeedsPlanAndEvidence_data()
    {
        QTest::addColumn<int>("severity");
        for (const auto severity : enumValues<Severity>())
            QTest::newRow(enumName(severity).c_str()) << static_cast<int>(severity);
    }

    void aGraveFindingNeedsPlanAndEvidence()
    {
        QFETCH(int, severity);
        const auto of = static_cast<Severity>(severity);
        const bool grave = of >= Severity::high;
        for (const auto &shipped : builtInPolicyPacks()) {
            Found desk(of, shipped.text);
            const auto bare = desk.whyClose(desk.approver);
            QCOMPARE(bare.find("closed with a remediation plan") != std::string::npos, grave);
            desk.plans();
            const auto planned = desk.whyClose(desk.approver);
            QCOMPARE(planned.find("closed with evidence of remediation") != std::string::npos, grave);
            if (grave)
                QVERIFY2(planned.find("Who may add evidence of remediation: model owners, developers or validators") !=
                             std::string::npos,
                         planned.c_str());
            desk.shows(desk.owner);
            QCOMPARE(desk.whyClose(desk.approver), std::string());
        }
    }

    void whoRemediatesDoesNotClose()
    {
        Found desk;
        desk.plans("Ann Approver");
        desk.shows(desk.validator);
        QVERIFY(desk.whyClose(desk.approver).starts_with("Who answers for the remediation of a finding"));
        QVERIFY2(desk.whyClose(desk.validator).starts_with("Nobody closes a finding they raised"), "she raised it");
        QCOMPARE(desk.whyClose(desk.second), std::string());
        auto sam = desk.registry.users.at(desk.second.id);
        desk.shows(sam);
        QVERIFY(desk.whyClose(sam).starts_with("Who gave evidence of the remediation does not judge it"));
    }

    void aRevisionOfThePlanDoesNotFreeWhoAnsweredForIt()
    {
        Found desk;
        desk.plans("Ann Approver");
        desk.plans("Olga Owner", "Olga takes it on.");
        desk.shows(desk.owner);
        const auto why = desk.whyClose(desk.approver);
        QVERIFY2(why.ends_with("Ann Approver answered for this one in an earlier plan."), why.c_str());
        QCOMPARE(desk.whyClose(desk.second), std::string());
    }

    void aPackMayAskForNeitherAndKeepNobodyApart()
    {
        auto pack = parsePolicyPack(builtInPolicyPack());
        pack.findingPlans.clear();
        pack.findingEvidence.clear();
        pack.separation.erase(SeparationRule::remediatorDoesNotCloseFinding);
        Found desk(Severity::critical, policyPackText(pack));
        QCOMPARE(desk.whyClose(desk.approver), std::string());
        desk.plans("Ann Approver");
        QCOMPARE(desk.whyClose(desk.approver), std::string());
    }

    void aPackThatAsksForWhatNobodyMayIsRefused()
    {
        auto pack = parsePolicyPack(builtInPolicyPack());
        pack.permissions.erase("remediationEvidenced");
        const auto faults = checkPolicyText(policyPackText(pack));
        QCOMPARE(faults.size(), std::size_t(1));
        QCOMPARE(faults[0].path, std::string("findingEvidence"));
        QVERIFY(faults[0].what.find("could never be closed") != std::string::npos);
    }

    void aPackFromBeforeAsksForNothing()
    {
        auto pack = parsePolicyPack(builtInPolicyPack());
        auto text = toJson(pack);
        for (const char *member : {"findingPlans", "findingEvidence"})
            text.get_object().erase(member);
        const auto old = parsePolicyPack(json::serialize(text));
        QVERIFY(old.findingPlans.empty() && old.findingEvidence.empty());
    }

    void aChallengerIsPromotedOverTheVersionInProductionAlone()
    {
        world::Desk desk;
        desk.publish(1);
        const auto second = world::version("v2", ModelId("m1"), "2.0");
        desk.does(desk.owner, {VersionRegistered{second}});
        const auto champion = world::run("nd", desk.first);
        const auto challenger = world::run("nc", second);
        desk.does(desk.owner, {MonitoringRecorded{champion}});
        desk.does(desk.owner, {MonitoringRecorded{challenger}});
        auto asked = desk.ask();
        asked.request.version = second.id;
        asked.request.promotion = world::promotion(champion, challenger);
        QCOMPARE(desk.why(desk.owner, {asked}), std::string("A challenger is promoted over the version in production; "
                                                            "version 1.0 is in development."));
        desk.registry.versions.at(desk.first.id).stage = VersionStage::inProduction;
        QCOMPARE(desk.why(desk.owner, {asked}), std::string());
    }
};

QTEST_APPLESS_MAIN(TestRemediation)
#include "tst_remediation.moc"
