// SPDX-License-Identifier: GPL-3.0-or-later
//
// countersign-cli stat: over every published case, and what it says where it cannot answer.
#include <QTemporaryDir>
#include <QtTest>

#include "../monitoring/externalcases.h"
#include "clirunner.h"
#include "core/stats/catalogue.h"

#include <filesystem>
#include <fstream>

using namespace Qt::StringLiterals;

class TestStat : public QObject
{
    Q_OBJECT

private:
    QString write(const QString &name, const std::vector<std::string> &cells)
    {
        const QString path = m_folder.filePath(name);
        std::ofstream file(path.toStdString());
        file << "value\n";
        for (const std::string &cell : cells)
            file << cell << '\n';
        return path;
    }

private Q_SLOTS:
    void everyExternalCaseAgrees()
    {
        if (!std::filesystem::exists(externalcases::folder + "external_cases.json"))
            QSKIP("The external cases are not at hand.");
        std::size_t agreed = 0;
        const auto cases = externalcases::read();
        for (const auto &c : cases) {
            QStringList arguments{u"stat"_s,        QString::fromStdString(c.metric),
                                  u"--reference"_s, write(u"reference.csv"_s, c.reference),
                                  u"--current"_s,   write(u"current.csv"_s, c.current),
                                  u"--format"_s,    u"json"_s};
            for (const auto &[key, value] : c.options)
                arguments << u"--option"_s << QString::fromStdString(key + '=' + value);
            const CliResult result = runCli(arguments);
            QVERIFY2(result.exitCode == 0, (c.id + ": " + result.err).c_str());
            const auto object = result.json();
            QCOMPARE(object.size(), std::size_t{3});
            QCOMPARE(std::string(object.at("name").as_string()), c.metric);
            QVERIFY(!object.at("definition").as_string().empty());
            const double value = object.at("value").to_number<double>();
            if (std::abs(value - c.expected) <= c.tolerance)
                ++agreed;
            else
                qWarning("%s %s: expected %.17g, found %.17g", c.id.c_str(), c.metric.c_str(), c.expected, value);
        }
        QCOMPARE(agreed, cases.size());
    }

    void emptyFieldsAreMissing()
    {
        const QString reference = write(u"a.csv"_s, {"1", "2", "", "3", "4"});
        const QString current = write(u"b.csv"_s, {"", "", "3", "4", "5"});
        const CliResult ks =
            runCli({u"stat"_s, u"ks_statistic"_s, u"--reference"_s, reference, u"--current"_s, current});
        QVERIFY2(ks.exitCode == 0, ks.err.c_str());
        QCOMPARE(ks.json().at("value").to_number<double>(), 0.5);
        const CliResult rate =
            runCli({u"stat"_s, u"missing_rate_difference"_s, u"--reference"_s, reference, u"--current"_s, current});
        QVERIFY(std::abs(rate.json().at("value").to_number<double>() - 0.2) < 1e-15);
    }

    void pairsNeedNotBeWholeNorInTheSameFile()
    {
        const QString path = m_folder.filePath(u"scored.csv"_s);
        std::ofstream(path.toStdString()) << "score,target\n0.9,1\n0.8,\n0.3,0\n,1\n0.2,1\n0.1,0\n";
        const CliResult result =
            runCli({u"stat"_s, u"roc_auc"_s, u"--reference"_s, path, u"--current"_s, path, u"--reference-column"_s,
                    u"target"_s, u"--current-column"_s, u"score"_s, u"--format"_s, u"csv"_s});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        QVERIFY2(result.out.starts_with("name,value,definition\nroc_auc,0.75,"), result.out.c_str());
    }

    void anyStatisticHasABootstrapInterval()
    {
        std::vector<std::string> outcomes;
        std::vector<std::string> scores;
        for (int i = 0; i < 400; ++i) {
            const double score = (i * 37 % 400) / 400.0;
            scores.push_back(std::to_string(score));
            outcomes.push_back((i * 53 % 400) / 400.0 < score ? "1" : "0");
        }
        const QString a = write(u"outcomes.csv"_s, outcomes);
        const QString b = write(u"scores.csv"_s, scores);
        const auto of = [&](const QString &name, const QStringList &more = {u"--bootstrap"_s, u"400"_s}) {
            return runCli(QStringList{u"stat"_s, name, u"--reference"_s, a, u"--current"_s, b} + more);
        };
        const CliResult brier = of(u"brier"_s);
        QVERIFY2(brier.exitCode == 0, brier.err.c_str());
        const auto found = brier.json();
        const double low = found.at("low").to_number<double>();
        const double high = found.at("high").to_number<double>();
        const double value = found.at("value").to_number<double>();
        // The mean of the squared errors, about 1/6, has a standard error of about 0.009.
        QVERIFY2(low < value && value < high && high - low > 0.025 && high - low < 0.045, brier.out.c_str());
        QCOMPARE(std::string(found.at("interval").as_string()), std::string("percentile bootstrap, 400 draws, seed 1"));
        QCOMPARE(of(u"brier"_s).out, brier.out);
        QVERIFY(!of(u"brier"_s, {}).json().contains("low"));
        const auto difference = of(u"mean_difference"_s).json(); // each side by itself: about 0 -+ 0.06
        QVERIFY(difference.at("high").to_number<double>() - difference.at("low").to_number<double>() > 0.08);
        QVERIFY(QString::fromStdString(of(u"brier"_s, {u"--bootstrap"_s, u"400"_s, u"--format"_s, u"csv"_s}).out)
                    .startsWith(u"name,value,low,high,interval,definition\n"_s));
        QCOMPARE(of(u"psi_from_proportions"_s).exitCode, 2);
        QCOMPARE(of(u"psi"_s, {u"--option"_s, u"floor=0"_s}).exitCode, 2); // an empty bin would count without end
        QCOMPARE(of(u"csi"_s, {}).json().at("value"), of(u"psi"_s, {}).json().at("value"));
        QCOMPARE(of(u"brier"_s, {u"--bootstrap"_s, u"5"_s}).exitCode, 2);
    }

    void theListHoldsEveryStatistic()
    {
        const CliResult result = runCli({u"stat"_s, u"--list"_s});
        QCOMPARE(result.exitCode, 0);
        const auto listed = result.json().at("statistics").as_array();
        QCOMPARE(listed.size(), countersign::statistics().size());
        for (const auto &statistic : listed)
            QVERIFY(!statistic.at("definition").as_string().empty());
        const CliResult csv = runCli({u"stat"_s, u"--list"_s, u"--format"_s, u"csv"_s});
        QCOMPARE(static_cast<std::size_t>(std::count(csv.out.begin(), csv.out.end(), '\n')), listed.size() + 1);
    }

    void wrongUseIsTwoAndFailureIsOne()
    {
        const QString numbers = write(u"numbers.csv"_s, {"1", "2"});
        const QString words = write(u"words.csv"_s, {"a", "b", "c"});
        const QString wide = m_folder.filePath(u"wide.csv"_s);
        std::ofstream(wide.toStdString()) << "x,y\n1,2\n";
        const auto stat = [](const QString &name, const QString &reference, const QString &current,
                             const QStringList &more = {}) {
            return runCli(QStringList{u"stat"_s, name, u"--reference"_s, reference, u"--current"_s, current} + more);
        };
        const CliResult unknown = stat(u"ks_statistics"_s, numbers, numbers);
        QCOMPARE(unknown.exitCode, 2);
        QVERIFY2(unknown.err.find("ks_statistic,") != std::string::npos, unknown.err.c_str());
        QCOMPARE(stat(u"psi"_s, numbers, numbers, {u"--option"_s, u"colour=red"_s}).exitCode, 2);
        QCOMPARE(stat(u"psi"_s, numbers, numbers, {u"--option"_s, u"bins"_s}).exitCode, 2);
        QCOMPARE(stat(u"psi"_s, numbers, numbers, {u"--option"_s, u"bins=none"_s}).exitCode, 2);
        QCOMPARE(runCli({u"stat"_s, u"psi"_s, u"--reference"_s, numbers}).exitCode, 2);
        QCOMPARE(runCli({u"stat"_s}).exitCode, 2);
        const CliResult columns = stat(u"psi"_s, wide, wide);
        QCOMPARE(columns.exitCode, 2);
        QVERIFY2(columns.err.find("x, y") != std::string::npos, columns.err.c_str());

        QCOMPARE(stat(u"psi"_s, numbers, m_folder.filePath(u"absent.csv"_s)).exitCode, 1);
        QCOMPARE(stat(u"psi"_s, wide, wide, {u"--column"_s, u"z"_s}).exitCode, 1);
        const CliResult text = stat(u"ks_statistic"_s, numbers, words);
        QCOMPARE(text.exitCode, 1);
        QVERIFY2(text.err.find("\"a\"") != std::string::npos, text.err.c_str());
        QCOMPARE(stat(u"brier"_s, numbers, words).exitCode, 1);
        QCOMPARE(stat(u"fisher_exact_pvalue"_s, words, words).exitCode, 1);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestStat)
#include "tst_stat.moc"
