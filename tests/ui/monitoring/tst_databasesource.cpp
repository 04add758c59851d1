// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "core/base/json.h"
#include "tests/support/controls.h"
#include "tests/support/databaselog.h"
#include "tests/support/postgres.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/model/monitoringsetupdialog.h"
#include "ui/pages/model/monitoringsetupform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

void fromDatabase(QWidget &dialog)
{
    for (auto *choice : dialog.findChildren<QRadioButton *>())
        if (choice->text().contains(u"ODBC"_s))
            choice->click();
}

void choose(QWidget &dialog, const QString &name, const QString &text)
{
    auto *box = named<QComboBox>(&dialog, name);
    const int at = box->findText(text);
    QVERIFY2(at >= 0, qPrintable(text));
    box->setCurrentIndex(at);
    Q_EMIT box->activated(at);
}

QString problems(const MonitoringSetupDialog &dialog)
{
    return dialog.form()->problems().join(u'\n');
}

} // namespace

/// A log in a database from the set-up to the recorded run, against a PostgreSQL of the test's own.
class TestDatabaseSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString obstacle = PostgresServer::obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        QString failed = m_server.start();
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        const QString columns = QString::fromUtf8(databaseColumns);
        failed = m_server.sql(
            u"CREATE SCHEMA risk; CREATE TABLE risk.scores (%1); CREATE TABLE earlier (%1); "
            "CREATE VIEW risk.recent AS SELECT * FROM risk.scores; "
            "GRANT USAGE ON SCHEMA risk TO reader; GRANT SELECT ON risk.scores, earlier TO reader;"_s.arg(columns));
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        for (const auto &[table, rows, year] : {std::tuple{u"risk.scores"_s, 3000, 2024}, {u"earlier"_s, 900, 2023}}) {
            failed = m_server.sql(u"COPY %1 FROM STDIN WITH (FORMAT csv, HEADER);\n"_s.arg(table) +
                                  QString::fromStdString(databaseLog(rows, year)) + u"\\.\n"_s);
            QVERIFY2(failed.isEmpty(), qPrintable(failed));
        }
    }

    void aTableIsChosenRunAndRecordedWithoutThePassword()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        f.signInWindow(people::developer);
        {
            MonitoringSetupDialog dialog(f.context, version, nullptr);
            dialog.show();
            QSignalSpy recorded(&dialog, &MonitoringSetupDialog::recorded);
            fromDatabase(dialog);
            named<QComboBox>(&dialog, u"Connection"_s)->setEditText(m_server.connection(u"reader"_s));
            named<QLineEdit>(&dialog, u"Password"_s)->setText(u"wrong"_s);
            button(&dialog, u"Connect"_s)->click();
            QTRY_VERIFY2(problems(dialog).contains(u"authentication"_s), qPrintable(problems(dialog)));
            QVERIFY(!problems(dialog).contains(u"wrong"_s));

            auto *password = named<QLineEdit>(&dialog, u"Password"_s);
            password->setText(PostgresServer::password());
            QTest::keyClick(password, Qt::Key_Return);
            QTRY_VERIFY2(named<QComboBox>(&dialog, u"Table or query"_s)->count() > 0, qPrintable(problems(dialog)));
            QVERIFY(problems(dialog).startsWith(u"Choose the table"_s));
            QVERIFY(says(&dialog, u"3 tables are offered."_s));
            choose(dialog, u"Table or query"_s, u"risk.scores"_s);
            QTRY_VERIFY2(button(&dialog, u"Run"_s)->isEnabled(), qPrintable(problems(dialog)));
            QVERIFY(says(&dialog,
                         u"PostgreSQL, counted where it lies; 3,031 rows, 12 columns, 2024-01-01 to 2024-12-28"_s));
            const RunSettings guessed = dialog.form()->settings();
            QCOMPARE(guessed.roles.time, std::string("ts"));
            QCOMPARE(guessed.roles.score, std::string("score"));
            QCOMPARE(guessed.roles.target, std::string("target"));

            for (auto *choice : dialog.findChildren<QRadioButton *>())
                if (choice->text().remove(u'&') == u"Another log"_s)
                    choice->click();
            QVERIFY(!button(&dialog, u"Run"_s)->isEnabled());
            auto *reference = named<QLineEdit>(&dialog, u"Reference table or query"_s);
            QTest::keyClicks(reference, u"earlier"_s);
            QTest::keyClick(reference, Qt::Key_Return);
            QTRY_VERIFY2(button(&dialog, u"Run"_s)->isEnabled(), qPrintable(problems(dialog)));

            button(&dialog, u"Run"_s)->click();
            QTRY_VERIFY_WITH_TIMEOUT(!dialog.running(), 60000);
            QVERIFY(button(&dialog, u"Record"_s)->isVisible());
            button(&dialog, u"Record"_s)->click();
            for (auto *bar : dialog.findChildren<MessageBar *>())
                QVERIFY2(recorded.size() == 1, qPrintable(bar->text()));
            QCOMPARE(recorded.size(), 1);
        }
        const auto run = must(f.workspace().runResult(f.registry().runs.begin()->first));
        const std::string written = json::serialize(toJson(run));
        QVERIFY(written.find(PostgresServer::password().toStdString()) == std::string::npos);
        QCOMPARE(run.settings.sql->query, std::string("risk.scores"));
        QCOMPARE(run.settings.sql->referenceQuery, std::string("earlier"));
        QCOMPARE(run.sourceName, std::string("risk.scores in PostgreSQL"));

        // the next run begins with the same table, and asks for the password again
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        QCOMPARE(problems(dialog), u"Connect to the database."_s);
        QCOMPARE(named<QComboBox>(&dialog, u"Table or query"_s)->currentText(), u"risk.scores"_s);
        QVERIFY(named<QLineEdit>(&dialog, u"Password"_s)->text().isEmpty());
        named<QLineEdit>(&dialog, u"Password"_s)->setText(PostgresServer::password());
        button(&dialog, u"Connect"_s)->click();
        QTRY_VERIFY2(button(&dialog, u"Run"_s)->isEnabled(), qPrintable(problems(dialog)));
        QCOMPARE(dialog.form()->settings().sql->referenceQuery, std::string("earlier"));
    }

    void mistakesInAQueryAreSaid()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        fromDatabase(dialog);
        named<QComboBox>(&dialog, u"Connection"_s)->setEditText(m_server.connection());
        auto *query = named<QComboBox>(&dialog, u"Table or query"_s)->lineEdit();
        query->setText(u"SELECT nothing FROM nowhere"_s);
        button(&dialog, u"Connect"_s)->click();
        QTRY_VERIFY2(problems(dialog).contains(u"nowhere"_s), qPrintable(problems(dialog)));
        QVERIFY(!problems(dialog).contains(u'\n'));

        query->setFocus();
        query->selectAll();
        QTest::keyClicks(query, u"SELECT ts, x, score FROM risk.scores WHERE x > 0"_s);
        QTest::keyClick(query, Qt::Key_Return);
        QTRY_VERIFY2(button(&dialog, u"Run"_s)->isEnabled(), qPrintable(problems(dialog)));
        QCOMPARE(dialog.form()->settings().roles.features, std::vector<std::string>{"x"});
    }

    void countingIsStopped()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        {
            MonitoringSetupDialog dialog(f.context, version, nullptr);
            dialog.show();
            fromDatabase(dialog);
            named<QComboBox>(&dialog, u"Connection"_s)->setEditText(m_server.connection());
            named<QComboBox>(&dialog, u"Table or query"_s)
                ->setEditText(u"SELECT scores.* FROM risk.scores, pg_sleep(300)"_s);
            button(&dialog, u"Connect"_s)->click();
            QTRY_VERIFY_WITH_TIMEOUT(m_server.queriesAtWork(u"pg_sleep"_s) > 0, 30000);
        } // closing the dialog forgets it
        QTRY_VERIFY_WITH_TIMEOUT(m_server.queriesAtWork(u"pg_sleep"_s) == 0, 30000);
        QTRY_VERIFY(!f.jobs.busy());
    }

private:
    PostgresServer m_server;
};

QTEST_MAIN(TestDatabaseSource)
#include "tst_databasesource.moc"
