// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "core/monitoring/preview.h"
#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "tests/ui/monitoring/writtenlog.h"
#include "ui/pages/model/logsourceform.h"
#include "ui/pages/model/monitoringsetup.h"
#include "ui/pages/model/monitoringsetupdialog.h"
#include "ui/pages/model/monitoringsetupform.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

/// Month first, as nothing in it says: a day of each month, from the 1st to the 12th, out of order.
QByteArray americanLog()
{
    QByteArray text = "day;score;amount;who;defaulted\n";
    for (int month = 1; month <= 6; ++month)
        for (int row = 0; row < 120; ++row)
            text += QByteArray::number(month) + '/' + QByteArray::number((row * 5 + 3 * month) % 12 + 1) + "/2024;0," +
                    QByteArray::number(100 + (row * 37 + month) % 900) + ';' + QByteArray::number(row * 53 % 997) +
                    ",5;J\xc3\xb6rg " + QByteArray::number(row % 4) + ';' + QByteArray::number(row * 31 % 100 < 20) +
                    '\n';
    return text;
}

class Form
{
public:
    explicit Form(WindowFixture &fixture)
        : form(fixture.context)
        , m_fixture(fixture)
    {
        form.show();
    }
    void open(const QStringList &paths)
    {
        m_fixture.dialogs.paths << paths.join(u'\n');
        button(&form, u"Choose log…"_s)->click();
        settle();
    }
    void choose(const QString &part, const QString &beginning)
    {
        auto *box = named<QComboBox>(&form, part);
        QVERIFY2(box, qPrintable(part));
        for (int at = 0; at < box->count(); ++at) {
            if (!box->itemText(at).startsWith(beginning))
                continue;
            box->setFocus();
            box->setCurrentIndex(at);
            return settle();
        }
        QFAIL(qPrintable(beginning));
    }
    void settle() { QTRY_VERIFY(form.problem() != LogSourceForm::tr("The log is being read.")); }
    [[nodiscard]] const LogPreview &preview() const { return *form.preview(); }
    /// What stands in the table of first rows.
    [[nodiscard]] QString cell(int row, const QString &heading) const
    {
        const auto *model =
            named<QTableView>(const_cast<LogSourceForm *>(&form), u"First rows, as they are understood"_s)->model();
        for (int at = 0; at < model->columnCount(); ++at)
            if (model->headerData(at, Qt::Horizontal).toString() == heading)
                return model->index(row, at).data().toString();
        return u"no column "_s + heading;
    }

    LogSourceForm form;

private:
    WindowFixture &m_fixture;
};

QString why(const LogPreview &preview, const char *part)
{
    for (const DialectGuess &guess : preview.guesses)
        if (guess.part == part)
            return toQt(guess.why);
    return {};
}

} // namespace

class TestLogSourceForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// No ODBC driver, whatever the machine has: unixODBC reads this variable once.
    void initTestCase() { QVERIFY(qputenv("ODBCSYSINI", m_noDrivers.path().toUtf8())); }

    void guessesAreShownWithTheirReasons()
    {
        WindowFixture f;
        Form page(f);
        QCOMPARE(page.form.problem(), u"Choose the scoring log."_s);
        page.open({writtenLog(f, u"us.csv"_s, americanLog())});
        QCOMPARE(page.form.problem(), QString());
        QVERIFY(says(&page.form, u"text with semicolons; 720 rows, 5 columns"_s));
        QCOMPARE(named<QComboBox>(&page.form, u"Delimiter"_s)->currentText(), u"Guess: semicolons"_s);
        for (const DialectGuess &guess : page.preview().guesses) {
            const QString words = capitalised(toQt(guess.why));
            QVERIFY2(says(&page.form, guess.sure ? words : u"Not sure: "_s + toQt(guess.why)), qPrintable(words));
        }
        QCOMPARE(page.cell(0, u"score"_s), u"0.101"_s);
        QCOMPARE(unnamedControls(&page.form), QString());
    }

    void eachPartIsCorrected_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addRow("delimiter") << QByteArray("a|b,c|d\n1|2,3|4\n5|6,7|8\n") << u"Delimiter"_s << u"Commas"_s
                                   << u"c|d"_s << u"no column c|d"_s << u"3|4"_s;
        QTest::addRow("quote") << QByteArray("a,b\n\"1\",2\n\"3\",4\n") << u"Quote"_s << u"None"_s << u"a"_s << u"1"_s
                               << u"\"1\""_s;
        QTest::addRow("decimal mark") << QByteArray("a;b\n1;1.234\n2;5.678\n") << u"Decimal mark"_s
                                      << u"Decimal comma"_s << u"b"_s << u"1.234"_s << u"1234"_s;
        QTest::addRow("date format") << QByteArray("date,x\n05/04/2024,1\n03/04/2024,2\n") << u"Date format"_s
                                     << u"Month, day, year"_s << u"date"_s << u"2024-04-05"_s << u"2024-05-04"_s;
        QTest::addRow("encoding") << QByteArray("a,b\nJ\xc3\xb6rg,1\n") << u"Encoding"_s << u"Windows-1252"_s << u"a"_s
                                  << u"Jörg"_s << u"JÃ¶rg"_s;
        QTest::addRow("header") << QByteArray("a,b\n1,2\n3,4\n") << u"Header"_s << u"None"_s << u"col1"_s
                                << u"no column col1"_s << u"a"_s;
    }

    void eachPartIsCorrected()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, part);
        QFETCH(QString, choice);
        QFETCH(QString, column);
        QFETCH(QString, before);
        QFETCH(QString, after);
        WindowFixture f;
        Form page(f);
        page.open({writtenLog(f, u"log.csv"_s, text)});
        QCOMPARE(page.cell(0, column), before);
        auto *back = button(&page.form, u"Back to the guess"_s);
        QVERIFY(!back->isEnabled());
        page.choose(part, choice);
        QCOMPARE(page.cell(0, column), after);
        QVERIFY(page.form.chosen().dialect != LogDialect());
        QVERIFY(says(&page.form, u"As chosen"_s));
        back->click();
        page.settle();
        QCOMPARE(page.cell(0, column), before);
        QVERIFY(page.form.chosen().dialect == LogDialect() && !back->isEnabled());
    }

    void missingWordsAreTyped()
    {
        WindowFixture f;
        Form page(f);
        page.open({writtenLog(f, u"log.csv"_s, "x,y\n1,NA\n?,2\n3,4\n.,5\n")});
        QVERIFY(page.preview().columns[0].type == ColumnType::Categorical);
        auto *words = named<QComboBox>(&page.form, u"Missing words"_s);
        QVERIFY(words->currentText().startsWith(u"Guess: empty, NA"_s));
        words->lineEdit()->setFocus();
        words->lineEdit()->selectAll();
        QTest::keyClicks(words->lineEdit(), u"?, . ,NA"_s);
        QTest::keyClick(words->lineEdit(), Qt::Key_Return);
        page.settle();
        QCOMPARE(page.form.chosen().dialect.missing, (std::vector<std::string>{"?", ".", "NA"}));
        QVERIFY(page.preview().columns[0].type == ColumnType::Numeric);
        QCOMPARE(words->currentText(), u"?, ., NA"_s);
        page.choose(u"Missing words"_s, u"Only empty fields"_s);
        QCOMPARE(page.form.chosen().dialect.missing, std::vector<std::string>());
        QVERIFY(page.preview().columns[1].type == ColumnType::Categorical);
    }

    void aChoiceThatDoesNotFitSaysWhere()
    {
        WindowFixture f;
        Form page(f);
        page.open({writtenLog(f, u"us.csv"_s, americanLog())});
        page.choose(u"Date format"_s, u"Year-month-day"_s);
        QVERIFY2(says(&page.form, u"in column \"day\", line 2, is then no date"_s),
                 qPrintable(why(page.preview(), "dateFormat")));
        page.choose(u"Decimal mark"_s, u"Decimal point"_s);
        QVERIFY(says(&page.form, u"in column \"score\", line 2, is then no number"_s));
        page.choose(u"Delimiter"_s, u"Commas"_s);
        QVERIFY(says(&page.form, u"us.csv line 2 has 3 fields where the header has 1"_s));
        page.choose(u"Encoding"_s, u"UTF-16, little end first"_s);
        QVERIFY(!page.form.preview());
        QVERIFY2(page.form.problem().contains(u"us.csv line 1 is not valid UTF-16"_s), qPrintable(page.form.problem()));
        QVERIFY(says(&page.form, u"is not valid UTF-16"_s));
        button(&page.form, u"Back to the guess"_s)->click();
        page.settle();
        QVERIFY(page.form.preview().has_value());
    }

    void utf16IsRecognised()
    {
        WindowFixture f;
        Form page(f);
        const QString text = u"a,b\n1,2\n"_s; // without a byte order mark
        page.open(
            {writtenLog(f, u"wide.csv"_s, QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2))});
        QCOMPARE(page.cell(0, u"b"_s), u"2"_s);
        QVERIFY2(says(&page.form, u"Because one byte of two is 0"_s), qPrintable(why(page.preview(), "encoding")));
    }

    void titleLinesAreSkippedAndTheirNumberCanBeChosen()
    {
        WindowFixture f;
        Form page(f);
        page.open({writtenLog(f, u"report.csv"_s, "Report: scores\nCreated: 2024-01-01\n\nid;x\n1;2\n3;4\n5;6\n")});
        QCOMPARE(page.cell(0, u"x"_s), u"2"_s);
        QVERIFY2(says(&page.form, u"Because line 4 names 2 columns"_s), qPrintable(why(page.preview(), "skipLines")));
        page.choose(u"Skip lines"_s, u"4"_s);
        page.choose(u"Header"_s, u"None"_s);
        QCOMPARE(page.cell(0, u"col2"_s), u"2"_s);
        QCOMPARE(page.form.chosen().dialect.skipLines, std::optional<std::uint64_t>(4));
        button(&page.form, u"Back to the guess"_s)->click();
        page.settle();
        QCOMPARE(page.cell(0, u"x"_s), u"2"_s);
    }

    void severalFilesAreOneLogInTheOrderOfTheirNames()
    {
        WindowFixture f;
        Form page(f);
        const QString second = writtenLog(f, u"log10.csv"_s, "day,x\n2024-03-01,3\n");
        const QString first = writtenLog(f, u"log2.csv"_s, "day,x\n2024-01-01,1\n2024-02-01,2\n");
        page.open({second, first});
        auto *files = named<QTableView>(&page.form, u"Files of the scoring log"_s);
        QCOMPARE(files->model()->rowCount(), 2);
        QCOMPARE(files->model()->index(0, 0).data().toString(), u"log2.csv"_s);
        QCOMPARE(files->model()->index(0, 2).data().toString(), u"2"_s);
        QVERIFY(says(&page.form, u"2 files"_s) && says(&page.form, u"3 rows, 2 columns, 2024-01-01 to 2024-03-01"_s));
        QVERIFY(says(&page.form, u"in the order of the file names"_s));
        QVERIFY(says(&page.form, u"Shown of log2.csv"_s));

        auto *remove = button(&page.form, u"Remove"_s);
        QVERIFY(!remove->isEnabled());
        files->selectRow(1);
        remove->click();
        page.settle();
        QCOMPARE(page.form.chosen().paths, std::vector<std::string>{toStd(first)});
        f.dialogs.paths << second + u'\n' + first; // one of them a second time
        button(&page.form, u"Add files…"_s)->click();
        page.settle();
        QCOMPARE(page.form.chosen().paths.size(), std::size_t(2));
        QCOMPARE(page.preview().estimatedRows, std::uint64_t(3));
    }

    void headersThatDoNotMatchNameTheFile()
    {
        WindowFixture f;
        Form page(f);
        page.open({writtenLog(f, u"a.csv"_s, "day,x\n2024-01-01,1\n"), writtenLog(f, u"b.csv"_s, "p,q\n1,2\n")});
        QVERIFY2(page.form.problem().startsWith(u"b.csv shares no column with a.csv"_s),
                 qPrintable(page.form.problem()));
        page.open(
            {writtenLog(f, u"a.csv"_s, "day,x\n2024-01-01,1\n"), writtenLog(f, u"c.csv"_s, "day,y\n2024-02-01,1\n")});
        QVERIFY(says(&page.form, u"Column \"y\" is not in a.csv"_s));
    }

    void aFolderGrows()
    {
        WindowFixture f;
        Form page(f);
        f.dialogs.paths << f.filePath(u"empty"_s);
        QVERIFY(QDir().mkpath(f.filePath(u"empty"_s)));
        button(&page.form, u"Add folder…"_s)->click();
        page.settle();
        QVERIFY2(page.form.problem().contains(u"holds no scoring log"_s), qPrintable(page.form.problem()));
        writtenLog(f, u"empty/a.csv"_s, "day,x\n2024-01-01,1\n");
        writtenLog(f, u"empty/b.csv"_s, "day,x\n2024-02-01,1\n2024-02-02,5\n");
        writtenLog(f, u"empty/notes.md"_s, "no log");
        page.form.open(page.form.chosen());
        page.settle();
        const auto *files = named<QTableView>(&page.form, u"Files of the scoring log"_s)->model();
        QCOMPARE(files->index(0, 0).data().toString(), u"empty, a folder (2 files)"_s);
        QCOMPARE(files->index(0, 2).data().toString(), u"3"_s);
        QVERIFY(says(&page.form, u"Not read in empty: notes.md"_s));
    }

    void theDatabaseAsksForWhatItNeeds()
    {
        WindowFixture f;
        Form page(f);
        named<QComboBox>(&page.form, u"Delimiter"_s);
        for (auto *choice : page.form.findChildren<QRadioButton *>())
            if (choice->text().contains(u"ODBC"_s))
                choice->click();
        QVERIFY(page.form.problem().startsWith(u"Name the data source"_s));
        QCOMPARE(unnamedControls(&page.form), QString());
        auto *connection = named<QComboBox>(&page.form, u"Connection"_s);
        auto *connectButton = button(&page.form, u"Connect"_s);
        QVERIFY(!connectButton->isEnabled());
        connection->setEditText(u"DSN=x;PWD=secret"_s);
        QVERIFY(page.form.problem().startsWith(u"Leave the password out"_s) && !connectButton->isEnabled());

        connection->setEditText(u"Driver={No such driver};Servername=x"_s);
        QVERIFY(page.form.problem().startsWith(u"Choose the table"_s));
        named<QLineEdit>(&page.form, u"Password"_s)->setText(u"secret"_s);
        connectButton->click();
        QTRY_VERIFY2(page.form.problem().contains(u"Install the driver"_s), qPrintable(page.form.problem()));
        QVERIFY(!page.form.problem().contains(u"secret"_s));
        QVERIFY(!page.form.problem().contains(u'\n'));

        RunSettings settings;
        page.form.chosen().writeTo(settings);
        QCOMPARE(settings.sql->connection, std::string("Driver={No such driver};Servername=x"));
        QVERIFY(settings.path.empty());
    }

    void withoutADriverItSaysHowToGetOne()
    {
        WindowFixture f;
        Form page(f);
        for (auto *choice : page.form.findChildren<QRadioButton *>())
            if (choice->text().contains(u"ODBC"_s))
                choice->click();
        QVERIFY(says(&page.form, u"No ODBC driver is installed: install that of your database"_s));
    }

    void whatIsJudgedFollowsACorrectionAndKeepsWhatWasSet()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        f.signInWindow(people::developer);
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        auto *form = dialog.form();
        form->openLog(writtenLog(f, u"us.csv"_s, americanLog()));
        auto *run = button(&dialog, u"Run"_s);
        QTRY_VERIFY(run->isEnabled());
        QCOMPARE(form->settings().roles.score, std::string("score"));
        const auto choose = [&](const QString &part, const QString &text) {
            auto *box = named<QComboBox>(&dialog, part);
            const int at = box->findText(text, Qt::MatchStartsWith);
            QVERIFY2(at >= 0, qPrintable(text));
            box->setCurrentIndex(at);
        };
        choose(u"Decimal mark"_s, u"Decimal point"_s); // 0,138 is text now
        QTRY_VERIFY(!form->settings().roles.categorical.contains("score") && run->isEnabled() &&
                    form->settings().roles.score.empty());
        button(&dialog, u"Back to the guess"_s)->click();
        QTRY_COMPARE(form->settings().roles.score, std::string("score"));

        choose(u"Segment"_s, u"who"_s);
        choose(u"Date format"_s, u"Month, day, year"_s);
        QTRY_VERIFY(run->isEnabled());
        const RunSettings settings = form->settings();
        QCOMPARE(settings.roles.segment, std::string("who"));
        QCOMPARE(settings.roles.time, std::string("day"));
        QVERIFY(settings.dialect.dateFormat == DateFormat::MonthDayYear);
    }

    void theNextRunReadsTheSameFilesInTheSameWay()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        const QByteArray text = americanLog();
        const auto half = text.indexOf("\n4/") + 1;
        const QByteArray header = text.left(text.indexOf('\n') + 1);
        RunSettings settings;
        settings.path = toStd(writtenLog(f, u"a.csv"_s, text.left(half)));
        settings.morePaths = {toStd(writtenLog(f, u"b.csv"_s, header + text.mid(half)))};
        settings.dialect.dateFormat = DateFormat::MonthDayYear;
        settings.roles.time = "day";
        settings.roles.score = "score";
        settings.reference.path = settings.path;
        const RunResult result = must(runMonitoring(settings, {}, {}));
        f.as(people::developer, [&](Workspace &workspace) { return must(workspace.recordRun(version, result)); });
        f.signInWindow(people::developer);
        {
            MonitoringSetupDialog dialog(f.context, version, nullptr);
            dialog.show();
            QTRY_VERIFY(button(&dialog, u"Run"_s)->isEnabled());
            const RunSettings next = dialog.form()->settings();
            QCOMPARE(next.path, settings.path);
            QCOMPARE(next.morePaths, settings.morePaths);
            QVERIFY(next.dialect == settings.dialect);
            QCOMPARE(next.reference.path, settings.path);
        }
        QVERIFY(QFile::remove(toQt(settings.path)));
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        QTRY_VERIFY(dialog.form()->problems().join(u' ').contains(u"The reference"_s));
        QCOMPARE(dialog.form()->settings().path, settings.morePaths.front());
    }

private:
    QTemporaryDir m_noDrivers;
};

QTEST_MAIN(TestLogSourceForm)
#include "tst_logsourceform.moc"
