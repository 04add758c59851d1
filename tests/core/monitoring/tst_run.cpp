// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/figures.h"
#include "core/monitoring/run.h"
#include "logfile.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <random>
#include <sstream>

using namespace countersign;

namespace {

/// Twelve months of 2020, `perMonth` rows each. From October on: "drifting" shifts, "colour" has a new category,
/// "gappy" loses values, and the score no longer tells anything about the target.
std::vector<std::string> portfolioRows(int perMonth, unsigned seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<std::string> rows;
    for (int month = 1; month <= 12; ++month) {
        const bool late = month >= 10;
        for (int i = 0; i < perMonth; ++i) {
            const double score = uniform(random);
            const double chance = late ? 0.5 : score;
            std::ostringstream row;
            row << "2020-" << (month < 10 ? "0" : "") << month << "-" << (i % 28 < 9 ? "0" : "") << i % 28 + 1
                << " 12:00:00," << normal(random) << ',' << normal(random) + (late ? 2 : 0) << ',';
            if (uniform(random) >= (late ? 0.4 : 0.02))
                row << normal(random);
            row << ','
                << (late && uniform(random) < 0.3 ? "violet"
                    : uniform(random) < 0.5       ? "red"
                                                  : "blue")
                << ",7," << score << ',' << (uniform(random) < chance ? 1 : 0) << ','
                << (i % 2 == 0 ? "north" : "south");
            rows.push_back(row.str());
        }
    }
    return rows;
}

const std::string header = "ts,stable,drifting,gappy,colour,constant,score,target,region\n";

std::string logOf(const std::vector<std::string> &rows)
{
    std::string text = header;
    for (const std::string &row : rows)
        text += row + "\n";
    return text;
}

/// Rows of four to eight months with columns of numbers, many or few different ones, and of texts, all with gaps.
class RandomLog
{
public:
    explicit RandomLog(unsigned seed)
        : m_random(seed)
    {
        const int months = 4 + below(5);
        const int rows = 20000 + below(20000);
        const int columns = 2 + below(4);
        m_header = "day,score,target,group";
        for (int c = 0; c < columns; ++c)
            m_header += ",c" + std::to_string(c);
        for (int i = 0; i < rows; ++i) {
            const int score = below(1025);
            std::string row = "2021-0" + std::to_string(1 + below(months)) + "-" + std::to_string(10 + below(18));
            row += below(40) == 0 ? "," : "," + exact(score);
            row += below(4) == 0 ? "," : below(1024) < score ? ",1" : ",0";
            row += below(3) == 0 ? ",a" : ",b";
            for (int c = 0; c < columns; ++c)
                row += below(15) == 0 ? "," : cell(c);
            m_rows.push_back(std::move(row));
        }
    }

    void shuffle() { std::shuffle(m_rows.begin(), m_rows.end(), m_random); }

    [[nodiscard]] std::string text() const
    {
        std::string text = m_header + "\n";
        for (const std::string &row : m_rows)
            text += row + "\n";
        return text;
    }

private:
    int below(int n) { return static_cast<int>(m_random() % static_cast<unsigned>(n)); }

    static std::string exact(int of1024)
    {
        std::ostringstream text;
        text << std::setprecision(17) << of1024 / 1024.0;
        return text.str();
    }

    std::string cell(int column)
    {
        switch (column % 3) {
        case 0:
            return "," + std::to_string(below(7));
        case 1:
            return "," + exact(below(1 << 20));
        default:
            return ",t" + std::to_string(below(12));
        }
    }

    std::mt19937_64 m_random;
    std::string m_header;
    std::vector<std::string> m_rows;
};

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.roles.score = "score";
    settings.roles.target = "target";
    settings.roles.segment = "region";
    settings.reference.until = parseDate("2020-06-30");
    return settings;
}

const FeatureResult &feature(const RunResult &result, const std::string &name)
{
    return *std::find_if(result.features.begin(), result.features.end(), [&](const auto &f) { return f.name == name; });
}

bool mentions(const std::vector<std::string> &warnings, const std::string &part)
{
    return std::any_of(warnings.begin(), warnings.end(),
                       [&](const std::string &warning) { return warning.find(part) != std::string::npos; });
}

std::string textOf(const RunResult &result)
{
    return json::serialize(toJson(result));
}

} // namespace

class TestRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_rows = portfolioRows(600, 7);
        m_path = m_folder.write("portfolio.csv", logOf(m_rows));
        m_result = run(settingsFor(m_path));
    }

    void whatDriftsIsRedAndWhatDoesNotIsGreen()
    {
        QCOMPARE(m_result.periods.size(), std::size_t{12});
        for (const char *name : {"drifting", "gappy", "colour"}) {
            QCOMPARE(feature(m_result, name).verdict, Verdict::Red);
            QCOMPARE(feature(m_result, name).periods[7].verdict.verdict, Verdict::Green);
        }
        for (const FeaturePeriod &period : feature(m_result, "stable").periods)
            QCOMPARE(period.verdict.verdict, Verdict::Green);
        QCOMPARE(m_result.periods[8].verdict, Verdict::Green);
        QCOMPARE(m_result.verdict, Verdict::Red);
    }

    void performanceFallsWhereTheTargetTurnsAway()
    {
        QVERIFY(*m_result.reference.performance.auc > 0.75);
        QCOMPARE(m_result.periods[7].performanceVerdict, Verdict::Green);
        QVERIFY(*m_result.periods[10].performance.auc < 0.6);
        QCOMPARE(m_result.periods[10].performanceVerdict, Verdict::Red);
    }

    void everyPeriodHasItsFiguresWithIntervals()
    {
        const auto checkFigures = [](const Performance &performance) {
            QCOMPARE(performance.figures.size(), scoreFigureInfos().size());
            for (const FigureInfo &info : scoreFigureInfos()) {
                const Figure &figure = performance.figures.at(std::string(info.name));
                QVERIFY2(figure.value, std::string(info.name).c_str());
                QCOMPARE(figure.low.has_value(), !info.interval.empty());
                if (figure.low) {
                    QVERIFY2(*figure.low <= *figure.value, std::string(info.name).c_str());
                    QVERIFY2(*figure.value <= *figure.high, std::string(info.name).c_str());
                }
            }
            QCOMPARE(*performance.figures.at("roc_auc").value, *performance.auc);
            QCOMPARE(performance.grades.size(), std::size_t{10});
            QCOMPARE(performance.reliability.size(), std::size_t{10});
        };
        checkFigures(m_result.reference.performance);
        for (const RunPeriod &period : m_result.periods) {
            checkFigures(period.performance);
            QCOMPARE(*period.labelledShare, 1.0);
        }
    }

    void figuresAreThoseOfTheRowsCountedByHand()
    {
        // January: 600 rows; score is the 7th field, target the 8th.
        std::uint64_t hits = 0;
        std::uint64_t selected = 0;
        std::uint64_t right = 0;
        double squares = 0;
        double scores = 0;
        std::uint64_t events = 0;
        for (std::size_t i = 0; i < 600; ++i) {
            std::stringstream row(m_rows[i]);
            std::vector<std::string> cells;
            for (std::string cell; std::getline(row, cell, ',');)
                cells.push_back(cell);
            const double score = std::stod(cells[6]);
            const bool event = cells[7] == "1";
            const bool taken = score >= 0.5;
            hits += taken && event ? 1 : 0;
            selected += taken ? 1 : 0;
            right += taken == event ? 1 : 0;
            events += event ? 1 : 0;
            scores += score;
            squares += (score - (event ? 1 : 0)) * (score - (event ? 1 : 0));
        }
        const Figures &figures = m_result.periods[0].performance.figures;
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
        const auto share = [](std::uint64_t k, std::uint64_t n) {
            return static_cast<double>(k) / static_cast<double>(n);
        };
        QVERIFY(near(*figures.at("accuracy").value, share(right, 600)));
        QVERIFY(near(*figures.at("precision").value, share(hits, selected)));
        QVERIFY(near(*figures.at("recall").value, share(hits, events)));
        QVERIFY(near(*figures.at("brier").value, squares / 600));
        QVERIFY(near(*figures.at("calibration_in_the_large").value, share(events, 600) - scores / 600));
        const auto curve = rocPoints(*m_result.periods[0].performance.scoreEvidence);
        QVERIFY(curve.size() > 90 && curve.size() <= 103);
        QCOMPARE(curve.back().x, 1.0);
        QCOMPARE(curve.back().y, 1.0);
        QCOMPARE(gainsPoints(*m_result.periods[0].performance.scoreEvidence).back().y, 1.0);
        QCOMPARE(reliabilityPoints(m_result.periods[0].performance).size(), std::size_t{10});
    }

    void newCategoriesAndValuesOutOfRangeHaveBinsOfTheirOwn()
    {
        const FeatureResult &colour = feature(m_result, "colour");
        QCOMPARE(colour.bins.categories, (std::vector<std::string>{"blue", "red"}));
        QVERIFY(colour.periods[11].counts[2] > 100);
        const FeatureResult &drifting = feature(m_result, "drifting");
        QCOMPARE(drifting.bins.labels.size(), drifting.bins.edges.size() + 4);
        QCOMPARE(drifting.referenceCounts.front(), std::uint64_t{0});
        QVERIFY(drifting.periods[11].counts[drifting.bins.labels.size() - 2] > 0);
    }

    void everyCountAddsUpToItsRows()
    {
        for (const FeatureResult &f : m_result.features) {
            std::uint64_t all = 0;
            for (const std::uint64_t count : f.referenceCounts)
                all += count;
            QCOMPARE(all, f.referenceRows);
            for (std::size_t i = 0; i < f.periods.size(); ++i) {
                all = 0;
                for (const std::uint64_t count : f.periods[i].counts)
                    all += count;
                QCOMPARE(all, m_result.periods[i].rows);
            }
        }
        QCOMPARE(m_result.rows, std::uint64_t{7200});
    }

    void recomputedEqualsRecordedAlsoAfterStorage()
    {
        const std::string recorded = textOf(m_result);
        QCOMPARE(textOf(recompute(m_result)), recorded);
        const auto read = fromJson<RunResult>(json::parse(recorded));
        QCOMPARE(textOf(read), recorded);
        RunResult emptied = read;
        for (FeatureResult &f : emptied.features) {
            for (FeaturePeriod &period : f.periods) {
                period.statistics = {};
                period.verdict = {};
            }
            f.verdict = Verdict::NotEnoughData;
        }
        for (RunPeriod &period : emptied.periods)
            period.performance.auc.reset();
        for (RunPeriod &period : emptied.periods) {
            period.performance.figures.clear();
            period.performance.grades.clear();
            period.performance.reliability.clear();
            period.labelledShare.reset();
        }
        QCOMPARE(textOf(recompute(emptied)), recorded);
    }

    void tamperedCountsAreRefused()
    {
        RunResult tampered = m_result;
        ++tampered.features[1].periods[3].counts[2];
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(recompute(tampered)));
    }

    void rowOrderAndThreadCountChangeNothing()
    {
        RunResult plain = m_result;
        plain.sourceSha256.clear();
        plain.sources.clear();
        std::vector<std::string> shuffled = m_rows;
        std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937_64(3));
        const std::string path = m_folder.write("shuffled.csv", logOf(shuffled));
        for (const unsigned threads : {1U, 2U, 7U}) {
            RunResult again = run(settingsFor(path), {}, {}, {threads});
            again.sourceSha256.clear();
            again.sources.clear();
            again.sourceName = plain.sourceName;
            again.settings.path = plain.settings.path;
            QCOMPARE(textOf(again), textOf(plain));
        }
    }

    void sourceIsNamedByItsDigest()
    {
        QCOMPARE(m_result.sourceName, std::string("portfolio.csv"));
        QCOMPARE(m_result.sourceSha256, sha256(logOf(m_rows)).hex());
        QCOMPARE(m_result.sources.size(), std::size_t{1});
        const LogSource &source = m_result.sources.front();
        QCOMPARE(source.name, m_result.sourceName);
        QCOMPARE(source.sha256, m_result.sourceSha256);
        QCOMPARE(source.rows, std::uint64_t{m_rows.size()});
        QCOMPARE(source.dialect.delimiter, std::string(","));
    }

    void constantColumnIsAWarningNotAVerdict()
    {
        QVERIFY(mentions(m_result.warnings, "\"constant\""));
        QCOMPARE(feature(m_result, "constant").verdict, Verdict::NotEnoughData);
    }

    void uselessColumnsDoNotStopTheRun()
    {
        std::string text = "ts,empty,id,half,day,x\n";
        for (int i = 0; i < 4000; ++i) {
            const std::string month = i < 2000 ? "2021-01-05" : "2021-02-05";
            text += month + ",,id" + std::to_string(i) + "," + (i < 2000 ? "" : "5") + "," + month + "," +
                    std::to_string(i % 10) + "\n";
        }
        RunSettings settings;
        settings.path = m_folder.write("useless.csv", text);
        settings.roles.time = "ts";
        const RunResult result = run(settings);
        for (const char *name : {"empty", "id", "half"}) {
            QCOMPARE(feature(result, name).verdict, Verdict::NotEnoughData);
            QVERIFY2(mentions(result.warnings, "\"" + std::string(name) + "\""), name);
        }
        QVERIFY(mentions(result.warnings, "\"day\" holds dates"));
        QCOMPARE(feature(result, "x").verdict, Verdict::Green);
        QCOMPARE(textOf(recompute(result)), textOf(result));
    }

    void fewRowsAreNeverGreen()
    {
        RunSettings settings = settingsFor(m_path);
        settings.thresholds.minimumRows = 601;
        const RunResult result = run(settings);
        for (const RunPeriod &period : result.periods)
            QCOMPARE(period.verdict, Verdict::NotEnoughData);
        QCOMPARE(result.verdict, Verdict::NotEnoughData);
    }

    void psiOverTheLimitButWithinChanceIsNotAnAlarm()
    {
        const auto rows = portfolioRows(50, 11);
        RunSettings settings = settingsFor(m_folder.write("small.csv", logOf(rows)));
        settings.thresholds.minimumRows = 10;
        settings.thresholds.psiAmber = 0.01;
        settings.thresholds.psiRed = 0.02;
        const RunResult result = run(settings);
        std::size_t overButByChance = 0;
        for (const FeaturePeriod &period : feature(result, "stable").periods) {
            QVERIFY(period.verdict.criticalPsi.has_value());
            if (period.verdict.overAmber && !period.verdict.distinguishable) {
                ++overButByChance;
                QCOMPARE(period.verdict.verdict, Verdict::Green);
            }
        }
        QVERIFY(overButByChance >= 5);
    }

    void segmentKeepsItsRowsOnly()
    {
        RunSettings settings = settingsFor(m_path);
        settings.segmentValue = "north";
        const RunResult result = run(settings);
        QCOMPARE(result.rows, std::uint64_t{3600});
        QCOMPARE(result.reference.rows, std::uint64_t{1800});
        settings.segmentValue = "west";
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(run(settings)));
    }

    void referenceMayBeAnotherFileOrTheFirstPeriods()
    {
        RunSettings settings = settingsFor(m_path);
        settings.reference = {};
        settings.reference.firstPeriods = 6;
        const RunResult first = run(settings);
        for (std::size_t i = 0; i < first.features.size(); ++i)
            QCOMPARE(first.features[i].referenceCounts, m_result.features[i].referenceCounts);
        QVERIFY(first.periods[5].inReference && !first.periods[6].inReference);

        settings.reference = {};
        settings.reference.path = m_folder.write(
            "reference.csv", logOf({m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(m_rows.size() / 2)}));
        const RunResult other = run(settings);
        for (std::size_t i = 0; i < other.features.size(); ++i)
            QCOMPARE(other.features[i].referenceCounts, m_result.features[i].referenceCounts);
        QVERIFY(!other.periods[0].inReference);
        QCOMPARE(other.referenceSha256.size(), std::size_t{64});
    }

    void rowsPerPeriodNeedNoTime()
    {
        RunSettings settings = settingsFor(m_path);
        settings.roles.time.clear();
        settings.reference = {};
        settings.period = PeriodKind::Rows;
        settings.rowsPerPeriod = 1000;
        const RunResult result = run(settings);
        QCOMPARE(result.periods.size(), std::size_t{8});
        QCOMPARE(result.periods.back().label, std::string("rows 7001-7200"));
        QVERIFY(!result.periods.back().from);
    }

    void labelsThatHaveNotComeAreCounted()
    {
        std::vector<std::string> rows = m_rows;
        for (std::size_t i = 6900; i < rows.size(); ++i) {
            const auto region = rows[i].rfind(',');
            rows[i].erase(region - 1, 1); // the target of the last 300 rows
        }
        const RunResult result = run(settingsFor(m_folder.write("late.csv", logOf(rows))));
        QCOMPARE(result.periods.back().labelledRows, std::uint64_t{300});
        QCOMPARE(result.periods.back().rows, std::uint64_t{600});
    }

    /// Of each second month all outcomes are known and every tenth row is predicted, and wrongly.
    void outcomesOfRowsThatWereNotScoredAreNotEnough_data()
    {
        QTest::addColumn<bool>("auc");
        QTest::addColumn<bool>("referenceUnscored");
        QTest::newRow("AUC, period") << true << false;
        QTest::newRow("AUC, reference") << true << true;
        QTest::newRow("RMSE, period") << false << false;
        QTest::newRow("RMSE, reference") << false << true;
    }

    void outcomesOfRowsThatWereNotScoredAreNotEnough()
    {
        QFETCH(bool, auc);
        QFETCH(bool, referenceUnscored);
        std::string text = "month,p,y\n";
        for (int i = 0; i < 240; ++i) {
            const bool few = (i >= 120) != referenceUnscored;
            const int score = i * 37 % 100;
            const double actual = auc ? (i * 53 % 100 < score) != few : few ? score + 40 : score + i % 3;
            text += std::string(i < 120 ? "2020-01," : "2020-02,") +
                    (few && i % 10 != 0 ? std::string() : std::to_string(score)) + "," + std::to_string(actual) + "\n";
        }
        RunSettings settings;
        settings.path = m_folder.write("unscored.csv", text);
        settings.roles.time = "month";
        (auc ? settings.roles.score : settings.roles.prediction) = "p";
        settings.roles.target = "y";
        settings.reference.firstPeriods = 1;
        const RunResult result = run(settings);
        QCOMPARE(result.reference.labelledRows, std::uint64_t{referenceUnscored ? 12U : 120U});
        QCOMPARE(result.periods[1].labelledRows, std::uint64_t{referenceUnscored ? 120U : 12U});
        QCOMPARE(*result.periods[1].labelledShare, referenceUnscored ? 1 : 0.1);
        QCOMPARE(result.periods[1].performanceVerdict, Verdict::NotEnoughData);
        QVERIFY(!result.periods[1].performancePvalue);
        QCOMPARE(result.periods[1].performanceReason,
                 "Not enough data: 12 rows with " + std::string(auc ? "a score" : "a prediction") +
                     " and a known outcome" + (referenceUnscored ? " in the reference" : "") +
                     ", at least 100 are needed.");
    }

    void numericTargetGivesErrorMeasures()
    {
        std::string text = "when,prediction,actual\n";
        for (int i = 0; i < 400; ++i)
            text += std::string(i < 200 ? "2019" : "2020") + "," + std::to_string(i) + "," +
                    std::to_string(i + (i < 200 ? (i % 2 == 0 ? 1 : -1) : 3)) + "\n";
        RunSettings settings;
        settings.path = m_folder.write("forecast.csv", text);
        settings.roles.time = "when";
        settings.roles.prediction = "prediction";
        settings.roles.target = "actual";
        settings.period = PeriodKind::Year;
        const RunResult result = run(settings);
        QCOMPARE(*result.periods[0].performance.rmse, 1.0);
        QCOMPARE(*result.periods[1].performance.rmse, 3.0);
        QCOMPARE(*result.periods[1].performance.bias, -3.0);
        QCOMPARE(result.periods[1].performanceVerdict, Verdict::Red);
        QCOMPARE(result.periods[0].label, std::string("2019"));
    }

    /// Scores are multiples of 1/1024 and predictions whole: their sums are exact in whatever order.
    void threadsAndTheOrderOfRowsChangeNoDigit_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (const unsigned seed : {1U, 2U, 3U})
            QTest::addRow("seed %u", seed) << seed;
    }

    void threadsAndTheOrderOfRowsChangeNoDigit()
    {
        QFETCH(unsigned, seed);
        RandomLog log(seed);
        const auto answer = [&](const char *name, unsigned threads) {
            RunSettings settings;
            settings.path = m_folder.write(name, log.text());
            settings.roles.time = "day";
            settings.roles.score = "score";
            settings.roles.target = "target";
            settings.roles.groups = {"group"};
            settings.reference.firstPeriods = 2;
            RunResult result = run(settings, {}, {}, {threads});
            result.settings.path.clear();
            result.sourceName.clear();
            result.sourceSha256.clear();
            result.sources.clear();
            return json::serialize(toJson(result));
        };
        const std::string expected = answer("random.csv", 1);
        QVERIFY(expected.find("\"ks\":{") != std::string::npos);
        for (const unsigned threads : {2U, 3U})
            QVERIFY(answer("random.csv", threads) == expected);
        for (const unsigned threads : {1U, 2U, 3U}) {
            log.shuffle();
            const std::string found = answer("shuffled.csv", threads);
            const auto at = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end()).first;
            QVERIFY2(
                at == expected.end() && found.size() == expected.size(),
                expected.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - expected.begin() - 60)), 120)
                    .c_str());
        }
    }

    void testsOfValuesAreThoseThatDriftPrints()
    {
        RunSettings settings = settingsFor(m_path);
        const RunResult without = run(settings);
        settings.testsOfValues = true;
        const RunResult with = run(settings);
        DriftRequest request;
        request.path = m_path;
        request.roles = settings.roles;
        request.reference = settings.reference;
        request.statistics = MetricExtent::All;
        const DriftReport report = driftOverTime(request);
        const auto printed = [&](const std::string &column, std::size_t period, const char *key) {
            const auto &periods = std::ranges::find(report.columns, column, &DriftColumn::name)->periods;
            return std::ranges::find(periods[period].statistics, key, &StatisticValue::key)->value;
        };
        for (const char *column : {"stable", "drifting", "gappy", "score"}) {
            for (std::size_t i = 0; i < with.periods.size(); ++i) {
                const TestsOfValues &tests = *feature(with, column).periods[i].tests;
                QCOMPARE(*tests.ksPvalueExact, printed(column, i, "ks_pvalue_exact"));
                QCOMPARE(*tests.energyDistance, printed(column, i, "energy_distance"));
                QCOMPARE(*tests.cramerVonMises, printed(column, i, "cramer_von_mises_statistic"));
                QCOMPARE(*tests.cramerVonMisesPvalue, printed(column, i, "cramer_von_mises_pvalue"));
                QCOMPARE(*tests.andersonDarling, printed(column, i, "anderson_darling_statistic"));
                QCOMPARE(*tests.andersonDarlingPvalue, printed(column, i, "anderson_darling_pvalue"));
                QVERIFY(!feature(without, column).periods[i].tests);
            }
        }
        QVERIFY(!feature(with, "colour").periods[0].tests);
        const TestsOfValues &constant = *feature(with, "constant").periods[11].tests;
        QCOMPARE(constant.energyDistance, std::optional(0.0));
        QVERIFY(!constant.andersonDarling);
        for (const auto &[name, definition] : with.definitions)
            QVERIFY(without.definitions.contains(name) || toJson(TestsOfValues()).as_object().contains(name));
        QCOMPARE(with.definitions.size(), without.definitions.size() + toJson(TestsOfValues()).as_object().size());
        for (std::size_t i = 0; i < with.features.size(); ++i) // verdicts are as they were
            QCOMPARE(json::serialize(toJson(with.features[i].periods.back().verdict)),
                     json::serialize(toJson(without.features[i].periods.back().verdict)));
        const std::string text = textOf(with);
        QCOMPARE(textOf(recompute(fromJson<RunResult>(json::parse(text)))), text);
    }

    void importanceIsScaledToOne()
    {
        RunSettings settings = settingsFor(m_path);
        settings.importance = {{"stable", 4}, {"drifting", 1}, {"unknown", 2}};
        const RunResult result = run(settings);
        QCOMPARE(*feature(result, "stable").importance, 1.0);
        QCOMPARE(*feature(result, "drifting").importance, 0.25);
        QVERIFY(!feature(result, "gappy").importance);
    }

    void cancellingThrowsAndProgressIsTold()
    {
        const CancelToken cancel;
        bool told = false;
        const auto cancelAtOnce = [&](std::string_view, std::uint64_t, std::uint64_t) {
            told = true;
            cancel.cancel();
        };
        try {
            static_cast<void>(run(settingsFor(m_path), cancel, cancelAtOnce));
            QFAIL("The run should have been cancelled.");
        } catch (const Exception &exception) {
            QCOMPARE(exception.error().code, ErrorCode::Cancelled);
        }
        QVERIFY(told);
    }

private:
    LogFolder m_folder;
    std::vector<std::string> m_rows;
    std::string m_path;
    RunResult m_result;
};

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
