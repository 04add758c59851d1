// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks the catalogue: what must hold for every statistic, whatever it is.
#include <QtTest>

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/stats/catalogue.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

using namespace countersign;

namespace {

using Cells = std::vector<std::string>;

class RandomCells
{
public:
    Cells numbers(std::size_t n)
    {
        Cells cells;
        for (std::size_t i = 0; i < n; ++i)
            cells.push_back(m_random() % 20 == 0 ? "" : decimalFromDouble(std::round(m_normal(m_random) * 50) / 10));
        return cells;
    }
    Cells letters(std::size_t n)
    {
        Cells cells;
        for (std::size_t i = 0; i < n; ++i)
            cells.push_back(m_random() % 3 == 0 ? "b" : "a");
        return cells;
    }
    Cells probabilities(std::size_t n)
    {
        Cells cells;
        for (std::size_t i = 0; i < n; ++i)
            cells.push_back(decimalFromDouble(static_cast<double>(1 + m_random() % 99) / 100));
        return cells;
    }
    Cells outcomes(std::size_t n)
    {
        Cells cells{"0", "1"};
        while (cells.size() < n)
            cells.push_back(m_random() % 10 == 0 ? "" : m_random() % 2 == 0 ? "1" : "0");
        return cells;
    }
    void shuffle(Cells &cells) { std::shuffle(cells.begin(), cells.end(), m_random); }
    void shuffleTogether(Cells &a, Cells &b)
    {
        for (std::size_t i = a.size(); i > 1; --i) {
            const std::size_t j = m_random() % i;
            std::swap(a[i - 1], a[j]);
            std::swap(b[i - 1], b[j]);
        }
    }

private:
    std::mt19937_64 m_random{20261124};
    std::normal_distribution<double> m_normal;
};

bool same(double a, double b)
{
    return (std::isnan(a) && std::isnan(b)) || a == b || std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(a));
}

double value(const Statistic &statistic, const Cells &reference, const Cells &current)
{
    return computeStatistic(std::string(statistic.name), {reference, current}).value;
}

bool ofTwoValues(const Statistic &statistic)
{
    return statistic.name == "fisher_exact_pvalue" || statistic.name == "two_proportion_z_pvalue";
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEntryIsWhole()
    {
        std::set<std::string_view> names;
        for (const Statistic *statistic : statistics()) {
            QVERIFY(names.insert(statistic->name).second);
            QVERIFY(!statistic->definition.empty() && statistic->compute != nullptr);
            QCOMPARE(findStatistic(statistic->name), statistic);
            std::set<std::string_view> keys;
            for (const StatisticOption &option : statistic->options)
                QVERIFY(keys.insert(option.key).second && !option.meaning.empty());
        }
        QVERIFY(names.size() >= 70);
    }

    void orderOfRowsDoesNotMatter()
    {
        RandomCells random;
        for (const Statistic *statistic : statistics()) {
            if (statistic->name == "number_of_alerts_js") // chunks are taken in file order
                continue;
            for (int round = 0; round < 20; ++round) {
                const bool paired = statistic->shape != StatisticShape::TwoSamples;
                Cells reference = paired                    ? random.outcomes(60)
                                  : ofTwoValues(*statistic) ? random.letters(60)
                                                            : random.numbers(60);
                Cells current = paired                    ? random.probabilities(60)
                                : ofTwoValues(*statistic) ? random.letters(45)
                                                          : random.numbers(45);
                const double before = value(*statistic, reference, current);
                if (paired) {
                    random.shuffleTogether(reference, current);
                } else {
                    random.shuffle(reference);
                    random.shuffle(current);
                }
                QVERIFY2(same(before, value(*statistic, reference, current)), statistic->name.data());
            }
        }
    }

    void aColumnDoesNotDifferFromItself()
    {
        RandomCells random;
        const std::set<std::string_view> zero{"psi",
                                              "jensen_shannon_distance",
                                              "hellinger",
                                              "hellinger_categorical",
                                              "l_infinity",
                                              "total_variation",
                                              "kl_divergence",
                                              "bhattacharyya",
                                              "missing_rate_difference",
                                              "unseen_value_rate",
                                              "ks_statistic",
                                              "wasserstein",
                                              "wasserstein_normed",
                                              "wasserstein_scaled_0_1",
                                              "energy_distance",
                                              "mean_difference",
                                              "chi2_contingency_statistic",
                                              "chi2_yates_statistic",
                                              "chi2_gof_statistic",
                                              "g_test_statistic",
                                              "cramers_v"};
        for (const std::string_view name : zero) {
            const Statistic *statistic = findStatistic(name);
            QVERIFY2(statistic != nullptr, name.data());
            for (int round = 0; round < 20; ++round) {
                const Cells cells = random.numbers(80);
                QVERIFY2(std::abs(value(*statistic, cells, cells)) < 1e-7, name.data());
            }
        }
        for (const char *convention : {"countersign", "evidently", "nannyml", "frouros"}) {
            const Cells cells = random.numbers(80);
            for (const char *name : {"psi", "jensen_shannon_distance", "hellinger"})
                QVERIFY(computeStatistic(name, {cells, cells}, {{"convention", convention}}).value < 1e-7);
        }
    }

    void emptyConstantAndMissingDataAreNoAccident()
    {
        const std::vector<Cells> odd{{}, {""}, {"", "", ""}, {"1"}, {"1", "1", "1"}, {"1", "", "1"}};
        for (const Statistic *statistic : statistics()) {
            for (const Cells &reference : odd) {
                for (const Cells &current : odd) {
                    if (statistic->shape != StatisticShape::TwoSamples && reference.size() != current.size()) {
                        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(value(*statistic, reference, current)));
                        continue;
                    }
                    const double found = value(*statistic, reference, current);
                    const bool probability = statistic->name.find("pvalue") != std::string_view::npos;
                    const double most = probability ? 1 : std::numeric_limits<double>::infinity();
                    const double least = probability ? 0 : std::numeric_limits<double>::lowest();
                    QVERIFY2(std::isnan(found) || (found >= least && found <= most), statistic->name.data());
                }
            }
        }
        const Statistic *ks = findStatistic("ks_statistic");
        QVERIFY(std::isnan(value(*ks, {}, {"1"})));
    }

    void optionsChangeWhatIsCounted()
    {
        RandomCells random;
        const StatisticInput input(random.numbers(500), random.numbers(400));
        const auto psi = [&](const std::map<std::string, std::string> &options) {
            return computeStatistic("psi", input, options).value;
        };
        QVERIFY(psi({}) != psi({{"convention", "frouros"}}));
        QVERIFY(psi({}) != psi({{"missing", "drop"}}));
        QVERIFY(psi({{"bins", "5"}}) < psi({{"bins", "20"}}));
        QCOMPARE(psi({}), psi({{"binning", "deciles"}, {"bins", "10"}, {"zeros", "floor"}, {"floor", "1e-4"}}));
        const double base2 = computeStatistic("jensen_shannon_distance", input).value;
        QVERIFY(same(computeStatistic("jensen_shannon_distance", input, {{"base", "e"}}).value,
                     base2 * std::sqrt(std::log(2))));
        const auto definition = computeStatistic("psi", input, {{"bins", "7"}}).definition;
        QVERIFY(definition.find("bins=7") != std::string::npos);
        QVERIFY_THROWS_EXCEPTION(StatisticUseError, static_cast<void>(psi({{"bins", "0"}})));
        QVERIFY_THROWS_EXCEPTION(StatisticUseError, static_cast<void>(psi({{"binning", "tree"}})));
        QVERIFY_THROWS_EXCEPTION(StatisticUseError, static_cast<void>(computeStatistic("nothing", input)));
        QVERIFY(findStatistic("regression_mae-sd-cur") == findStatistic("regression_mae-sd"));
    }
};

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
