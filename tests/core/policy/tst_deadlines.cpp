// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reminder and time-out of requests and exceptions: policy data, derived from days, never an approval.
#include <QTest>

#include "core/domain/deadlines.h"
#include "core/policy/approvals.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

/// The pack that ships, with a reminder after 5 and a time-out after 10 days for every signature.
std::string packText()
{
    auto pack = parsePolicyPack(builtInPolicyPack());
    for (auto &tier : pack.tiers)
        for (auto &signature : tier.signatures) {
            signature.remindAfterDays = 5;
            signature.timeOutAfterDays = 10;
        }
    for (auto &rule : pack.approvals) {
        rule.remindAfterDays = 5;
        rule.timeOutAfterDays = 10;
    }
    return policyPackText(pack);
}

struct Waiting : world::Desk
{
    RequestId id;

    Waiting()
        : Desk(packText())
    {
        prepare();
        id = open();
    }

    [[nodiscard]] const DeploymentRequest &request() const { return registry.requests.at(id); }
    [[nodiscard]] Date opened() const { return dateOf(request().at); }

    /// An act so many days after the request was opened.
    [[nodiscard]] Act after(int days, const User &author, const Fact &fact) const
    {
        return {registry.size, UtcTime(opened() + std::chrono::days(days)) + std::chrono::hours(12), author.id, {fact}};
    }

    [[nodiscard]] std::string refused(const Act &act) const
    {
        try {
            checkConsistent(registry, act);
        } catch (const Exception &exception) {
            return exception.error().what;
        }
        return whyForbidden(pack, registry, act).value_or("");
    }
};

} // namespace

class TestDeadlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRequestCarriesTheDaysOfItsPolicy()
    {
        const Waiting desk;
        const auto deadlines = deadlinesOf(desk.request());
        QVERIFY(deadlines.remindsOn == desk.opened() + std::chrono::days(5));
        QVERIFY(deadlines.lastDay == desk.opened() + std::chrono::days(10));
        QVERIFY(!deadlines.overdueOn(desk.opened() + std::chrono::days(4)));
        QVERIFY(deadlines.overdueOn(desk.opened() + std::chrono::days(5)));
        QVERIFY(isOpenOn(desk.request(), desk.opened() + std::chrono::days(10)));
        QVERIFY(statusOn(desk.request(), desk.opened() + std::chrono::days(11)) == RequestStatus::timedOut);
    }

    void aRequestWithOtherDaysIsForbidden()
    {
        Waiting desk;
        desk.does(desk.owner, {VersionRegistered{world::version("v2", ModelId("m1"), "2.0")}});
        auto asked = desk.ask();
        asked.request.version = VersionId("v2");
        asked.request.required.front().timeOutAfterDays = 365;
        QCOMPARE(desk.why(desk.owner, {asked}),
                 std::string("The request does not name the signatures that the policy asks for."));
    }

    void onTheLastDayItIsSignedAndOnTheNextItIsNot()
    {
        const Waiting desk;
        const Fact signature = desk.signature(desk.id, desk.approver, Role::approver);
        QCOMPARE(desk.refused(desk.after(10, desk.approver, signature)), std::string());
        const auto why = desk.refused(desk.after(11, desk.approver, signature));
        QVERIFY2(why.find("It timed out: it could be signed until") != std::string::npos, why.c_str());
        QVERIFY2(why.find("requested again") != std::string::npos, why.c_str());
        std::string said;
        QVERIFY(rolesToSign(desk.pack, desk.registry, desk.request(), desk.approver, &said,
                            desk.opened() + std::chrono::days(11))
                    .empty());
        QVERIFY(said.starts_with("It timed out"));
    }

    void everyDecisionAfterTheTimeOutIsRefused()
    {
        const Waiting desk;
        for (const auto decision : enumValues<Decision>())
            QVERIFY(!desk.refused(desk.after(40, desk.approver,
                                             desk.signature(desk.id, desk.approver, Role::approver, decision)))
                         .empty());
        const auto revision = desk.request().revision;
        QVERIFY(!desk.refused(desk.after(40, desk.owner, RequestWithdrawn{desk.id, "Late.", revision})).empty());
        QVERIFY(!desk.refused(desk.after(40, desk.approver, RequestAbstained{desk.id, "Late.", revision})).empty());
    }

    void aLateSignatureInTheLogHasNoEffectAtReplay()
    {
        Waiting desk;
        const auto act = desk.after(40, desk.approver, desk.signature(desk.id, desk.approver, Role::approver));
        QVERIFY_THROWS_EXCEPTION(Exception, checkConsistent(desk.registry, act));
        QVERIFY(desk.request().status == RequestStatus::open);
        QVERIFY(desk.registry.versions.at(VersionId("v1")).stage != VersionStage::inProduction);
    }

    void afterwardsTheVersionIsRequestedAgainAndTheModelIsFree()
    {
        Waiting desk;
        auto again = desk.ask();
        QVERIFY(desk.refused(desk.after(9, desk.owner, again)).find("has an open deployment request") !=
                std::string::npos);
        auto renamed = desk.registry.models.at(ModelId("m1"));
        renamed.approver = "Sam Second";
        QVERIFY(!desk.refused(desk.after(9, desk.owner, ModelEdited{renamed, {}})).empty());
        QCOMPARE(desk.refused(desk.after(11, desk.owner, ModelEdited{renamed, {}})), std::string());
        QCOMPARE(desk.refused(desk.after(11, desk.owner, again)), std::string());
        apply(desk.registry, desk.after(11, desk.owner, again));
        QVERIFY(desk.registry.requests.at(again.request.id).status == RequestStatus::open);
        QVERIFY(statusOn(desk.request(), dateOf(desk.registry.lastAt)) == RequestStatus::timedOut);
    }

    void theSignaturesStillMissingDecide()
    {
        auto pack = parsePolicyPack(packText());
        for (auto &tier : pack.tiers)
            for (auto &signature : tier.signatures)
                if (signature.role == Role::validator)
                    signature.timeOutAfterDays = 7;
        world::Desk desk(policyPackText(pack));
        desk.prepare();
        const auto id = desk.open();
        const auto opened = dateOf(desk.registry.requests.at(id).at);
        QVERIFY(deadlinesOf(desk.registry.requests.at(id)).lastDay == opened + std::chrono::days(7));
        desk.sign(id, desk.second, Role::validator);
        QVERIFY(deadlinesOf(desk.registry.requests.at(id)).lastDay == opened + std::chrono::days(10));
        desk.sign(id, desk.approver, Role::approver);
        QVERIFY(isApproved(desk.registry.requests.at(id).status));
        QVERIFY(!deadlinesOf(desk.registry.requests.at(id)).lastDay);
        QVERIFY(isApproved(statusOn(desk.registry.requests.at(id), opened + std::chrono::days(400))));
    }

    void anExceptionTimesOutToo()
    {
        world::Desk desk(packText());
        desk.publish(1);
        auto record = world::exception("e", ModelId("m1"));
        record.required = exceptionSignatures(desk.pack, desk.registry, record.model, record.kind, desk.owner.id);
        desk.does(desk.owner, {ExceptionRequested{record}});
        const auto &asked = desk.registry.exceptions.at(ExceptionId("e"));
        const auto opened = dateOf(asked.at);
        QVERIFY(!whyExceptionForbidden(desk.pack, desk.registry, asked, desk.approver, Role::approver,
                                       opened + std::chrono::days(10)));
        const auto why = whyExceptionForbidden(desk.pack, desk.registry, asked, desk.approver, Role::approver,
                                               opened + std::chrono::days(11));
        QVERIFY(why && why->starts_with("It timed out"));
        QVERIFY(statusOn(asked, opened + std::chrono::days(11)) == ExceptionStatus::timedOut);
        const Act late{
            desk.registry.size,
            UtcTime(opened + std::chrono::days(11)),
            desk.approver.id,
            {ExceptionSigned{asked.id, world::exceptionSignature(desk.approver, Role::approver), asked.revision}}};
        QVERIFY_THROWS_EXCEPTION(Exception, checkConsistent(desk.registry, late));
    }

    void aClockSetBackGainsNothing()
    {
        Waiting desk;
        const auto signature = desk.signature(desk.id, desk.approver, Role::approver);
        const auto revision = desk.request().revision;
        QCOMPARE(desk.refused(desk.after(9, desk.approver, signature)), std::string());
        const auto enrol = [](const char *id, const char *name) {
            return UserEnrolled{world::person(id, name, {Role::auditor})};
        };
        apply(desk.registry, desk.after(20, desk.admin, enrol("u-late", "Lena Late")));
        const auto latest = desk.registry.lastAt;
        apply(desk.registry, desk.after(8, desk.admin, enrol("u-early", "Emil Early")));
        QVERIFY2(desk.registry.lastAt == latest, "an entry dated earlier does not turn the day back");

        QVERIFY(desk.refused(desk.after(9, desk.approver, signature)).find("It timed out") != std::string::npos);
        QVERIFY(!desk.refused(desk.after(9, desk.owner, RequestWithdrawn{desk.id, "Late.", revision})).empty());
        QVERIFY(!desk.refused(desk.after(9, desk.approver, RequestAbstained{desk.id, "Late.", revision})).empty());
        QVERIFY(whyForbidden(desk.pack, desk.registry, desk.after(9, desk.approver, signature))
                    .value_or("")
                    .starts_with("It timed out"));
        auto renamed = desk.registry.models.at(ModelId("m1"));
        renamed.approver = "Sam Second";
        QCOMPARE(desk.refused(desk.after(9, desk.owner, ModelEdited{renamed, {}})), std::string());
        QCOMPARE(desk.refused(desk.after(9, desk.owner, desk.ask())), std::string());
    }

    void anEntryWithoutEffectDoesNotMoveTheDay()
    {
        Waiting desk;
        const auto before = desk.registry.lastAt;
        applyForbidden(desk.registry, desk.after(4000, desk.auditor, FindingRaised{}), "Auditors change nothing.");
        QVERIFY(desk.registry.lastAt == before);
        QCOMPARE(desk.refused(desk.after(9, desk.approver, desk.signature(desk.id, desk.approver, Role::approver))),
                 std::string());
    }

    void anExceptionIsNotSignedByAClockSetBack()
    {
        world::Desk desk(packText());
        desk.publish(1);
        auto record = world::exception("e", ModelId("m1"));
        record.required = exceptionSignatures(desk.pack, desk.registry, record.model, record.kind, desk.owner.id);
        desk.does(desk.owner, {ExceptionRequested{record}});
        const auto &asked = desk.registry.exceptions.at(record.id);
        const ExceptionSigned fact{asked.id, world::exceptionSignature(desk.approver, Role::approver), asked.revision};
        QCOMPARE(desk.why(desk.approver, {fact}), std::string());
        desk.registry.lastAt += std::chrono::days(11);
        QVERIFY(desk.act(desk.approver, {fact}).at < desk.registry.lastAt);
        QVERIFY_THROWS_EXCEPTION(Exception, checkConsistent(desk.registry, desk.act(desk.approver, {fact})));
        desk.registry.lastAt -= std::chrono::days(11);
    }

    void aPolicyWithoutDaysWaitsForEver()
    {
        auto pack = parsePolicyPack(packText());
        for (auto &tier : pack.tiers)
            for (auto &signature : tier.signatures)
                signature.remindAfterDays = signature.timeOutAfterDays = 0;
        world::Desk desk(policyPackText(pack));
        desk.prepare();
        const auto id = desk.open();
        QVERIFY(!deadlinesOf(desk.registry.requests.at(id)).remindsOn);
        QVERIFY(isOpenOn(desk.registry.requests.at(id), *parseDate("2099-01-01")));
    }

    void badDaysAreNamedWithTheirPlace_data()
    {
        QTest::addColumn<int>("remind");
        QTest::addColumn<int>("timeOut");
        QTest::addColumn<QString>("path"); // empty: good
        QTest::newRow("neither") << 0 << 0 << QString();
        QTest::newRow("reminder alone") << 7 << 0 << QString();
        QTest::newRow("time-out alone") << 0 << 7 << QString();
        QTest::newRow("in order") << 7 << 14 << QString();
        QTest::newRow("on the same day") << 7 << 7 << QString();
        QTest::newRow("time-out first") << 14 << 7 << QStringLiteral(".timeOutAfterDays");
        QTest::newRow("negative reminder") << -1 << 7 << QStringLiteral(".remindAfterDays");
        QTest::newRow("negative time-out") << 0 << -7 << QStringLiteral(".timeOutAfterDays");
        QTest::newRow("ages") << 0 << 4000 << QStringLiteral(".timeOutAfterDays");
    }

    void badDaysAreNamedWithTheirPlace()
    {
        QFETCH(int, remind);
        QFETCH(int, timeOut);
        QFETCH(QString, path);
        auto pack = parsePolicyPack(builtInPolicyPack());
        pack.approvals.at(1).remindAfterDays = pack.tiers.at(0).signatures.at(0).remindAfterDays = remind;
        pack.approvals.at(1).timeOutAfterDays = pack.tiers.at(0).signatures.at(0).timeOutAfterDays = timeOut;
        const auto faults = checkPolicyText(policyPackText(pack));
        if (path.isEmpty()) {
            QCOMPARE(faults.size(), std::size_t(0));
            return;
        }
        QCOMPARE(faults.size(), std::size_t(2));
        QCOMPARE(faults[0].path, "tiers[0].signatures[0]" + path.toStdString());
        QCOMPARE(faults[1].path, "approvals[1]" + path.toStdString());
        QVERIFY(faults[0].line > 1);
    }

    void theFourPacksRemindBeforeTheyTimeOut()
    {
        for (const auto &shipped : builtInPolicyPacks()) {
            const auto pack = parsePolicyPack(shipped.text);
            for (const auto &tier : pack.tiers)
                for (const auto trigger : enumValues<ApprovalTrigger>())
                    for (const auto &signature : signaturesFor(pack, nullptr, {trigger, tier.level}))
                        QVERIFY2(signature.remindAfterDays > 0 &&
                                     signature.remindAfterDays < signature.timeOutAfterDays,
                                 std::string(shipped.id).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestDeadlines)
#include "tst_deadlines.moc"
