// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/driftviewmodel.h"

#include <QLocale>
#include <algorithm>
#include <array>
#include <numeric>

#include "core/base/json.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/pages/monitoring/limittext.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostCategories = 38;

struct StatisticEntry
{
    DriftStatistic statistic;
    const char *definition; ///< its key in RunResult::definitions
    const char *name;
    std::optional<double> FeatureStatistics::*value;
    std::optional<LimitedStatistic> limited = {};         ///< how a policy limits it
    bool overReference = false;                           ///< by how far it rises over the reference
    std::optional<double> TestsOfValues::*test = nullptr; ///< in place of `value`
};

constexpr StatisticEntry testEntry(DriftStatistic statistic, const char *definition, const char *name,
                                   std::optional<double> TestsOfValues::*test)
{
    return {statistic, definition, name, nullptr, {}, false, test};
}

constexpr std::array<StatisticEntry, 12> catalogue = {{
    {DriftStatistic::Psi, "psi", "PSI", &FeatureStatistics::psi},
    {DriftStatistic::KolmogorovSmirnov, "ksStatistic", "KS", &FeatureStatistics::ksStatistic, LimitedStatistic::ks},
    {DriftStatistic::JensenShannon, "jensenShannonDistance", "Jensen-Shannon",
     &FeatureStatistics::jensenShannonDistance, LimitedStatistic::jensenShannonDistance},
    {DriftStatistic::Hellinger, "hellinger", "Hellinger", &FeatureStatistics::hellinger, LimitedStatistic::hellinger},
    {DriftStatistic::LInfinity, "lInfinity", "L-infinity", &FeatureStatistics::lInfinity, LimitedStatistic::lInfinity},
    {DriftStatistic::CramersV, "cramersV", "Cramér's V", &FeatureStatistics::cramersV},
    {DriftStatistic::MissingRate, "missingRate", "Missing share", &FeatureStatistics::missingRate,
     LimitedStatistic::missingRateRise, true},
    {DriftStatistic::Wasserstein, "wasserstein", "Wasserstein", &FeatureStatistics::wasserstein},
    {DriftStatistic::WassersteinNormed, "wassersteinNormed", "Wasserstein over deviation",
     &FeatureStatistics::wassersteinNormed},
    testEntry(DriftStatistic::EnergyDistance, "energyDistance", "Energy distance", &TestsOfValues::energyDistance),
    testEntry(DriftStatistic::CramerVonMises, "cramerVonMises", "Cramér-von Mises", &TestsOfValues::cramerVonMises),
    testEntry(DriftStatistic::AndersonDarling, "andersonDarling", "Anderson-Darling", &TestsOfValues::andersonDarling),
}};

const StatisticEntry &entryOf(DriftStatistic statistic)
{
    return catalogue.at(static_cast<std::size_t>(statistic));
}

QString number(double value, int decimals = 3)
{
    return QString::number(value, 'f', decimals);
}

QString rowsText(std::uint64_t rows)
{
    return QLocale().toString(static_cast<qulonglong>(rows));
}

std::vector<HistogramData::Bin> topCategories(std::vector<HistogramData::Bin> bins, quint64 referenceRows,
                                              quint64 currentRows)
{
    const std::size_t special = 2; // new categories, missing
    if (bins.size() <= mostCategories + special)
        return bins;
    const std::size_t categories = bins.size() - special;
    const auto weight = [&](const HistogramData::Bin &bin) {
        const double before =
            static_cast<double>(bin.reference) / std::max<double>(1, static_cast<double>(referenceRows));
        const double after = static_cast<double>(bin.current) / std::max<double>(1, static_cast<double>(currentRows));
        return std::max(before, after);
    };
    std::vector<std::size_t> order(categories);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return weight(bins[a]) > weight(bins[b]); });
    std::vector<HistogramData::Bin> shown;
    HistogramData::Bin other;
    other.label = tr("other (%1 categories)").arg(categories - mostCategories);
    for (std::size_t i = 0; i < categories; ++i) {
        if (i < mostCategories) {
            shown.push_back(bins[order[i]]);
        } else {
            other.reference += bins[order[i]].reference;
            other.current += bins[order[i]].current;
        }
    }
    shown.push_back(other);
    shown.insert(shown.end(), bins.end() - special, bins.end());
    return shown;
}

} // namespace

QString displayName(DriftStatistic statistic)
{
    return tr(entryOf(statistic).name);
}

std::optional<double> valueOf(const FeaturePeriod &at, DriftStatistic statistic)
{
    const StatisticEntry &entry = entryOf(statistic);
    if (!entry.test)
        return at.statistics.*entry.value;
    return at.tests ? (*at.tests).*entry.test : std::nullopt;
}

Tone toneOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Green:
        return Tone::Green;
    case Verdict::Amber:
        return Tone::Amber;
    case Verdict::Red:
        return Tone::Red;
    case Verdict::NotEnoughData:
        break;
    }
    return Tone::Unknown;
}

int gravity(Verdict verdict)
{
    return verdict == Verdict::NotEnoughData ? 0 : 1 + static_cast<int>(verdict);
}

DriftViewModel::DriftViewModel(RunResult result)
    : m_result(std::move(result))
{
}

QStringList DriftViewModel::periods() const
{
    QStringList labels;
    for (const RunPeriod &period : m_result.periods)
        labels << toQt(period.label);
    return labels;
}

int DriftViewModel::judgedPeriod() const
{
    for (std::size_t i = m_result.periods.size(); i-- > 0;) {
        if (!m_result.periods[i].inReference)
            return static_cast<int>(i);
    }
    return static_cast<int>(m_result.periods.size()) - 1;
}

QList<DriftStatistic> DriftViewModel::statistics() const
{
    QList<DriftStatistic> found;
    for (const StatisticEntry &entry : catalogue) {
        const bool any = std::any_of(m_result.features.begin(), m_result.features.end(), [&](const auto &feature) {
            return std::any_of(feature.periods.begin(), feature.periods.end(),
                               [&](const auto &period) { return valueOf(period, entry.statistic).has_value(); });
        });
        if (any)
            found << entry.statistic;
    }
    return found;
}

const FeatureResult *DriftViewModel::find(const QString &feature) const
{
    const std::string name = feature.toStdString();
    const auto found = std::find_if(m_result.features.begin(), m_result.features.end(),
                                    [&](const FeatureResult &f) { return f.name == name; });
    return found == m_result.features.end() ? nullptr : &*found;
}

QString DriftViewModel::worstFeature(int period) const
{
    const FeatureResult *worst = nullptr;
    std::pair<int, double> worstRank{-1, -1};
    for (const FeatureResult &feature : m_result.features) {
        const FeaturePeriod &at = feature.periods.at(static_cast<std::size_t>(period));
        const std::pair rank{gravity(at.verdict.verdict), at.statistics.psi.value_or(0)};
        if (rank > worstRank) {
            worst = &feature;
            worstRank = rank;
        }
    }
    return worst ? toQt(worst->name) : QString();
}

QString DriftViewModel::definition(const char *key) const
{
    const auto found = m_result.definitions.find(key);
    return found == m_result.definitions.end() ? tr("Definition not recorded") : toQt(found->second);
}

QString DriftViewModel::referenceName() const
{
    return tr("reference (%1)").arg(toQt(m_result.reference.label));
}

const StatisticLimit *DriftViewModel::limitOn(DriftStatistic statistic) const
{
    const auto limited = entryOf(statistic).limited;
    return limited ? countersign::limitOn(m_result.settings.thresholds, *limited) : nullptr;
}

QString DriftViewModel::setBy(DriftStatistic statistic) const
{
    const auto *limit = limitOn(statistic);
    return setByText(m_result.settings.thresholds, limit ? enumName(limit->statistic) : std::string("psi"));
}

QString DriftViewModel::partsOf(const FeaturePeriod &at) const
{
    const DriftVerdict &verdict = at.verdict;
    if (!at.statistics.psi || !verdict.criticalPsi)
        return {};
    const QString tests = !verdict.pvalue ? QString()
                          : !verdict.adjustedPvalue
                              ? tr("; p of no drift %1").arg(pvalueText(verdict.pvalue))
                              : tr("; p of no drift %1, among all tests of the run %2")
                                    .arg(pvalueText(verdict.pvalue), pvalueText(verdict.adjustedPvalue));
    return tr("PSI %1, limits %2 and %3, chance gives up to %4%5; %6 rows where %7 are needed.")
        .arg(number(*at.statistics.psi), number(verdict.amberLimit, 2), number(verdict.redLimit, 2),
             number(*verdict.criticalPsi), tests, rowsText(at.n), rowsText(m_result.settings.thresholds.minimumRows));
}

std::vector<LimitLine> DriftViewModel::limits(DriftStatistic statistic, const FeatureResult *feature) const
{
    const Thresholds &t = m_result.settings.thresholds;
    if (const auto *limit = limitOn(statistic)) {
        if (!entryOf(statistic).overReference)
            return limitLines(limit->amber, limit->red, 2);
        const auto before = feature ? referenceMissingRate(*feature) : std::nullopt;
        return before ? limitLines(*before + limit->amber, *before + limit->red, 3) : std::vector<LimitLine>();
    }
    if (statistic != DriftStatistic::Psi)
        return {};
    if (t.psiRule == LimitRule::Fixed)
        return limitLines(t.psiAmber, t.psiRed, 2);
    if (!feature) // each has limits of its own
        return {};
    const DriftVerdict &last = feature->periods.back().verdict;
    return limitLines(last.amberLimit, last.redLimit, 3);
}

QString DriftViewModel::limitsText(DriftStatistic statistic) const
{
    const Thresholds &t = m_result.settings.thresholds;
    if (const auto *limit = limitOn(statistic))
        return (entryOf(statistic).overReference
                    ? tr("Limits: amber %1, red %2 over the share in the reference; at least %3 rows.")
                    : tr("Limits: amber %1, red %2; at least %3 rows."))
            .arg(number(limit->amber, 2), number(limit->red, 2), rowsText(t.minimumRows));
    if (t.psiRule != LimitRule::Fixed) {
        const QString rule =
            t.psiRule == LimitRule::SampleSize
                ? tr("Limits on PSI by sample size: what chance exceeds once in 20 and in 1,000; at "
                     "least %1 rows.")
                : tr("Limits on PSI learnt from the reference periods, those of the last period drawn; "
                     "at least %1 rows.");
        return rule.arg(rowsText(t.minimumRows));
    }
    const QString text = statistic == DriftStatistic::Psi
                             ? tr("Limits: amber %1, red %2; at least %3 rows.")
                             : tr("No limits on this statistic; verdicts are by PSI, %1 and %2; at least %3 rows.");
    return text.arg(number(t.psiAmber, 2), number(t.psiRed, 2), rowsText(t.minimumRows));
}

DriftScatterData DriftViewModel::scatter(DriftStatistic statistic, int period) const
{
    const auto index = static_cast<std::size_t>(period);
    const RunPeriod &at = m_result.periods.at(index);
    DriftScatterData data;
    data.yTitle = displayName(statistic);
    data.title = tr("%1 by importance, %2").arg(data.yTitle, toQt(at.label));
    data.limits = limits(statistic, nullptr);
    int without = 0;
    bool importanceKnown = false;
    for (const FeatureResult &feature : m_result.features) {
        const FeaturePeriod &values = feature.periods.at(index);
        importanceKnown = importanceKnown || feature.importance;
        if (const auto y = valueOf(values, statistic))
            data.points.push_back({toQt(feature.name), feature.importance, *y, toneOf(values.verdict.verdict),
                                   toQt(values.verdict.reason)});
        else
            ++without;
    }
    data.xIsRank = !importanceKnown;
    data.xTitle =
        importanceKnown ? tr("Importance, the strongest feature at 1") : tr("Rank by drift (no importance is known)");
    if (data.xIsRank) {
        std::stable_sort(data.points.begin(), data.points.end(),
                         [](const auto &a, const auto &b) { return a.y > b.y; });
        for (std::size_t i = 0; i < data.points.size(); ++i)
            data.points[i].x = static_cast<double>(i + 1);
    }
    data.caption = tr("%1 rows against %2 rows of the %3. %4 %5.%6")
                       .arg(rowsText(at.rows), rowsText(m_result.reference.rows), referenceName(),
                            limitsText(statistic), definition(entryOf(statistic).definition), setBy(statistic));
    if (without > 0)
        data.caption += tr(" %1 features without this statistic are not shown.").arg(without);
    return data;
}

HistogramData DriftViewModel::histogram(const QString &name, int period) const
{
    HistogramData data;
    data.title = tr("Distribution");
    const FeatureResult *feature = find(name);
    if (!feature || period < 0)
        return data;
    const auto index = static_cast<std::size_t>(period);
    const FeaturePeriod &at = feature->periods.at(index);
    data.title = tr("%1: %2 against the reference").arg(name, toQt(m_result.periods.at(index).label));
    data.xTitle = name;
    data.referenceLabel = referenceName();
    data.currentLabel = toQt(m_result.periods.at(index).label);
    data.referenceRows = feature->referenceRows;
    data.currentRows = at.n;
    const Bins &bins = feature->bins;
    const bool numeric = feature->type == ColumnType::Numeric;
    if (at.counts.size() == bins.labels.size() && feature->referenceCounts.size() == bins.labels.size()) {
        const std::size_t count = bins.labels.size();
        const std::size_t apart = bins.firstApart(count);
        for (std::size_t i = 0; i < count; ++i) {
            const bool below = numeric && bins.minimum && i == 0;
            data.bins.push_back({toQt(bins.labels[i]), feature->referenceCounts[i], at.counts[i],
                                 below || i >= apart || (i + 1 == apart && (!numeric || bins.maximum))});
        }
        if (!numeric)
            data.bins = topCategories(std::move(data.bins), data.referenceRows, data.currentRows);
    }
    const QString method =
        numeric ? (bins.special.empty()
                       ? tr("Bins are frozen on the reference: its deciles, below, above and missing")
                       : tr("Bins are frozen on the reference: its deciles, below, above, special values and missing"))
        : bins.special.empty()
            ? tr("Bins are the categories of the reference, new categories and missing")
            : tr("Bins are the categories of the reference, new categories, special values and missing");
    data.caption = tr("n = %1 now, %2 in the %3. PSI %4. %5 %6. %7.")
                       .arg(rowsText(at.n), rowsText(feature->referenceRows), referenceName(),
                            at.statistics.psi ? number(*at.statistics.psi, 4) : tr("not defined"),
                            toQt(at.verdict.reason), method, definition("psi"));
    return data;
}

TimelineData DriftViewModel::drift(const QString &name, DriftStatistic statistic) const
{
    TimelineData data;
    data.yTitle = displayName(statistic);
    data.title = tr("Drift over time");
    data.countTitle = tr("predictions");
    const FeatureResult *feature = find(name);
    if (!feature)
        return data;
    data.title = tr("%1 of %2 over time").arg(data.yTitle, name);
    data.limits = limits(statistic, feature->periods.empty() ? nullptr : feature);
    for (std::size_t i = 0; i < m_result.periods.size(); ++i) {
        const RunPeriod &period = m_result.periods[i];
        const FeaturePeriod &at = feature->periods.at(i);
        TimelineData::Point point;
        point.label = toQt(period.label);
        point.value = valueOf(at, statistic);
        point.count = at.n;
        point.enough = at.verdict.enoughRows;
        point.inReference = period.inReference;
        point.tone = toneOf(at.verdict.verdict);
        point.note = (toQt(at.verdict.reason) + u' ' + partsOf(at)).trimmed();
        data.points.push_back(std::move(point));
    }
    data.caption = tr("Each period against %1 rows of the %2. %3 %4.%5")
                       .arg(rowsText(feature->referenceRows), referenceName(), limitsText(statistic),
                            definition(entryOf(statistic).definition), setBy(statistic));
    return data;
}

std::optional<TimelineData> DriftViewModel::performance() const
{
    const auto any = [this](std::optional<double> Performance::*value) {
        return std::any_of(m_result.periods.begin(), m_result.periods.end(),
                           [&](const RunPeriod &period) { return (period.performance.*value).has_value(); });
    };
    const bool auc = any(&Performance::auc);
    if (!auc && !any(&Performance::rmse))
        return std::nullopt;
    const auto value = auc ? &Performance::auc : &Performance::rmse;
    const Thresholds &t = m_result.settings.thresholds;
    TimelineData data;
    data.yTitle = auc ? u"AUC"_s : u"RMSE"_s;
    data.title = tr("%1 over time").arg(data.yTitle);
    data.countTitle = tr("labelled predictions");
    data.fromZero = !auc;
    const auto reference = m_result.reference.performance.*value;
    const LimitsInWords shown = limitsOnPerformance(t, auc, reference);
    if (reference)
        data.limits = {{tr("reference %1").arg(number(*reference)), *reference, Tone::Plain}};
    data.limits.insert(data.limits.end(), shown.lines.begin(), shown.lines.end());
    for (const RunPeriod &period : m_result.periods) {
        TimelineData::Point point;
        point.label = toQt(period.label);
        point.value = period.performance.*value;
        if (const auto figure = period.performance.figures.find(auc ? "roc_auc" : "regression_rmse");
            figure != period.performance.figures.end()) {
            point.low = figure->second.low;
            point.high = figure->second.high;
        }
        point.count = period.labelledRows;
        point.enough = period.labelledRows >= t.minimumRows;
        point.inReference = period.inReference;
        point.tone = toneOf(period.performanceVerdict);
        point.note = toQt(period.performanceReason);
        data.points.push_back(std::move(point));
    }
    data.caption =
        tr("%1 labelled rows in the %2. %3 At least %4 labelled rows. %5.%6")
            .arg(rowsText(m_result.reference.labelledRows), referenceName(), shown.words, rowsText(t.minimumRows),
                 definition(auc ? "auc" : "rmse"), setByText(t, auc ? "aucDrop" : "rmseRatio"));
    return data;
}

std::vector<FeatureRecord> DriftViewModel::features(int period) const
{
    std::vector<FeatureRecord> records;
    records.reserve(m_result.features.size());
    for (const FeatureResult &feature : m_result.features) {
        const FeaturePeriod &at = feature.periods.at(static_cast<std::size_t>(period));
        const QString type = feature.type == ColumnType::Numeric ? tr("numeric") : tr("categorical");
        records.push_back({toQt(feature.name), feature.isScore ? tr("score, %1").arg(type) : type, feature.importance,
                           at.statistics, at.tests, at.verdict, partsOf(at)});
    }
    return records;
}

QString DriftViewModel::periodSummary(int period) const
{
    const auto index = static_cast<std::size_t>(period);
    const RunPeriod &at = m_result.periods.at(index);
    QStringList parts;
    for (const Verdict verdict : {Verdict::Red, Verdict::Amber, Verdict::Green, Verdict::NotEnoughData}) {
        const auto count = std::count_if(m_result.features.begin(), m_result.features.end(), [&](const auto &feature) {
            return feature.periods.at(index).verdict.verdict == verdict;
        });
        if (count > 0)
            parts << u"%1 %2"_s.arg(count).arg(toneWord(toneOf(verdict)));
    }
    QString text = tr("%1 rows; features: %2.").arg(rowsText(at.rows), parts.join(u", "_s));
    if (at.performance.auc || at.performance.rmse)
        text += u' ' + toQt(at.performanceReason);
    if (at.inReference)
        text += tr(" This period is part of the reference.");
    return text;
}

} // namespace countersign
