// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "clirunner.h"

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace Qt::StringLiterals;

namespace {

namespace json = boost::json;

/// One column of the output, by value: the parsed document goes away.
json::object columnOf(const CliResult &result, std::size_t index)
{
    return result.json().at("columns").at(index).as_object();
}

json::object statisticsOf(const CliResult &result, std::size_t index)
{
    return columnOf(result, index).at("statistics").as_object();
}

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestCompare : public QObject
{
    Q_OBJECT

private:
    QString write(const char *name, const std::string &text) const
    {
        const QString path = m_folder.filePath(QString::fromUtf8(name));
        std::ofstream(path.toStdString(), std::ios::binary) << text;
        return path;
    }
    [[nodiscard]] QStringList files() const { return {u"compare"_s, u"--reference"_s, m_a, u"--current"_s, m_b}; }

private Q_SLOTS:
    void saysWhatItAssumed()
    {
        std::string text = "x\n";
        for (int i = 0; i < 300; ++i)
            text += std::to_string(i % 50) + '\n';
        const QString reference = write("plain_reference.csv", text);
        const QString current = write("typo_current.csv", text + "oops\n");
        const CliResult result = runCli({u"compare"_s, u"--reference"_s, reference, u"--current"_s, current});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        QVERIFY2(contains(result.err, "Note: ") && contains(result.err, "\"oops\""), result.err.c_str());
    }

    void asOtherToolsCountIsWhatStatComputesByThatConvention()
    {
        std::string before = "amount,kind\n";
        std::string after = before;
        for (int i = 0; i < 400; ++i) {
            const std::string kind(1, static_cast<char>('a' + i % 5));
            before += (i % 40 == 0 ? std::string() : std::to_string((i * 37 % 400) / 7.0)) + ',' + kind + '\n';
            after += std::to_string((i * 53 % 400) / 6.0) + ',' + (i % 9 == 0 ? "new" : kind) + '\n';
        }
        const QString reference = write("tools_reference.csv", before);
        const QString current = write("tools_current.csv", after);
        const QStringList asked{u"compare"_s, u"--reference"_s, reference, u"--current"_s, current};
        const CliResult result = runCli(asked + QStringList{u"--as"_s, u"evidently"_s, u"--as"_s, u"nannyml"_s});
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        int compared = 0;
        for (std::size_t column = 0; column < 2; ++column) {
            const json::object as = columnOf(result, column).at("as").as_object();
            QCOMPARE(as.size(), std::size_t{2});
            QVERIFY(as.at("evidently").as_object().contains("psi"));
            QVERIFY(!as.at("nannyml").as_object().contains("psi")); // which it has not
            QCOMPARE(as.at("nannyml").as_object().contains("l_infinity"), column == 1);
            QCOMPARE(as.at("nannyml").as_object().contains("wasserstein"), column == 0);
            for (const auto &tool : as)
                for (const auto &statistic : tool.value().as_object()) {
                    const QString name = QString::fromStdString(std::string(statistic.key()));
                    QStringList arguments{
                        u"stat"_s,      name,    u"--reference"_s, reference,
                        u"--current"_s, current, u"--column"_s,    column == 0 ? u"amount"_s : u"kind"_s};
                    const QStringList ofOneWay{u"wasserstein_normed"_s, u"chi2_gof_pvalue"_s, u"g_test_pvalue"_s,
                                               u"chi2_yates_statistic"_s};
                    if (!ofOneWay.contains(name))
                        arguments << u"--option"_s
                                  << (name == u"ks_pvalue"_s
                                          ? u"method=auto"_s
                                          : u"convention="_s + QString::fromStdString(std::string(tool.key())));
                    const CliResult alone = runCli(arguments);
                    if (statistic.value().is_null()) {
                        QVERIFY(alone.exitCode != 0 || alone.json().at("value").is_null());
                        continue;
                    }
                    QCOMPARE(statistic.value().to_number<double>(), alone.json().at("value").to_number<double>());
                    ++compared;
                }
        }
        QVERIFY(compared >= 12);
        QVERIFY(!columnOf(runCli(asked), 0).contains("as"));
        const CliResult special = runCli(asked + QStringList{u"--as"_s, u"frouros"_s, u"--special"_s, u"amount=0"_s});
        QVERIFY2(special.exitCode != 0 && contains(special.err, "special values"), special.err.c_str());
    }

    void specialValuesAreCountedByThemselves()
    {
        const QString reference = write("special_reference.csv", "x\n1\n2\n3\n-999\n");
        const QString current = write("special_current.csv", "x\n1\n2\n3\n-999\n-999\nN/A\n");
        const QStringList asked{u"compare"_s,   u"--reference"_s, reference,      u"--current"_s, current,
                                u"--special"_s, u"x=-999"_s,      u"--special"_s, u"x=N/A"_s};
        const CliResult result = runCli(asked);
        QVERIFY2(result.exitCode == 0, result.err.c_str());
        const json::object column = columnOf(result, 0);
        QCOMPARE(column.at("missing_current").to_number<int>(), 0);
        QCOMPARE(column.at("special").at(0).at("n_reference").to_number<int>(), 1);
        QCOMPARE(column.at("special").at(0).at("n_current").to_number<int>(), 2);
        QCOMPARE(column.at("special").at(1).at("n_current").to_number<int>(), 1);
        QCOMPARE(statisticsOf(result, 0).at("ks_statistic").to_number<double>(), 0.0);
        QVERIFY(statisticsOf(result, 0).at("psi").to_number<double>() > 0);
        QVERIFY(contains(runCli(asked + QStringList{u"--format"_s, u"csv"_s}).out, "x,special_current -999,2\n"));
    }

    void initTestCase()
    {
        std::string a = "x,c,only_a\n";
        std::string b = "x,c,only_b\n";
        for (int i = 0; i < 200; ++i) {
            a += std::to_string(i) + ".5," + (i % 4 == 0 ? "red" : "blue") + ",1\n";
            b += (i % 10 == 0 ? std::string() : std::to_string(i + 50)) + "," + (i % 2 == 0 ? "red" : "green") + ",1\n";
        }
        m_a = write("a.csv", a);
        m_b = write("b.csv", b);
    }

    void jsonHasTheFixedShapeAndKeys()
    {
        const CliResult result = runCli(files() + QStringList{u"--format"_s, u"json"_s});
        QCOMPARE(result.exitCode, 0);
        const auto columns = result.json().at("columns").as_array();
        QCOMPARE(columns.size(), std::size_t{2});
        const auto &x = columns[0].as_object();
        QCOMPARE(x.at("name").as_string(), json::string("x"));
        QCOMPARE(x.at("type").as_string(), json::string("numeric"));
        QCOMPARE(x.at("n_reference").to_number<int>(), 200);
        QCOMPARE(x.at("n_current").to_number<int>(), 200);
        QCOMPARE(x.at("missing_reference").to_number<int>(), 0);
        QCOMPARE(x.at("missing_current").to_number<int>(), 20);
        for (const char *key :
             {"psi", "ks_statistic", "ks_pvalue", "jensen_shannon_distance", "hellinger", "wasserstein", "l_infinity",
              "jensen_shannon_divergence", "ks_pvalue_exact", "wasserstein_normed", "wasserstein_scaled_0_1",
              "energy_distance", "cramer_von_mises_statistic", "cramer_von_mises_pvalue", "anderson_darling_statistic",
              "anderson_darling_pvalue"})
            QVERIFY2(x.at("statistics").as_object().at(key).is_number(), key);
        QVERIFY(!x.at("statistics").as_object().contains("chi2_statistic"));
        const auto &c = columns[1].as_object();
        QCOMPARE(c.at("type").as_string(), json::string("categorical"));
        for (const char *key : {"psi", "jensen_shannon_distance", "hellinger", "l_infinity", "chi2_statistic",
                                "chi2_pvalue", "cramers_v", "jensen_shannon_divergence", "chi2_gof_pvalue"})
            QVERIFY2(c.at("statistics").as_object().at(key).is_number(), key);
        QVERIFY(!c.at("statistics").as_object().contains("wasserstein"));
        QVERIFY(c.at("statistics").at("chi2_gof_statistic").is_null()); // infinite: green is new
    }

    void numbersHaveSeventeenDigits()
    {
        const CliResult result = runCli(files() + QStringList{u"--column"_s, u"c"_s});
        // Shares 50, 150, 0 of 200 against 100, 0, 100: the largest difference is 0.75; PSI by its definition.
        const auto statistics = statisticsOf(result, 0);
        QCOMPARE(statistics.at("l_infinity").to_number<double>(), 0.75);
        const auto term = [](double p, double q) { return (q - p) * std::log(q / p); };
        const double psi = term(0.25, 0.5) + term(0.75, 1e-4) + term(1e-4, 0.5);
        QVERIFY(std::abs(statistics.at("psi").to_number<double>() - psi) < 1e-12);
        QVERIFY(contains(result.out, "\"hellinger\": 0."));
        const auto digits = result.out.substr(result.out.find("\"hellinger\": 0.") + 15, 16);
        QVERIFY2(digits.find_first_not_of("0123456789") == std::string::npos, digits.c_str());
    }

    void statComputesTheSameByTheSameName()
    {
        const CliResult all = runCli(files());
        std::size_t asked = 0;
        for (const std::size_t column : {0U, 1U}) {
            for (const auto &[key, value] : statisticsOf(all, column)) {
                const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
                if (name.endsWith(u"_rate"_s) || name == u"out_of_range_share"_s ||
                    name.startsWith(u"chi2_statistic"_s) || name.startsWith(u"chi2_pvalue"_s))
                    continue; // of one side alone, or by another name there
                const CliResult one = runCli({u"stat"_s, name, u"--reference"_s, m_a, u"--current"_s, m_b,
                                              u"--column"_s, column == 0 ? u"x"_s : u"c"_s});
                QCOMPARE(one.exitCode, 0);
                const auto answer = one.json();
                const auto &expected = answer.at("value");
                QVERIFY2(value.is_null() ? expected.is_null()
                                         : std::abs(value.to_number<double>() - expected.to_number<double>()) <=
                                               1e-9 * std::abs(expected.to_number<double>()),
                         qPrintable(name));
                ++asked;
            }
        }
        QCOMPARE(asked, std::size_t{24});
    }

    void identicalFilesDoNotDiffer()
    {
        const CliResult result = runCli({u"compare"_s, u"--reference"_s, m_a, u"--current"_s, m_a});
        const auto columns = result.json().at("columns").as_array();
        for (const auto &column : columns) {
            for (const auto &[key, value] : column.at("statistics").as_object()) {
                const bool pvalue = key.find("pvalue") != std::string::npos;
                if (value.is_null()) // Cramer's V of a single category
                    continue;
                if (key.starts_with("anderson_darling") || key.starts_with("cramer_von_mises"))
                    continue; // not 0 by their definition, and p-values of a table
                QVERIFY2(std::abs(value.to_number<double>() - (pvalue ? 1 : 0)) < 1e-8, std::string(key).c_str());
            }
        }
    }

    void typesAreTakenFromTheOption()
    {
        const CliResult asText = runCli(files() + QStringList{u"--column"_s, u"x"_s, u"--type"_s, u"x=categorical"_s});
        QCOMPARE(columnOf(asText, 0).at("type").as_string(), json::string("categorical"));
        const CliResult asNumber = runCli(files() + QStringList{u"--type"_s, u"c=numeric"_s});
        QCOMPARE(asNumber.exitCode, 0);
        QVERIFY2(contains(asNumber.err, "Column \"c\": ") && contains(asNumber.err, "first \"red\" in line 2"),
                 asNumber.err.c_str());
    }

    void numbersOnOneSideAndTextOnTheOtherAreCategories()
    {
        const QString mixed = write("mixed.csv", "x\none\ntwo\n");
        const CliResult result = runCli({u"compare"_s, u"--reference"_s, m_a, u"--current"_s, mixed});
        QCOMPARE(columnOf(result, 0).at("type").as_string(), json::string("categorical"));
    }

    void csvListsTheSameNumbers()
    {
        const CliResult result = runCli(files() + QStringList{u"--format"_s, u"csv"_s});
        QVERIFY(result.out.starts_with("column,statistic,value\nx,n_reference,200\n"));
        QVERIFY(contains(result.out, "\nc,l_infinity,0.75\n"));
    }

    void rangeBinsSeeValuesOutsideTheReference()
    {
        const auto psi = [this](const QString &bins) {
            const CliResult result = runCli(files() + QStringList{u"--column"_s, u"x"_s, u"--bins"_s, bins});
            return statisticsOf(result, 0).at("psi").to_number<double>();
        };
        QVERIFY(psi(u"range"_s) > psi(u"deciles"_s) + 0.1);
    }

    void undefinedIsNull()
    {
        const QString empty = write("empty-column.csv", "x,c\n,a\n,b\n");
        const CliResult result = runCli({u"compare"_s, u"--reference"_s, empty, u"--current"_s, m_b});
        QCOMPARE(result.exitCode, 0);
        const auto statistics = statisticsOf(result, 0);
        QVERIFY(statistics.at("ks_statistic").is_null());
        QVERIFY(statistics.at("wasserstein").is_null());
        QVERIFY(statistics.at("psi").is_number());
    }

    void wrongUseIsTwoAndFailureIsOne()
    {
        for (const QStringList &wrong : {QStringList{},
                                         {u"nonsense"_s},
                                         {u"compare"_s},
                                         files() + QStringList{u"--format"_s, u"xml"_s},
                                         files() + QStringList{u"--type"_s, u"x"_s},
                                         files() + QStringList{u"--type"_s, u"x=date"_s},
                                         files() + QStringList{u"--unknown"_s}}) {
            const CliResult result = runCli(wrong);
            QCOMPARE(result.exitCode, 2);
            QVERIFY(!result.err.empty());
            QVERIFY(result.out.empty());
        }
        const CliResult column = runCli(files() + QStringList{u"--column"_s, u"nowhere"_s});
        QCOMPARE(column.exitCode, 1);
        QVERIFY2(contains(column.err, "\"nowhere\"") && contains(column.err, "x, c, only"), column.err.c_str());
        const CliResult file = runCli({u"compare"_s, u"--reference"_s, m_a, u"--current"_s, u"/nowhere.csv"_s});
        QCOMPARE(file.exitCode, 1);
        QVERIFY(contains(file.err, "/nowhere.csv") && file.out.empty());
        QVERIFY(QDir(m_folder.path()).mkdir(u"void"_s));
        const CliResult folder =
            runCli({u"compare"_s, u"--reference"_s, m_a, u"--current"_s, m_folder.filePath(u"void"_s)});
        QCOMPARE(folder.exitCode, 1);
        QVERIFY(contains(folder.err, "The folder") && contains(folder.err, "no scoring log"));
    }

    void helpGoesToStandardOutput()
    {
        for (const QStringList &help : {QStringList{u"--help"_s}, {u"compare"_s, u"--help"_s}}) {
            const CliResult result = runCli(help);
            QCOMPARE(result.exitCode, 0);
            QVERIFY(contains(result.out, "Usage") && result.err.empty());
        }
    }

    void aFullDiskIsAFailure()
    {
        if (!std::filesystem::exists("/dev/full"))
            QSKIP("There is no /dev/full on this system.");
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        process.start(QString::fromUtf8(BIN_DIR "/countersign-cli"), files());
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("could not be written"));
    }

private:
    QTemporaryDir m_folder;
    QString m_a;
    QString m_b;
};

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
