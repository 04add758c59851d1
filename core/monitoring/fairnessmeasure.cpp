// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/fairnessmeasure.h"

#include "core/monitoring/celltext.h"
#include "core/monitoring/eventreader.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/samples.h"
#include "core/monitoring/unitsum.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace countersign {

namespace {

/// Texts of a column, before it is known which of them occur in the rows in question.
constexpr std::size_t mostTexts = 10000;

/// Rows of one group of people in one group of rows.
struct Tally
{
    std::uint64_t n = 0;
    std::uint64_t favourable = 0;
    ConfusionCounts confusion;
    std::uint64_t events = 0;
    UnitSum scores;
};

/// All tallies of one group of rows: a period, or the reference.
struct RowsTally
{
    std::vector<Tally> people; ///< by category code
    std::uint64_t withoutGroup = 0;
    bool probabilities = true; ///< every score of a row with a known outcome
};

/// What is read of one table.
struct FairnessTable
{
    const LogTable &table;
    const RowGroups &groups;
};

class FairnessColumn
{
public:
    FairnessColumn(const OutcomePlan &plan, const ColumnRoles &roles, const DecisionRule &decision, std::string name)
        : m_plan(plan)
        , m_roles(roles)
        , m_decision(decision)
        , m_name(std::move(name))
    {
    }

    [[nodiscard]] std::vector<RowsTally> tally(const FairnessTable &of, const CancelToken &cancel) const
    {
        const LogColumn &people = of.table.column(m_name);
        const LogColumn &scores = of.table.column(m_roles.score);
        const bool outcomes = m_plan.kind == OutcomePlan::Kind::Auc;
        const LogColumn *target = outcomes ? &of.table.column(m_plan.target) : nullptr;
        const std::optional<EventReader> reader =
            outcomes ? std::optional<EventReader>(std::in_place, *target, m_plan.positive) : std::nullopt;
        std::vector<RowsTally> tallies(of.groups.rows.size());
        for (RowsTally &rows : tallies)
            rows.people.resize(people.categories.size());
        forEachChunk(of.table, scores, cancel, [&](std::size_t chunk) {
            const auto &numbers = scores.chunks[chunk].numbers;
            const Codes &codes = people.chunks[chunk].codes;
            const ColumnChunk *targets = outcomes ? &target->chunks[chunk] : nullptr;
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                const Group group = of.groups.groupOfRow[chunk][i];
                if (group == noGroup || std::isnan(numbers[i]))
                    continue;
                const std::uint32_t code = codes[i];
                if (code == missingCode) {
                    ++tallies[group].withoutGroup;
                    continue;
                }
                const bool known = outcomes && reader->known(*targets, i);
                addRow(tallies[group], code, numbers[i], known, known && reader->event(*targets, i));
            }
        });
        return tallies;
    }

private:
    void addRow(RowsTally &rows, std::uint32_t code, double score, bool known, bool event) const
    {
        const bool atOrOver = m_decision.favourable == FavourableDecision::AtOrOver;
        const bool favourable = (score >= m_decision.threshold) == atOrOver;
        Tally &tally = rows.people[code];
        ++tally.n;
        tally.favourable += favourable ? 1 : 0;
        if (!known)
            return;
        const bool good = event == atOrOver; // the outcome that the favourable decision hopes for
        ConfusionCounts &counts = tally.confusion;
        ++(favourable ? (good ? counts.truePositives : counts.falsePositives)
                      : (good ? counts.falseNegatives : counts.trueNegatives));
        tally.events += event ? 1 : 0;
        if (score >= 0 && score <= 1)
            tally.scores.add(score);
        else
            rows.probabilities = false;
    }

    const OutcomePlan &m_plan;
    const ColumnRoles &m_roles;
    const DecisionRule &m_decision;
    std::string m_name;
};

void collectGroups(std::set<std::string> &names, const LogColumn &column, const std::vector<RowsTally> &tallies)
{
    for (const RowsTally &rows : tallies)
        for (std::size_t code = 0; code < rows.people.size(); ++code)
            if (rows.people[code].n > 0)
                names.insert(column.categories[code]);
}

FairnessResult resultOf(const std::string &name, const std::vector<std::string> &groups, const LogColumn &column,
                        const RowsTally &rows)
{
    FairnessResult result;
    result.column = name;
    result.rowsWithoutGroup = rows.withoutGroup;
    const auto codes = matchCategories(groups, column.categories);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        GroupFairness group;
        group.group = groups[i];
        if (codes[i] >= 0) {
            const Tally &tally = rows.people[static_cast<std::size_t>(codes[i])];
            group.n = tally.n;
            group.favourable = tally.favourable;
            group.confusion = tally.confusion;
            group.events = tally.events;
            if (rows.probabilities && tally.confusion.n() > 0)
                group.scoreSum = tally.scores.value();
        }
        result.groups.push_back(std::move(group));
    }
    return result;
}

struct ColumnFairness
{
    std::optional<FairnessResult> reference; ///< nothing: not measured, a remark says why
    std::vector<FairnessResult> periods;
    std::vector<std::string> remarks;
};

ColumnFairness measureColumn(const OutcomeRows &rows, const FairnessColumn &column, const std::string &name,
                             const DecisionRule &decision, const CancelToken &cancel)
{
    ColumnFairness measured;
    const LogColumn &after = rows.log.column(name);
    const LogColumn &before = rows.referenceLog.column(name);
    if (after.kind == CellKind::Text || before.kind == CellKind::Text) {
        measured.remarks.push_back(tooManyTexts(name));
        return measured;
    }
    const std::size_t texts = std::max(after.categories.size(), before.categories.size());
    if (texts > mostTexts) {
        measured.remarks.push_back(tooManyGroups(name, texts));
        return measured;
    }
    const auto periods = column.tally({rows.log, rows.periods}, cancel);
    const auto reference = column.tally({rows.referenceLog, rows.reference}, cancel);
    std::set<std::string> names;
    collectGroups(names, before, reference);
    collectGroups(names, after, periods);
    if (names.empty() || names.size() > mostGroups) {
        measured.remarks.push_back(names.empty() ? "Column \"" + name + "\" holds no group in rows with a score."
                                                 : tooManyGroups(name, names.size()));
        return measured;
    }
    const std::vector<std::string> groups(names.begin(), names.end());
    measured.reference = resultOf(name, groups, before, reference.front());
    const std::string comparison = comparisonGroup(*measured.reference, decision, measured.remarks);
    measured.reference->comparison = comparison;
    for (const RowsTally &tally : periods) {
        measured.periods.push_back(resultOf(name, groups, after, tally));
        measured.periods.back().comparison = comparison;
    }
    return measured;
}

} // namespace

std::string comparisonGroup(const FairnessResult &reference, const DecisionRule &decision,
                            std::vector<std::string> &remarks)
{
    if (const auto named = decision.comparisonGroups.find(reference.column); named != decision.comparisonGroups.end()) {
        if (std::any_of(reference.groups.begin(), reference.groups.end(),
                        [&](const GroupFairness &group) { return group.group == named->second; }))
            return named->second;
        remarks.push_back("Column \"" + reference.column + "\" holds no group " + quotedExcerpt(named->second) +
                          "; the largest of the reference is compared with instead.");
    }
    return std::max_element(reference.groups.begin(), reference.groups.end(),
                            [](const GroupFairness &a, const GroupFairness &b) { return a.n < b.n; })
        ->group;
}

std::string tooManyGroups(const std::string &column, std::size_t groups)
{
    return "Column \"" + column + "\" holds " + std::to_string(groups) +
           " groups and is not looked at for fairness: at most " + std::to_string(mostGroups) + " are.";
}

MeasuredFairness measureFairness(const OutcomeRows &rows, const OutcomePlan &plan, const ColumnRoles &roles,
                                 const DecisionRule &decision, unsigned threads, const CancelToken &cancel)
{
    MeasuredFairness fairness;
    fairness.periods.resize(rows.periods.rows.size());
    if (roles.groups.empty())
        return fairness;
    if (roles.score.empty()) {
        fairness.remarks.push_back("Fairness is not looked at: it needs a score column that decisions follow from.");
        return fairness;
    }
    requireNumber(rows.log, roles.score, "score");
    std::vector<ColumnFairness> columns(roles.groups.size());
    parallelFor(columns.size(), threads, [&](std::size_t i) {
        const FairnessColumn column(plan, roles, decision, roles.groups[i]);
        columns[i] = measureColumn(rows, column, roles.groups[i], decision, cancel);
    });
    for (ColumnFairness &column : columns) {
        fairness.remarks.insert(fairness.remarks.end(), column.remarks.begin(), column.remarks.end());
        if (!column.reference)
            continue;
        fairness.reference.push_back(std::move(*column.reference));
        for (std::size_t i = 0; i < fairness.periods.size(); ++i)
            fairness.periods[i].push_back(std::move(column.periods[i]));
    }
    return fairness;
}

} // namespace countersign
