// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drift and performance of four real data sets against values computed by SciPy and scikit-learn.
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/bytesource.h"
#include "core/monitoring/comparison.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace countersign;

namespace {

const std::string shared = SHARED_DIR;

struct Expected
{
    std::string dataset, period, feature, metric;
    double value = 0;
};

/// Metric of the expected file to the statistic it is compared with.
const std::map<std::string, std::string> statisticOfMetric{
    {"psi_decile_missing_bin", "psi"},
    {"psi_categories", "psi"},
    {"js_distance_base2", "jensen_shannon_distance"},
    {"js_distance_base2_same_bins", "jensen_shannon_distance"},
    {"hellinger", "hellinger"},
    {"hellinger_same_bins", "hellinger"},
    {"l_infinity", "l_infinity"},
    {"ks_statistic", "ks_statistic"},
    {"ks_pvalue_asymp", "ks_pvalue"},
    {"wasserstein", "wasserstein"},
    {"wasserstein_norm_sd", "wasserstein_normed"},
    {"chi2_contingency", "chi2_statistic"},
    {"chi2_pvalue", "chi2_pvalue"},
    {"cramers_v", "cramers_v"},
    {"missing_rate", "missing_rate"},
    {"rows", "rows"},
    {"roc_auc", "auc"},
    {"gini", "gini"},
    {"rmse", "rmse"},
    {"mae", "mae"},
    {"me", "bias"},
    {"mape_pct", "regression_mape"},
    {"r2", "regression_r2"},
    {"average_precision", "average_precision"},
    {"brier", "brier"},
    {"log_loss_eps1e-15", "log_loss"},
    {"ece_10_equal_width", "expected_calibration_error"},
    {"calibration_in_the_large", "calibration_in_the_large"},
    {"model_ks", "model_ks"},
    {"base_rate", "event_rate"},
    {"score_mean", "mean_score"},
    {"accuracy", "accuracy"},
    {"precision", "precision"},
    {"recall", "recall"},
    {"f1", "f1"},
};

/// What tst_externalcases compares: these of samples, and all figures of groups of people.
const std::set<std::string> comparedOfSamples{"evidently_psi_sturges", "mean", "median", "sd_sample", "chi2_df"};

std::vector<Expected> readExpected()
{
    std::vector<Expected> all;
    std::ifstream file(shared + "/expected/computed_real.csv");
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        Expected e;
        std::string value;
        for (std::string *field : {&e.dataset, &e.period, &e.feature, &e.metric, &value})
            std::getline(fields, *field, ',');
        if (value.ends_with('\r'))
            value.pop_back();
        if (comparedOfSamples.contains(e.metric) || e.feature.find('=') != std::string::npos)
            continue;
        const auto number = doubleFromDecimal(value);
        if (!number || !statisticOfMetric.contains(e.metric))
            throw Exception(ErrorCode::NotFound, "Nothing is compared with " + line + ".");
        e.value = *number;
        all.push_back(e);
    }
    return all;
}

using Key = std::string; // period/feature/statistic

std::map<Key, double> valuesOf(const DriftReport &report, const std::map<std::string, std::string> &rename = {})
{
    std::map<Key, double> values;
    for (std::size_t i = 0; i < report.periods.size(); ++i) {
        const RunPeriod &period = report.periods[i];
        const auto renamed = rename.find(period.label);
        const std::string label = renamed == rename.end() ? period.label : renamed->second;
        values[label + "/*/rows"] = static_cast<double>(period.rows);
        if (period.performance.auc) {
            values[label + "/*/auc"] = *period.performance.auc;
            values[label + "/*/gini"] = 2 * *period.performance.auc - 1;
        }
        if (period.performance.rmse) {
            values[label + "/*/rmse"] = *period.performance.rmse;
            values[label + "/*/mae"] = *period.performance.mae;
            values[label + "/*/bias"] = *period.performance.bias;
        }
        for (const auto &[name, figure] : period.performance.figures)
            values.emplace(label + "/*/" + name, figure.value.value_or(std::nan("")));
        for (const DriftColumn &column : report.columns) {
            const ComparedColumn &compared = column.periods[i];
            const std::string start = label + "/" + column.name + "/";
            values[start + "missing_rate"] =
                static_cast<double>(compared.currentMissing) / static_cast<double>(compared.currentRows);
            for (const StatisticValue &statistic : compared.statistics)
                values[start + std::string(statistic.key)] = statistic.value;
        }
    }
    return values;
}

/// Within 1e-9 of the expected value. Near zero the square root of a difference of nearly equal sums keeps about 1e-9
/// absolute at best, on either side; subnormal p-values have too few digits left.
bool agrees(double found, double expected)
{
    return std::abs(found - expected) <= 1e-9 * std::abs(expected) || (expected == 0 && std::abs(found) < 2e-9) ||
           (std::abs(expected) < 1e-300 && std::abs(found) < 1e-299);
}

DriftRequest requestFor(const std::string &dataset, const std::string &file, const std::vector<Expected> &expected)
{
    DriftRequest request;
    request.path = shared + "/data/" + file;
    std::set<std::string> features;
    for (const Expected &e : expected) {
        if (e.dataset != dataset || e.feature == "*")
            continue;
        features.insert(e.feature);
        if (e.metric == "psi_categories")
            request.roles.categorical.insert(e.feature);
    }
    request.roles.features.assign(features.begin(), features.end());
    request.statistics = MetricExtent::All;
    return request;
}

} // namespace

class TestRealData : public QObject
{
    Q_OBJECT

private:
    void check(const std::string &dataset, const std::map<Key, double> &values, std::size_t atLeast,
               const std::string &only = {})
    {
        std::size_t compared = 0;
        std::size_t wrong = 0;
        for (const Expected &e : m_expected) {
            const bool chunk = e.period.starts_with("chunk");
            if (e.dataset != dataset || (only.empty() == chunk))
                continue;
            const Key key = e.period + "/" + e.feature + "/" + statisticOfMetric.at(e.metric);
            const auto found = values.find(key);
            if (found == values.end() || !agrees(found->second, e.value)) {
                ++wrong;
                qWarning("%s %s: expected %.17g, found %.17g", dataset.c_str(), key.c_str(), e.value,
                         found == values.end() ? std::nan("") : found->second);
            } else {
                ++compared;
            }
        }
        qInfo("%s: %zu values agree to 1e-9, %zu do not", dataset.c_str(), compared, wrong);
        QCOMPARE(wrong, std::size_t{0});
        QVERIFY(compared >= atLeast);
        m_compared += compared;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!std::filesystem::exists(shared + "/expected/computed_real.csv"))
            QSKIP("The shared data sets are not at hand.");
        m_expected = readExpected();
    }

    void flights()
    {
        DriftRequest request = requestFor("flights", "flights_2015.csv", m_expected);
        request.roles.time = "DATE";
        request.reference.until = parseDate("2015-03-31");
        check("flights", valuesOf(driftOverTime(request)), 528);
    }

    void smallBusinessLoans()
    {
        DriftRequest request = requestFor("sba", "sba_loans_ca_scored.csv", m_expected);
        request.roles.time = "disbursement";
        request.roles.score = "score";
        request.roles.target = "target";
        request.period = PeriodKind::Year;
        request.reference.until = parseDate("2003-12-31");
        check("sba", valuesOf(driftOverTime(request)), 840);
    }

    void bikeSharing()
    {
        DriftRequest request = requestFor("bikes", "bike_sharing_scored.csv", m_expected);
        request.roles.time = "timestamp";
        request.roles.prediction = "prediction";
        request.roles.target = "cnt";
        request.reference.until = parseDate("2011-01-28");
        check("bikes", valuesOf(driftOverTime(request)), 1668);
    }

    void censusByYear()
    {
        DriftRequest request = requestFor("census", "census_ma_employment.csv.gz", m_expected);
        request.roles.time = "year";
        request.roles.score = "predicted_probability";
        request.roles.target = "employed";
        request.period = PeriodKind::Year;
        request.reference.until = parseDate("2015-12-31");
        check("census", valuesOf(driftOverTime(request)), 548);
    }

    void censusChunksAgainstAnotherFile()
    {
        QTemporaryDir folder;
        const std::string referencePath = folder.filePath(QStringLiteral("2015.csv")).toStdString();
        const std::string chunkPath = folder.filePath(QStringLiteral("chunks.csv")).toStdString();
        {
            ByteSource source(shared + "/data/census_ma_employment.csv.gz");
            std::string text(std::size_t{64} << 20, '\0');
            text.resize(source.read(text.data(), text.size()));
            std::istringstream lines(text);
            std::ofstream reference(referencePath);
            std::ofstream chunks(chunkPath);
            std::string line;
            std::getline(lines, line);
            reference << line << '\n';
            chunks << line << '\n';
            int analysed = 0;
            while (std::getline(lines, line)) {
                if (line.ends_with(",reference"))
                    reference << line << '\n';
                else if (const int row = analysed++; row >= 135000 && row < 145000)
                    chunks << line << '\n';
            }
        }
        DriftRequest request = requestFor("census", "", m_expected);
        request.path = chunkPath;
        request.reference.path = referencePath;
        request.roles.score = "predicted_probability";
        request.roles.target = "employed";
        request.period = PeriodKind::Rows;
        request.rowsPerPeriod = 5000;
        const std::map<std::string, std::string> rename{{"rows 1-5000", "chunk5000_135000"},
                                                        {"rows 5001-10000", "chunk5000_140000"}};
        check("census", valuesOf(driftOverTime(request), rename), 66, "chunks");
    }

    void everyExpectedValueWasCompared() { QCOMPARE(m_compared, m_expected.size()); }

    void threadCountChangesNothing()
    {
        DriftRequest request = requestFor("flights", "flights_2015.csv", m_expected);
        request.roles.time = "DATE";
        request.reference.until = parseDate("2015-03-31");
        const auto one = valuesOf(driftOverTime(request, {}, {1}));
        for (const unsigned threads : {2U, 5U}) {
            const auto several = valuesOf(driftOverTime(request, {}, {threads}));
            QCOMPARE(several.size(), one.size());
            for (const auto &[key, value] : one)
                QVERIFY2(several.at(key) == value || std::isnan(value), key.c_str());
        }
    }

    void rowsOnDiskChangeNothing()
    {
        DriftRequest request = requestFor("flights", "flights_2015.csv", m_expected);
        request.roles.time = "DATE";
        request.reference.until = parseDate("2015-03-31");
        const DriftReport whole = driftOverTime(request, {}, {2});
        RunOptions little;
        little.memoryBytes = 1;
        const DriftReport parts = driftOverTime(request, {}, little);
        QCOMPARE(parts.remarks, whole.remarks);
        QCOMPARE(parts.periods.size(), whole.periods.size());
        QCOMPARE(parts.columns.size(), whole.columns.size());
        for (std::size_t i = 0; i < whole.columns.size(); ++i)
            QCOMPARE(parts.columns[i].name, whole.columns[i].name);
        const auto expected = valuesOf(whole);
        const auto found = valuesOf(parts);
        QCOMPARE(found.size(), expected.size());
        for (const auto &[key, value] : expected)
            QVERIFY2(found.at(key) == value || std::isnan(value), key.c_str());
    }

private:
    std::vector<Expected> m_expected;
    std::size_t m_compared = 0;
};

QTEST_APPLESS_MAIN(TestRealData)
#include "tst_realdata.moc"
