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
#include <map>
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

constexpr double anything = std::numeric_limits<double>::infinity();

/// What holds of a statistic whatever the data. Undefined (NaN) is allowed everywhere.
struct Law
{
    enum Swap { changes, keeps, negates };

    double least;
    double most;
    Swap swap; ///< what exchanging the two samples does
};

const std::map<std::string_view, Law> laws = {
    {"psi", {0, anything, Law::changes}}, // the bins are the reference's
    {"csi", {0, anything, Law::changes}},
    {"missing_rate", {0, 1, Law::changes}},
    {"unseen_rate", {0, 1, Law::changes}},
    {"out_of_range_share", {0, 1, Law::changes}},
    {"psi_from_proportions", {0, anything, Law::keeps}},
    {"jensen_shannon_distance", {0, 1, Law::changes}},
    {"jensen_shannon_divergence", {0, 1, Law::changes}},
    {"hellinger", {0, 1, Law::changes}},
    {"hellinger_categorical", {0, 1, Law::keeps}},
    {"l_infinity", {0, 1, Law::changes}},
    {"total_variation", {0, 1, Law::changes}},
    {"kl_divergence", {0, anything, Law::changes}},
    {"bhattacharyya", {0, 1, Law::changes}},
    {"missing_rate_difference", {-1, 1, Law::negates}},
    {"unseen_value_rate", {0, 1, Law::changes}},
    {"ks_statistic", {0, 1, Law::keeps}},
    {"ks_pvalue", {0, 1, Law::keeps}},
    {"ks_pvalue_exact", {0, 1, Law::keeps}},
    {"wasserstein", {0, anything, Law::keeps}},
    {"wasserstein_normed", {0, anything, Law::changes}},
    {"wasserstein_scaled_0_1", {0, 1, Law::keeps}},
    {"energy_distance", {0, anything, Law::keeps}},
    {"cramer_von_mises_statistic", {0, anything, Law::keeps}},
    {"cramer_von_mises_pvalue", {0, 1, Law::keeps}},
    {"anderson_darling_statistic", {-anything, anything, Law::keeps}},
    {"anderson_darling_pvalue", {0.001, 0.25, Law::keeps}},
    {"mannwhitneyu_statistic", {0, 60 * 45, Law::changes}},
    {"mannwhitneyu_pvalue", {0, 1, Law::keeps}},
    {"mannwhitneyu_pvalue_less", {0, 1, Law::changes}},
    {"welch_t_pvalue", {0, 1, Law::keeps}},
    {"mean_difference", {-anything, anything, Law::negates}},
    {"chi2_contingency_statistic", {0, anything, Law::keeps}},
    {"chi2_contingency_pvalue", {0, 1, Law::keeps}},
    {"chi2_yates_statistic", {0, anything, Law::keeps}},
    {"chi2_yates_pvalue", {0, 1, Law::keeps}},
    {"chi2_gof_statistic", {0, anything, Law::changes}},
    {"chi2_gof_pvalue", {0, 1, Law::changes}},
    {"g_test_statistic", {0, anything, Law::keeps}},
    {"g_test_pvalue", {0, 1, Law::keeps}},
    {"cramers_v", {0, 1, Law::keeps}},
    {"cramers_v_bias_corrected", {0, 1, Law::keeps}},
    {"fisher_exact_pvalue", {0, 1, Law::keeps}},
    {"two_proportion_z_pvalue", {0, 1, Law::keeps}},
    {"roc_auc", {0, 1, Law::changes}},
    {"gini", {-1, 1, Law::changes}},
    {"model_ks", {0, 1, Law::changes}},
    {"average_precision", {0, 1, Law::changes}},
    {"brier", {0, 1, Law::changes}},
    {"log_loss", {0, anything, Law::changes}},
    {"expected_calibration_error", {0, 1, Law::changes}},
    {"calibration_in_the_large", {-1, 1, Law::changes}},
    {"roc_auc_standard_error", {0, 1, Law::changes}},
    {"calibration_slope", {-anything, anything, Law::changes}},
    {"calibration_intercept", {-anything, anything, Law::changes}},
    {"calibration_offset", {-anything, anything, Law::changes}},
    {"hosmer_lemeshow_statistic", {0, anything, Law::changes}},
    {"hosmer_lemeshow_pvalue", {0, 1, Law::changes}},
    {"accuracy", {0, 1, Law::changes}},
    {"precision", {0, 1, Law::changes}},
    {"recall", {0, 1, Law::changes}},
    {"specificity", {0, 1, Law::changes}},
    {"false_positive_rate", {0, 1, Law::changes}},
    {"selection_rate", {0, 1, Law::changes}},
    {"f1", {0, 1, Law::changes}},
    {"balanced_accuracy", {0, 1, Law::changes}},
    {"regression_me", {-anything, anything, Law::negates}},
    {"regression_me-sd", {0, anything, Law::keeps}},
    {"regression_mae", {0, anything, Law::keeps}},
    {"regression_mae-sd", {0, anything, Law::keeps}},
    {"regression_mape", {0, anything, Law::changes}},
    {"regression_mse", {0, anything, Law::keeps}},
    {"regression_rmse", {0, anything, Law::keeps}},
    {"regression_r2", {-anything, 1, Law::changes}},
    {"sampling_error_accuracy", {0, anything, Law::changes}},
    {"sampling_error_mae", {0, anything, Law::keeps}},
    {"sampling_error_mse", {0, anything, Law::keeps}},
    {"number_of_alerts_js", {0, anything, Law::changes}},
};

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

    void everyStatisticKeepsItsBoundsAndItsSymmetry()
    {
        QCOMPARE(laws.size(), statistics().size());
        RandomCells random;
        for (const Statistic *statistic : statistics()) {
            const auto found = laws.find(statistic->name);
            QVERIFY2(found != laws.end(), statistic->name.data());
            const Law &law = found->second;
            const bool regression = statistic->name.starts_with("regression") || statistic->name.ends_with("_mae") ||
                                    statistic->name.ends_with("_mse");
            int defined = 0;
            for (int round = 0; round < 100; ++round) {
                Cells reference;
                Cells current;
                switch (statistic->shape) {
                case StatisticShape::Paired:
                    reference = regression ? random.numbers(60) : random.outcomes(60);
                    current = regression ? random.numbers(60) : random.probabilities(60);
                    break;
                case StatisticShape::TwoShares:
                    reference = random.probabilities(8);
                    current = random.probabilities(8);
                    break;
                case StatisticShape::TwoSamples:
                    reference = ofTwoValues(*statistic) ? random.letters(60) : random.numbers(60);
                    current = ofTwoValues(*statistic) ? random.letters(45) : random.numbers(45);
                    break;
                }
                const double forth = value(*statistic, reference, current);
                if (std::isnan(forth))
                    continue;
                ++defined;
                const auto what = std::string(statistic->name) + " = " + decimalFromDouble(forth);
                QVERIFY2(forth >= law.least - 1e-12 && forth <= law.most + 1e-12, what.c_str());
                if (law.swap == Law::changes)
                    continue;
                const double back = value(*statistic, current, reference);
                QVERIFY2(same(law.swap == Law::keeps ? forth : -forth, back), what.c_str());
            }
            QVERIFY2(defined > 50, statistic->name.data());
        }
        const Cells a = random.numbers(60);
        const Cells b = random.numbers(45);
        const auto *u = findStatistic("mannwhitneyu_statistic");
        const auto present = [](const Cells &cells) {
            return static_cast<double>(std::ranges::count_if(cells, [](const auto &cell) { return !cell.empty(); }));
        };
        QVERIFY(same(value(*u, a, b) + value(*u, b, a), present(a) * present(b)));
    }

    void aColumnDoesNotDifferFromItself()
    {
        RandomCells random;
        const std::set<std::string_view> zero{"psi",
                                              "jensen_shannon_distance",
                                              "jensen_shannon_divergence",
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

    /// By hand: 0, 1, 2, 3 a quarter each against 0 to 4 a fifth each: sqrt((4 (sqrt 0.25 - sqrt 0.2)^2 + 0.2) / 2).
    void nannyMlTakesFewDistinctNumbersForCategories()
    {
        Cells reference;
        Cells current;
        for (int i = 0; i < 100; ++i) {
            reference.push_back(std::to_string(i % 4));
            current.push_back(std::to_string(i % 5));
        }
        const auto hellinger = [](const Cells &before, const Cells &now) {
            return computeStatistic("hellinger", {before, now}, {{"convention", "nannyml"}}).value;
        };
        const double gap = std::sqrt(0.25) - std::sqrt(0.2);
        QVERIFY(std::abs(hellinger(reference, current) - std::sqrt((4 * gap * gap + 0.2) / 2)) < 1e-12);
        reference.resize(39); // four values are more than a tenth of them: they are numbers, in Doane's bins
        const double doane =
            computeStatistic("hellinger", {reference, current}, {{"convention", "nannyml"}, {"binning", "doane"}})
                .value;
        QCOMPARE(hellinger(reference, current), doane);
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
        for (const std::map<std::string, std::string> &options :
             {std::map<std::string, std::string>{}, {{"base", "e"}}, {{"convention", "evidently"}}}) {
            const double distance = computeStatistic("jensen_shannon_distance", input, options).value;
            QVERIFY(same(computeStatistic("jensen_shannon_divergence", input, options).value, distance * distance));
        }
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
