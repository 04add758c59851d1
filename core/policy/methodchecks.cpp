// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tier method of a pack, and whether its scores, bands and tiers fit together.
#include "core/policy/packshape.h"
#include "core/policy/scoring.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

bool isPoints(double points)
{
    return points >= 0 && points <= 100;
}

class MethodChecker
{
public:
    MethodChecker(const PolicyPack &pack, PackFaults &faults)
        : m_method(pack.tierMethod)
        , m_pack(pack)
        , m_faults(faults)
    {
    }

    void identity()
    {
        requireText(m_faults, m_method.id, "tierMethod.id");
        requireText(m_faults, m_method.title, "tierMethod.title");
        if (m_method.version < 1)
            m_faults.add("tierMethod.version", "versions count from 1.");
        if (m_method.unknown == UnknownRule::points ? !isPoints(m_method.unknownPoints) : m_method.unknownPoints != 0)
            m_faults.add("tierMethod.unknownPoints", "points of an unknown answer are 0 to 100, and go with the rule "
                                                     "\"points\" only.");
        const bool fromCost = std::ranges::any_of(m_method.factors, [](const TierFactor &factor) {
            return std::ranges::any_of(factor.answers,
                                       [](const TierAnswerOption &answer) { return answer.fromCost.has_value(); });
        });
        if (fromCost == m_method.costUnit.empty())
            m_faults.add("tierMethod.costUnit", fromCost
                                                    ? "an answer follows from a cost: say in which unit, as \"EUR\"."
                                                    : "no answer follows from a cost, so that there is no unit.");
    }

    void factors()
    {
        if (m_method.factors.empty())
            m_faults.add("tierMethod.factors", "a method needs at least one factor.");
        UniqueIds ids(m_faults);
        double weights = 0;
        for (std::size_t i = 0; i < m_method.factors.size(); ++i) {
            factor(m_method.factors[i], placeIn("tierMethod.factors", i), ids);
            weights += m_method.factors[i].weight;
        }
        constexpr double tolerance = 1e-9;
        if (m_method.kind == TierMethodKind::weightedScorecard && !m_method.factors.empty() &&
            !(std::fabs(weights - 1) <= tolerance))
            m_faults.add("tierMethod.factors", "the weights add up to " + decimalFromDouble(weights) + ", not to 1.");
    }

    void axes()
    {
        const bool matrix = m_method.kind == TierMethodKind::riskMatrix;
        if (matrix ? m_method.axes.size() != 2 : !m_method.axes.empty())
            m_faults.add("tierMethod.axes", "a risk matrix has two axes, a scorecard has none.");
        if (!matrix && !m_method.matrix.empty())
            m_faults.add("tierMethod.matrix", "a scorecard has no matrix.");
        UniqueIds ids(m_faults);
        for (std::size_t i = 0; i < m_method.axes.size(); ++i) {
            const auto &axis = m_method.axes[i];
            const auto path = placeIn("tierMethod.axes", i);
            ids.add(axis.id, path + ".id");
            requireText(m_faults, axis.title, path + ".title");
            if (std::ranges::find(m_method.factors, axis.id, &TierFactor::axis) == m_method.factors.end())
                m_faults.add(path + ".id", "no factor counts on this axis.");
            bands(axis, path + ".bands");
        }
    }

    void matrix()
    {
        if (m_method.kind != TierMethodKind::riskMatrix || m_method.axes.size() != 2)
            return;
        std::set<std::pair<std::string, std::string>> cells;
        for (std::size_t i = 0; i < m_method.matrix.size(); ++i) {
            const auto &[row, column, level] = m_method.matrix[i];
            const auto path = placeIn("tierMethod.matrix", i);
            if (!hasBand(m_method.axes[0], row))
                m_faults.add(path + ".row", "the first axis has no band \"" + row + "\".");
            if (!hasBand(m_method.axes[1], column))
                m_faults.add(path + ".column", "the second axis has no band \"" + column + "\".");
            if (!cells.emplace(row, column).second)
                m_faults.add(path, "the cell of \"" + row + "\" and \"" + column + "\" is there twice: an overlap.");
            requireTiers(m_faults, m_pack, {level}, path + ".level");
        }
        for (const auto &row : m_method.axes[0].bands)
            for (const auto &column : m_method.axes[1].bands)
                if (!cells.contains({row.id, column.id}))
                    m_faults.add("tierMethod.matrix",
                                 "the cell of \"" + row.id + "\" and \"" + column.id + "\" is missing: a gap.");
    }

    void rules()
    {
        UniqueIds ids(m_faults);
        for (std::size_t i = 0; i < m_method.rules.size(); ++i) {
            const auto &rule = m_method.rules[i];
            const auto path = placeIn("tierMethod.rules", i);
            ids.add(rule.id, path + ".id");
            requireText(m_faults, rule.title, path + ".title");
            requireTiers(m_faults, m_pack, {rule.level}, path + ".level");
            if (rule.when.empty())
                m_faults.add(path + ".when", "a rule needs a condition.");
            for (std::size_t j = 0; j < rule.when.size(); ++j)
                condition(rule.when[j], placeIn(path + ".when", j));
        }
    }

private:
    void factor(const TierFactor &factor, const std::string &path, UniqueIds &ids)
    {
        ids.add(factor.id, path + ".id");
        requireText(m_faults, factor.question, path + ".question");
        if (!(factor.weight > 0 && factor.weight <= 1))
            m_faults.add(path + ".weight", "a weight is more than 0 and at most 1.");
        else if (m_method.kind != TierMethodKind::weightedScorecard && factor.weight < 1)
            m_faults.add(path + ".weight", "only a weighted scorecard has weights.");
        const bool onAxis = std::ranges::find(m_method.axes, factor.axis, &TierAxis::id) != m_method.axes.end();
        if (m_method.kind == TierMethodKind::riskMatrix ? !onAxis : !factor.axis.empty())
            m_faults.add(path + ".axis", "\"" + factor.axis + "\" is not an axis of this method.");
        if (factor.answers.size() < 2)
            m_faults.add(path + ".answers", "a factor needs at least two answers.");
        UniqueIds answers(m_faults);
        for (std::size_t j = 0; j < factor.answers.size(); ++j) {
            const auto &answer = factor.answers[j];
            const auto place = placeIn(path + ".answers", j);
            answers.add(answer.id, place + ".id");
            requireText(m_faults, answer.text, place + ".text");
            if (!isPoints(answer.points))
                m_faults.add(place + ".points", "points are 0 to 100.");
            if (answer.fromCost && !(*answer.fromCost >= 0 && std::isfinite(*answer.fromCost)))
                m_faults.add(place + ".fromCost", "a cost is a number, not less than 0.");
        }
    }

    static bool hasBand(const TierAxis &axis, const std::string &id)
    {
        return std::ranges::find(axis.bands, id, &AxisBand::id) != axis.bands.end();
    }

    void bands(const TierAxis &axis, const std::string &path)
    {
        if (axis.bands.empty())
            m_faults.add(path, "an axis needs at least one band.");
        UniqueIds ids(m_faults);
        for (std::size_t i = 0; i < axis.bands.size(); ++i) {
            const auto &band = axis.bands[i];
            const auto place = placeIn(path, i);
            ids.add(band.id, place + ".id");
            requireText(m_faults, band.label, place + ".label");
            if (!std::isfinite(band.minimum))
                m_faults.add(place + ".minimum", "a score is a number.");
            else if (i > 0 && !(band.minimum < axis.bands[i - 1].minimum))
                m_faults.add(place + ".minimum",
                             "it must be lower than that of the harsher band before it: the two overlap.");
        }
    }

    void condition(const TierCondition &condition, const std::string &path)
    {
        const auto factor = std::ranges::find(m_method.factors, condition.factor, &TierFactor::id);
        if (factor == m_method.factors.end()) {
            m_faults.add(path + ".factor", "there is no factor \"" + condition.factor + "\".");
            return;
        }
        if (condition.answers.empty())
            m_faults.add(path + ".answers", "a condition names at least one answer.");
        for (const auto &answer : condition.answers)
            if (std::ranges::find(factor->answers, answer, &TierAnswerOption::id) == factor->answers.end())
                m_faults.add(path + ".answers", "the factor has no answer \"" + answer + "\".");
    }

    const TierMethod &m_method;
    const PolicyPack &m_pack;
    PackFaults &m_faults;
};

std::string range(const std::set<Millionths> &scores)
{
    return decimalFromDouble(fromMillionths(*scores.begin())) + " to " +
           decimalFromDouble(fromMillionths(*scores.rbegin()));
}

std::string tooLow(Millionths lowest, const char *what)
{
    return "scores down to " + decimalFromDouble(fromMillionths(lowest)) + " are possible and would belong to no " +
           what + ": a gap.";
}

/// The bands of an axis that some combination of answers reaches.
std::set<std::string> reachedBands(const TierMethod &method, const TierAxis &axis, const std::string &path,
                                   PackFaults &faults)
{
    const auto scores = reachableScores(method, axis);
    const auto last = placeIn(path, axis.bands.size() - 1) + ".minimum";
    if (*scores.begin() < millionths(axis.bands.back().minimum))
        faults.add(last, tooLow(*scores.begin(), "band"));
    std::set<std::string> reached;
    for (const auto score : scores)
        reached.insert(bandFor(axis, score).id);
    for (std::size_t i = 0; i < axis.bands.size(); ++i)
        if (!reached.contains(axis.bands[i].id))
            faults.add(placeIn(path, i) + ".minimum",
                       "no combination of answers reaches this band; scores run from " + range(scores) + ".");
    return reached;
}

/// What the rules of a method can do, tried on every combination of answers of the factors that they name.
class RuleTrial
{
public:
    explicit RuleTrial(const TierMethod &method)
        : m_method(method)
        , m_held(method.rules.size(), false)
        , m_counted(method.rules.size(), false)
        , m_before(method.rules.size())
    {
        std::set<std::string> named;
        for (const auto &rule : method.rules)
            for (const auto &condition : rule.when)
                named.insert(condition.factor);
        for (const auto &factor : method.factors)
            if (named.contains(factor.id)) {
                m_factors.push_back(&factor);
                m_possible = m_combinations * factor.answers.size() <= mostCombinations;
                if (!m_possible)
                    return;
                m_combinations *= factor.answers.size();
            }
        for (std::size_t i = 0; i < m_combinations; ++i)
            tryOut(i);
    }

    /// Else there are too many combinations, and nothing is claimed.
    [[nodiscard]] bool possible() const { return m_possible; }
    [[nodiscard]] bool everHolds(std::size_t rule) const { return m_held[rule]; }
    [[nodiscard]] bool everCounts(std::size_t rule) const { return m_counted[rule]; }
    /// The rules that counted in place of one that held.
    [[nodiscard]] const std::set<std::size_t> &before(std::size_t rule) const { return m_before[rule]; }

private:
    static constexpr std::size_t mostCombinations = 200'000;

    void tryOut(std::size_t combination)
    {
        std::map<std::string, std::string> chosen;
        for (const auto *factor : m_factors) {
            chosen[factor->id] = factor->answers[combination % factor->answers.size()].id;
            combination /= factor->answers.size();
        }
        std::optional<std::size_t> first;
        for (std::size_t i = 0; i < m_method.rules.size(); ++i) {
            const auto &rule = m_method.rules[i];
            const auto met = [&](const TierCondition &condition) {
                return condition.answers.contains(chosen.at(condition.factor));
            };
            if (!(rule.match == RuleMatch::all ? std::ranges::all_of(rule.when, met)
                                               : std::ranges::any_of(rule.when, met)))
                continue;
            if (!first)
                first = i;
            m_held[i] = true;
            if (*first == i)
                m_counted[i] = true;
            else
                m_before[i].insert(*first);
        }
    }

    const TierMethod &m_method;
    std::vector<const TierFactor *> m_factors;
    std::size_t m_combinations = 1;
    bool m_possible = true;
    std::vector<bool> m_held;
    std::vector<bool> m_counted;
    std::vector<std::set<std::size_t>> m_before;
};

/// The levels that rules give; rules that never count are named.
std::set<std::int64_t> levelsOfRules(const PolicyPack &pack, PackFaults &faults)
{
    const auto &rules = pack.tierMethod.rules;
    const RuleTrial trial(pack.tierMethod);
    std::set<std::int64_t> levels;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto path = placeIn("tierMethod.rules", i);
        if (trial.possible() && !trial.everHolds(i)) {
            faults.add(path + ".when", "its conditions contradict each other: the rule never holds.");
        } else if (trial.possible() && !trial.everCounts(i)) {
            std::string before;
            for (const auto rule : trial.before(i))
                before += (before.empty() ? "\"" : ", \"") + rules[rule].id + "\"";
            faults.add(path + ".when",
                       "the rule never counts: whenever it holds, an earlier one does (" + before + ").");
        } else if (rules[i].effect == RuleEffect::noMilderThan && rules[i].level == pack.tiers.back().level) {
            faults.add(path + ".level", "no tier is milder than this one, so that the rule changes nothing.");
        } else {
            levels.insert(rules[i].level);
        }
    }
    return levels;
}

std::set<std::int64_t> levelsOfMatrix(const TierMethod &method, PackFaults &faults)
{
    const auto rows = reachedBands(method, method.axes[0], "tierMethod.axes[0].bands", faults);
    const auto columns = reachedBands(method, method.axes[1], "tierMethod.axes[1].bands", faults);
    std::set<std::int64_t> levels;
    for (const auto &cell : method.matrix)
        if (rows.contains(cell.row) && columns.contains(cell.column))
            levels.insert(cell.level);
    return levels;
}

std::set<std::int64_t> levelsOfScores(const PolicyPack &pack, const std::set<Millionths> &scores, PackFaults &faults)
{
    if (*scores.begin() < millionths(pack.tiers.back().minimumScore))
        faults.add(placeIn("tiers", pack.tiers.size() - 1) + ".minimumScore", tooLow(*scores.begin(), "tier"));
    std::set<std::int64_t> levels;
    for (const auto score : scores)
        levels.insert(tierFor(pack.tiers, score).level);
    return levels;
}

} // namespace

void checkTierMethod(const PolicyPack &pack, PackFaults &faults)
{
    MethodChecker checker(pack, faults);
    checker.identity();
    checker.factors();
    checker.axes();
    checker.matrix();
    checker.rules();
}

void checkReachability(const PolicyPack &pack, PackFaults &faults)
{
    const auto unsound = [](const PolicyFault &fault) {
        return fault.path.starts_with("tierMethod") || fault.path.starts_with("tiers");
    };
    if (pack.tiers.empty() || std::ranges::any_of(faults.all(), unsound))
        return;
    const auto &method = pack.tierMethod;
    std::string where;
    std::set<std::int64_t> reached;
    if (method.kind == TierMethodKind::riskMatrix) {
        reached = levelsOfMatrix(method, faults);
    } else {
        const auto scores = reachableScores(method);
        where = "; scores run from " + range(scores);
        reached = levelsOfScores(pack, scores, faults);
    }
    reached.merge(levelsOfRules(pack, faults));
    for (std::size_t i = 0; i < pack.tiers.size(); ++i)
        if (!reached.contains(pack.tiers[i].level))
            faults.add(placeIn("tiers", i) + (where.empty() ? ".level" : ".minimumScore"),
                       "no combination of answers reaches this tier" + where + ".");
}

} // namespace countersign
