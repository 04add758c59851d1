// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/monitoring/outcome.h"
#include "core/monitoring/preview.h"
#include "logfile.h"
#include "packed.h"

#include <filesystem>

using namespace countersign;

class TestPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rolesAndTypesAreGuessed()
    {
        std::string text = "id,scored_at,income,region,score,default\n";
        for (int i = 0; i < 60; ++i)
            text += std::to_string(i) + ",2021-0" + std::to_string(1 + i % 9) + "-15T08:00:00Z," +
                    (i == 3 ? "" : std::to_string(1000 + i)) + "," + (i % 2 == 0 ? "north" : "south") + ",0." +
                    std::to_string(10 + i) + "," + (i % 5 == 0 ? "1" : "0") + "\n";
        const LogPreview result = preview(m_folder.write("loans.csv", text));
        QCOMPARE(result.roles.time, std::string("scored_at"));
        QCOMPARE(result.roles.score, std::string("score"));
        QCOMPARE(result.roles.target, std::string("default"));
        QCOMPARE(result.roles.segment, std::string("region"));
        QCOMPARE(result.roles.prediction, std::string());
        QCOMPARE(result.estimatedRows, std::uint64_t{60});
        QVERIFY(result.wholeFile);
        QCOMPARE(result.period, PeriodKind::Month);
        QCOMPARE(result.columns.size(), std::size_t{6});
        QCOMPARE(result.columns[2].type, ColumnType::Numeric);
        QCOMPARE(result.columns[2].missing, std::uint64_t{1});
        QCOMPARE(result.columns[3].type, ColumnType::Categorical);
        QCOMPARE(result.columns[3].distinct, std::uint64_t{2});
        QCOMPARE(result.columns[3].samples.front(), std::string("north"));
        QVERIFY(result.columns[1].isTime);
    }

    void whatNamesRowsIsToldFromWhatSaysSomethingOfThem()
    {
        std::string text = ",loan_id,customer,opened,amount,rank,branch,score\n";
        for (int i = 0; i < 200; ++i) {
            const int mixed = i * 37 % 211;
            text += std::to_string(i) + ',' + std::to_string(10'000 + mixed) + ",C" + std::to_string(mixed) + ',' +
                    "2021-01-" + std::to_string(10 + i % 20) + ',' + std::to_string(500 + mixed) + ',' +
                    std::to_string(i / 2) + ',' + std::to_string(i % 7) + ",0." + std::to_string(100 + i) + '\n';
        }
        const auto identifiersIn = [&](const std::string &log) {
            std::vector<std::string> names;
            for (const PreviewColumn &column : preview(m_folder.write("rows.csv", log)).columns)
                if (column.identifier)
                    names.push_back(column.name);
            return names;
        };
        // Not the amounts, though each is another whole number; nor what rises, but with ties.
        QCOMPARE(identifiersIn(text), (std::vector<std::string>{"unnamed 1", "loan_id", "customer"}));
        const std::string few = text.substr(0, text.find("\n20,") + 1);
        QVERIFY2(identifiersIn(few).empty(), "twenty rows prove nothing");
    }

    void rowsOfALongFileAreEstimated()
    {
        std::string text = "a;b\n";
        for (int i = 0; i < 300000; ++i)
            text += "12345;67890\n";
        const LogPreview result = preview(m_folder.write("long.csv", text));
        QCOMPARE(result.delimiter, ';');
        QVERIFY(!result.wholeFile);
        QVERIFY(result.estimatedRows > 297000 && result.estimatedRows < 303000);
    }

    /// Packed bytes read ahead count for nothing: only those the sample was unpacked from (of zstd to a block of 128
    /// KiB).
    void rowsOfALongPackedFileAreEstimated()
    {
        std::string text = "a,b,c\n";
        std::uint64_t state = 1;
        for (int i = 0; i < 400000; ++i) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            text +=
                std::to_string(10000 + state % 90000) + "," + std::to_string(10000 + (state >> 20) % 90000) + ",x\n";
        }
        const LogPreview gzip = preview(m_folder.write("long.csv.gz", gzipped(text)));
        QVERIFY(gzip.gzip && !gzip.zstd && !gzip.wholeFile);
        QVERIFY2(gzip.estimatedRows > 390000 && gzip.estimatedRows < 410000,
                 qPrintable(QString::number(gzip.estimatedRows)));
        const LogPreview zstd = preview(m_folder.write("long.csv.zst", zstandard(text)));
        QVERIFY(zstd.zstd && !zstd.gzip && !zstd.wholeFile);
        QVERIFY2(zstd.estimatedRows > 340000 && zstd.estimatedRows < 460000,
                 qPrintable(QString::number(zstd.estimatedRows)));
    }

    void aTargetIsKnownByItsValuesWhereTheNameSaysNothing()
    {
        const auto log = [this](const char *name, const char *second) {
            std::string text = std::string("day,phone,score,status,") + second + "\n";
            for (int i = 0; i < 60; ++i)
                text += "2021-0" + std::to_string(1 + i % 9) + "-15," + (i % 2 == 0 ? "yes" : "no") + ",0." +
                        std::to_string(10 + i) + "," + (i % 5 == 0 ? "Default" : "Paid") + "," +
                        (i % 7 == 0 ? "fraud" : "clean") + "\n";
            return preview(m_folder.write(name, text));
        };
        const LogPreview twice = log("twice.csv", "check"); // two such columns: nobody can tell
        QCOMPARE(twice.roles.target, std::string());
        QCOMPARE(twice.columns[3].values, (std::vector<std::string>{"Default", "Paid"}));
        const LogPreview named = log("named.csv", "outcome");
        QCOMPARE(named.roles.target, std::string("outcome"));
        std::string text = "day,phone,score,status\n";
        for (int i = 0; i < 60; ++i)
            text += "2021-01-15," + std::string(i % 2 == 0 ? "yes" : "no") + ",0." + std::to_string(10 + i) + "," +
                    (i % 5 == 0 ? "Default" : "Paid") + "\n";
        QCOMPARE(preview(m_folder.write("once.csv", text)).roles.target, std::string("status"));
    }

    void theEventIsTheValueWithSuchANameElseTheLarger()
    {
        ColumnRoles roles;
        roles.score = "score";
        roles.target = "status";
        const auto eventOf = [&roles](std::vector<std::string> texts) {
            TargetFacts facts;
            facts.text = true;
            facts.categories = texts.size();
            facts.texts = std::move(texts);
            return planOutcome(facts, roles).positive;
        };
        QCOMPARE(eventOf({"paid", "default"}), std::string("default"));
        QCOMPARE(eventOf({"Fully Paid", "Charged Off"}), std::string("Charged Off"));
        QCOMPARE(eventOf({"bad", "good"}), std::string("bad"));
        QCOMPARE(eventOf({"no", "yes"}), std::string("yes"));
        QCOMPARE(eventOf({"T", "F"}), std::string("T"));
        QCOMPARE(eventOf({"default", "late"}), std::string("late")); // both are such
        roles.positive = "paid";
        QCOMPARE(eventOf({"paid", "default"}), std::string("paid"));
    }

    void headerAloneIsAWarning()
    {
        const LogPreview result = preview(m_folder.write("header.csv", "a,b\n"));
        QCOMPARE(result.columns.size(), std::size_t{2});
        QCOMPARE(result.warnings.size(), std::size_t{1});
    }

    void whatIsNoLogIsRefused()
    {
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(preview(m_folder.write("empty.csv", ""))));
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(preview(m_folder.path("none.csv"))));
    }

    void realLogsAreUnderstood_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("score");
        QTest::addColumn<QString>("prediction");
        QTest::addColumn<QString>("target");
        QTest::addRow("census") << QStringLiteral("census_ma_employment.csv.gz") << QStringLiteral("year")
                                << QStringLiteral("predicted_probability") << QStringLiteral("prediction") << QString();
        QTest::addRow("bikes") << QStringLiteral("bike_sharing_scored.csv") << QStringLiteral("timestamp") << QString()
                               << QStringLiteral("prediction") << QString();
        QTest::addRow("loans") << QStringLiteral("sba_loans_ca_scored.csv") << QStringLiteral("disbursement")
                               << QStringLiteral("score") << QString() << QStringLiteral("target");
        QTest::addRow("flights") << QStringLiteral("flights_2015.csv") << QStringLiteral("DATE") << QString()
                                 << QString() << QString();
    }
    void realLogsAreUnderstood()
    {
        QFETCH(QString, file);
        const std::string path = SHARED_DIR "/data/" + file.toStdString();
        if (!std::filesystem::exists(path))
            QSKIP("The shared data sets are not at hand.");
        const ColumnRoles roles = preview(path).roles;
        QTEST(QString::fromStdString(roles.time), "time");
        QTEST(QString::fromStdString(roles.score), "score");
        QTEST(QString::fromStdString(roles.prediction), "prediction");
        QTEST(QString::fromStdString(roles.target), "target");
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestPreview)
#include "tst_preview.moc"
