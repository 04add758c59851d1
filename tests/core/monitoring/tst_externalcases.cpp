// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values that other projects have published, test for, or computed on real data.
#include <QtTest>

#include "core/stats/catalogue.h"
#include "core/stats/chisquare.h"
#include "core/stats/estimation.h"
#include "core/stats/fairness.h"
#include "core/stats/moments.h"
#include "core/stats/quantile.h"
#include "externalcases.h"
#include "scoredrows.h"

#include <filesystem>

using namespace countersign;

namespace {

const std::string census = "../data/census_ma_employment.csv.gz";

std::vector<std::vector<std::string>> linesOf(const std::string &path)
{
    std::ifstream file(path);
    std::vector<std::vector<std::string>> lines;
    for (std::string line; std::getline(file, line);) {
        std::vector<std::string> fields;
        std::stringstream text(line);
        for (std::string field; std::getline(text, field, ',');)
            fields.push_back(field.ends_with('\r') ? field.substr(0, field.size() - 1) : field);
        lines.push_back(std::move(fields));
    }
    return lines;
}

bool agrees(double value, double expected, double tolerance, const std::string &what)
{
    if (std::abs(value - expected) <= tolerance)
        return true;
    qWarning("%s: expected %.17g, found %.17g", what.c_str(), expected, value);
    return false;
}

/// The estimate of average precision as NannyML takes it, each row a threshold of its own even among equal scores.
double averagePrecisionOneByOne(const std::vector<double> &probabilities)
{
    double events = 0;
    double sum = 0;
    std::size_t n = 0;
    for (auto p = probabilities.rbegin(); p != probabilities.rend(); ++p) {
        events += *p;
        sum += *p * events / static_cast<double>(++n);
    }
    return sum / events;
}

} // namespace

class TestExternalCases : public QObject
{
    Q_OBJECT

private:
    ScoredRows censusRows(const std::function<bool(std::size_t)> &passes)
    {
        return ScoredRows::of(m_files.column(census, "predicted_probability"), m_files.column(census, "employed"),
                              m_files.column(census, "prediction"), passes);
    }

    /// A column in the reference and in one period of a data set, as computed_real.csv names them.
    StatisticInput samplesOf(const std::string &dataset, const std::string &period, const std::string &feature)
    {
        struct DataSet
        {
            std::string file, time, referenceUntil;
        };
        const std::map<std::string, DataSet> sets{
            {"flights", {"../data/flights_2015.csv", "DATE", "2015-03-31"}},
            {"bikes", {"../data/bike_sharing_scored.csv", "dteday", "2011-01-28"}},
            {"sba", {"../data/sba_loans_ca_scored.csv", "disbursement", "2003-12-31"}},
            {"census", {census, "year", "2015"}}};
        const DataSet &set = sets.at(dataset);
        const auto &column = m_files.column(set.file, feature);
        const auto &time = m_files.column(set.file, set.time);
        const auto reference = externalcases::where(
            column, [&](std::size_t i) { return !time[i].empty() && time[i] <= set.referenceUntil; });
        if (!period.starts_with("chunk5000_"))
            return {reference,
                    externalcases::where(column, [&](std::size_t i) { return time[i].starts_with(period); })};
        const auto &part = m_files.column(set.file, "period");
        const auto first = static_cast<std::size_t>(std::find(part.begin(), part.end(), "analysis") - part.begin()) +
                           std::stoul(period.substr(std::string("chunk5000_").size()));
        return {reference, externalcases::where(column, [&](std::size_t i) { return i >= first && i < first + 5000; })};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!std::filesystem::exists(externalcases::folder + "external_cases.json"))
            QSKIP("The external cases are not at hand.");
    }

    void everyStatisticAgrees()
    {
        const auto cases = externalcases::read();
        std::size_t covered = 0;
        std::size_t wrong = 0;
        std::map<std::string, int> left;
        for (const auto &c : cases) {
            QVERIFY2(!c.reference.empty() && !c.current.empty(), c.id.c_str());
            if (findStatistic(c.metric) == nullptr) {
                ++left[c.metric];
                continue;
            }
            ++covered;
            const double value = computeStatistic(c.metric, {c.reference, c.current}, c.options).value;
            wrong += agrees(value, c.expected, c.tolerance, c.id + " " + c.metric) ? 0 : 1;
        }
        std::string rest;
        for (const auto &[metric, count] : left)
            rest += " " + metric + " " + std::to_string(count);
        qInfo("%zu of %zu external cases are covered; not offered:%s", covered, cases.size(),
              rest.empty() ? " none" : rest.c_str());
        QCOMPARE(wrong, std::size_t{0});
        QCOMPARE(covered, cases.size());
    }

    void performanceAndFairnessOfTheCensusAgree()
    {
        const auto &year = m_files.column(census, "year");
        struct Group
        {
            ScoreProfile profile;
            ConfusionCounts counts;
        };
        std::map<std::string, Group> groups;
        const auto groupOf = [&](const std::string &period, const std::string &feature) -> const Group & {
            Group &group = groups[period + " " + feature];
            if (group.profile.n == 0) {
                const auto equals = feature.find('=');
                const std::string value = equals == std::string::npos ? "" : feature.substr(equals + 1);
                const auto *column = value.empty() ? nullptr : &m_files.column(census, feature.substr(0, equals));
                const ScoredRows rows = censusRows(
                    [&](std::size_t i) { return year[i] == period && (column == nullptr || (*column)[i] == value); });
                group = {profileScores(rows.scores, rows.events), confusionOf(rows.decisions, rows.events)};
            }
            return group;
        };
        using Figure = std::function<double(const Group &, const Group &)>; // of the group and the privileged one
        const std::map<std::string, Figure> figures{
            {"roc_auc", [](auto &g, auto &) { return auc(g.profile); }},
            {"gini", [](auto &g, auto &) { return gini(g.profile); }},
            {"model_ks", [](auto &g, auto &) { return modelKs(g.profile); }},
            {"average_precision", [](auto &g, auto &) { return averagePrecision(g.profile); }},
            {"brier", [](auto &g, auto &) { return brierScore(g.profile); }},
            {"log_loss_eps1e-15", [](auto &g, auto &) { return logLoss(g.profile); }},
            {"ece_10_equal_width", [](auto &g, auto &) { return expectedCalibrationError(g.profile); }},
            {"calibration_in_the_large", [](auto &g, auto &) { return calibrationInTheLarge(g.profile); }},
            {"accuracy", [](auto &g, auto &) { return accuracyRate(g.counts).value(); }},
            {"precision", [](auto &g, auto &) { return precisionRate(g.counts).value(); }},
            {"recall", [](auto &g, auto &) { return recallRate(g.counts).value(); }},
            {"f1", [](auto &g, auto &) { return f1Score(g.counts); }},
            {"n", [](auto &g, auto &) { return static_cast<double>(g.counts.n()); }},
            {"selection_rate", [](auto &g, auto &) { return selectionRate(g.counts).value(); }},
            {"tpr", [](auto &g, auto &) { return recallRate(g.counts).value(); }},
            {"fpr", [](auto &g, auto &) { return falsePositiveRate(g.counts).value(); }},
            {"disparate_impact_ratio",
             [](auto &g, auto &h) {
                 return adverseImpactRatio(selectionRate(g.counts), selectionRate(h.counts), 0.95).value;
             }},
            {"statistical_parity_difference",
             [](auto &g, auto &h) {
                 return selectionRateDifference(selectionRate(g.counts), selectionRate(h.counts), 0.95).value;
             }},
            {"equal_opportunity_difference",
             [](auto &g, auto &h) { return equalOpportunityDifference(g.counts, h.counts, 0.95).value; }},
        };
        std::size_t checked = 0;
        std::size_t wrong = 0;
        for (const auto &line : linesOf(externalcases::folder + "computed_real.csv")) {
            const bool wanted = line[0] == "census" && line[1].size() == 4 &&
                                (line[2] == "*" || line[2].find('=') != std::string::npos);
            const auto figure = figures.find(line[3]);
            if (!wanted)
                continue;
            if (figure == figures.end()) { // those of all rows are compared by tst_realdata too
                QVERIFY2(line[2] == "*", line[3].c_str());
                continue;
            }
            const std::string privileged = line[2] == "*" ? "*" : line[2].substr(0, line[2].find('=')) + "=1";
            const double value = figure->second(groupOf(line[1], line[2]), groupOf(line[1], privileged));
            ++checked;
            wrong += agrees(value, std::stod(line[4]), 1e-9, line[1] + " " + line[2] + " " + line[3]) ? 0 : 1;
        }
        qInfo("%zu figures checked", checked);
        QVERIFY(checked >= 200);
        QCOMPARE(wrong, std::size_t{0});
    }

    /// The metrics that tst_realdata leaves to this test, of every data set, period and column.
    void samplesOfEveryDataSetAgree()
    {
        using Figure = std::function<double(const StatisticInput &)>;
        const std::map<std::string, Figure> figures{
            {"evidently_psi_sturges",
             [](auto &input) { return computeStatistic("psi", input, {{"convention", "evidently"}}).value; }},
            {"mean", [](auto &input) { return momentsOf(input.current()).mean; }},
            {"median", [](auto &input) { return quantile(input.current(), 0.5); }},
            {"sd_sample", [](auto &input) { return std::sqrt(momentsOf(input.current()).sampleVariance()); }},
            {"chi2_df", [](auto &input) {
                 const auto table = input.table(false);
                 return static_cast<double>(chiSquareContingency(table.reference, table.current).degreesOfFreedom);
             }}};
        std::map<std::vector<std::string>, std::vector<std::vector<std::string>>> columns;
        for (const auto &line : linesOf(externalcases::folder + "computed_real.csv")) {
            if (figures.contains(line[3]))
                columns[{line[0], line[1], line[2]}].push_back(line);
        }
        std::size_t checked = 0;
        std::size_t wrong = 0;
        for (const auto &[column, lines] : columns) {
            const StatisticInput input = samplesOf(column[0], column[1], column[2]);
            for (const auto &line : lines) {
                const double expected = std::stod(line[4]);
                ++checked;
                wrong += agrees(figures.at(line[3])(input), expected, 1e-9 * std::max(1.0, std::abs(expected)),
                                line[0] + " " + line[1] + " " + line[2] + " " + line[3])
                             ? 0
                             : 1;
            }
        }
        qInfo("%zu values checked", checked);
        QCOMPARE(checked, std::size_t{1260});
        QCOMPARE(wrong, std::size_t{0});
    }

    void estimatedPerformanceAgreesWithNannyML()
    {
        const auto &period = m_files.column(census, "period");
        const ScoredRows reference = censusRows([&](std::size_t i) { return period[i] == "reference"; });
        const bool helps = calibrationHelps(reference.scores, reference.events);
        const IsotonicCurve curve = helps ? fitIsotonic(reference.scores, reference.events) : IsotonicCurve();
        const auto estimates = linesOf(externalcases::folder + "nannyml_run_census_cbpe.csv");
        const auto realised = linesOf(externalcases::folder + "nannyml_run_census_real.csv");
        QCOMPARE(estimates.size(), realised.size());
        const auto numberIn = [](const auto &lines, std::size_t line, const std::string &name) {
            const auto found = std::find(lines[0].begin(), lines[0].end(), name);
            return std::stod(lines[line][static_cast<std::size_t>(found - lines[0].begin())]);
        };
        const auto analysis =
            static_cast<std::size_t>(std::find(period.begin(), period.end(), "analysis") - period.begin());
        const std::size_t partColumn = 6; // chunk|period
        std::map<std::string, double> worst;
        for (std::size_t k = 1; k < estimates.size(); ++k) {
            const std::string &part = estimates[k][partColumn];
            const std::size_t start = part == "analysis" ? analysis : 0; // each part's rows are numbered from 0
            const auto first = start + static_cast<std::size_t>(numberIn(estimates, k, "chunk|start_index"));
            const auto last = start + static_cast<std::size_t>(numberIn(estimates, k, "chunk|end_index"));
            const ScoredRows chunk = censusRows([=](std::size_t i) { return i >= first && i <= last; });
            const auto probabilities = calibrated(chunk.scores, curve);
            const auto estimate = estimatePerformance(chunk.scores, probabilities, chunk.decisions);
            const ScoreProfile profile = profileScores(chunk.scores, chunk.events);
            const ConfusionCounts counts = confusionOf(chunk.decisions, chunk.events);
            const std::map<std::string, std::pair<double, double>> figures{
                {"roc_auc", {estimate.auc, auc(profile)}},
                {"average_precision", {averagePrecisionOneByOne(probabilities), averagePrecision(profile)}},
                {"accuracy", {estimate.accuracy, accuracyRate(counts).value()}},
                {"f1", {estimate.f1, f1Score(counts)}}};
            // Ours takes equal scores together, as the realised figure does.
            QVERIFY(std::abs(estimate.averagePrecision - averagePrecisionOneByOne(probabilities)) < 2e-3);
            for (const auto &[name, values] : figures) {
                auto &estimated = worst["estimated " + name];
                auto &actual = worst["realised " + name];
                estimated = std::max(estimated, std::abs(values.first - numberIn(estimates, k, name + "|value")));
                actual = std::max(actual, std::abs(values.second - numberIn(realised, k, name + "|value")));
            }
        }
        QVERIFY(helps);
        for (const auto &[figure, difference] : worst) {
            qInfo("%s: off by at most %.2g in %zu chunks", figure.c_str(), difference, estimates.size() - 1);
            const double allowed = figure == "estimated average_precision" ? 1e-6 : 1e-8; // NannyML rounds its counts
            QVERIFY2(difference < allowed, figure.c_str());
        }
    }

private:
    externalcases::Files m_files;
};

QTEST_APPLESS_MAIN(TestExternalCases)
#include "tst_externalcases.moc"
