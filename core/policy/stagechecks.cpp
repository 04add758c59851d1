// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lifecycle of a pack, and the stages that it adds.
#include "core/policy/packgraph.h"

#include <algorithm>

namespace countersign {

namespace {

class StagesChecker
{
public:
    StagesChecker(const PolicyPack &pack, PackFaults &faults)
        : m_pack(pack)
        , m_faults(faults)
        , m_ids(faults)
    {
    }

    void lifecycle()
    {
        if (m_pack.lifecycle.empty())
            return;
        std::set<Stage> listed;
        std::set<Stage> led{Stage::proposed, Stage::approved, Stage::inProduction};
        for (const auto &stage : m_pack.lifecycle)
            led.insert(stage.next.begin(), stage.next.end());
        for (std::size_t i = 0; i < m_pack.lifecycle.size(); ++i) {
            const auto &stage = m_pack.lifecycle[i];
            const auto path = placeIn("lifecycle", i);
            if (!listed.insert(stage.stage).second)
                m_faults.add(path + ".stage", "\"" + enumName(stage.stage) + "\" is there twice.");
            requireText(m_faults, stage.label, path + ".label");
            if (!led.contains(stage.stage))
                m_faults.add(path + ".stage", "no stage leads to \"" + enumName(stage.stage) + "\".");
            if (stage.stage == Stage::retired && !stage.next.empty())
                m_faults.add(path + ".next", "a retired model stays so.");
            if (stage.next.contains(stage.stage))
                m_faults.add(path + ".next", "a stage does not lead to itself.");
            entry(stage.entry, path + ".entry");
        }
        for (const auto stage : enumValues<Stage>())
            if (!listed.contains(stage))
                m_faults.add("lifecycle", "the stage \"" + enumName(stage) + "\" is missing.");
    }

    void added()
    {
        PackGraph places;
        PackGraph moves;
        for (std::size_t i = 0; i < m_pack.stages.size(); ++i) {
            const auto &stage = m_pack.stages[i];
            const auto path = placeIn("stages", i);
            if (enumFromName<Stage>(stage.id))
                m_faults.add(path + ".id", "\"" + stage.id + "\" is a built-in stage.");
            m_ids.add(stage.id, path + ".id");
            requireText(m_faults, stage.label, path + ".label");
            entry(stage.entry, path + ".entry");
            places[stage.id] = {stage.after};
            for (const auto &id : stage.from)
                moves[id].push_back(stage.id);
            moves[stage.id].insert(moves[stage.id].end(), stage.next.begin(), stage.next.end());
        }
        std::vector<std::string> builtIn;
        for (const auto stage : enumValues<Stage>())
            builtIn.push_back(enumName(stage));
        const auto reached = reachableFrom(moves, builtIn);
        std::set<std::string> told;
        for (std::size_t i = 0; i < m_pack.stages.size(); ++i) {
            const auto &stage = m_pack.stages[i];
            const auto path = placeIn("stages", i);
            if (requireStage(stage.after, path + ".after"))
                requireNoCircle(m_faults, places, stage.id, path + ".after", told);
            for (const auto &id : stage.from)
                arrow(id, id, stage.id, path + ".from");
            for (const auto &id : stage.next)
                arrow(id, stage.id, id, path + ".next");
            if (!reached.contains(stage.id))
                m_faults.add(path + ".id", "no stage leads to \"" + stage.id + "\".");
            if (stage.countsAs != Stage::retired && moves[stage.id].empty())
                m_faults.add(path + ".next", "a model would never leave this stage.");
        }
    }

    void registration()
    {
        constexpr std::int64_t longest = 3650;
        for (const auto &id : m_pack.registration.stages)
            (void)requireStage(id, "registration.stages");
        if (m_pack.registration.approvalDays < 0 || m_pack.registration.approvalDays > longest)
            m_faults.add("registration.approvalDays", "a term is 1 to 3650 days, or none (0).");
    }

private:
    void entry(const std::vector<EntryCondition> &conditions, const std::string &path)
    {
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            const auto place = placeIn(path, i);
            requireCheck(m_faults, conditions[i].check, place + ".check");
            requireTiers(m_faults, m_pack, conditions[i].tiers, place + ".tiers");
        }
    }

    bool requireStage(const std::string &id, const std::string &path)
    {
        const bool known = enumFromName<Stage>(id).has_value() || m_ids.has(id);
        if (!known)
            m_faults.add(path, "there is no stage \"" + id + "\".");
        return known;
    }

    [[nodiscard]] Stage countsAs(const std::string &id) const
    {
        if (const auto builtIn = enumFromName<Stage>(id))
            return *builtIn;
        return std::ranges::find(m_pack.stages, id, &PolicyStage::id)->countsAs;
    }

    /// `named` is the end of the arrow that the pack writes at `path`.
    void arrow(const std::string &named, const std::string &from, const std::string &to, const std::string &path)
    {
        if (!requireStage(named, path))
            return;
        if (from == to)
            m_faults.add(path, "a stage does not lead to itself.");
        const auto left = countsAs(from);
        const auto entered = countsAs(to);
        if (left == entered)
            return;
        const auto builtIn = std::ranges::find(m_pack.lifecycle, left, &LifecycleStage::stage);
        const bool led = builtIn == m_pack.lifecycle.end() || builtIn->next.contains(entered);
        const bool byRequest = entered == Stage::approved ||
                               (entered == Stage::inProduction && left != Stage::restricted) || left == Stage::retired;
        if (!led || byRequest)
            m_faults.add(path, "an edit does not lead from \"" + from + "\" to \"" + to + "\": they count as " +
                                   displayName(left) + " and " + displayName(entered) +
                                   ", and the first does not lead to the second by an edit.");
    }

    const PolicyPack &m_pack;
    PackFaults &m_faults;
    UniqueIds m_ids;
};

} // namespace

void checkStages(const PolicyPack &pack, PackFaults &faults)
{
    StagesChecker checker(pack, faults);
    checker.lifecycle();
    checker.added();
    checker.registration();
}

} // namespace countersign
