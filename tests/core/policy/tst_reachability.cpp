// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/policy/builtinpacks.h"
#include "core/policy/packshape.h"
#include "core/policy/rules.h"

#include <algorithm>
#include <random>

using namespace countersign;

namespace {

/// Small methods of all kinds, so that every combination of answers can be tried.
class MadeUpMethods
{
public:
    explicit MadeUpMethods(unsigned seed)
        : m_random(seed)
    {
    }

    PolicyPack next()
    {
        auto pack = m_shipped;
        auto &method = pack.tierMethod;
        method = {};
        method.id = "made-up";
        method.kind = static_cast<TierMethodKind>(below(3));
        method.unknown = static_cast<UnknownRule>(below(3));
        method.unknownPoints = method.unknown == UnknownRule::points ? 10.0 * below(11) : 0;
        for (int i = 0; i < 3; ++i)
            method.factors.push_back(factor(i));
        if (method.kind == TierMethodKind::riskMatrix)
            matrix(method, pack.tiers.size());
        const int rules = below(4);
        for (int i = 0; i < rules; ++i)
            method.rules.push_back(rule(method, i, pack.tiers.size()));
        return pack;
    }

private:
    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }
    std::int64_t level(std::size_t tiers) { return 1 + below(static_cast<int>(tiers)); }

    TierFactor factor(int number)
    {
        TierFactor made;
        made.id = std::string(1, static_cast<char>('a' + number));
        made.weight = 0.25 * (1 + below(4));
        const int answers = 2 + below(2);
        for (int i = 0; i < answers; ++i) {
            TierAnswerOption answer;
            answer.id = made.id + std::to_string(i);
            answer.points = 10.0 * below(11);
            made.answers.push_back(answer);
        }
        return made;
    }

    void matrix(TierMethod &method, std::size_t tiers)
    {
        for (std::size_t i = 0; i < 2; ++i) {
            TierAxis axis;
            axis.id = i == 0 ? "rows" : "columns";
            axis.score = static_cast<AxisScore>(below(2));
            axis.bands = {{"high", "High", 20.0 + 10 * below(8)}, {"low", "Low", 0}};
            method.axes.push_back(axis);
        }
        for (auto &factor : method.factors)
            factor.axis = method.axes[static_cast<std::size_t>(below(2))].id;
        for (const auto &row : method.axes[0].bands)
            for (const auto &column : method.axes[1].bands)
                method.matrix.push_back({row.id, column.id, level(tiers)});
    }

    TierRule rule(const TierMethod &method, int number, std::size_t tiers)
    {
        TierRule made;
        made.id = "rule" + std::to_string(number);
        made.match = static_cast<RuleMatch>(below(2));
        made.effect = static_cast<RuleEffect>(below(2));
        made.level = level(tiers);
        const int conditions = 1 + below(2);
        for (int i = 0; i < conditions; ++i) {
            const auto &factor = method.factors[static_cast<std::size_t>(below(3))];
            TierCondition condition{factor.id, {}};
            const int answers = 1 + below(2);
            for (int k = 0; k < answers; ++k)
                condition.answers.insert(
                    factor.answers[static_cast<std::size_t>(below(static_cast<int>(factor.answers.size())))].id);
            made.when.push_back(condition);
        }
        return made;
    }

    PolicyPack m_shipped = parsePolicyPack(builtInPolicyPack());
    std::mt19937 m_random;
};

std::set<std::int64_t> levelsByTrying(const PolicyPack &pack)
{
    std::vector<std::vector<TierAnswer>> all{{}};
    for (const auto &factor : pack.tierMethod.factors) {
        std::vector<std::vector<TierAnswer>> longer;
        for (const auto &answers : all) {
            auto with = [&](const std::string &answer) {
                longer.push_back(answers);
                longer.back().push_back({factor.id, answer});
            };
            for (const auto &answer : factor.answers)
                with(answer.id);
            if (pack.tierMethod.unknown != UnknownRule::refuse)
                with(std::string(unknownAnswer));
        }
        all = std::move(longer);
    }
    std::set<std::int64_t> levels;
    for (const auto &answers : all)
        levels.insert(computeTier(pack, answers).level);
    return levels;
}

std::set<std::int64_t> levelsNotFaulted(const PolicyPack &pack)
{
    PackFaults faults;
    checkReachability(pack, faults);
    std::set<std::int64_t> levels;
    for (std::size_t i = 0; i < pack.tiers.size(); ++i) {
        const auto place = placeIn("tiers", i);
        if (std::ranges::none_of(faults.all(), [&](const PolicyFault &fault) {
                return fault.path.starts_with(place) && fault.what.find("reaches this tier") != std::string::npos;
            }))
            levels.insert(pack.tiers[i].level);
    }
    return levels;
}

} // namespace

class TestReachability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tiersOutOfReachAreThoseThatNoAnswersGive()
    {
        MadeUpMethods methods(20261130);
        int unreachable = 0;
        for (int i = 0; i < 3000; ++i) {
            const auto pack = methods.next();
            const auto expected = levelsByTrying(pack);
            const auto found = levelsNotFaulted(pack);
            QVERIFY2(found == expected, qPrintable(QStringLiteral("method %1").arg(i)));
            unreachable += expected.size() < pack.tiers.size() ? 1 : 0;
        }
        QVERIFY(unreachable > 300 && unreachable < 2700);
    }

    void aRuleThatTakesAllAnswersOfATierIsNamed()
    {
        auto pack = parsePolicyPack(builtInPolicyPack());
        auto &method = pack.tierMethod;
        method.kind = TierMethodKind::scorecardSum;
        method.rules.clear();
        method.factors.resize(1);
        auto &factor = method.factors[0];
        factor.weight = 1;
        factor.answers = {{"none", "None", 0, {}}, {"some", "Some", 50, {}}, {"much", "Much", 100, {}}};
        pack.tiers.resize(3);
        for (std::size_t i = 0; i < 3; ++i) {
            pack.tiers[i].level = static_cast<std::int64_t>(i) + 1;
            pack.tiers[i].minimumScore = std::vector<double>{80, 40, 0}[i];
        }
        QCOMPARE(levelsNotFaulted(pack), (std::set<std::int64_t>{1, 2, 3}));
        method.rules.push_back({"small", "Small", RuleMatch::all, {{factor.id, {"none"}}}, RuleEffect::set, 2});
        QCOMPARE(levelsNotFaulted(pack), (std::set<std::int64_t>{1, 2}));
        PackFaults faults;
        checkReachability(pack, faults);
        QVERIFY(faults.all().front().what.find("wherever the score or a rule would give it") != std::string::npos);

        factor.answers.erase(factor.answers.begin() + 1); // nothing scores tier 2 any more
        method.rules[0].when[0].answers = {"much"};
        method.rules[0].effect = RuleEffect::noMilderThan;
        QCOMPARE(levelsNotFaulted(pack), (std::set<std::int64_t>{1, 3}));
    }
};

QTEST_APPLESS_MAIN(TestReachability)
#include "tst_reachability.moc"
