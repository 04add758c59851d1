// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/run.h"
#include "core/monitoring/sql/sqlcolumns.h"
#include "core/monitoring/sql/sqloutcomes.h"
#include "core/monitoring/sql/sqlpreview.h"
#include "logfile.h"
#include "logvalues.h"
#include "tests/support/databaselog.h"
#include "tests/support/postgres.h"

#include <cmath>
#include <set>
#include <thread>

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

constexpr int logRows = 6000;

bool close(std::optional<double> a, std::optional<double> b)
{
    if (!a || !b)
        return a.has_value() == b.has_value();
    return *a == *b || std::abs(*a - *b) <= 1e-9 * std::max({1.0, std::abs(*a), std::abs(*b)}) ||
           (std::isnan(*a) && std::isnan(*b));
}

/// Those that need rows.
bool leftOut(const std::string &figure)
{
    return figure == "calibration_slope" || figure == "calibration_intercept" || figure == "calibration_offset";
}

void compareFigures(const Figures &database, const Figures &file)
{
    QCOMPARE(database.size(), file.size());
    for (const auto &[name, expected] : file) {
        const Figure &figure = database.at(name);
        if (leftOut(name)) {
            QVERIFY(!figure.value && !figure.low && !figure.high);
            continue;
        }
        QVERIFY2(close(figure.value, expected.value) && close(figure.low, expected.low) &&
                     close(figure.high, expected.high),
                 name.c_str());
    }
}

void compareGrades(const std::vector<GradeResult> &database, const std::vector<GradeResult> &file)
{
    QCOMPARE(database.size(), file.size());
    for (std::size_t i = 0; i < file.size(); ++i) {
        QCOMPARE(database[i].name, file[i].name);
        QCOMPARE(database[i].n, file[i].n);
        QCOMPARE(database[i].events, file[i].events);
        QVERIFY(close(database[i].meanScore, file[i].meanScore));
        QVERIFY(close(database[i].jeffreysPvalue, file[i].jeffreysPvalue));
    }
}

void comparePerformance(const Performance &database, const Performance &file)
{
    QCOMPARE(database.aucEvidence.has_value(), file.aucEvidence.has_value());
    QVERIFY(close(database.auc, file.auc) && close(database.rmse, file.rmse) && close(database.mae, file.mae) &&
            close(database.bias, file.bias));
    if (file.scoreEvidence) {
        const ScoreEvidence &a = *database.scoreEvidence;
        const ScoreEvidence &b = *file.scoreEvidence;
        QCOMPARE(a.n, b.n);
        QCOMPARE(a.events, b.events);
        QCOMPARE(a.twiceU, b.twiceU);
        QVERIFY(close(a.ks, b.ks));
        QCOMPARE(a.ksScore, b.ksScore);
        QCOMPARE(a.ksEventsAtOrBelow, b.ksEventsAtOrBelow);
        QCOMPARE(a.ksOthersAtOrBelow, b.ksOthersAtOrBelow);
        QCOMPARE(a.confusion.truePositives, b.confusion.truePositives);
        QCOMPARE(a.confusion.falsePositives, b.confusion.falsePositives);
        QCOMPARE(a.confusion.falseNegatives, b.confusion.falseNegatives);
        QCOMPARE(a.confusion.trueNegatives, b.confusion.trueNegatives);
        QCOMPARE(a.groups.size(), b.groups.size());
        QCOMPARE(a.roc.thresholds.empty(), b.roc.thresholds.empty());
        QVERIFY(a.roc.thresholds.size() <= 101);
        if (!a.roc.thresholds.empty()) {
            QCOMPARE(a.roc.truePositives.back(), b.events);
            QCOMPARE(a.roc.falsePositives.back(), b.n - b.events);
        }
    }
    QCOMPARE(database.regressionEvidence.has_value(), file.regressionEvidence.has_value());
    compareFigures(database.figures, file.figures);
    compareGrades(database.grades, file.grades);
    compareGrades(database.reliability, file.reliability);
}

void compareFeatures(const FeatureResult &database, const FeatureResult &file)
{
    QCOMPARE(database.name, file.name);
    QCOMPARE(database.type, file.type);
    QCOMPARE(database.isScore, file.isScore);
    QCOMPARE(database.bins.edges, file.bins.edges);
    QCOMPARE(database.bins.minimum, file.bins.minimum);
    QCOMPARE(database.bins.maximum, file.bins.maximum);
    QCOMPARE(database.bins.labels, file.bins.labels);
    QCOMPARE(database.referenceCounts, file.referenceCounts);
    QCOMPARE(database.referenceRows, file.referenceRows);
    QCOMPARE(database.referenceMissing, file.referenceMissing);
    QCOMPARE(json::serialize(toJson(database.shared)), json::serialize(toJson(file.shared)));
    QCOMPARE(database.periods.size(), file.periods.size());
    for (std::size_t i = 0; i < file.periods.size(); ++i) {
        const FeaturePeriod &a = database.periods[i];
        const FeaturePeriod &b = file.periods[i];
        QCOMPARE(a.counts, b.counts);
        QCOMPARE(a.n, b.n);
        QCOMPARE(a.missing, b.missing);
        // the same whole numbers give the same statistics, to the last digit
        QCOMPARE(json::serialize(toJson(a.ks)), json::serialize(toJson(b.ks)));
        QVERIFY(close(a.statistics.wasserstein, b.statistics.wasserstein)); // added up in another order
        FeatureStatistics ofCounts = a.statistics;
        FeatureStatistics ofCountsInFile = b.statistics;
        for (FeatureStatistics *statistics : {&ofCounts, &ofCountsInFile})
            statistics->wasserstein = statistics->wassersteinNormed = std::nullopt;
        QCOMPARE(json::serialize(toJson(ofCounts)), json::serialize(toJson(ofCountsInFile)));
        QCOMPARE(a.verdict.verdict, b.verdict.verdict);
        QCOMPARE(a.verdict.reason, b.verdict.reason);
        QVERIFY(close(a.verdict.pvalue, b.verdict.pvalue) && close(a.verdict.adjustedPvalue, b.verdict.adjustedPvalue));
    }
    QCOMPARE(database.verdict, file.verdict);
}

void compareFairness(const std::vector<FairnessResult> &database, const std::vector<FairnessResult> &file)
{
    QCOMPARE(database.size(), file.size());
    for (std::size_t i = 0; i < file.size(); ++i) {
        QCOMPARE(database[i].column, file[i].column);
        QCOMPARE(database[i].comparison, file[i].comparison);
        QCOMPARE(database[i].rowsWithoutGroup, file[i].rowsWithoutGroup);
        QCOMPARE(database[i].groups.size(), file[i].groups.size());
        for (std::size_t k = 0; k < file[i].groups.size(); ++k) {
            const GroupFairness &a = database[i].groups[k];
            const GroupFairness &b = file[i].groups[k];
            QCOMPARE(a.group, b.group);
            QCOMPARE(a.n, b.n);
            QCOMPARE(a.favourable, b.favourable);
            QCOMPARE(json::serialize(toJson(a.confusion)), json::serialize(toJson(b.confusion)));
            QCOMPARE(a.events, b.events);
            QVERIFY(close(a.scoreSum, b.scoreSum));
            compareFigures(a.figures, b.figures);
        }
    }
}

void compareQuality(const DataQuality &database, const DataQuality &file)
{
    QCOMPARE(json::serialize(toJson(database)), json::serialize(toJson(file)));
}

void compareRuns(const RunResult &database, const RunResult &file)
{
    QCOMPARE(database.rows, file.rows);
    QCOMPARE(database.columns, file.columns);
    QCOMPARE(database.features.size(), file.features.size());
    for (std::size_t i = 0; i < file.features.size(); ++i)
        compareFeatures(database.features[i], file.features[i]);
    QCOMPARE(database.reference.label, file.reference.label);
    QCOMPARE(database.reference.rows, file.reference.rows);
    QCOMPARE(database.reference.labelledRows, file.reference.labelledRows);
    QCOMPARE(database.reference.from, file.reference.from);
    QCOMPARE(database.reference.to, file.reference.to);
    comparePerformance(database.reference.performance, file.reference.performance);
    compareFairness(database.reference.fairness, file.reference.fairness);
    compareQuality(database.reference.quality, file.reference.quality);
    QCOMPARE(database.periods.size(), file.periods.size());
    for (std::size_t i = 0; i < file.periods.size(); ++i) {
        const RunPeriod &a = database.periods[i];
        const RunPeriod &b = file.periods[i];
        QCOMPARE(a.label, b.label);
        QCOMPARE(a.from, b.from);
        QCOMPARE(a.to, b.to);
        QCOMPARE(a.rows, b.rows);
        QCOMPARE(a.labelledRows, b.labelledRows);
        QCOMPARE(a.inReference, b.inReference);
        QCOMPARE(a.comparedWith, b.comparedWith);
        QVERIFY(!a.estimate);
        comparePerformance(a.performance, b.performance);
        compareFairness(a.fairness, b.fairness);
        compareQuality(a.quality, b.quality);
        QCOMPARE(a.performanceVerdict, b.performanceVerdict);
        QVERIFY(close(a.performancePvalue, b.performancePvalue));
        QVERIFY(close(a.performanceAdjustedPvalue, b.performanceAdjustedPvalue));
        QCOMPARE(a.verdict, b.verdict);
    }
    QCOMPARE(database.verdict, file.verdict);
}

} // namespace

/// The same log in a PostgreSQL of the test's own and as a file.
class TestDatabaseLog : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] SqlSource source(const std::string &query = "risk.scores") const
    {
        return {m_server.connection().toStdString(), query, {}};
    }
    [[nodiscard]] RunSettings settings() const
    {
        RunSettings settings;
        settings.path = m_path;
        settings.roles.time = "ts";
        settings.roles.score = "score";
        settings.roles.target = "target";
        settings.reference.until = parseDate("2024-03-31");
        settings.roles.groups = {"segment", "place"};
        settings.importance = {{"x", 4}, {"money", 1}};
        return settings;
    }
    /// A run over the database and one over the file agree.
    void agree(RunSettings settings) const
    {
        const RunResult file = run(settings);
        settings.path.clear();
        settings.sql = source();
        compareRuns(run(settings), file);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString obstacle = PostgresServer::obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        const std::string log = databaseLog(logRows);
        m_path = m_folder.write("scores.csv", log);
        m_earlier = m_folder.write("earlier.csv", databaseLog(900, 2023));
        m_twoYears = m_folder.write("years.csv", databaseLog(2000, 2023) + log.substr(log.find('\n') + 1));
        QString failed = m_server.start();
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        failed = m_server.sql(u"CREATE SCHEMA risk;"
                              "CREATE TABLE risk.scores (%1);"
                              "CREATE TABLE earlier (%1);"
                              "CREATE TABLE two_years (%1);"
                              "\n\\copy risk.scores FROM '%2' WITH (FORMAT csv, HEADER)\n"
                              "\\copy earlier FROM '%3' WITH (FORMAT csv, HEADER)\n"
                              "\\copy two_years FROM '%4' WITH (FORMAT csv, HEADER)\n"
                              "GRANT USAGE ON SCHEMA risk TO reader; GRANT SELECT ON risk.scores TO reader;"_s.arg(
                                  QString::fromUtf8(databaseColumns), QString::fromStdString(m_path),
                                  QString::fromStdString(m_earlier), QString::fromStdString(m_twoYears)));
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
    }

    void aRunFindsWhatItFindsInTheFile()
    {
        const RunResult file = run(settings());
        QVERIFY(file.reference.fairness.size() == 2 && file.periods[3].quality.duplicateRows.value_or(0) > 0);
        agree(settings());
        for (const PeriodKind period : {PeriodKind::Week, PeriodKind::Day, PeriodKind::Year}) {
            RunSettings other = settings();
            other.period = period;
            other.roles.grade = period == PeriodKind::Year ? "place" : "id";
            other.roles.features =
                period == PeriodKind::Day ? std::vector<std::string>{"x"} : std::vector<std::string>{"x", "place"};
            agree(other);
        }
    }

    void predictionsSegmentsAndFirstPeriodsAgreeToo()
    {
        RunSettings other = settings();
        other.roles.score.clear();
        other.roles.prediction = "predicted";
        other.roles.target = "actual";
        other.roles.segment = "segment";
        other.segmentValue = "B";
        other.reference = {};
        other.reference.firstPeriods = 2;
        other.roles.categorical = {"whole"};
        agree(other);
    }

    void textsAmongNumbersCountAsMissing()
    {
        RunSettings texts = settings();
        texts.path.clear();
        texts.roles.numeric = {"whole"};
        RunSettings gaps = texts;
        texts.sql =
            source("SELECT ts, CASE WHEN whole = 3 THEN 'three' ELSE CAST(whole AS text) END AS whole, CASE "
                   "WHEN x > 1.5 THEN 'n.k.' ELSE CAST(score AS text) END AS score, target, segment, place FROM "
                   "risk.scores");
        gaps.sql = source("SELECT ts, NULLIF(whole, 3) AS whole, CASE WHEN x > 1.5 THEN NULL ELSE score END AS score, "
                          "target, segment, place FROM risk.scores");
        texts.importance.clear();
        gaps.importance.clear();
        const RunResult found = run(texts);
        compareRuns(found, run(gaps));
        for (const char *remark : {"Column \"whole\": ", "are no numbers and count as missing, first \"three\"",
                                   "Column \"score\": ", "first \"n.k.\""}) {
            QVERIFY2(
                std::any_of(found.warnings.begin(), found.warnings.end(),
                            [remark](const std::string &warning) { return warning.find(remark) != std::string::npos; }),
                remark);
        }
    }

    void daysInTextsAreRead()
    {
        RunSettings texts = settings();
        texts.path.clear();
        texts.roles.groups.clear();
        texts.importance.clear();
        RunSettings days = texts;
        const std::string columns = "x, whole, score, target, segment, place FROM risk.scores";
        texts.sql =
            source("SELECT CASE WHEN whole = 3 THEN '2023-02-29' WHEN whole = 4 THEN 'soon' WHEN whole = 5 THEN "
                   "'2024-04-31 08:00' WHEN whole = 6 THEN ' ' WHEN whole = 7 THEN '1.2.2024' WHEN whole = 8 THEN "
                   "to_char(ts, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') WHEN whole = 9 THEN to_char(ts, "
                   "' YYYY-MM-DD') ELSE to_char(ts, 'YYYY-MM-DD HH24:MI:SS') END AS ts, " +
                   columns);
        days.sql = source("SELECT CASE WHEN whole BETWEEN 3 AND 7 THEN NULL ELSE ts END AS ts, " + columns);
        const RunResult found = run(texts);
        compareRuns(found, run(days));
        QVERIFY(std::any_of(found.warnings.begin(), found.warnings.end(), [](const std::string &warning) {
            return warning.find("rows have no time in column \"ts\"") != std::string::npos;
        }));
        const LogPreview some = previewDatabase(*texts.sql, {}, {});
        QVERIFY(!some.columns.front().isTime && some.columns.front().samples.empty());
        const LogPreview all = previewDatabase(
            source("SELECT CASE WHEN whole > 3 THEN to_char(ts, 'YYYY-MM-DD HH24:MI') END AS ts, " + columns), {}, {});
        QVERIFY(all.columns.front().isTime);
        QCOMPARE(all.roles.time, std::string("ts"));
        QCOMPARE(all.from, parseDate("2024-01-01"));
    }

    void everyDayOfTheCalendarIsReadAndNoOther()
    {
        RunSettings asked;
        asked.roles.time = "day";
        asked.roles.features = {"x"};
        asked.period = PeriodKind::Year;
        asked.sql =
            source("SELECT to_char(d, 'YYYY-MM-DD') AS day, 1 AS x FROM generate_series(timestamp '1899-01-01', "
                   "'2104-12-31', '1 day') d WHERE EXTRACT(year FROM d) IN (1899, 1900, 1904, 1999, 2000, 2001, "
                   "2024, 2099, 2100, 2104) UNION ALL SELECT y || '-02-29', 1 FROM generate_series(1001, 2999) "
                   "y WHERE y % 4 <> 0 OR y % 100 = 0 AND y % 400 <> 0 UNION ALL SELECT '2024-' || m || '-' || "
                   "d, 1 FROM (VALUES ('00', '01'), ('13', '01'), ('01', '00'), ('01', '32'), ('02', '30'), "
                   "('04', '31'), ('06', '31'), ('09', '31'), ('11', '31'), ('1', '1')) none (m, d)");
        const RunResult found = run(asked);
        QCOMPARE(found.periods.size(), std::size_t{10});
        for (const RunPeriod &year : found.periods) {
            const bool leap = std::chrono::year(std::stoi(year.label)).is_leap();
            QCOMPARE(year.rows, leap ? std::uint64_t{366} : std::uint64_t{365});
        }
    }

    void specialValuesAgree()
    {
        RunSettings special = settings();
        special.roles.special = {{"whole", {"-5", "14.0", "refused"}}, {"place", {"NA", "new"}}, {"x", {"7"}}};
        const RunResult file = run(special);
        const auto found = std::find_if(file.features.begin(), file.features.end(),
                                        [](const FeatureResult &each) { return each.name == "whole"; });
        QVERIFY(found->referenceCounts[found->bins.firstApart(found->referenceCounts.size())] > 0);
        agree(special);
        special.roles.categorical = {"whole"};
        special.roles.special["whole"] = {"-5", "3"};
        agree(special);

        DriftRequest request;
        request.path = m_path;
        request.roles.time = "ts";
        request.roles.features = {"whole", "place"};
        request.roles.special = {{"whole", {"-5"}}, {"place", {"NA"}}};
        request.reference.firstPeriods = 3;
        const DriftReport text = driftOverTime(request);
        request.sql = source();
        const DriftReport database = driftOverTime(request);
        for (std::size_t c = 0; c < text.columns.size(); ++c) {
            for (std::size_t i = 0; i < text.periods.size(); ++i) {
                const ComparedColumn &a = database.columns[c].periods[i];
                const ComparedColumn &b = text.columns[c].periods[i];
                QCOMPARE(json::serialize(toJson(a.special)), json::serialize(toJson(b.special)));
                for (std::size_t k = 0; k < b.statistics.size(); ++k)
                    QVERIFY(close(a.statistics[k].value, b.statistics[k].value));
            }
        }
    }

    void groupsThatCannotBeMeasuredAreRemarkedAlike()
    {
        RunSettings other = settings();
        other.roles.features = {"x"};
        other.roles.groups = {"id", "flag"};
        other.decision.favourable = FavourableDecision::Under;
        other.decision.threshold = 0.6;
        other.decision.comparisonGroups = {{"flag", "perhaps"}};
        const RunResult file = run(other);
        other.sql = source();
        const RunResult database = run(other);
        compareRuns(database, file);
        for (const char *part : {"groups and is not looked at", "holds no group \"perhaps\""})
            QVERIFY(std::any_of(database.warnings.begin(), database.warnings.end(),
                                [part](const std::string &warning) { return contains(warning, part); }));
    }

    void windowsAndYearsAgree()
    {
        RunSettings window = settings();
        window.roles.features = {"x", "place"};
        window.reference.from = parseDate("2024-02-10");
        agree(window);

        RunSettings years = settings();
        years.path = m_twoYears;
        years.roles.features = {"x", "money", "place"};
        years.reference = {};
        years.reference.samePeriodLastYear = true;
        for (const PeriodKind period : {PeriodKind::Month, PeriodKind::Week}) {
            years.period = period;
            years.sql.reset();
            const RunResult file = run(years);
            years.sql = source("two_years");
            compareRuns(run(years), file);
        }
    }

    void anotherTableMayBeTheReference()
    {
        RunSettings other = settings();
        other.reference = {};
        other.reference.path = m_earlier;
        RunResult file = run(other);
        other.path.clear();
        other.reference = {};
        other.sql = source("SELECT * FROM risk.scores;");
        other.sql->referenceQuery = "SELECT * FROM earlier";
        const RunResult database = run(other);
        QCOMPARE(database.reference.label, std::string("a query in PostgreSQL"));
        file.reference.label = database.reference.label;
        compareRuns(database, file);
    }

    void driftOverTimeAgrees()
    {
        for (const BinRule bins : {BinRule::Deciles, BinRule::DecilesInRange}) {
            const bool years = bins == BinRule::Deciles;
            DriftRequest request;
            request.path = years ? m_twoYears : m_path;
            request.roles = settings().roles;
            request.roles.features = {"x", "whole", "money", "place", "flag", "score"};
            request.reference = settings().reference;
            if (years) {
                request.reference = {};
                request.reference.samePeriodLastYear = true;
            }
            request.bins = bins;
            const DriftReport file = driftOverTime(request);
            request.sql = source(years ? "two_years" : "risk.scores");
            const DriftReport database = driftOverTime(request);
            QVERIFY(database.remarks.size() == file.remarks.size() + 1 &&
                    std::equal(file.remarks.begin(), file.remarks.end(), database.remarks.begin()));
            QVERIFY(contains(database.remarks.back(), "left out"));
            QCOMPARE(database.columns.size(), file.columns.size());
            for (std::size_t i = 0; i < file.columns.size(); ++i) {
                QCOMPARE(database.columns[i].name, file.columns[i].name);
                QCOMPARE(database.columns[i].periods.size(), file.columns[i].periods.size());
                for (std::size_t k = 0; k < file.columns[i].periods.size(); ++k) {
                    const ComparedColumn &a = database.columns[i].periods[k];
                    const ComparedColumn &b = file.columns[i].periods[k];
                    QCOMPARE(a.currentMissing, b.currentMissing);
                    QCOMPARE(a.referenceMissing, b.referenceMissing);
                    QCOMPARE(a.statistics.size(), b.statistics.size());
                    for (std::size_t s = 0; s < b.statistics.size(); ++s) {
                        QCOMPARE(a.statistics[s].key, b.statistics[s].key);
                        QVERIFY2(close(a.statistics[s].value, b.statistics[s].value),
                                 std::string(b.statistics[s].key).c_str());
                    }
                }
            }
            for (std::size_t i = 0; i < file.periods.size(); ++i) {
                comparePerformance(database.periods[i].performance, file.periods[i].performance);
                compareFairness(database.periods[i].fairness, file.periods[i].fairness);
                compareQuality(database.periods[i].quality, file.periods[i].quality);
            }
        }
    }

    void countsComeBackAndNeverRows()
    {
        RunSettings asked = settings();
        asked.sql = source();
        const SqlLog log(asked, {}, {});
        QCOMPARE(log.traffic().rows, std::uint64_t{12 * 28 + 1}); // a count for each day, and for rows without
        const SqlNumericColumn x = countNumbers(log, "x", BinRule::DecilesInRange);
        std::set<double> distinct;
        QVERIFY(x.referenceCounts.size() == 13 && x.periods.size() == 12);
        const std::uint64_t afterNumbers = log.traffic().rows;
        QVERIFY(afterNumbers - 12 * 28 - 1 <= 13 * 13 + 3);
        const auto places = countAllCategories(log, "place", 100);
        QVERIFY(places && places->reference.counts.size() == 4);
        QVERIFY(!countAllCategories(log, "id", 1000) && !referenceCategories(log, "id", 1000));
        static_cast<void>(measureOutcomes(log, planOutcome(log, asked.roles), 0.5));
        QVERIFY2(log.traffic().rows - afterNumbers < 13 * (101 + 10 + 10 + 20),
                 qPrintable(QString::number(log.traffic().rows)));
        for (const QString &line : m_server.statements().split(u'\n')) {
            if (line.contains(u"FROM risk.scores"_s) && !line.contains(u"WHERE 1 = 0"_s))
                QVERIFY2(line.contains(u"COUNT("_s) || line.contains(u"SUM("_s) || line.contains(u"MAX("_s) ||
                             line.contains(u"DISTINCT"_s),
                         qPrintable(line));
        }
    }

    void valuesThatAreNoNumbersAreMissing()
    {
        const QString failed = m_server.sql(
            u"CREATE TABLE odd AS SELECT timestamp '2024-01-01' + i * interval '1 day' AS ts, CASE i % 5 WHEN 0 THEN "
            "double precision 'NaN' WHEN 1 THEN 'Infinity' WHEN 2 THEN '-Infinity' WHEN 3 THEN NULL ELSE i END::double "
            "precision AS "
            "\"odd \"\"x\"\"\", 7 AS constant, NULL::text AS nothing, date '2020-01-01' AS day FROM "
            "generate_series(0, 99) i"_s);
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        RunSettings asked;
        asked.sql = source("odd");
        asked.roles.time = "ts";
        const RunResult result = run(asked);
        QCOMPARE(result.features.size(), std::size_t{3});
        QCOMPARE(result.features[0].name, std::string("odd \"x\""));
        QCOMPARE(result.features[0].periods[0].missing, std::uint64_t{25});
        const auto warned = [&result](const std::string &part) {
            return std::any_of(result.warnings.begin(), result.warnings.end(),
                               [&part](const std::string &warning) { return contains(warning, part); });
        };
        QVERIFY(warned("40 infinite values") && warned("\"constant\" holds one value only") &&
                warned("\"nothing\" has no value in the reference") && warned("\"day\" holds dates"));
    }

    void runsAreRecomputedAndHoldNoPassword()
    {
        RunSettings asked = settings();
        asked.path.clear();
        asked.sql = source();
        asked.sql->connection = m_server.connection(u"reader"_s).toStdString();
        RunOptions options;
        options.databasePassword = PostgresServer::password().toStdString();
        const RunResult result = run(asked, {}, {}, options);
        const std::string recorded = json::serialize(toJson(result));
        QVERIFY(!contains(recorded, options.databasePassword) && !contains(recorded, "PWD"));
        QCOMPARE(json::serialize(toJson(recompute(result))), recorded);
        QCOMPARE(fromJson<RunResult>(json::parse(recorded)).settings.sql->query, std::string("risk.scores"));
        QCOMPARE(result.sourceName, std::string("risk.scores in PostgreSQL"));
        QVERIFY(std::any_of(result.warnings.begin(), result.warnings.end(),
                            [](const std::string &warning) { return contains(warning, "Calibration slope"); }));

        options.databasePassword = "wrong";
        const Error wrong = errorOf([&] { return run(asked, {}, {}, options); });
        QCOMPARE(wrong.code, ErrorCode::Io);
        QVERIFY2(contains(wrong.what, "authentication") && !contains(wrong.text(), "wrong"), wrong.text().c_str());
        for (const char *part : {";PWD=x", ";Password=x", ";pwd={x}"}) {
            RunSettings leaky = asked;
            leaky.sql->connection += part;
            QCOMPARE(errorOf([&] { return run(leaky); }).code, ErrorCode::InvalidInput);
        }
    }

    void theDatabaseIsOnlyRead()
    {
        RunSettings asked = settings();
        asked.sql = source("WITH gone AS (DELETE FROM earlier RETURNING *) SELECT * FROM gone");
        QVERIFY(errorOf([&] { return run(asked); }).code == ErrorCode::Io);
        const OdbcConnection connection(m_server.connection().toStdString(), {}, {});
        OdbcConnection writing(m_server.connection().toStdString(), {}, {});
        const Error error = errorOf([&] {
            writing.execute("CREATE TABLE mine (x integer)");
            return 0;
        });
        QVERIFY2(contains(error.what, "read-only"), error.what.c_str());
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("feature");
        QTest::addColumn<QString>("part");
        QTest::addRow("table") << u"nowhere"_s << u"ts"_s << u"x"_s << u"nowhere"_s;
        QTest::addRow("query") << u"SELECT FROM WHERE"_s << u"ts"_s << u"x"_s << u"syntax"_s;
        QTest::addRow("nothing") << u" ; "_s << u"ts"_s << u"x"_s << u"no table"_s;
        QTest::addRow("time") << u"risk.scores"_s << u"when"_s << u"x"_s << u"no column \"when\""_s;
        QTest::addRow("no time") << u"risk.scores"_s << u"x"_s << u"x"_s << u"no dates"_s;
        QTest::addRow("feature") << u"risk.scores"_s << u"ts"_s << u"y"_s << u"no column \"y\""_s;
        QTest::addRow("empty") << u"SELECT * FROM risk.scores WHERE x > 1e9"_s << u"ts"_s << u"x"_s << u"no rows"_s;
    }
    void mistakesAreNamed()
    {
        QFETCH(QString, query);
        QFETCH(QString, time);
        QFETCH(QString, feature);
        QFETCH(QString, part);
        RunSettings asked;
        asked.sql = source(query.toStdString());
        asked.roles.time = time.toStdString();
        asked.roles.features = {feature.toStdString()};
        const Error error = errorOf([&] { return run(asked); });
        QVERIFY(error.code == ErrorCode::Io || error.code == ErrorCode::InvalidInput);
        QVERIFY2(contains(error.what, part.toStdString()) && !error.remedy.empty(), error.text().c_str());
    }

    void textDeclaredNumericIsMissingAndRowsGiveNoPeriods()
    {
        RunSettings asked = settings();
        asked.sql = source();
        asked.roles.groups.clear();
        asked.roles.numeric = {"place"};
        asked.roles.features = {"place"};
        const RunResult found = run(asked);
        QCOMPARE(found.features.front().periods.front().missing, found.periods.front().rows);
        QVERIFY(std::any_of(found.warnings.begin(), found.warnings.end(),
                            [](const std::string &warning) { return warning.starts_with("Column \"place\": "); }));
        asked = settings();
        asked.sql = source();
        asked.period = PeriodKind::Rows;
        asked.rowsPerPeriod = 100;
        QCOMPARE(errorOf([&] { return run(asked); }).code, ErrorCode::InvalidInput);
        asked.period = PeriodKind::Month;
        asked.reference.path = m_earlier;
        QCOMPARE(errorOf([&] { return run(asked); }).code, ErrorCode::InvalidInput);
    }

    void tablesAreListedAsQueriesNameThem()
    {
        const QString failed =
            m_server.sql(u"CREATE TABLE \"Odd \"\"table\" AS SELECT date '2024-01-01' AS \"order\", 1 "
                         "AS x; CREATE VIEW risk.recent AS SELECT * FROM risk.scores"_s);
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
        const std::string connection = m_server.connection().toStdString();
        const auto tables = listTables(connection, {}, {});
        for (const char *expected : {"risk.scores", "risk.recent", "public.earlier", "public.\"Odd \"\"table\""})
            QVERIFY2(std::find(tables.begin(), tables.end(), expected) != tables.end(), expected);
        QVERIFY(std::is_sorted(tables.begin(), tables.end()));
        QVERIFY(std::none_of(tables.begin(), tables.end(),
                             [](const std::string &table) { return table.starts_with("pg_catalog"); }));
        const LogPreview odd = previewDatabase({connection, "public.\"Odd \"\"table\"", {}}, {}, {});
        QCOMPARE(odd.roles.time, std::string("order"));
        QCOMPARE(odd.estimatedRows, std::uint64_t{1});
        const OdbcInstallation installed = odbcInstallation();
        QVERIFY(std::is_sorted(installed.drivers.begin(), installed.drivers.end()));
    }

    void aTableIsPreviewedByCounts()
    {
        const std::string connection = m_server.connection().toStdString();
        const LogPreview file = preview(m_path);
        const LogPreview seen = previewDatabase({connection, "risk.scores", {}}, {}, {});
        QCOMPARE(seen.database, std::string("PostgreSQL"));
        QCOMPARE(seen.roles.time, file.roles.time);
        QCOMPARE(seen.roles.score, file.roles.score);
        QCOMPARE(seen.roles.target, file.roles.target);
        QCOMPARE(seen.roles.prediction, file.roles.prediction);
        QCOMPARE(seen.roles.segment, file.roles.segment);
        QCOMPARE(seen.period, PeriodKind::Month);
        QCOMPARE(seen.from, parseDate("2024-01-01"));
        QVERIFY(seen.rows.empty() && seen.guesses.empty() && seen.wholeFile);
        const std::string text = databaseLog(logRows);
        QCOMPARE(seen.estimatedRows, static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n') - 1));
        QCOMPARE(seen.columns.size(), file.columns.size());
        QVERIFY(seen.columns[0].isTime && seen.columns[1].missing > 0);
        const PreviewColumn &whole = seen.columns[2];
        QCOMPARE(whole.samples, (std::vector<std::string>{"-5", "14"}));
        QCOMPARE(seen.columns[4].name, std::string("place"));
        QCOMPARE(seen.columns[4].distinct, std::uint64_t{5});
        QVERIFY(seen.columns[4].samples.empty()); // of people, perhaps
        const Error error = errorOf([&] { return previewDatabase({connection, "nowhere", {}}, {}, {}); });
        QVERIFY2(error.code == ErrorCode::Io && contains(error.what, "nowhere"), error.what.c_str());
        QCOMPARE(errorOf([&] { return previewDatabase({connection, " ", {}}, {}, {}); }).code, ErrorCode::InvalidInput);
    }

    void aTableOfManyColumnsIsCountedInParts()
    {
        QString columns;
        for (int i = 0; i < 250; ++i)
            columns += u"%1 %2 AS c%3"_s.arg(i == 0 ? u""_s : u","_s).arg(i).arg(i);
        QVERIFY(m_server.sql(u"CREATE TABLE wide AS SELECT "_s + columns).isEmpty());
        const LogPreview seen = previewDatabase({m_server.connection().toStdString(), "wide", {}}, {}, {});
        QCOMPARE(seen.columns.size(), std::size_t{250});
        QCOMPARE(seen.columns.back().samples, (std::vector<std::string>{"249", "249"}));
    }

    void driversThatAreNotThereAreNamed()
    {
        RunSettings asked = settings();
        asked.sql = source();
        asked.sql->connection = "Driver={No such driver};Servername=x";
        const Error error = errorOf([&] { return run(asked); });
        QCOMPARE(error.code, ErrorCode::Io);
        QVERIFY2(contains(error.text(), "Install the driver"), error.text().c_str());
    }

    void aQueryAtWorkIsCancelled()
    {
        RunSettings asked = settings();
        asked.sql = source("SELECT scores.* FROM risk.scores, pg_sleep(30)");
        const CancelToken cancel;
        QElapsedTimer timer;
        std::jthread later([&](const std::stop_token &stop) { // each look takes as long as a psql, and no longer
            while (m_server.queriesAtWork(u"pg_sleep"_s) == 0 && !stop.stop_requested())
                std::this_thread::yield();
            timer.start();
            cancel.cancel();
        });
        const ErrorCode code = errorOf([&] { return run(asked, cancel); }).code;
        later.request_stop();
        later.join();
        const qint64 waited = timer.elapsed();
        QCOMPARE(code, ErrorCode::Cancelled);
        QVERIFY2(waited < 10000, qPrintable(QString::number(waited))); // of the 30 s that the query sleeps
    }

private:
    LogFolder m_folder;
    PostgresServer m_server;
    std::string m_path;
    std::string m_earlier;
    std::string m_twoYears;
};

QTEST_GUILESS_MAIN(TestDatabaseLog)
#include "tst_databaselog.moc"
