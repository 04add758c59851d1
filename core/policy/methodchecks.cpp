// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tier method of a pack: whether its parts are sound and fit together.
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

} // namespace countersign
