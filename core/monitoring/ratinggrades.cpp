// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/ratinggrades.h"

#include "core/monitoring/eventreader.h"
#include "core/monitoring/unitsum.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace countersign {

namespace {

struct Tally
{
    std::uint64_t n = 0;
    std::uint64_t events = 0;
    UnitSum probabilities;
    double sum = 0;
};

struct Tallies
{
    std::vector<std::vector<Tally>> ofGroups; ///< by category code
    std::uint64_t withoutGrade = 0;
};

Tallies tally(const LogTable &table, const RowGroups &groups, const OutcomePlan &plan, const LogColumn &grades,
              const CancelToken &cancel)
{
    const LogColumn &scores = table.column(plan.predictor);
    const LogColumn &target = table.column(plan.target);
    const EventReader reader(target, plan.positive);
    Tallies tallies;
    tallies.ofGroups.assign(groups.rows.size(), std::vector<Tally>(grades.categories.size()));
    forEachChunk(table, scores, cancel, [&](std::size_t chunk) {
        const auto &numbers = scores.chunks[chunk].numbers;
        const ColumnChunk &targets = target.chunks[chunk];
        const Codes &codes = grades.chunks[chunk].codes;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const Group group = groups.groupOfRow[chunk][i];
            if (group == noGroup || std::isnan(numbers[i]) || !reader.known(targets, i))
                continue;
            const std::uint32_t code = codes[i];
            if (code == missingCode) {
                ++tallies.withoutGrade;
                continue;
            }
            Tally &grade = tallies.ofGroups[group][code];
            ++grade.n;
            grade.events += reader.event(targets, i) ? 1 : 0;
            grade.sum += numbers[i];
            if (numbers[i] >= 0 && numbers[i] <= 1)
                grade.probabilities.add(numbers[i]);
        }
    });
    return tallies;
}

void fill(GroupOutcome &outcome, const std::vector<Tally> &tallies, const std::vector<std::string> &names)
{
    auto &evidence = outcome.performance.scoreEvidence;
    if (!evidence)
        return;
    std::vector<RatingGrade> grades;
    for (std::size_t code = 0; code < tallies.size(); ++code) {
        const Tally &grade = tallies[code];
        grades.push_back(
            {names[code], {grade.n, grade.events, evidence->probabilities ? grade.probabilities.value() : grade.sum}});
    }
    evidence->ratingGrades = orderedGrades(std::move(grades));
}

void addUsed(std::set<std::string> &used, const Tallies &tallies, const std::vector<std::string> &names)
{
    for (const std::vector<Tally> &group : tallies.ofGroups) {
        for (std::size_t code = 0; code < group.size(); ++code) {
            if (group[code].n > 0)
                used.insert(names[code]);
        }
    }
}

} // namespace

std::vector<RatingGrade> orderedGrades(std::vector<RatingGrade> grades)
{
    std::erase_if(grades, [](const RatingGrade &grade) { return grade.rows.n == 0; });
    std::sort(grades.begin(), grades.end(), [](const RatingGrade &a, const RatingGrade &b) {
        const double first = a.rows.meanScore();
        const double second = b.rows.meanScore();
        return first != second ? first < second : a.name < b.name;
    });
    return grades;
}

std::string remarkOnGrades(const std::string &column, std::size_t grades, std::uint64_t rowsWithout)
{
    if (grades > mostRatingGrades)
        return "Column \"" + column + "\" holds more than " + std::to_string(mostRatingGrades) +
               " different texts and gives no rating grades: scores are graded in groups of equal size.";
    if (grades == 0)
        return "Column \"" + column + "\" holds no rating grade in rows with score and outcome.";
    if (rowsWithout > 0)
        return std::to_string(rowsWithout) + " rows with score and outcome have no rating grade in column \"" + column +
               "\".";
    return {};
}

std::string measureRatingGrades(MeasuredOutcomes &outcomes, const OutcomeRows &rows, const OutcomePlan &plan,
                                const ColumnRoles &roles, const CancelToken &cancel)
{
    if (roles.grade.empty() || plan.kind != OutcomePlan::Kind::Auc)
        return {};
    constexpr std::size_t mostTexts = 10000; // before it is known which of them occur in the rows in question
    const LogColumn &before = rows.referenceLog.column(roles.grade);
    const LogColumn &after = rows.log.column(roles.grade);
    if (before.kind == CellKind::Text || after.kind == CellKind::Text ||
        std::max(before.categories.size(), after.categories.size()) > mostTexts)
        return remarkOnGrades(roles.grade, mostTexts, 0);
    const Tallies reference = tally(rows.referenceLog, rows.reference, plan, before, cancel);
    const Tallies periods = tally(rows.log, rows.periods, plan, after, cancel);
    std::set<std::string> used;
    addUsed(used, reference, before.categories);
    addUsed(used, periods, after.categories);
    if (!used.empty() && used.size() <= mostRatingGrades) {
        fill(outcomes.reference, reference.ofGroups.front(), before.categories);
        for (std::size_t i = 0; i < outcomes.periods.size(); ++i)
            fill(outcomes.periods[i], periods.ofGroups[i], after.categories);
    }
    return remarkOnGrades(roles.grade, used.size(), periods.withoutGrade);
}

} // namespace countersign
