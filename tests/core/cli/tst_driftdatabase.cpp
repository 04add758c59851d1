// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "clirunner.h"
#include "tests/support/databaselog.h"
#include "tests/support/postgres.h"

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

using namespace Qt::StringLiterals;

namespace {

bool holds(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

/// "period,column,statistic" to its value.
std::map<std::string, std::string> numbersOf(const std::string &report)
{
    std::map<std::string, std::string> numbers;
    std::istringstream lines(report);
    for (std::string line; std::getline(lines, line);) {
        const auto comma = line.rfind(',');
        numbers[line.substr(0, comma)] = line.substr(comma + 1);
    }
    return numbers;
}

/// What a database cannot say.
bool leftOut(const std::string &name)
{
    const std::string statistic = name.substr(name.rfind(',') + 1);
    return statistic.starts_with("estimated_") || statistic.starts_with("estimate_") || statistic.starts_with("gap_") ||
           statistic.starts_with("suspected_") || statistic.starts_with("calibration_slope") ||
           statistic.starts_with("calibration_intercept") || statistic.starts_with("calibration_offset");
}

/// The same names and the same numbers, to 1e-9.
void compareReports(const std::string &database, const std::string &file)
{
    const auto counted = numbersOf(database);
    const auto read = numbersOf(file);
    std::size_t same = 0;
    for (const auto &[name, expected] : read) {
        if (leftOut(name))
            continue;
        const auto found = counted.find(name);
        QVERIFY2(found != counted.end(), name.c_str());
        const std::string &value = found->second;
        const bool equal = value == expected || (!value.empty() && !expected.empty() &&
                                                 std::abs(std::stod(value) - std::stod(expected)) <=
                                                     1e-9 * std::max(1.0, std::abs(std::stod(expected))));
        QVERIFY2(equal, (name + ": " + value + " and " + expected).c_str());
        ++same;
    }
    QVERIFY(same > 500);
    for (const auto &[name, value] : counted)
        QVERIFY2(read.contains(name) && (!leftOut(name) || value.empty()), name.c_str());
}

} // namespace

class TestDriftDatabase : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] static QStringList drift(const QStringList &log)
    {
        QStringList arguments{u"drift"_s};
        arguments += log;
        arguments += u"--time ts --reference-until 2024-03 --score score --target target --groups segment --format csv "
                     "--column x --column money --column place"_s.split(u' ');
        return arguments;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString obstacle = PostgresServer::obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        m_log = m_folder.filePath(u"log.csv"_s);
        std::ofstream(m_log.toStdString()) << databaseLog(4000);
        QString failed = m_server.start();
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        failed = m_server.sql(u"CREATE TABLE scores (%1);\n\\copy scores FROM '%2' WITH (FORMAT csv, HEADER)\n"
                              "GRANT SELECT ON scores TO reader;"_s.arg(QString::fromUtf8(databaseColumns), m_log));
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
    }

    void aTableGivesWhatTheFileGives()
    {
        const CliResult file = runCli(drift({m_log}));
        const CliResult table = runCli(drift({u"--odbc"_s, m_server.connection(), u"--table"_s, u"scores"_s}));
        QVERIFY2(table.exitCode == 0, table.err.c_str());
        QVERIFY2(table.err.starts_with(file.err) && holds(table.err, "are left out"), table.err.c_str());
        compareReports(table.out, file.out);
    }

    void queriesReferencesAndPasswordsAreTaken()
    {
        const QString secret = m_folder.filePath(u"secret"_s);
        std::ofstream(secret.toStdString()) << PostgresServer::password().toStdString() << '\n';
        const QStringList log{u"--odbc"_s,
                              m_server.connection(u"reader"_s),
                              u"--query"_s,
                              u"SELECT * FROM scores"_s,
                              u"--odbc-password-file"_s,
                              secret};
        const CliResult query = runCli(drift(log));
        QVERIFY2(query.exitCode == 0, query.err.c_str());
        compareReports(query.out, runCli(drift({m_log})).out);
        const CliResult other = runCli(QStringList{u"drift"_s} + log +
                                       QStringList{u"--reference-table"_s, u"SELECT * FROM scores WHERE x > 0"_s,
                                                   u"--time"_s, u"ts"_s, u"--column"_s, u"x"_s});
        QVERIFY2(other.exitCode == 0, other.err.c_str());
        QVERIFY(other.json().at("reference").at("rows").to_number<int>() > 2000);
        const CliResult refused = runCli(drift(log.first(4)));
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(holds(refused.err, "No connection to the database"), refused.err.c_str());
    }

    void wrongUseIsTold()
    {
        for (const QStringList &wrong : {QStringList{u"--odbc"_s, u"DSN=x"_s},
                                         {u"--table"_s, u"scores"_s},
                                         {m_log, u"--odbc"_s, u"DSN=x"_s, u"--table"_s, u"scores"_s},
                                         {u"--odbc"_s, u"DSN=x"_s, u"--table"_s, u"a"_s, u"--query"_s, u"b"_s}}) {
            const CliResult result = runCli(drift(wrong));
            QCOMPARE(result.exitCode, 2);
            QVERIFY(!result.err.empty() && result.out.empty());
        }
        const CliResult leak = runCli(drift({u"--odbc"_s, u"DSN=x;PWD=secret"_s, u"--table"_s, u"scores"_s}));
        QCOMPARE(leak.exitCode, 1);
        QVERIFY2(holds(leak.err, "holds a password") && !holds(leak.err, "secret"), leak.err.c_str());
    }

private:
    QTemporaryDir m_folder;
    PostgresServer m_server;
    QString m_log;
};

QTEST_GUILESS_MAIN(TestDriftDatabase)
#include "tst_driftdatabase.moc"
