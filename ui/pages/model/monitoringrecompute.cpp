// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringrecompute.h"

#include <algorithm>

#include "core/base/json.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

QString words(const std::optional<double> &value)
{
    return value ? toQt(decimalFromDouble(*value)) : tr("nothing");
}

class Comparison
{
public:
    explicit Comparison(Recomputation &found)
        : m_found(found)
    {
    }

    void number(const QString &where, const char *name, const std::optional<double> &before,
                const std::optional<double> &after)
    {
        if (!before && !after)
            return;
        ++m_found.numbers;
        if (before != after)
            m_found.differences << tr("%1: %2 recorded %3, recomputed %4")
                                       .arg(where, QString::fromLatin1(name), words(before), words(after));
    }

    void verdict(const QString &where, Verdict before, Verdict after)
    {
        ++m_found.numbers;
        if (before != after)
            m_found.differences << tr("%1: verdict recorded %2, recomputed %3")
                                       .arg(where, toQt(enumName(before)), toQt(enumName(after)));
    }

    /// Every member of a struct of optional doubles; other members are evidence, not results.
    template <Described T>
    void numbers(const QString &where, const T &before, const T &after)
    {
        forEachMember<T>([&](const char *name, auto pointer) {
            if constexpr (std::is_same_v<decltype(pointer), std::optional<double> T::*>)
                number(where, name, before.*pointer, after.*pointer);
        });
    }

    bool sameSize(const QString &where, std::size_t before, std::size_t after)
    {
        if (before != after)
            m_found.differences << tr("%1: %2 recorded, %3 recomputed").arg(where).arg(before).arg(after);
        return before == after;
    }

private:
    Recomputation &m_found;
};

} // namespace

QString Recomputation::summary() const
{
    if (differences.isEmpty())
        return tr("All %1 numbers reproduced from the stored counts.").arg(countText(static_cast<qint64>(numbers)));
    return tr("%1 of %2 numbers could not be reproduced from the stored counts.")
        .arg(countText(differences.size()), countText(static_cast<qint64>(numbers)));
}

Recomputation compareRuns(const RunResult &recorded, const RunResult &recomputed)
{
    Recomputation found;
    Comparison compare(found);
    if (!compare.sameSize(tr("Periods"), recorded.periods.size(), recomputed.periods.size()) ||
        !compare.sameSize(tr("Features"), recorded.features.size(), recomputed.features.size()))
        return found;
    compare.numbers(tr("Reference"), recorded.reference.performance, recomputed.reference.performance);
    compare.verdict(tr("Run"), recorded.verdict, recomputed.verdict);
    for (std::size_t i = 0; i < recorded.periods.size(); ++i) {
        const RunPeriod &before = recorded.periods[i];
        const RunPeriod &after = recomputed.periods[i];
        const QString where = toQt(before.label);
        compare.numbers(where, before.performance, after.performance);
        compare.verdict(tr("%1, performance").arg(where), before.performanceVerdict, after.performanceVerdict);
        compare.verdict(where, before.verdict, after.verdict);
    }
    for (std::size_t f = 0; f < recorded.features.size(); ++f) {
        const FeatureResult &before = recorded.features[f];
        const FeatureResult &after = recomputed.features[f];
        if (!compare.sameSize(toQt(before.name), before.periods.size(), after.periods.size()))
            continue;
        compare.verdict(toQt(before.name), before.verdict, after.verdict);
        for (std::size_t i = 0; i < std::min(before.periods.size(), recorded.periods.size()); ++i) {
            const QString where = u"%1, %2"_s.arg(toQt(before.name), toQt(recorded.periods[i].label));
            compare.numbers(where, before.periods[i].statistics, after.periods[i].statistics);
            compare.number(where, "criticalPsi", before.periods[i].verdict.criticalPsi,
                           after.periods[i].verdict.criticalPsi);
            compare.verdict(where, before.periods[i].verdict.verdict, after.periods[i].verdict.verdict);
        }
    }
    return found;
}

} // namespace countersign
