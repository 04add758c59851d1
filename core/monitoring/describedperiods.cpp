// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/describedperiods.h"

#include "core/monitoring/dataquality.h"
#include "core/monitoring/fairnessmeasure.h"
#include "core/monitoring/outcomemeasure.h"

namespace countersign {

namespace {

void describeReference(ReferenceResult &reference, const LogSelection &selection, GroupOutcome &outcome)
{
    const PeriodInfo &span = selection.referenceSpan();
    reference.label = selection.referenceLabel();
    reference.rows = selection.reference().rows[0];
    reference.from = span.from;
    reference.to = span.to;
    reference.labelledRows = outcome.labelledRows;
    reference.performance = std::move(outcome.performance);
    reference.estimate = std::move(outcome.estimate);
    expectRows(reference.quality, selection.referencePeriodRows());
}

RunPeriod describedPeriod(const LogSelection &selection, std::size_t i, GroupOutcome &outcome)
{
    const PeriodInfo &info = selection.periods().info[i];
    RunPeriod period;
    period.label = info.label;
    period.from = info.from;
    period.to = info.to;
    period.rows = selection.periods().groups.rows[i];
    period.labelledRows = outcome.labelledRows;
    period.inReference = selection.inReference(i);
    period.comparedWith = selection.comparedWith(i);
    period.performance = std::move(outcome.performance);
    period.estimate = std::move(outcome.estimate);
    return period;
}

DescribedPeriods describe(const LogSelection &selection, const RunSettings &settings, unsigned threads,
                          const CancelToken &cancel)
{
    DescribedPeriods described;
    const Periods &periods = selection.periods();
    const OutcomeRows rows{selection.log(), periods.groups, selection.referenceLog(), selection.reference()};
    ComparedPeriods years;
    if (selection.comparesYears()) {
        years.emplace();
        for (std::size_t i = 0; i < periods.info.size(); ++i)
            years->push_back(selection.comparedWith(i));
    }
    MeasuredOutcomes outcomes =
        measureOutcomes(rows, selection.outcome(), settings.decision.threshold, years, threads, cancel);
    describeReference(described.reference, selection, outcomes.reference);
    for (std::size_t i = 0; i < periods.info.size(); ++i)
        described.periods.push_back(describedPeriod(selection, i, outcomes.periods[i]));
    MeasuredFairness fairness =
        measureFairness(rows, selection.outcome(), settings.roles, settings.decision, threads, cancel);
    described.reference.fairness = std::move(fairness.reference);
    for (std::size_t i = 0; i < periods.info.size(); ++i)
        described.periods[i].fairness = std::move(fairness.periods[i]);
    described.remarks = std::move(fairness.remarks);
    return described;
}

} // namespace

DescribedPeriods describePeriods(const LogSelection &selection, const RunSettings &settings, const KeptResults &kept,
                                 unsigned threads, const CancelToken &cancel)
{
    const ColumnRoles &roles = settings.roles;
    const json::object question{{"outcomes", toJson(settings.decision)},
                                {"score", roles.score},
                                {"prediction", roles.prediction},
                                {"target", roles.target},
                                {"positive", roles.positive},
                                {"groups", toJson(roles.groups)}};
    if (auto described = kept.recall<DescribedPeriods>(question))
        return std::move(*described);
    DescribedPeriods described = describe(selection, settings, threads, cancel);
    kept.keep(question, described);
    return described;
}

void countDuplicateRows(DescribedPeriods &described, const LogSelection &selection, const KeptResults &kept,
                        unsigned threads, const CancelToken &cancel)
{
    std::vector<std::string> columns;
    for (const LogColumn &column : selection.log().columns) {
        if (column.kind != CellKind::Skipped)
            columns.push_back(column.name);
    }
    const json::object question{{"duplicateRows", toJson(columns)}};
    using RowCounts = std::vector<std::optional<std::uint64_t>>; // of the periods, and the reference
    if (const auto counts = kept.recall<RowCounts>(question);
        counts && counts->size() == described.periods.size() + 1) {
        for (std::size_t i = 0; i < described.periods.size(); ++i)
            described.periods[i].quality.duplicateRows = (*counts)[i];
        described.reference.quality.duplicateRows = counts->back();
        return;
    }
    SelectionHashes hashes;
    hashes.add(selection, threads, cancel);
    hashes.countDuplicates(described, selection, threads, cancel);
    RowCounts counts;
    for (const RunPeriod &period : described.periods)
        counts.push_back(period.quality.duplicateRows);
    counts.push_back(described.reference.quality.duplicateRows);
    kept.keep(question, counts);
}

void SelectionHashes::add(const LogSelection &selection, unsigned threads, const CancelToken &cancel)
{
    m_log.add(selection.log(), threads, cancel);
    if (&selection.referenceLog() != &selection.log())
        m_reference.add(selection.referenceLog(), threads, cancel);
}

void SelectionHashes::countDuplicates(DescribedPeriods &described, const LogSelection &selection, unsigned threads,
                                      const CancelToken &cancel) const
{
    const auto counts = m_log.duplicates(selection.periods().groups, threads, cancel);
    for (std::size_t i = 0; i < counts.size(); ++i)
        described.periods[i].quality.duplicateRows = counts[i];
    const RowHashes &hashes = &selection.referenceLog() == &selection.log() ? m_log : m_reference;
    described.reference.quality.duplicateRows = hashes.duplicates(selection.reference(), threads, cancel).front();
}

} // namespace countersign
