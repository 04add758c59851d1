// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include "tests/journeys/person.h"
#include "ui/pages/audit/auditpage.h"
#include "ui/pages/audit/verifypanel.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// What an auditor does, from the window.
class TestJourneyAudit : public QObject
{
    Q_OBJECT

    static MessageBar *verify(Person &person)
    {
        auto *page = qobject_cast<AuditPage *>(person.openPage("audit"));
        QSignalSpy verified(page->verifyPanel(), &VerifyPanel::verified);
        page->verifyPanel()->verify(std::nullopt);
        if (!verified.wait())
            throw Stuck(u"the verification does not end"_s);
        return page->verifyPanel()->result();
    }

private Q_SLOTS:
    void aWholeFileIsVerified()
    {
        WorkspaceFixture fixture;
        fixture.addReadyVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::auditor);
        const auto *result = verify(person);
        QCOMPARE(result->kind(), MessageBar::Kind::success);
        QVERIFY(result->text().contains(u"%1 entries"_s.arg(person.registry().size)));
    }

    void anAlteredFileIsFoundAndItsEntryNamed()
    {
        WorkspaceFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        const auto altered = fixture.registry().size - 1;
        fixture.addModel("CR-002", "Mortgage LGD");
        const auto path = fixture.filePath(u"altered.countersign"_s);
        QVERIFY(QFile::copy(QString::fromStdString(fixture.path()), path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto bytes = file.readAll();
        // Envelopes lie one after the other in the file: one letter of the payload of the first model's.
        qsizetype payload = 0;
        for (std::int64_t entry = 0; entry <= altered; ++entry)
            payload = bytes.indexOf("{\"payload\":\"", payload + 1);
        QVERIFY(payload > 0);
        const auto at = payload + 40;
        bytes[at] = bytes[at] == 'A' ? 'B' : 'A';
        file.seek(0);
        file.write(bytes);
        file.close();

        Person person(fixture.workspace().environment());
        person.window.openFile(path, false);
        QTRY_VERIFY(person.window.view());
        QVERIFY(person.workspace().readOnly());
        QVERIFY(!person.workspace().verification().valid());
        const auto *result = verify(person);
        QCOMPARE(result->kind(), MessageBar::Kind::error);
        auto *page = qobject_cast<AuditPage *>(person.window.view()->currentPage());
        QVERIFY(page->verifyPanel()->faults()->isVisible());
        QVERIFY(page->verifyPanel()->faults()->model()->index(0, 0).data().toString().toLongLong() > 0);
    }

    void aCheckpointAndTheEvidenceAreTakenAway()
    {
        WorkspaceFixture fixture;
        fixture.addReadyVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::auditor);
        const auto checkpoint = fixture.filePath(u"checkpoint.txt"_s);
        person.dialogs.paths << checkpoint;
        person.command("file.checkpoint");
        QVERIFY(must(readFile(checkpoint.toStdString())).starts_with("countersign/"));

        person.dialogs.paths << fixture.filePath(QString());
        person.command("file.export");
        const auto folder = fixture.filePath(u"evidence-2026-11-24"_s);
        QTRY_VERIFY(QFile::exists(folder + u"/MANIFEST.sha256"_s));
        const auto report = verifyFile((folder + u"/workspace.countersign"_s).toStdString(),
                                       readFile(checkpoint.toStdString()).value(), {}, {});
        QVERIFY(report && report->valid());
    }

    void anAuditorReadsEverythingAndChangesNothing()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addReadyVersion(model, "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::auditor);
        const auto entries = person.registry().size;
        for (const auto &[tab, text] :
             {std::pair(u"overview"_s, u"Edit…"_s), std::pair(u"versions"_s, u"New version…"_s),
              std::pair(u"tier"_s, u"Publish tier"_s), std::pair(u"monitoring"_s, u"New run…"_s)}) {
            auto *part = person.openModel(model, tab);
            QVERIFY2(!person.button(part, text)->isEnabled(), qPrintable(text));
        }
        QVERIFY(!person.workspace().registerModel(WorkspaceFixture::fullModel("CR-009", "Own")));
        QCOMPARE(person.registry().size, entries);
    }
};

QTEST_MAIN(TestJourneyAudit)
#include "tst_journeyaudit.moc"
