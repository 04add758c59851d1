// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/rules.h"
#include "core/policy/scoring.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr double scale = 1e6;
constexpr std::size_t mostScores = 100'000;

/// The text chosen for a factor, or nothing when it is unanswered. Throws for an answer that the factor does not offer.
const TierAnswerOption *chosen(const TierFactor &factor, const std::vector<TierAnswer> &answers)
{
    const auto given = std::ranges::find(answers, factor.id, &TierAnswer::factor);
    if (given == answers.end() || given->answer.empty())
        return nullptr;
    const auto option = std::ranges::find(factor.answers, given->answer, &TierAnswerOption::id);
    if (option == factor.answers.end())
        throw Exception(ErrorCode::InvalidInput,
                        "The tier method has no answer \"" + given->answer + "\" to \"" + factor.question + "\"",
                        "Choose one of the answers offered.");
    return &*option;
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

Millionths contribution(const TierFactor &factor, const TierAnswerOption &answer)
{
    return millionths(factor.weight * answer.points);
}

const TierLevel &tierFor(const std::vector<TierLevel> &tiers, Millionths score)
{
    const auto found =
        std::ranges::find_if(tiers, [&](const TierLevel &tier) { return score >= millionths(tier.minimumScore); });
    return found == tiers.end() ? tiers.back() : *found;
}

std::set<Millionths> reachableScores(const TierMethod &method)
{
    std::set<Millionths> scores{0};
    for (const auto &factor : method.factors) {
        std::set<Millionths> next;
        for (const auto score : scores)
            for (const auto &answer : factor.answers)
                next.insert(score + contribution(factor, answer));
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

TierComputation computeTier(const PolicyPack &pack, const std::vector<TierAnswer> &answers)
{
    for (const auto &answer : answers)
        if (std::ranges::find(pack.tierMethod.factors, answer.factor, &TierFactor::id) == pack.tierMethod.factors.end())
            throw Exception(ErrorCode::InvalidInput, "The tier method has no factor \"" + answer.factor + "\".",
                            "Assess the model anew with the method in force.");
    TierComputation computation;
    computation.complete = true;
    Millionths score = 0;
    for (const auto &factor : pack.tierMethod.factors) {
        FactorResult result;
        result.factor = factor.id;
        result.question = factor.question;
        result.weight = factor.weight;
        const auto [mildest, harshest] = std::ranges::minmax(factor.answers, {}, &TierAnswerOption::points);
        result.minimum = fromMillionths(contribution(factor, mildest));
        result.maximum = fromMillionths(contribution(factor, harshest));
        if (const auto *option = chosen(factor, answers)) {
            result.answer = option->text;
            result.points = option->points;
            result.contribution = fromMillionths(contribution(factor, *option));
            score += contribution(factor, *option);
        } else {
            computation.complete = false;
        }
        computation.factors.push_back(std::move(result));
    }
    computation.score = fromMillionths(score);
    computation.level = tierFor(pack.tiers, score).level;
    return computation;
}

} // namespace countersign
