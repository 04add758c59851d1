// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "clirunner.h"

#include <cmath>
#include <fstream>

using namespace Qt::StringLiterals;

namespace {

namespace json = boost::json;

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestDrift : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QStringList drift(const QStringList &more) const
    {
        return QStringList{u"drift"_s, m_log, u"--time"_s, u"ts"_s} + more;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_log = m_folder.filePath(u"log.csv"_s);
        std::ofstream file(m_log.toStdString());
        file << "ts,x,c,score,target\n";
        for (int month = 1; month <= 4; ++month) {
            for (int i = 0; i < 100; ++i) {
                const bool event = i % 3 == 0;
                file << "2022-0" << month << "-" << (i % 19 + 10) << "T08:00:00Z," << i + (month == 4 ? 60 : 0) << ','
                     << (month == 4   ? "new"
                         : i % 2 == 0 ? "a"
                                      : "b")
                     << ',' << (event ? 0.9 : 0.1) + i * 1e-4 << ','
                     << (month == 4 && i >= 50 ? ""
                         : event               ? "1"
                                               : "0")
                     << '\n';
            }
        }
    }

    void referenceIsDescribed()
    {
        const CliResult result = runCli(drift({u"--period"_s, u"month"_s, u"--reference-until"_s, u"2022-02-28"_s,
                                               u"--score"_s, u"score"_s, u"--target"_s, u"target"_s}));
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto report = result.json();
        QCOMPARE(report.at("reference").at("rows").to_number<int>(), 200);
        QCOMPARE(report.at("reference").at("label").as_string(), json::string("up to 2022-02-28"));
        QCOMPARE(report.at("reference").at("from").as_string(), json::string("2022-01-10"));
        QCOMPARE(report.at("reference").at("to").as_string(), json::string("2022-02-28"));
    }

    void rowsColumnsAndAucAreRight()
    {
        const CliResult result = runCli(drift({u"--period"_s, u"month"_s, u"--reference-until"_s, u"2022-02"_s,
                                               u"--score"_s, u"score"_s, u"--target"_s, u"target"_s}));
        const auto report = result.json();
        const auto &periods = report.at("periods").as_array();
        QCOMPARE(periods.size(), std::size_t{4});
        QCOMPARE(periods[3].at("label").as_string(), json::string("2022-04"));
        QCOMPARE(periods[3].at("rows").to_number<int>(), 100);
        QCOMPARE(periods[3].at("labelled_rows").to_number<int>(), 50);
        QCOMPARE(periods[3].at("auc").to_number<double>(), 1.0);
        const auto &columns = report.at("columns").as_array();
        QCOMPARE(columns.size(), std::size_t{4});
        const auto &x = columns[0].as_object();
        QCOMPARE(x.at("name").as_string(), json::string("x"));
        const auto &march = x.at("periods").at(2).as_object();
        QCOMPARE(march.at("n").to_number<int>(), 100);
        QCOMPARE(march.at("missing").to_number<int>(), 0);
        QCOMPARE(march.at("statistics").at("ks_statistic").to_number<double>(), 0.0);
        QCOMPARE(march.at("statistics").at("ks_pvalue").to_number<double>(), 1.0);
        const auto &april = x.at("periods").at(3).at("statistics").as_object();
        QVERIFY(std::abs(april.at("ks_statistic").to_number<double>() - 0.6) < 1e-15);
        QCOMPARE(april.at("wasserstein").to_number<double>(), 60.0);
    }

    void csvHasOneLineForEachNumber()
    {
        const CliResult result = runCli(drift({u"--period"_s, u"year"_s, u"--reference-periods"_s, u"1"_s,
                                               u"--column"_s, u"c"_s, u"--format"_s, u"csv"_s}));
        QVERIFY(result.out.starts_with("period,column,statistic,value\n2022,*,rows,400\n2022,c,n,400\n"));
        QVERIFY(contains(result.out, "\n2022,c,psi,0\n"));
    }

    void periodsOfRowsNeedNoTime()
    {
        const CliResult result = runCli(
            {u"drift"_s, m_log, u"--period"_s, u"rows:150"_s, u"--reference-periods"_s, u"1"_s, u"--column"_s, u"x"_s});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto periods = result.json().at("periods").as_array();
        QCOMPARE(periods.size(), std::size_t{3});
        QCOMPARE(periods[2].at("label").as_string(), json::string("rows 301-400"));
        QVERIFY(periods[2].at("from").is_null());
    }

    void segmentsAreCutOut()
    {
        const CliResult result = runCli(drift({u"--reference-periods"_s, u"1"_s, u"--segment"_s, u"c=a"_s}));
        QCOMPARE(result.json().at("periods").at(0).at("rows").to_number<int>(), 50);
    }

    void numericTargetGivesRmse()
    {
        const CliResult result = runCli(drift({u"--reference-periods"_s, u"1"_s, u"--prediction"_s, u"score"_s,
                                               u"--target"_s, u"x"_s, u"--column"_s, u"x"_s}));
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        QVERIFY(result.json().at("periods").at(0).at("rmse").to_number<double>() > 50);
    }

    void threadsChangeNothing()
    {
        const QStringList options{
            u"--reference-periods"_s, u"2"_s, u"--score"_s, u"score"_s, u"--target"_s, u"target"_s};
        const CliResult one = runCli(drift(options + QStringList{u"--threads"_s, u"1"_s}));
        const CliResult four = runCli(drift(options + QStringList{u"--threads"_s, u"4"_s}));
        QCOMPARE(one.exitCode, 0);
        QCOMPARE(one.out, four.out);
    }

    void wrongUseIsTwoAndFailureIsOne()
    {
        for (const QStringList &wrong : {QStringList{},
                                         {u"--period"_s, u"decade"_s, u"--reference-periods"_s, u"1"_s},
                                         {u"--period"_s, u"rows:0"_s, u"--reference-periods"_s, u"1"_s},
                                         {u"--reference-until"_s, u"soon"_s},
                                         {u"--reference-until"_s, u"2022"_s, u"--reference-periods"_s, u"1"_s}}) {
            const CliResult result = runCli(drift(wrong));
            QCOMPARE(result.exitCode, 2);
            QVERIFY(!result.err.empty() && result.out.empty());
        }
        const CliResult noTime = runCli({u"drift"_s, m_log, u"--reference-until"_s, u"2022-02-28"_s});
        QCOMPARE(noTime.exitCode, 2);
        const CliResult early = runCli(drift({u"--reference-until"_s, u"2021-12-31"_s}));
        QCOMPARE(early.exitCode, 1);
        QVERIFY2(contains(early.err, "2021-12-31"), early.err.c_str());
        const CliResult text =
            runCli(drift({u"--reference-periods"_s, u"1"_s, u"--score"_s, u"c"_s, u"--target"_s, u"target"_s}));
        QCOMPARE(text.exitCode, 1);
        QVERIFY2(contains(text.err, "\"c\""), text.err.c_str());
    }

private:
    QTemporaryDir m_folder;
    QString m_log;
};

QTEST_GUILESS_MAIN(TestDrift)
#include "tst_drift.moc"
