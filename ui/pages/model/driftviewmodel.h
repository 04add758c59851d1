// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the monitoring charts show of a run: the only place where a RunResult becomes chart data. Values are passed on
// as recorded, never computed anew.
#pragma once

#include <QList>
#include <QStringList>
#include <optional>

#include "core/domain/governance.h"
#include "core/workspace/runsummary.h"
#include "ui/charts/driftscatterdata.h"
#include "ui/charts/histogramdata.h"
#include "ui/charts/timelinedata.h"

namespace countersign {

enum class DriftStatistic {
    Psi,
    KolmogorovSmirnov,
    JensenShannon,
    Hellinger,
    LInfinity,
    CramersV,
    MissingRate,
    Wasserstein,
    WassersteinNormed,
    EnergyDistance,
    CramerVonMises,
    AndersonDarling
};

/// One line of the feature table, for one period.
struct FeatureRecord
{
    QString name;
    QString type;
    std::optional<double> importance;
    FeatureStatistics statistics;
    std::optional<TestsOfValues> tests;
    DriftVerdict verdict;
    QString parts; ///< of the verdict: PSI, its limits, what chance gives, p and rows; empty where PSI is not known
};

class DriftViewModel
{
public:
    explicit DriftViewModel(RunResult result = {});

    [[nodiscard]] const RunResult &result() const { return m_result; }
    [[nodiscard]] QStringList periods() const;
    /// The last period outside the reference; the last one where all are inside; -1 without periods.
    [[nodiscard]] int judgedPeriod() const;
    [[nodiscard]] QList<DriftStatistic> statistics() const; ///< those recorded for any feature
    [[nodiscard]] bool has(const QString &feature) const { return find(feature) != nullptr; }
    /// The feature to look at first: the worst verdict, then the largest PSI.
    [[nodiscard]] QString worstFeature(int period) const;

    [[nodiscard]] DriftScatterData scatter(DriftStatistic statistic, int period) const;
    /// Categories beyond the 38 largest are shown as one bin "other".
    [[nodiscard]] HistogramData histogram(const QString &feature, int period) const;
    [[nodiscard]] TimelineData drift(const QString &feature, DriftStatistic statistic) const;
    /// AUC, or RMSE for a numeric target; nothing where the run has neither.
    [[nodiscard]] std::optional<TimelineData> performance() const;
    [[nodiscard]] std::vector<FeatureRecord> features(int period) const;
    /// "741 rows: 3 red, 1 amber, 8 green features. AUC 0.71 against 0.76 in the reference."
    [[nodiscard]] QString periodSummary(int period) const;

private:
    [[nodiscard]] const FeatureResult *find(const QString &feature) const;
    [[nodiscard]] QString definition(const char *key) const;
    /// The policy's limit on it, PSI apart; null: it has none.
    [[nodiscard]] const StatisticLimit *limitOn(DriftStatistic statistic) const;
    /// Who set the limits on it, or on PSI where it has none.
    [[nodiscard]] QString setBy(DriftStatistic statistic) const;
    [[nodiscard]] QString partsOf(const FeaturePeriod &at) const;
    [[nodiscard]] QString limitsText(DriftStatistic statistic) const;
    /// Of all features, or of one in the last period where each has limits of its own.
    [[nodiscard]] std::vector<LimitLine> limits(DriftStatistic statistic, const FeatureResult *feature) const;
    [[nodiscard]] QString referenceName() const;

    RunResult m_result;
};

[[nodiscard]] QString displayName(DriftStatistic statistic);
[[nodiscard]] std::optional<double> valueOf(const FeaturePeriod &at, DriftStatistic statistic);
[[nodiscard]] Tone toneOf(Verdict verdict);
/// The order of verdicts by how much attention they ask for; not enough data asks for least.
[[nodiscard]] int gravity(Verdict verdict);

} // namespace countersign
