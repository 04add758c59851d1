// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which bands, rules and tiers of a method some combination of answers reaches.
#include "core/policy/packshape.h"
#include "core/policy/scoring.h"

#include <algorithm>
#include <array>
#include <limits>

namespace countersign {

namespace {

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

/// What the answers to the factors that rules name add up to: the score, or that of each axis.
using PartScores = std::array<Millionths, 2>;

/// What the rules of a method do, tried on every combination of answers of the factors that they name.
class RuleTrial
{
public:
    explicit RuleTrial(const TierMethod &method)
        : m_method(method)
        , m_parts(method.rules.size() + 1)
        , m_held(method.rules.size(), false)
        , m_before(method.rules.size())
    {
        for (const auto &rule : method.rules)
            for (const auto &condition : rule.when)
                m_named.insert(condition.factor);
        for (const auto &factor : method.factors) {
            if (!m_named.contains(factor.id))
                continue;
            m_factors.push_back({factor, {}});
            auto &choices = m_factors.back().choices;
            for (const auto &answer : factor.answers)
                choices.push_back({answer.id, contribution(factor, answer)});
            if (const auto unknown = unknownPoints(method, factor))
                choices.push_back({std::string(unknownAnswer), contribution(factor, *unknown)});
            m_possible = m_combinations * choices.size() <= mostCombinations;
            if (!m_possible)
                return;
            m_combinations *= choices.size();
        }
        for (std::size_t i = 0; i < m_combinations; ++i)
            tryOut(i);
    }

    /// Else there are too many combinations, and nothing is claimed.
    [[nodiscard]] bool possible() const { return m_possible; }
    [[nodiscard]] bool everHolds(std::size_t rule) const { return m_held[rule]; }
    [[nodiscard]] bool everCounts(std::size_t rule) const { return !m_parts[rule].empty(); }
    /// The rules that counted in place of one that held.
    [[nodiscard]] const std::set<std::size_t> &before(std::size_t rule) const { return m_before[rule]; }

    [[nodiscard]] const std::set<std::string> &factors() const { return m_named; }
    /// Of the combinations in which that rule counts; of the number of rules: those in which none does.
    [[nodiscard]] const std::set<PartScores> &parts(std::size_t rule) const { return m_parts[rule]; }

private:
    static constexpr std::size_t mostCombinations = 200'000;

    struct Choice
    {
        std::string answer;
        Millionths counts;
    };
    struct NamedFactor
    {
        const TierFactor &factor;
        std::vector<Choice> choices;
    };

    void tryOut(std::size_t combination)
    {
        std::map<std::string, std::string> chosen;
        PartScores part{};
        for (const auto &[factor, choices] : m_factors) {
            const auto &choice = choices[combination % choices.size()];
            combination /= choices.size();
            chosen[factor.id] = choice.answer;
            count(factor, choice.counts, part);
        }
        std::optional<std::size_t> first;
        for (std::size_t i = 0; i < m_method.rules.size(); ++i) {
            if (!holds(m_method.rules[i], chosen))
                continue;
            m_held[i] = true;
            if (first)
                m_before[i].insert(*first);
            else
                first = i;
        }
        m_parts[first.value_or(m_method.rules.size())].insert(part);
    }

    void count(const TierFactor &factor, Millionths counts, PartScores &part) const
    {
        if (m_method.kind != TierMethodKind::riskMatrix) {
            part[0] += counts;
            return;
        }
        for (std::size_t i = 0; i < part.size(); ++i)
            if (m_method.axes[i].id == factor.axis)
                part[i] = m_method.axes[i].score == AxisScore::maximum ? std::max(part[i], counts) : part[i] + counts;
    }

    static bool holds(const TierRule &rule, const std::map<std::string, std::string> &chosen)
    {
        const auto met = [&](const TierCondition &condition) {
            return condition.answers.contains(chosen.at(condition.factor));
        };
        return rule.match == RuleMatch::all ? std::ranges::all_of(rule.when, met) : std::ranges::any_of(rule.when, met);
    }

    const TierMethod &m_method;
    std::set<std::string> m_named;
    std::vector<NamedFactor> m_factors;
    std::size_t m_combinations = 1;
    bool m_possible = true;
    std::vector<std::set<PartScores>> m_parts;
    std::vector<bool> m_held;
    std::vector<std::set<std::size_t>> m_before;
};

/// The places in `steps` (tiers or bands, the harshest first) that `part` joined with any of `others` comes to.
template <class T>
std::set<std::size_t> reachedSteps(const std::vector<T> &steps, double T::*minimum, Millionths part,
                                   const std::set<Millionths> &others, AxisScore how)
{
    std::set<std::size_t> reached;
    auto below = std::numeric_limits<Millionths>::max();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool last = i + 1 == steps.size();
        const auto from = last ? std::numeric_limits<Millionths>::min() : millionths(steps[i].*minimum);
        const auto anyIn = [&](Millionths low, Millionths high) {
            const auto found = others.lower_bound(low);
            return found != others.end() && *found < high;
        };
        const auto lowest = std::numeric_limits<Millionths>::min();
        const auto highest = std::numeric_limits<Millionths>::max();
        const bool any = how == AxisScore::maximum
                             ? part < below && anyIn(part >= from ? lowest : from, below)
                             : anyIn(last ? lowest : from - part, below == highest ? highest : below - part);
        if (any)
            reached.insert(i);
        below = from;
    }
    return reached;
}

/// The tiers that a method gives, by its scores and its rules together.
class ReachedLevels
{
public:
    ReachedLevels(const PolicyPack &pack, const RuleTrial &trial)
        : m_pack(pack)
        , m_method(pack.tierMethod)
        , m_trial(trial)
    {
        if (m_method.kind != TierMethodKind::riskMatrix) {
            m_others[0] = reachableScores(m_method, trial.factors());
            return;
        }
        for (std::size_t i = 0; i < m_others.size(); ++i)
            m_others[i] = reachableScores(m_method, m_method.axes[i], trial.factors());
    }

    [[nodiscard]] std::set<std::int64_t> all() const
    {
        std::set<std::int64_t> levels;
        for (std::size_t i = 0; i < m_method.rules.size(); ++i) {
            const auto &rule = m_method.rules[i];
            for (const auto level : byScore(m_trial.parts(i)))
                levels.insert(rule.effect == RuleEffect::set ? rule.level : std::min(level, rule.level));
        }
        levels.merge(byScore(m_trial.parts(m_method.rules.size())));
        return levels;
    }

private:
    [[nodiscard]] std::set<std::int64_t> byScore(const std::set<PartScores> &parts) const
    {
        std::set<std::int64_t> levels;
        for (const auto &part : parts)
            levels.merge(m_method.kind == TierMethodKind::riskMatrix ? inMatrix(part) : inTiers(part[0]));
        return levels;
    }

    [[nodiscard]] std::set<std::int64_t> inTiers(Millionths part) const
    {
        std::set<std::int64_t> levels;
        for (const auto place : reachedSteps(m_pack.tiers, &TierLevel::minimumScore, part, m_others[0], AxisScore::sum))
            levels.insert(m_pack.tiers[place].level);
        return levels;
    }

    [[nodiscard]] std::set<std::int64_t> inMatrix(const PartScores &part) const
    {
        std::array<std::set<std::string>, 2> bands;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            const auto &axis = m_method.axes[i];
            for (const auto place : reachedSteps(axis.bands, &AxisBand::minimum, part[i], m_others[i], axis.score))
                bands[i].insert(axis.bands[place].id);
        }
        std::set<std::int64_t> levels;
        for (const auto &cell : m_method.matrix)
            if (bands[0].contains(cell.row) && bands[1].contains(cell.column))
                levels.insert(cell.level);
        return levels;
    }

    const PolicyPack &m_pack;
    const TierMethod &m_method;
    const RuleTrial &m_trial;
    std::array<std::set<Millionths>, 2> m_others; ///< of the factors that no rule names
};

/// Names the bands of an axis that no combination of answers reaches; returns the others.
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

/// Rules that never count or change nothing are named; returns the levels of the others.
std::set<std::int64_t> levelsOfRules(const PolicyPack &pack, const RuleTrial &trial, PackFaults &faults)
{
    const auto &rules = pack.tierMethod.rules;
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

void checkReachability(const PolicyPack &pack, PackFaults &faults)
{
    const auto unsound = [](const PolicyFault &fault) {
        return fault.path.starts_with("tierMethod") || fault.path.starts_with("tiers");
    };
    if (pack.tiers.empty() || std::ranges::any_of(faults.all(), unsound))
        return;
    const auto &method = pack.tierMethod;
    std::string where;
    std::set<std::int64_t> apart; // by scores and rules as if any score could meet any rule
    if (method.kind == TierMethodKind::riskMatrix) {
        apart = levelsOfMatrix(method, faults);
    } else {
        const auto scores = reachableScores(method);
        where = "; scores run from " + range(scores);
        apart = levelsOfScores(pack, scores, faults);
    }
    const RuleTrial trial(method);
    apart.merge(levelsOfRules(pack, trial, faults));
    const auto reached = trial.possible() ? ReachedLevels(pack, trial).all() : apart;
    for (std::size_t i = 0; i < pack.tiers.size(); ++i) {
        const auto level = pack.tiers[i].level;
        if (reached.contains(level))
            continue;
        faults.add(placeIn("tiers", i) + (where.empty() ? ".level" : ".minimumScore"),
                   apart.contains(level) ? "no combination of answers reaches this tier: wherever the score or a rule "
                                           "would give it, the other gives a different one."
                                         : "no combination of answers reaches this tier" + where + ".");
    }
}

} // namespace countersign
