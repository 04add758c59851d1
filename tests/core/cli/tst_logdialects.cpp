// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "clirunner.h"

#include <fstream>

using namespace Qt::StringLiterals;

namespace {

bool holds(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

/// Logs in other dialects and of several files, through the commands.
class TestLogDialects : public QObject
{
    Q_OBJECT

private:
    QString write(const QString &name, const std::string &text) const
    {
        const QString path = m_folder.filePath(name);
        std::ofstream(path.toStdString(), std::ios::binary) << text;
        return path;
    }

    [[nodiscard]] static QStringList drift(const QStringList &logs, const QStringList &more = {})
    {
        return QStringList{u"drift"_s} + logs +
               QStringList{u"--time"_s, u"ts"_s, u"--reference-periods"_s, u"1"_s, u"--format"_s, u"csv"_s} + more;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_folder.path()).mkdir(u"months"_s));
        std::string plain = "ts,x,c\n";
        std::string german = "ts;x;c\r\n";
        for (int month = 1; month <= 3; ++month) {
            std::string part = "c\tx\tts\n";
            for (int i = 1; i <= 28; ++i) {
                const std::string day = (i < 10 ? "0" : "") + std::to_string(i);
                const std::string whole = std::to_string(i * month);
                const std::string c = i % 3 == 0 ? "a" : "b";
                plain += "2024-0" + std::to_string(month) + "-" + day + "," + whole + ".25," + c + "\n";
                german += day + ".0" + std::to_string(month) + ".2024;" + whole + ",25;" + c + "\r\n";
                part += c + "\t" + whole + ".25\t2024-0" + std::to_string(month) + "-" + day + "\n";
            }
            write(u"months/%1.tsv"_s.arg(month), part);
        }
        m_plain = write(u"plain.csv"_s, plain);
        m_german = write(u"german.csv"_s, german);
    }

    void dialectsAndFoldersGiveTheSameNumbers()
    {
        const CliResult plain = runCli(drift({m_plain}));
        QVERIFY2(plain.exitCode == 0 && plain.err.empty(), plain.err.c_str());
        const QString folder = m_folder.filePath(u"months"_s);
        const QStringList chosen{u"--delimiter"_s,   u"semicolon"_s, u"--decimal"_s,  u"comma"_s,
                                 u"--date-format"_s, u"dmy"_s,       u"--encoding"_s, u"latin-1"_s,
                                 u"--quote"_s,       u"none"_s,      u"--header"_s,   u"yes"_s};
        for (const QStringList &arguments : {drift({m_german}), drift({m_german}, chosen),
                                             drift({folder, u"--column"_s, u"x"_s, u"--column"_s, u"c"_s}),
                                             drift({folder + u"/3.tsv"_s, folder + u"/1.tsv"_s, folder + u"/2.tsv"_s,
                                                    u"--column"_s, u"x"_s, u"--column"_s, u"c"_s})}) {
            const CliResult result = runCli(arguments);
            QVERIFY2(result.exitCode == 0 && result.err.empty(), result.err.c_str());
            QCOMPARE(QString::fromStdString(result.out), QString::fromStdString(plain.out));
        }
    }

    void compareAndStatReadThemToo()
    {
        for (const QStringList &more : {QStringList{}, {u"--decimal"_s, u"comma"_s}}) {
            const CliResult result = runCli(
                QStringList{u"compare"_s, u"--reference"_s, m_german, u"--current"_s, m_german, u"--column"_s, u"x"_s} +
                more);
            QVERIFY2(result.exitCode == 0, result.err.c_str());
            QCOMPARE(result.json().at("columns").at(0).at("type").as_string(), boost::json::string("numeric"));
        }
        const CliResult stat = runCli(
            {u"stat"_s, u"wasserstein"_s, u"--reference"_s, m_german, u"--current"_s, m_plain, u"--column"_s, u"x"_s});
        QVERIFY2(stat.exitCode == 0, stat.err.c_str());
        QCOMPARE(stat.json().at("value").to_number<double>(), 0.0);
    }

    void previewSaysHowALogIsReadAndWhy()
    {
        const CliResult text = runCli({u"preview"_s, m_german});
        QVERIFY2(text.exitCode == 0, text.err.c_str());
        for (const char *part : {"semicolons", "decimal comma", "day, month, year", "likely the time", "84 rows"})
            QVERIFY2(holds(text.out, part), text.out.c_str());
        const CliResult json = runCli(
            {u"preview"_s, m_folder.filePath(u"months"_s), u"--delimiter"_s, u"tab"_s, u"--format"_s, u"json"_s});
        const auto report = json.json();
        QCOMPARE(report.at("files").as_array().size(), std::size_t{3});
        const auto &delimiter = report.at("dialect").at(0).as_object();
        QCOMPARE(delimiter.at("part").as_string(), boost::json::string("delimiter"));
        QCOMPARE(delimiter.at("value").as_string(), boost::json::string("tabs"));
        QCOMPARE(delimiter.at("why").as_string(), boost::json::string("as chosen"));
        QVERIFY(delimiter.at("sure").as_bool());
        QCOMPARE(report.at("roles").at("time").as_string(), boost::json::string("ts"));
    }

    void exportsOfReportsAreReadAndTheirLinesNoted()
    {
        const CliResult plain = runCli(drift({m_plain}));
        std::ifstream file(m_plain.toStdString());
        std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        const QString report = write(u"report.csv"_s, "Report: scores\nCreated: 2024-04-01\n\n" + text);
        const CliResult guessed = runCli(drift({report}));
        QVERIFY2(holds(guessed.err, "report.csv: the first 3 lines are no part of the table"), guessed.err.c_str());
        QCOMPARE(guessed.out, plain.out);
        const CliResult chosen =
            runCli(drift({report}, {u"--skip-lines"_s, u"3"_s, u"--quote"_s, u"double-backslash"_s}));
        QVERIFY2(chosen.exitCode == 0 && chosen.err.empty(), chosen.err.c_str());
        QCOMPARE(chosen.out, plain.out);
        const CliResult tooMany = runCli(drift({report}, {u"--skip-lines"_s, u"1000"_s}));
        QVERIFY2(tooMany.exitCode == 1 && holds(tooMany.err, "Skip fewer lines"), tooMany.err.c_str());
    }

    void whatIsOnlyGuessedIsNoted()
    {
        const QString log = write(u"us.csv"_s, "ts,x\n01/02/2024,1\n02/03/2024,2\n");
        const CliResult result = runCli(drift({log}));
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(holds(result.err, "us.csv: the date format is a guess"), result.err.c_str());
        QVERIFY(runCli(drift({log}, {u"--date-format"_s, u"mdy"_s})).err.empty());
    }

    void wrongWordsAreWrongUse()
    {
        for (const auto &[option, word] : {std::pair{u"--delimiter"_s, u"colon"_s},
                                           {u"--decimal"_s, u"dot"_s},
                                           {u"--date-format"_s, u"swatch"_s},
                                           {u"--encoding"_s, u"ebcdic"_s},
                                           {u"--header"_s, u"maybe"_s},
                                           {u"--quote"_s, u"triple"_s}}) {
            const CliResult result = runCli(drift({m_plain}, {option, word}));
            QCOMPARE(result.exitCode, 2);
            QVERIFY2(holds(result.err, option.toStdString()) && holds(result.err, "one of"), result.err.c_str());
        }
        const CliResult clash = runCli(
            drift({m_plain}, {u"--delimiter"_s, u"comma"_s, u"--decimal"_s, u"comma"_s, u"--quote"_s, u"none"_s}));
        QCOMPARE(clash.exitCode, 1);
    }

private:
    QTemporaryDir m_folder;
    QString m_plain;
    QString m_german;
};

QTEST_GUILESS_MAIN(TestLogDialects)
#include "tst_logdialects.moc"
