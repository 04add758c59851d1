// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/text.h"
#include "core/policy/rules.h"
#include "core/policy/scoring.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr double scale = 1e6;
constexpr std::size_t mostScores = 100'000;

struct Chosen
{
    std::string text;
    double points = 0;
    bool unknown = false;
};

/// What is chosen for a factor, or nothing when it is unanswered. Throws for an answer that the factor does not offer.
std::optional<Chosen> chosen(const TierMethod &method, const TierFactor &factor, const std::vector<TierAnswer> &answers)
{
    const auto given = std::ranges::find(answers, factor.id, &TierAnswer::factor);
    if (given == answers.end() || given->answer.empty())
        return std::nullopt;
    const auto option = std::ranges::find(factor.answers, given->answer, &TierAnswerOption::id);
    if (option != factor.answers.end())
        return Chosen{option->text, option->points, false};
    if (const auto points = unknownPoints(method, factor); points && given->answer == unknownAnswer)
        return Chosen{"Unknown", *points, true};
    throw Exception(ErrorCode::InvalidInput,
                    "The tier method has no answer \"" + given->answer + "\" to \"" + factor.question + "\"",
                    "Choose one of the answers offered.");
}

/// The first of `from` whose minimum the score reaches; the last when none.
template <class T>
const T &firstReached(const std::vector<T> &from, Millionths score, double T::*minimum)
{
    const auto found = std::ranges::find_if(from, [&](const T &step) { return score >= millionths(step.*minimum); });
    return found == from.end() ? from.back() : *found;
}

/// The scores of the factors of `axis`, or of all factors when it is empty, but for those `without`.
std::set<Millionths> scoresOf(const TierMethod &method, const std::string &axis, AxisScore how,
                              const std::set<std::string> &without)
{
    std::set<Millionths> scores{0};
    for (const auto &factor : method.factors) {
        if ((!axis.empty() && factor.axis != axis) || without.contains(factor.id))
            continue;
        std::set<Millionths> points;
        for (const auto &answer : factor.answers)
            points.insert(contribution(factor, answer));
        if (const auto unknown = unknownPoints(method, factor))
            points.insert(contribution(factor, *unknown));
        std::set<Millionths> next;
        for (const auto score : scores)
            for (const auto add : points)
                next.insert(how == AxisScore::maximum ? std::max(score, add) : score + add);
        for (Millionths grid = 1000; next.size() > mostScores; grid *= 10) {
            std::set<Millionths> merged;
            for (const auto score : next)
                merged.insert(merged.end(), score / grid * grid);
            next = std::move(merged);
        }
        scores = std::move(next);
    }
    return scores;
}

FactorResult resultFor(const TierMethod &method, const TierFactor &factor, const std::vector<TierAnswer> &answers)
{
    FactorResult result;
    result.factor = factor.id;
    result.question = factor.question;
    result.weight = factor.weight;
    const auto [mildest, harshest] = std::ranges::minmax(factor.answers, {}, &TierAnswerOption::points);
    result.minimum = fromMillionths(contribution(factor, mildest));
    result.maximum = fromMillionths(contribution(factor, harshest));
    const auto chosenAnswer = chosen(method, factor, answers);
    if (!chosenAnswer)
        return result;
    result.answer = chosenAnswer->text;
    result.points = chosenAnswer->points;
    result.unknown = chosenAnswer->unknown;
    result.contribution = fromMillionths(contribution(factor, result.points));
    return result;
}

std::int64_t levelInMatrix(const TierMethod &method, const std::map<std::string, Millionths> &axes,
                           TierComputation &computation)
{
    for (const auto &axis : method.axes) {
        const auto found = axes.find(axis.id);
        const auto score = found == axes.end() ? 0 : found->second;
        computation.axes.push_back({axis.id, axis.title, fromMillionths(score), bandFor(axis, score).id});
    }
    const auto cell = std::ranges::find_if(method.matrix, [&](const MatrixCell &candidate) {
        return candidate.row == computation.axes[0].band && candidate.column == computation.axes[1].band;
    });
    return cell->level;
}

bool holds(const TierRule &rule, const std::vector<TierAnswer> &answers)
{
    const auto met = [&](const TierCondition &condition) {
        const auto given = std::ranges::find(answers, condition.factor, &TierAnswer::factor);
        return given != answers.end() && condition.answers.contains(given->answer);
    };
    return rule.match == RuleMatch::all ? std::ranges::all_of(rule.when, met) : std::ranges::any_of(rule.when, met);
}

/// The first rule that holds counts.
void applyRules(const TierMethod &method, const std::vector<TierAnswer> &answers, TierComputation &computation)
{
    const auto rule =
        std::ranges::find_if(method.rules, [&](const TierRule &candidate) { return holds(candidate, answers); });
    if (rule == method.rules.end())
        return;
    computation.rule = rule->id;
    computation.ruleTitle = rule->title;
    computation.level = rule->effect == RuleEffect::set ? rule->level : std::min(computation.level, rule->level);
}

} // namespace

Millionths millionths(double value)
{
    return std::llround(value * scale);
}

double fromMillionths(Millionths value)
{
    return static_cast<double>(value) / scale;
}

Millionths contribution(const TierFactor &factor, double points)
{
    return millionths(factor.weight * points);
}

Millionths contribution(const TierFactor &factor, const TierAnswerOption &answer)
{
    return contribution(factor, answer.points);
}

std::optional<double> unknownPoints(const TierMethod &method, const TierFactor &factor)
{
    switch (method.unknown) {
    case UnknownRule::refuse:
        break;
    case UnknownRule::harshest:
        return std::ranges::max(factor.answers, {}, &TierAnswerOption::points).points;
    case UnknownRule::points:
        return method.unknownPoints;
    }
    return std::nullopt;
}

const TierLevel &tierFor(const std::vector<TierLevel> &tiers, Millionths score)
{
    return firstReached(tiers, score, &TierLevel::minimumScore);
}

const AxisBand &bandFor(const TierAxis &axis, Millionths score)
{
    return firstReached(axis.bands, score, &AxisBand::minimum);
}

std::set<Millionths> reachableScores(const TierMethod &method, const std::set<std::string> &without)
{
    return scoresOf(method, {}, AxisScore::sum, without);
}

std::set<Millionths> reachableScores(const TierMethod &method, const TierAxis &axis,
                                     const std::set<std::string> &without)
{
    return scoresOf(method, axis.id, axis.score, without);
}

TierComputation computeTier(const PolicyPack &pack, const std::vector<TierAnswer> &answers)
{
    const auto &method = pack.tierMethod;
    for (const auto &answer : answers)
        if (std::ranges::find(method.factors, answer.factor, &TierFactor::id) == method.factors.end())
            throw Exception(ErrorCode::InvalidInput, "The tier method has no factor \"" + answer.factor + "\".",
                            "Assess the model anew with the method in force.");
    TierComputation computation;
    computation.complete = true;
    Millionths score = 0;
    std::map<std::string, Millionths> axes;
    for (const auto &factor : method.factors) {
        auto result = resultFor(method, factor, answers);
        computation.complete = computation.complete && !result.answer.empty();
        computation.provisional = computation.provisional || result.unknown;
        const auto counted = contribution(factor, result.points);
        score += counted;
        if (!factor.axis.empty()) {
            const auto axis = std::ranges::find(method.axes, factor.axis, &TierAxis::id);
            auto &sum = axes[factor.axis];
            sum = axis->score == AxisScore::maximum ? std::max(sum, counted) : sum + counted;
        }
        computation.factors.push_back(std::move(result));
    }
    computation.score = fromMillionths(score);
    computation.level = method.kind == TierMethodKind::riskMatrix ? levelInMatrix(method, axes, computation)
                                                                  : tierFor(pack.tiers, score).level;
    computation.scoredLevel = computation.level;
    applyRules(method, answers, computation);
    return computation;
}

bool isProvisional(const TierAssessment &assessment)
{
    return std::ranges::find(assessment.answers, unknownAnswer, &TierAnswer::answer) != assessment.answers.end();
}

std::optional<CostAnswer> costAnswer(const TierMethod &method, const TierFactor &factor, const CostEstimate &estimate)
{
    if (std::ranges::none_of(factor.answers,
                             [](const TierAnswerOption &answer) { return answer.fromCost.has_value(); }))
        return std::nullopt;
    CostAnswer derived;
    derived.otherUnit = !sameName(method.costUnit, estimate.unit);
    if (derived.otherUnit)
        return derived;
    for (const auto &answer : factor.answers)
        if (answer.fromCost && estimate.perYear() >= *answer.fromCost &&
            (!derived.answer || *answer.fromCost >= *derived.answer->fromCost))
            derived.answer = &answer;
    return derived;
}

} // namespace countersign
