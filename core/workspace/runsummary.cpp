// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/runsummary.h"

#include "core/log/canonical.h"
#include "core/monitoring/ownreference.h"
#include "core/monitoring/runparts.h"
#include "core/report/portfolio.h"

#include <algorithm>
#include <map>

namespace countersign {

namespace {

/// The latest period outside the reference whose place `wanted` accepts.
template <class F>
std::optional<std::size_t> latest(const RunResult &result, F &&wanted)
{
    for (std::size_t i = result.periods.size(); i-- > 0;)
        if (!result.periods[i].inReference && wanted(i))
            return i;
    return std::nullopt;
}

std::optional<Health> breached(Verdict verdict)
{
    const bool breach = verdict == Verdict::Amber || verdict == Verdict::Red;
    return breach ? std::optional(healthOf(verdict)) : std::nullopt;
}

// What can be judged by itself in a period, each a class with isJudged(run, period) and, where that holds,
// breaches(run, period).

class JudgedPerformance
{
public:
    [[nodiscard]] static bool isJudged(const RunResult &run, std::size_t period)
    {
        return run.periods[period].performanceVerdict != Verdict::NotEnoughData;
    }

    [[nodiscard]] static std::vector<Breach> breaches(const RunResult &run, std::size_t at)
    {
        const RunPeriod &period = run.periods[at];
        const auto health = breached(period.performanceVerdict);
        const auto compared = comparedPerformance(run, period);
        if (!health || !compared)
            return {};
        const Thresholds &limits = run.settings.thresholds;
        const bool red = *health == Health::red;
        const Performance &now = period.performance;
        const Performance &reference = compared->performance;
        if (now.auc && reference.auc)
            return {{"", period.label, "AUC drop", *reference.auc - *now.auc,
                     red ? limits.aucDropRed : limits.aucDropAmber, *health}};
        if (now.rmse && reference.rmse && *reference.rmse > 0)
            return {{"", period.label, "RMSE ratio", *now.rmse / *reference.rmse,
                     red ? limits.rmseRatioRed : limits.rmseRatioAmber, *health}};
        return {};
    }
};

class JudgedEstimate
{
public:
    [[nodiscard]] static bool isJudged(const RunResult &run, std::size_t period)
    {
        const auto &estimate = run.periods[period].estimate;
        return estimate && estimate->gapAdjustedPvalue;
    }

    [[nodiscard]] static std::vector<Breach> breaches(const RunResult &run, std::size_t period)
    {
        const auto &estimate = *run.periods[period].estimate;
        if (!estimate.suspectedConceptDrift)
            return {};
        return {{"", run.periods[period].label, "Suspected concept drift, p", *estimate.gapAdjustedPvalue,
                 run.settings.thresholds.falseDiscoveryRate, Health::amber}};
    }
};

class JudgedColumn
{
public:
    explicit JudgedColumn(std::string name)
        : m_name(std::move(name))
    {
    }

    [[nodiscard]] bool isJudged(const RunResult &run, std::size_t period) const
    {
        const FeatureResult *column = featureIn(run, m_name);
        return column && period < column->periods.size() &&
               column->periods[period].verdict.verdict != Verdict::NotEnoughData;
    }

    [[nodiscard]] std::vector<Breach> breaches(const RunResult &run, std::size_t period) const
    {
        const FeaturePeriod &at = featureIn(run, m_name)->periods[period];
        const std::string &label = run.periods[period].label;
        std::vector<Breach> found;
        if (const auto health = breached(at.verdict.ofPsi()); health && at.statistics.psi)
            found.push_back({m_name, label, "PSI", *at.statistics.psi,
                             *health == Health::red ? at.verdict.redLimit : at.verdict.amberLimit, *health});
        for (const StatisticBreach &breach : at.verdict.breaches)
            found.push_back({m_name, label, nameOf(breach.statistic), breach.value, breach.limit,
                             breach.red ? Health::red : Health::amber});
        return found;
    }

private:
    std::string m_name;
};

/// A figure with a limit of its own: calibration, fairness, duplicates, rows arrived.
class JudgedFigure
{
public:
    explicit JudgedFigure(const FigureVerdict &figure)
        : m_figure(figure)
    {
    }

    [[nodiscard]] bool isJudged(const RunResult &run, std::size_t period) const
    {
        const FigureVerdict *figure = in(run.periods[period]);
        return figure && figure->verdict != Verdict::NotEnoughData;
    }

    [[nodiscard]] std::vector<Breach> breaches(const RunResult &run, std::size_t at) const
    {
        const RunPeriod &period = run.periods[at];
        const FigureVerdict &figure = *in(period);
        const auto health = breached(figure.verdict);
        if (!health)
            return {};
        return {{subject(), period.label, nameOf(figure.figure), *figure.value,
                 *health == Health::red ? figure.red : figure.amber, *health}};
    }

private:
    /// Empty, "the model's performance", of calibration alone.
    [[nodiscard]] std::string subject() const
    {
        if (m_figure.figure == LimitedFigure::calibrationGap)
            return {};
        return m_figure.column.empty() ? "the rows" : m_figure.column + ": " + m_figure.group;
    }

    [[nodiscard]] const FigureVerdict *in(const RunPeriod &period) const
    {
        const auto found = std::ranges::find_if(period.figureVerdicts,
                                                [this](const FigureVerdict &figure) { return figure.isOf(m_figure); });
        return found == period.figureVerdicts.end() ? nullptr : &*found;
    }

    FigureVerdict m_figure;
};

/// Each figure once, in the order of the periods that have it first.
std::vector<JudgedFigure> figuresOf(const RunResult &run)
{
    std::vector<FigureVerdict> found;
    for (const RunPeriod &period : run.periods)
        for (const FigureVerdict &figure : period.figureVerdicts)
            if (std::ranges::none_of(found, [&](const FigureVerdict &known) { return known.isOf(figure); }))
                found.push_back(figure);
    return {found.begin(), found.end()};
}

/// The breaches of a run: of each subject those in the latest period that could be judged, since outcomes come late and
/// a last period of few rows hides nothing; and of each of its figures the worst in a period further back, where it was
/// worse than in the latest and no run had judged that period before.
class BreachCollector
{
public:
    BreachCollector(const RunResult &run, const RunResult *before)
        : m_run(run)
        , m_before(before)
    {
    }

    template <class Judged>
    void add(const Judged &subject)
    {
        const auto at = latest(m_run, [&](std::size_t i) { return subject.isJudged(m_run, i); });
        if (!at)
            return;
        std::map<std::string, Breach> worst; // by the figure
        const auto keepWorst = [&worst](Breach breach) {
            const auto [known, isNew] = worst.try_emplace(breach.metric, breach);
            if (!isNew &&
                (known->second.passed ? isWorse(breach, known->second) : breach.health > known->second.health))
                known->second = std::move(breach);
        };
        const std::vector<Breach> now = subject.breaches(m_run, *at);
        m_breaches.insert(m_breaches.end(), now.begin(), now.end());
        std::ranges::for_each(now, keepWorst);
        for (std::size_t i = 0; i < *at; ++i) {
            if (m_run.periods[i].inReference || !subject.isJudged(m_run, i) ||
                wasJudged(subject, m_run.periods[i].label))
                continue;
            for (Breach &breach : subject.breaches(m_run, i)) {
                breach.passed = true;
                keepWorst(std::move(breach));
            }
        }
        for (auto &[metric, breach] : worst)
            if (breach.passed)
                m_passed.push_back(std::move(breach));
    }

    /// Those of the latest periods first.
    [[nodiscard]] std::vector<Breach> take() &&
    {
        std::ranges::move(m_passed, std::back_inserter(m_breaches));
        return std::move(m_breaches);
    }

private:
    template <class Judged>
    [[nodiscard]] bool wasJudged(const Judged &subject, const std::string &label) const
    {
        if (!m_before)
            return false;
        const auto place = std::ranges::find(m_before->periods, label, &RunPeriod::label);
        return place != m_before->periods.end() &&
               subject.isJudged(*m_before, static_cast<std::size_t>(place - m_before->periods.begin()));
    }

    const RunResult &m_run;
    const RunResult *m_before;
    std::vector<Breach> m_breaches;
    std::vector<Breach> m_passed;
};

std::vector<Breach> breachesOf(const RunResult &result, const RunResult *before)
{
    BreachCollector collector(result, before);
    collector.add(JudgedPerformance());
    for (const FeatureResult &feature : result.features)
        collector.add(JudgedColumn(feature.name));
    for (const JudgedFigure &figure : figuresOf(result))
        collector.add(figure);
    collector.add(JudgedEstimate());
    return std::move(collector).take();
}

} // namespace

Health healthOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Green:
        return Health::green;
    case Verdict::Amber:
        return Health::amber;
    case Verdict::Red:
        return Health::red;
    case Verdict::NotEnoughData:
        break;
    }
    return Health::notEnoughData;
}

std::optional<std::size_t> latestPerformance(const RunResult &result)
{
    const auto judged = latest(result, [&](std::size_t i) { return JudgedPerformance::isJudged(result, i); });
    return judged ? judged : latest(result, [&](std::size_t i) {
        const Performance &performance = result.periods[i].performance;
        return performance.auc.has_value() || performance.rmse.has_value();
    });
}

std::string performanceInWords(const RunResult &result)
{
    const auto at = latestPerformance(result);
    if (!at)
        return {};
    const Performance &now = result.periods[*at].performance;
    const auto compared = comparedPerformance(result, result.periods[*at]);
    const bool auc = now.auc.has_value();
    const auto &value = auc ? now.auc : now.rmse;
    std::optional<double> before;
    if (compared)
        before = auc ? compared->performance.auc : compared->performance.rmse;
    if (!value)
        return {};
    return (auc ? "AUC " : "RMSE ") + fixed(*value, 3) + " in " + result.periods[*at].label +
           (before ? " (reference " + fixed(*before, 3) + ")" : std::string());
}

RecordableRun recordableRun(RunResult result, const StoredRun &before)
{
    std::optional<RunResult> former;
    try {
        if (before.id.valid())
            former = runFromStored(before);
    } catch (const Exception &) { // the audit says so
    }
    RecordableRun run{std::move(result), {}, {}, before.id};
    run.bytes = canonicalJson(toJson(run.result));
    run.summary = summaryOf(run.result, former ? &*former : nullptr);
    run.summary.result = sha256(run.bytes);
    return run;
}

RunResult runFromStored(const StoredRun &stored)
{
    if (sha256(stored.bytes) != stored.digest)
        throw Exception(ErrorCode::Corrupt, "The result of the run " + stored.id.str() + " in this file was altered.",
                        "Verify the file, and restore it from a backup.");
    return fromJson<RunResult>(parseStrict(stored.bytes), "result");
}

MonitoringRun summaryOf(const RunResult &result, const RunResult *before)
{
    MonitoringRun run;
    run.source = result.sourceName;
    run.sourceHash = Hash256::fromHex(result.sourceSha256);
    if (!run.sourceHash && !result.settings.sql)
        throw Exception(ErrorCode::InvalidInput, "The run does not say which file it was made from.",
                        "Run the monitoring again.");
    run.rows = static_cast<std::int64_t>(result.rows);
    run.periods = static_cast<std::int64_t>(result.periods.size());
    run.features = static_cast<std::int64_t>(result.features.size());
    if (!result.periods.empty()) {
        run.from = result.periods.front().label;
        run.to = result.periods.back().label;
    }
    run.breaches = breachesOf(result, before);
    if (latest(result, [&](std::size_t i) { return result.periods[i].verdict != Verdict::NotEnoughData; }))
        run.health = Health::green;
    for (const Breach &breach : run.breaches)
        if (!breach.passed)
            run.health = run.health == Health::red ? Health::red : breach.health;
    run.performance = performanceInWords(result);
    return run;
}

} // namespace countersign
