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

    void specialValuesAreCountedByThemselves()
    {
        const QStringList asked{u"--reference-until"_s, u"2022-02-28"_s, u"--special"_s, u"x=5"_s,
                                u"--special"_s,         u"c=b"_s,        u"--special"_s, u"x=70"_s};
        const CliResult result = runCli(drift(asked));
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const json::object last = result.json().at("columns").at(0).at("periods").at(3).as_object();
        const json::array special = last.at("special").as_array();
        QCOMPARE(special.size(), std::size_t(2));
        QCOMPARE(std::string(special[1].at("value").as_string()), std::string("70"));
        QCOMPARE(special[1].at("n_reference").to_number<int>(), 2);
        QCOMPARE(special[0].at("n_current").to_number<int>(), 0);
        const CliResult lines = runCli(drift(asked + QStringList{u"--format"_s, u"csv"_s}));
        QVERIFY(contains(lines.out, "2022-03,c,special b,50"));
        const CliResult profile = runCli(drift(asked + QStringList{u"--format"_s, u"profile"_s}));
        QVERIFY(contains(profile.out, "x,reference,,,(special) 70,2"));
        QVERIFY(runCli(drift(asked + QStringList{u"--special"_s, u"x"_s})).exitCode != 0);
        QVERIFY(contains(runCli(drift(asked + QStringList{u"--special"_s, u"nobody=1"_s})).err, "nobody"));
    }

    void aProfileOfALogIsComparedWithoutItsRows()
    {
        const QStringList reference{u"--reference-until"_s, u"2022-02-28"_s};
        const CliResult profile = runCli(drift(reference + QStringList{u"--format"_s, u"profile"_s}));
        QVERIFY2(profile.exitCode == 0, profile.err.c_str());
        QVERIFY(profile.out.starts_with("column,period,low,high,category,count"));
        const QString file = m_folder.filePath(u"profile.csv"_s);
        std::ofstream(file.toStdString()) << profile.out;
        const CliResult result = runCli({u"drift"_s, file});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        QVERIFY2(result.err.find("KS, Wasserstein, performance") != std::string::npos, result.err.c_str());
        const auto rows = runCli(drift(reference + QStringList{u"--bins"_s, u"range"_s, u"--column"_s, u"x"_s})).json();
        const auto report = result.json();
        const auto psi = [](const json::value &of) {
            const auto &columns = of.at("columns").as_array();
            const auto x = std::find_if(columns.begin(), columns.end(),
                                        [](const json::value &column) { return column.at("name") == "x"; });
            return x->at("periods").as_array().back().at("statistics").at("psi").to_number<double>();
        };
        QCOMPARE(psi(report), psi(rows));
        QVERIFY(psi(report) > 0.1);
    }

    void anOddTargetIsSaidToMakeAPredictionOfAScore()
    {
        std::string text = "ts,score,y\n";
        for (int i = 0; i < 400; ++i)
            text += std::string(i < 200 ? "2024-01-10," : "2024-02-10,") + "0." + std::to_string(100 + i) + ',' +
                    (i == 7       ? "2"
                     : i % 3 == 0 ? "1"
                                  : "0") +
                    '\n';
        const QString log = m_folder.filePath(u"odd.csv"_s);
        std::ofstream(log.toStdString()) << text;
        const CliResult result = runCli({u"drift"_s, log, u"--time"_s, u"ts"_s, u"--reference-periods"_s, u"1"_s,
                                         u"--score"_s, u"score"_s, u"--target"_s, u"y"_s});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        QVERIFY2(contains(result.err, "\"y\" holds other than two values"), result.err.c_str());
    }

    void aProfileKeepsTheBinsThatAreEmpty()
    {
        std::string text = "ts,flag\n"; // exactly 70 % zeros: a decile falls on a jump between them and the ones
        for (int i = 0; i < 400; ++i)
            text += std::string(i < 200 ? "2024-01-10," : "2024-02-10,") + (i % 10 < 7 ? "0" : "1") + '\n';
        const QString log = m_folder.filePath(u"flags.csv"_s);
        std::ofstream(log.toStdString()) << text;
        const CliResult profile = runCli(
            {u"drift"_s, log, u"--time"_s, u"ts"_s, u"--reference-periods"_s, u"1"_s, u"--format"_s, u"profile"_s});
        QVERIFY2(profile.exitCode == 0, profile.err.c_str());
        const QString file = m_folder.filePath(u"flags-profile.csv"_s);
        std::ofstream(file.toStdString()) << profile.out;
        const CliResult result = runCli({u"drift"_s, file});
        QVERIFY2(result.exitCode == 0, (result.err + profile.out).c_str());
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

    void allStatisticsAreThoseOfCompare()
    {
        const QStringList reference{u"--reference-periods"_s, u"2"_s, u"--column"_s, u"x"_s};
        const auto april = [](const CliResult &result) {
            return result.json().at("columns").at(0).at("periods").at(3).at("statistics").as_object();
        };
        const json::object usual = april(runCli(drift(reference)));
        const json::object all = april(runCli(drift(reference + QStringList{u"--all-statistics"_s})));
        QVERIFY(usual.contains("jensen_shannon_divergence") && !usual.contains("energy_distance"));
        for (const auto &[key, value] : usual)
            QCOMPARE(json::serialize(all.at(key)), json::serialize(value));
        for (const char *key : {"ks_pvalue_exact", "wasserstein_normed", "wasserstein_scaled_0_1", "energy_distance",
                                "cramer_von_mises_statistic", "cramer_von_mises_pvalue", "anderson_darling_statistic",
                                "anderson_darling_pvalue"})
            QVERIFY2(all.at(key).is_number(), key);
        // 0 to 99 against 60 to 159: 60 apart, over a range of 159
        QVERIFY(std::abs(all.at("wasserstein_scaled_0_1").to_number<double>() - 60.0 / 159) < 1e-12);
        const CliResult profile =
            runCli(drift(reference + QStringList{u"--all-statistics"_s, u"--format"_s, u"profile"_s}));
        QCOMPARE(profile.exitCode, 2);
        QVERIFY2(contains(profile.err, "--all-statistics needs the rows of files"), profile.err.c_str());
    }

    void csvHasOneLineForEachNumber()
    {
        const CliResult result = runCli(drift({u"--period"_s, u"year"_s, u"--reference-until"_s, u"2022"_s,
                                               u"--column"_s, u"c"_s, u"--format"_s, u"csv"_s}));
        QVERIFY(result.out.starts_with("period,column,statistic,value\n2022,*,rows,400\n2022,c,n,400\n"));
        QVERIFY(contains(result.out, "\n2022,c,psi,0\n"));
    }

    void outcomesAreOnePlaceEach()
    {
        const QStringList options{u"--reference-periods"_s,
                                  u"2"_s,
                                  u"--score"_s,
                                  u"score"_s,
                                  u"--target"_s,
                                  u"target"_s,
                                  u"--groups"_s,
                                  u"c"_s,
                                  u"--threshold"_s,
                                  u"0.05"_s};
        const CliResult result = runCli(drift(options));
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto report = result.json();
        const auto &march = report.at("periods").at(2).as_object();
        const auto figure = [](const json::value &of, const char *name) {
            return of.at("figures").at(name).at("value").to_number<double>();
        };
        QCOMPARE(figure(march.at("performance"), "roc_auc"), march.at("auc").to_number<double>());
        QCOMPARE(figure(march.at("performance"), "recall"), 1.0);
        QCOMPARE(march.at("performance").at("grades").as_array().size(), std::size_t{10});
        QVERIFY(march.at("performance").at("figures").at("accuracy").at("low").is_double());

        const auto &estimate = march.at("estimate").as_object();
        QVERIFY(contains(std::string(estimate.at("assumption").as_string()), "concept drift cannot be seen"));
        QCOMPARE(figure(estimate, "roc_auc"), 1.0);
        QCOMPARE(estimate.at("labelled_rows").to_number<int>(), 100);
        QCOMPARE(estimate.at("gaps").at("roc_auc").at("value").to_number<double>(), 0.0);
        QCOMPARE(estimate.at("suspected_concept_drift").as_bool(), false);
        QVERIFY(!estimate.at("reason").as_string().empty());

        const auto &fairness = march.at("fairness").at(0).as_object();
        QCOMPARE(fairness.at("column").as_string(), json::string("c"));
        const auto &groups = fairness.at("groups").as_array();
        QCOMPARE(groups.size(), std::size_t{3});
        QCOMPARE(groups[0].at("n").to_number<int>(), 50);
        QCOMPARE(figure(groups[1], "adverse_impact_ratio"), 1.0);
        QVERIFY(contains(std::string(report.at("definitions").at("fairness").as_string()), "None of them is a legal"));

        const auto &quality = report.at("periods").at(3).at("quality").as_object();
        QCOMPARE(quality.at("duplicate_rows").to_number<int>(), 0);
        QCOMPARE(quality.at("expected_rows").to_number<double>(), 100.0);
        QCOMPARE(quality.at("arrived_share").to_number<double>(), 1.0);
        const auto &x = report.at("columns").at(0).at("periods").at(3).at("statistics").as_object();
        QCOMPARE(x.at("missing_rate").to_number<double>(), 0.0);
        QCOMPARE(x.at("out_of_range_share").to_number<double>(), 0.6);
        const auto &c = report.at("columns").at(1).at("periods").at(3).at("statistics").as_object();
        QCOMPARE(c.at("unseen_rate").to_number<double>(), 1.0);

        const CliResult csv = runCli(drift(options + QStringList{u"--format"_s, u"csv"_s}));
        for (const char *line :
             {"\n2022-03,*,roc_auc,1\n", "\n2022-03,*,accuracy_low,", "\n2022-03,*,estimated_roc_auc,1\n",
              "\n2022-03,*,gap_accuracy,", "\n2022-03,*,suspected_concept_drift,0\n", "\n2022-03,c=a,n,50\n",
              "\n2022-03,c=b,adverse_impact_ratio,1\n", "\n2022-04,*,duplicate_rows,0\n",
              "\n2022-04,*,arrived_share,1\n", "\n2022-04,c,unseen_rate,1\n"})
            QVERIFY2(contains(csv.out, line), line);
    }

    void aReferenceMayBeAWindow()
    {
        const CliResult result =
            runCli(drift({u"--reference-from"_s, u"2022-02"_s, u"--reference-until"_s, u"2022-03-20"_s}));
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto reference = result.json().at("reference").as_object();
        QCOMPARE(reference.at("label").as_string(), json::string("2022-02-01 to 2022-03-20"));
        QCOMPARE(reference.at("from").as_string(), json::string("2022-02-10"));
        QCOMPARE(reference.at("to").as_string(), json::string("2022-03-20"));
        for (const QStringList &wrong : {QStringList{u"--reference-from"_s, u"2022-02"_s},
                                         {u"--reference-from"_s, u"2022-03"_s, u"--reference-until"_s, u"2022-02"_s}})
            QCOMPARE(runCli(drift(wrong)).exitCode, 2);
    }

    void aReferenceMayBeTheYearBefore()
    {
        const QString path = m_folder.filePath(u"years.csv"_s);
        {
            std::ofstream file(path.toStdString());
            file << "day,x\n";
            for (const char *day : {"2020-03-01", "2020-04-01", "2021-04-02", "2021-05-02"})
                for (int i = 0; i < 50; ++i)
                    file << day << ',' << i + (day[6] == '5' ? 100 : 0) << '\n';
        }
        const CliResult result =
            runCli({u"drift"_s, path, u"--time"_s, u"day"_s, u"--reference"_s, u"same-period-last-year"_s});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto report = result.json();
        QCOMPARE(report.at("reference").at("label").as_string(), json::string("same period last year"));
        QVERIFY(report.at("periods").at(0).at("compared_with").is_null());
        QCOMPARE(report.at("periods").at(2).at("compared_with").as_string(), json::string("2020-04"));
        const auto &x = report.at("columns").at(0).at("periods").as_array();
        QCOMPARE(x[2].at("statistics").at("ks_statistic").to_number<double>(), 0.0);
        QVERIFY(x[3].at("statistics").at("ks_statistic").is_null() && x[3].at("statistics").at("psi").is_null());
        QCOMPARE(x[3].at("statistics").at("missing_rate").to_number<double>(), 0.0);
    }

    void favourableDecisionsMayLieBelowTheThreshold()
    {
        const auto selected = [&](const QStringList &more) {
            const CliResult result = runCli(drift(
                QStringList{u"--reference-periods"_s, u"2"_s, u"--score"_s, u"score"_s, u"--groups"_s, u"c"_s} + more));
            return result.json().at("periods").at(0).at("fairness").at(0).as_object();
        };
        const auto above = selected({u"--comparison-group"_s, u"c=b"_s});
        const auto below = selected({u"--favourable"_s, u"below"_s});
        QCOMPARE(above.at("comparison").as_string(), json::string("b"));
        QCOMPARE(below.at("comparison").as_string(), json::string("a"));
        const auto count = [](const json::object &of) {
            return of.at("groups").at(0).at("favourable").to_number<int>();
        };
        QCOMPARE(count(above) + count(below), 50);
        const CliResult wrong = runCli(drift({u"--reference-periods"_s, u"1"_s, u"--favourable"_s, u"left"_s}));
        QCOMPARE(wrong.exitCode, 2);
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
                                         {u"--reference-until"_s, u"2022"_s, u"--reference-periods"_s, u"1"_s},
                                         {u"--reference-periods"_s, u"-1"_s},
                                         {u"--reference-periods"_s, u"0"_s},
                                         {u"--reference-periods"_s, u"1"_s, u"--threshold"_s, u"nan"_s},
                                         {u"--reference-periods"_s, u"1"_s, u"--threshold"_s, u"inf"_s},
                                         {u"--reference-periods"_s, u"1"_s, u"--threshold"_s, u"-inf"_s}}) {
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
        QCOMPARE(text.exitCode, 0);
        QVERIFY2(contains(text.err, "Column \"c\": ") && contains(text.err, "are no numbers"), text.err.c_str());
    }

    void doubledAndUnnamedHeadersStopNothing()
    {
        const QString file = m_folder.filePath(u"doubled.csv"_s);
        std::ofstream(file.toStdString()) << [] {
            std::string text = "ts,a,a,a (2),,x,,y,y\n";
            for (int i = 0; i < 200; ++i)
                text += (i < 100 ? "2022-01-01," : "2022-02-01,") + std::to_string(i % 7) + "," +
                        std::to_string(i % 5) + ",1," + std::to_string(i) + "," + std::to_string(i % 3) + ",,0.5,1\n";
            return text;
        }();
        const QStringList options{u"drift"_s, file, u"--time"_s, u"ts"_s, u"--reference-periods"_s, u"1"_s};
        const CliResult result = runCli(options);
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const auto report = result.json();
        std::vector<std::string> names;
        for (const auto &column : report.at("columns").as_array())
            names.emplace_back(column.at("name").as_string());
        QCOMPARE(names, (std::vector<std::string>{"a", "a (3)", "a (2)", "unnamed 5", "x", "y", "y (2)"}));
        for (const char *note :
             {"Several columns are named \"a\"", "Several columns are named \"y\"",
              "A column has no name and is called \"unnamed 5\"", "A column without name and values is left out"})
            QVERIFY2(contains(result.err, note), result.err.c_str());
        const CliResult twice = runCli(options + QStringList{u"--score"_s, u"x"_s, u"--target"_s, u"y"_s});
        QCOMPARE(twice.exitCode, 1);
        QVERIFY2(contains(twice.err, "several columns named \"y\""), twice.err.c_str());
        QCOMPARE(runCli(options + QStringList{u"--score"_s, u"x"_s, u"--target"_s, u"y (2)"_s}).exitCode, 0);
        QCOMPARE(runCli({u"compare"_s, u"--reference"_s, file, u"--current"_s, file}).exitCode, 0);
        QCOMPARE(
            runCli({u"stat"_s, u"psi"_s, u"--reference"_s, file, u"--current"_s, file, u"--column"_s, u"a"_s}).exitCode,
            1);
    }

    void fewTextsAmongNumbersAreRemarked()
    {
        const QString file = m_folder.filePath(u"mixed.csv"_s);
        std::ofstream(file.toStdString()) << [] {
            std::string text = "ts,x,amount,code\n";
            for (int i = 0; i < 200; ++i) {
                const bool unknown = i == 150 || i == 170;
                text += (i < 100 ? "2022-01-01," : "2022-02-01,") +
                        (unknown ? std::string("n.k.") : std::to_string(i % 20)) + "," +
                        (unknown ? std::string("n.k.") : std::to_string(i)) + ",A" + std::to_string(i % 9) + "\n";
            }
            return text;
        }();
        const QStringList options{u"drift"_s, file, u"--time"_s, u"ts"_s, u"--reference-periods"_s, u"1"_s};
        const CliResult result = runCli(options);
        QVERIFY2(contains(result.err,
                          "Column \"x\" is compared as categories: 2 of its 200 values are no numbers, first "
                          "\"n.k.\" in row 151 of mixed.csv"),
                 result.err.c_str());
        QVERIFY2(contains(result.err,
                          "Column \"amount\": 2 of its 200 values are no numbers and count as missing, first "
                          "\"n.k.\" in line 152 of mixed.csv. Correct"),
                 result.err.c_str());
        QVERIFY(!contains(result.err, "\"code\""));
        for (const QStringList &settled : {QStringList{u"--type"_s, u"x=categorical"_s}, {u"--missing"_s, u"n.k."_s}})
            QVERIFY(!contains(runCli(options + settled).err, "compared as categories"));
    }

    void aReferenceOfAllPeriodsIsRefused()
    {
        QCOMPARE(runCli(drift({u"--reference-periods"_s, u"3"_s, u"--column"_s, u"x"_s})).exitCode, 0);
        for (const QString &first : {u"4"_s, u"5"_s, u"18446744073709551615"_s}) {
            const CliResult all = runCli(drift({u"--reference-periods"_s, first, u"--column"_s, u"x"_s}));
            QCOMPARE(all.exitCode, 1);
            QVERIFY(all.out.empty());
            QVERIFY2(contains(all.err, "The log has 4 periods") && contains(all.err, "at most 3"), all.err.c_str());
        }
    }

    void anEventThatTheTargetDoesNotHoldIsRemarked()
    {
        const QStringList options{
            u"--reference-periods"_s, u"2"_s, u"--score"_s, u"score"_s, u"--target"_s, u"target"_s, u"--positive"_s};
        const CliResult absent = runCli(drift(options + QStringList{u"yes"_s}));
        QCOMPARE(absent.exitCode, 0);
        QVERIFY2(contains(absent.err, "holds no \"yes\", the event asked for, but \"0\" and \"1\""),
                 absent.err.c_str());
        for (const QString &present : {u"0"_s, u"1"_s, u"1.0"_s})
            QVERIFY(!contains(runCli(drift(options + QStringList{present})).err, "the event asked for"));
    }

private:
    QTemporaryDir m_folder;
    QString m_log;
};

QTEST_GUILESS_MAIN(TestDrift)
#include "tst_drift.moc"
