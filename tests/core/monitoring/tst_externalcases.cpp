// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values that other projects have published or test for, where the statistic is offered here.
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/driftmetrics.h"
#include "core/monitoring/logtable.h"
#include "core/stats/performance.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <sstream>

using namespace countersign;

namespace {

const std::string folder = std::string(SHARED_DIR) + "/expected/";

/// Both sides of a case, as numbers where they all are and as text always.
struct Sides
{
    std::vector<std::string> referenceText, currentText;
    std::vector<double> reference, current;
};

struct Case
{
    std::string id, metric, settings, file;
    double expected = 0;
    double tolerance = 0;
    Sides sides;
};

std::string textOf(const json::value &value)
{
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::vector<std::string> textsOf(const json::value &value)
{
    std::vector<std::string> texts;
    if (const auto *array = value.if_array())
        std::transform(array->begin(), array->end(), std::back_inserter(texts), textOf);
    return texts;
}

std::vector<double> numbersOf(const std::vector<std::string> &texts)
{
    std::vector<double> numbers;
    for (const std::string &text : texts) {
        if (const auto number = doubleFromDecimal(text))
            numbers.push_back(*number);
    }
    return numbers.size() == texts.size() ? numbers : std::vector<double>();
}

std::vector<std::string> columnOf(const LogTable &table, const std::string &name)
{
    std::vector<std::string> texts;
    const LogColumn &column = table.column(name);
    for (const ColumnChunk &chunk : column.chunks) {
        for (const std::uint32_t code : chunk.codes)
            texts.push_back(code == missingCode ? std::string() : column.categories[code]);
    }
    return texts;
}

LogTable readAsText(const std::string &path, const std::set<std::string> &columns)
{
    ReadRequest request;
    request.path = path;
    request.wanted = columns;
    request.categorical = columns;
    return readLog(request, 1, {}, {});
}

std::vector<std::string> withoutMissing(std::vector<std::string> texts)
{
    std::erase(texts, std::string());
    return texts;
}

/// The case's data from its file: two columns side by side, or rows of a log named in the settings.
void readSides(Case &c)
{
    const std::string path = folder + c.file;
    std::smatch feature;
    std::smatch rows;
    if (c.file.ends_with("nm_sample_drift_data.csv") &&
        std::regex_search(c.settings, feature, std::regex("feature (\\w+)")) &&
        std::regex_search(c.settings, rows, std::regex("rows (\\d+)\\.\\.(\\d+)"))) {
        const LogTable table = readAsText(path, {"period", feature[1]});
        const auto period = columnOf(table, "period");
        const auto values = columnOf(table, feature[1]);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (period[i] == "reference")
                c.sides.referenceText.push_back(values[i]);
            if (i >= std::stoul(rows[1]) && i <= std::stoul(rows[2]))
                c.sides.currentText.push_back(values[i]);
        }
    } else if (c.file.ends_with("bike_sharing_scored.csv") && c.metric.starts_with("regression_")) {
        const LogTable table = readAsText(path, {"dteday", "prediction", "cnt"});
        const auto day = columnOf(table, "dteday");
        const auto prediction = columnOf(table, "prediction");
        const auto actual = columnOf(table, "cnt");
        const bool reference = c.metric.ends_with("-ref");
        for (std::size_t i = 0; i < day.size(); ++i) {
            if (reference ? day[i] <= "2011-01-28" : day[i] >= "2011-02-12" && day[i] <= "2011-02-18") {
                c.sides.referenceText.push_back(actual[i]);
                c.sides.currentText.push_back(prediction[i]);
            }
        }
    } else if (c.file.starts_with("cases/")) {
        std::ifstream file(path);
        std::string header;
        std::getline(file, header);
        if (!header.starts_with("reference,current"))
            return;
        const LogTable table = readAsText(path, {"reference", "current"});
        c.sides.referenceText = withoutMissing(columnOf(table, "reference"));
        c.sides.currentText = withoutMissing(columnOf(table, "current"));
    }
}

std::vector<Case> readCases()
{
    std::ifstream file(folder + "external_cases.json");
    std::stringstream text;
    text << file.rdbuf();
    std::vector<Case> cases;
    const json::value document = json::parse(text.str());
    for (const auto &entry : document.at("cases").get_array()) {
        const auto &object = entry.get_object();
        Case c;
        c.id = textOf(object.at("id"));
        c.metric = textOf(object.at("metric"));
        c.settings = textOf(object.at("settings"));
        c.file = object.at("data_file").is_null() ? "" : textOf(object.at("data_file"));
        c.expected = object.at("expected").to_number<double>();
        c.tolerance = object.at("tolerance").to_number<double>();
        if (const auto *exact = object.if_contains("scipy_exact"); exact != nullptr && exact->is_number()) {
            c.expected = exact->to_number<double>(); // the published value approximates it
            c.tolerance = 1e-12 * std::max(1.0, std::abs(c.expected));
        }
        c.sides.referenceText = textsOf(object.at("reference"));
        c.sides.currentText = textsOf(object.at("current"));
        if (!c.file.empty())
            readSides(c);
        c.sides.reference = numbersOf(c.sides.referenceText);
        c.sides.current = numbersOf(c.sides.currentText);
        cases.push_back(std::move(c));
    }
    return cases;
}

double onNumbers(const Case &c, const std::function<double(std::span<const double>, std::span<const double>)> &compute)
{
    auto reference = c.sides.reference;
    auto current = c.sides.current;
    std::sort(reference.begin(), reference.end());
    std::sort(current.begin(), current.end());
    return compute(reference, current);
}

double onCategories(const Case &c, const std::function<double(Counts, Counts)> &compute)
{
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts;
    for (const std::string &text : c.sides.referenceText)
        ++counts[text].first;
    for (const std::string &text : c.sides.currentText)
        ++counts[text].second;
    std::vector<std::uint64_t> reference;
    std::vector<std::uint64_t> current;
    for (const auto &[text, pair] : counts) {
        reference.push_back(pair.first);
        current.push_back(pair.second);
    }
    return compute(reference, current);
}

double areaOf(const Case &c)
{
    std::vector<double> events;
    std::vector<double> others;
    for (std::size_t i = 0; i < c.sides.reference.size(); ++i)
        (c.sides.reference[i] == 1 ? events : others).push_back(c.sides.current[i]);
    std::sort(events.begin(), events.end());
    std::sort(others.begin(), others.end());
    return areaUnderRoc(mannWhitneyTwiceU(events, others), events.size(), others.size());
}

/// Nothing where the statistic, or its way of binning, is not offered.
std::optional<double> valueOf(const Case &c)
{
    if (c.sides.referenceText.empty() || c.sides.currentText.empty())
        return std::nullopt;
    const bool numbers = !c.sides.reference.empty() && !c.sides.current.empty();
    if (c.metric == "ks_statistic" && numbers)
        return onNumbers(c, [](auto a, auto b) { return ksTwoSample(a, b).statistic; });
    if (c.metric == "wasserstein" && numbers)
        return onNumbers(c, wassersteinDistance);
    if (c.metric == "roc_auc" && numbers)
        return areaOf(c);
    if (c.metric.starts_with("regression_m") && numbers) {
        const ErrorSums sums = sumErrors(c.sides.current, c.sides.reference);
        if (c.metric == "regression_me-cur" || c.metric == "regression_me-ref")
            return meanError(sums.n, sums.sum);
        if (c.metric == "regression_mae-cur" || c.metric == "regression_mae-ref")
            return meanError(sums.n, sums.sumOfAbsolutes);
    }
    if (c.metric == "hellinger_categorical")
        return onCategories(c, hellingerDistance);
    if (c.metric == "l_infinity" && !numbers)
        return onCategories(c, lInfinityDistance);
    if (c.metric == "jensen_shannon_distance" && c.settings.starts_with("categories"))
        return onCategories(c, jensenShannonDistance);
    if (c.metric == "chi2_contingency_statistic")
        return onCategories(c, [](Counts a, Counts b) { return chiSquareContingency(a, b).statistic; });
    if (c.metric == "chi2_contingency_pvalue")
        return onCategories(c, [](Counts a, Counts b) { return chiSquareContingency(a, b).pvalue; });
    return std::nullopt;
}

} // namespace

class TestExternalCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOfferedStatisticAgrees()
    {
        if (!std::filesystem::exists(folder + "external_cases.json"))
            QSKIP("The external cases are not at hand.");
        const auto cases = readCases();
        std::size_t covered = 0;
        std::size_t wrong = 0;
        std::map<std::string, int> left;
        for (const Case &c : cases) {
            const auto value = valueOf(c);
            if (!value) {
                ++left[c.metric];
                continue;
            }
            ++covered;
            if (!(std::abs(*value - c.expected) <= c.tolerance)) {
                ++wrong;
                qWarning("%s %s: expected %.17g, found %.17g", c.id.c_str(), c.metric.c_str(), c.expected, *value);
            }
        }
        std::string rest;
        for (const auto &[metric, count] : left)
            rest += " " + metric + " " + std::to_string(count);
        qInfo("%zu of %zu external cases are covered; not offered:%s", covered, cases.size(), rest.c_str());
        QCOMPARE(wrong, std::size_t{0});
        QVERIFY(covered >= 44);
    }
};

QTEST_APPLESS_MAIN(TestExternalCases)
#include "tst_externalcases.moc"
