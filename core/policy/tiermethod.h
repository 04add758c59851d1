// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a policy pack rates a model. Three methods: a weighted scorecard, a plain sum of points, and a risk matrix of two
// axes. Rules that override the computed tier come after, and what an unknown answer counts is stated.
#pragma once

#include "core/domain/governance.h"
#include "core/domain/operations.h"

namespace countersign {

struct TierAnswerOption
{
    std::string id;
    std::string text;
    double points = 0; ///< 0 to 100
    /// The answer follows where the estimated cost of a year reaches this, in TierMethod::costUnit; nothing: never.
    std::optional<double> fromCost = {};
};
BOOST_DESCRIBE_STRUCT(TierAnswerOption, (), (id, text, points, fromCost))

struct TierFactor
{
    std::string id;
    std::string question;
    std::string help;
    double weight = 1; ///< weighted scorecard: all weights add up to 1. Other methods: 1
    std::vector<TierAnswerOption> answers;
    std::string axis = {}; ///< risk matrix: id of the axis that the factor counts on; else empty
};
BOOST_DESCRIBE_STRUCT(TierFactor, (), (id, question, help, weight, answers, axis))

enum class TierMethodKind { weightedScorecard, scorecardSum, riskMatrix };
BOOST_DESCRIBE_ENUM(TierMethodKind, weightedScorecard, scorecardSum, riskMatrix)

/// What an answer "unknown" counts: it cannot be given, as the harshest answer, or a stated number of points. A tier
/// with an unknown answer is provisional.
enum class UnknownRule { refuse, harshest, points };
BOOST_DESCRIBE_ENUM(UnknownRule, refuse, harshest, points)

/// One step of an axis. Bands are listed from the harshest; a score belongs to the first whose minimum it reaches.
struct AxisBand
{
    std::string id;
    std::string label;
    double minimum = 0;
};
BOOST_DESCRIBE_STRUCT(AxisBand, (), (id, label, minimum))

/// How the factors of an axis make its score.
enum class AxisScore { sum, maximum };
BOOST_DESCRIBE_ENUM(AxisScore, sum, maximum)

struct TierAxis
{
    std::string id;
    std::string title;
    AxisScore score = AxisScore::sum;
    std::vector<AxisBand> bands;
};
BOOST_DESCRIBE_STRUCT(TierAxis, (), (id, title, score, bands))

/// The tier of one band of the first axis and one of the second.
struct MatrixCell
{
    std::string row;
    std::string column;
    std::int64_t level = 1;
};
BOOST_DESCRIBE_STRUCT(MatrixCell, (), (row, column, level))

struct TierCondition
{
    std::string factor;
    std::set<std::string> answers; ///< any of these
};
BOOST_DESCRIBE_STRUCT(TierCondition, (), (factor, answers))

enum class RuleMatch { all, any };
BOOST_DESCRIBE_ENUM(RuleMatch, all, any)

/// `set`: the tier is this one. `noMilderThan`: this one, unless the computed one is riskier.
enum class RuleEffect { set, noMilderThan };
BOOST_DESCRIBE_ENUM(RuleEffect, set, noMilderThan)

/// Goes before the score. The first rule whose conditions hold counts. An unknown answer meets no condition.
struct TierRule
{
    std::string id;
    std::string title;
    RuleMatch match = RuleMatch::all;
    std::vector<TierCondition> when;
    RuleEffect effect = RuleEffect::noMilderThan;
    std::int64_t level = 1;
};
BOOST_DESCRIBE_STRUCT(TierRule, (), (id, title, match, when, effect, level))

/// Weighted scorecard: score = sum over factors of weight x points of the chosen answer. Sum: the points alone. Each
/// product is rounded to a millionth, so that a score is the same on every machine; the tier is the first whose minimum
/// it reaches. Risk matrix: the factors of each axis make its score, its band follows, the cell says the tier.
struct TierMethod
{
    std::string id;
    std::int64_t version = 1;
    std::string title;
    TierMethodKind kind = TierMethodKind::weightedScorecard;
    std::vector<TierFactor> factors;
    UnknownRule unknown = UnknownRule::refuse;
    double unknownPoints = 0;            ///< with UnknownRule::points, 0 to 100
    std::vector<TierAxis> axes = {};     ///< risk matrix: two, else none
    std::vector<MatrixCell> matrix = {}; ///< risk matrix: each pair of bands once
    std::vector<TierRule> rules = {};    ///< in order
    std::string costUnit = {};           ///< of every `fromCost`, as CostEstimate::unit; empty: no answer has one
};
BOOST_DESCRIBE_STRUCT(TierMethod, (),
                      (id, version, title, kind, factors, unknown, unknownPoints, axes, matrix, rules, costUnit))

/// What an estimated cost says about one factor.
struct CostAnswer
{
    /// Of the answers that the cost of a year reaches, the dearest. Null: none, or the amounts are in another unit and
    /// cannot be compared, so that the answer is not known.
    const TierAnswerOption *answer = nullptr;
    bool otherUnit = false;
};
/// Nothing for a factor of which no answer follows from a cost. Pointers into `factor`.
[[nodiscard]] std::optional<CostAnswer> costAnswer(const TierMethod &method, const TierFactor &factor,
                                                   const CostEstimate &estimate);

/// The id of the answer "unknown", wherever the method allows it.
inline constexpr std::string_view unknownAnswer = "unknown";

/// A tier is provisional while an answer is unknown.
[[nodiscard]] bool isProvisional(const TierAssessment &assessment);

} // namespace countersign
