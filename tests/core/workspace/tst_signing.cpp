// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/log/checkpoint.h"
#include "core/log/merkle.h"
#include "tests/support/approved.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

/// Requests for deployment, who may sign them, what a signature covers, and its receipt.
class TestSigning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<WorkspaceFixture>();
        m_model = m_fixture->addModel("CR-014", "Retail PD");
        m_version = m_fixture->addReadyVersion(m_model, "2.1");
        m_fixture->addTier(m_model, 99); // the harshest answers: the riskiest tier asks for most signatures
        m_request = m_fixture->addRequest(m_version);
    }
    void cleanup() { m_fixture.reset(); }

    void allSignaturesApproveTheVersionAndSomebodyPutsItIntoProduction()
    {
        signAll();
        QCOMPARE(request().status, RequestStatus::approved);
        QCOMPARE(registry().versions.at(m_version).stage, VersionStage::approved);
        m_fixture->deploy(m_request);
        QCOMPARE(registry().versions.at(m_version).stage, VersionStage::inProduction);
        QVERIFY(!m_fixture->workspace().deploy(m_request));
        QVERIFY(m_fixture->workspace().verification().valid());
        for (const SignOff &signOff : request().signOffs) {
            QVERIFY(!signOff.meaning.empty());
            QCOMPARE(signOff.meaning, m_fixture->workspace().policy().meaning(Decision::approve));
            QVERIFY(signOff.covered.size() >= 9);
        }
    }

    void theBriefShowsEverythingThatASignatureCovers()
    {
        const auto brief = must(m_fixture->workspace().brief(m_request));
        QCOMPARE(brief.model.reference, std::string("CR-014"));
        QCOMPARE(brief.documents.size(), std::size_t(3));
        QVERIFY(brief.validation && brief.run && brief.tier);
        QVERIFY(!brief.outstanding.empty());
        std::set<std::string> kinds;
        for (const CoveredItem &item : brief.covered)
            kinds.insert(item.kind);
        QCOMPARE(kinds, (std::set<std::string>{"request", "model", "version", "tier assessment", "validation",
                                               "monitoring run", "monitoring result", "document", "policy"}));
        QCOMPARE(m_fixture->workspace().brief(RequestId("nothing")).error().code, ErrorCode::NotFound);
    }

    void theDigestsStayTheSameWhileOthersSign()
    {
        const auto before = must(m_fixture->workspace().brief(m_request)).covered;
        m_fixture->sign(people::validator, Role::validator, m_request);
        QVERIFY(must(m_fixture->workspace().brief(m_request)).covered == before);
    }

    void nobodySignsTheirOwnRequest()
    {
        must(m_fixture->workspace().enrolUser("Many hats", {Role::modelOwner, Role::approver}, passphrase));
        const auto other = m_fixture->addVersion(m_model, "3.0");
        const auto own = m_fixture->as(
            "Many hats", [&](Workspace &workspace) { return must(workspace.requestDeployment(other, "Mine.")); });
        const auto before = registry().size;
        const auto result = attempt("Many hats", Role::approver, own, Decision::approve);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Forbidden);
        QVERIFY2(result.error().what.find("own request") != std::string::npos, result.error().what.c_str());
        QCOMPARE(registry().size, before);
    }

    void thePassphraseIsAskedAgainWithinASitting()
    {
        const auto before = registry().size;
        const auto result = m_fixture->as(people::approver, [&](Workspace &workspace) {
            SignOffInput input;
            input.shown = must(workspace.brief(m_request)).covered;
            input.passphrase = "something else entirely";
            return workspace.sign(m_request, input);
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Forbidden);
        QCOMPARE(registry().size, before);
    }

    void aSignatureOnAnythingButWhatWasShownIsAConflictThatNamesIt()
    {
        const auto shown = must(m_fixture->workspace().brief(m_request)).covered;
        Model edited = registry().models.at(m_model);
        edited.limitations = "More than was said.";
        m_fixture->as(people::owner, [&](Workspace &workspace) { must(workspace.editModel(edited, "Honest.")); });
        m_fixture->addFinding(m_model, "Late finding");
        const auto result = m_fixture->as(people::approver, [&](Workspace &workspace) {
            SignOffInput input;
            input.shown = shown;
            input.passphrase = passphrase;
            return workspace.sign(m_request, input);
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Conflict);
        QVERIFY2(result.error().what.find("Retail PD was changed") != std::string::npos, result.error().what.c_str());
        QVERIFY2(result.error().what.find("Late finding is new") != std::string::npos, result.error().what.c_str());
    }

    void aDecisionOtherThanApprovalNeedsAComment()
    {
        const auto result = m_fixture->as(people::approver, [&](Workspace &workspace) {
            SignOffInput input;
            input.decision = Decision::refuse;
            input.shown = must(workspace.brief(m_request)).covered;
            input.passphrase = passphrase;
            return workspace.sign(m_request, input);
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
    }

    void conditionsAndExpiryAreKept()
    {
        m_fixture->sign(people::validator, Role::validator, m_request);
        m_fixture->sign(people::approver, Role::approver, m_request, Decision::approveWithConditions);
        if (request().status == RequestStatus::open)
            m_fixture->sign(people::approver2, Role::approver, m_request);
        QCOMPARE(request().status, RequestStatus::approvedWithConditions);
        QCOMPARE(request().signOffs[1].conditions, std::string("Watch monthly."));
        QCOMPARE(request().signOffs[1].expiresOn, parseDate("2027-06-30"));
    }

    void oneRefusalDecides()
    {
        m_fixture->sign(people::approver, Role::approver, m_request, Decision::refuse);
        QCOMPARE(request().status, RequestStatus::refused);
        const auto late = attempt(people::validator, Role::validator, m_request, Decision::approve);
        QVERIFY(!late);
        QCOMPARE(late.error().code, ErrorCode::Conflict);
    }

    void aRequestCanBeWithdrawnByItsRequester()
    {
        const auto other = m_fixture->as(people::owner, [&](Workspace &workspace) {
            return workspace.withdrawRequest(m_request, "Not mine to withdraw.");
        });
        QVERIFY(!other);
        m_fixture->as(people::developer, [&](Workspace &workspace) {
            must(workspace.withdrawRequest(m_request, "A better version is coming."));
        });
        QCOMPARE(request().status, RequestStatus::withdrawn);
    }

    void theReceiptProvesThatTheLogHoldsTheSignature()
    {
        signAll();
        const auto text = must(m_fixture->workspace().receipt(m_request, 0));
        const SignOff &signOff = request().signOffs[0];
        QVERIFY(text.find(signOff.fullName) != std::string::npos);
        QVERIFY(text.find(signOff.meaning) != std::string::npos);
        for (const CoveredItem &item : signOff.covered)
            QVERIFY(text.find(item.hash.hex()) != std::string::npos);

        const auto lines = QString::fromStdString(text).split(QLatin1Char('\n'));
        const auto value = [&](const char *name) {
            for (const auto &line : lines)
                if (line.startsWith(QLatin1String(name)))
                    return line.mid(int(qstrlen(name))).trimmed().toStdString();
            return std::string();
        };
        MerkleProof proof;
        for (auto at = lines.indexOf(QStringLiteral("Inclusion proof, from the leaf up:")) + 1;
             lines[at].startsWith(QLatin1String("  ")); ++at)
            proof.push_back(*Hash256::fromHex(lines[at].trimmed().toStdString()));
        const TreeHead head{std::stoull(value("Size:")), *Hash256::fromHex(value("Root:"))};
        QVERIFY(verifyInclusion(*Hash256::fromHex(value("Leaf hash:")), std::stoull(value("Entry:")), head, proof));
        QCOMPARE(head.root.hex(), m_fixture->workspace().verification().head.root.hex());

        const auto at = lines.indexOf(QStringLiteral("Checkpoint")) + 1;
        const auto checkpoint = lines.mid(at, 3).join(QLatin1Char('\n')).toStdString() + "\n";
        const auto verified = must(verifyFile(m_fixture->path(), checkpoint, {}, {}));
        QVERIFY2(verified.valid(), verified.faults.empty() ? "" : verified.faults.front().text.c_str());
        QCOMPARE(m_fixture->workspace().receipt(m_request, 99).error().code, ErrorCode::NotFound);
    }

    void aMultiLineCommentCannotPassForALineOfTheReceipt()
    {
        m_fixture->as(people::approver, [&](Workspace &workspace) {
            SignOffInput input;
            input.decision = Decision::refuse;
            input.comment = "No.\nRoot: 0000";
            input.shown = must(workspace.brief(m_request)).covered;
            input.passphrase = passphrase;
            must(workspace.sign(m_request, input));
        });
        const auto text = must(m_fixture->workspace().receipt(m_request, 0));
        QVERIFY(text.find("\nRoot: 0000") == std::string::npos);
    }

private:
    [[nodiscard]] const Registry &registry() const { return m_fixture->registry(); }
    [[nodiscard]] const DeploymentRequest &request() const { return registry().requests.at(m_request); }

    void signAll() { approveAll(*m_fixture, m_request); }

    Result<void> attempt(const std::string &fullName, Role role, const RequestId &id, Decision decision)
    {
        return m_fixture->as(fullName, [&](Workspace &workspace) {
            SignOffInput input;
            input.role = role;
            input.decision = decision;
            input.shown = must(workspace.brief(id)).covered;
            input.passphrase = passphrase;
            return workspace.sign(id, input);
        });
    }

    std::unique_ptr<WorkspaceFixture> m_fixture;
    ModelId m_model;
    VersionId m_version;
    RequestId m_request;
};

QTEST_GUILESS_MAIN(TestSigning)
#include "tst_signing.moc"
