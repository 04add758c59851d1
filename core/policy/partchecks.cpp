// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a pack beside roles, tiers and limits.
#include "core/domain/text.h"
#include "core/policy/packshape.h"

#include <algorithm>

namespace countersign {

namespace {

using Graph = std::map<std::string, std::vector<std::string>>;

/// The nodes of a cycle that begins at `from`, in order, or none.
std::vector<std::string> cycleFrom(const Graph &graph, const std::string &from)
{
    std::vector<std::string> path{from};
    std::set<std::string> seen{from};
    std::vector<std::size_t> next{0};
    while (!path.empty()) {
        const auto edges = graph.find(path.back());
        if (edges == graph.end() || next.back() == edges->second.size()) {
            path.pop_back();
            next.pop_back();
            continue;
        }
        const auto &to = edges->second[next.back()++];
        if (to == from) {
            path.push_back(from);
            return path;
        }
        if (seen.insert(to).second) {
            path.push_back(to);
            next.push_back(0);
        }
    }
    return {};
}

std::string arrows(const std::vector<std::string> &nodes)
{
    std::string text;
    for (const auto &node : nodes)
        text += (text.empty() ? "" : " -> ") + node;
    return text;
}

std::set<std::string> reachableFrom(const Graph &graph, const std::string &from)
{
    std::set<std::string> seen{from};
    std::vector<std::string> open{from};
    while (!open.empty()) {
        const auto edges = graph.find(open.back());
        open.pop_back();
        if (edges != graph.end())
            for (const auto &to : edges->second)
                if (seen.insert(to).second)
                    open.push_back(to);
    }
    return seen;
}

class PartsChecker
{
public:
    PartsChecker(const PolicyPack &pack, PackFaults &faults)
        : m_pack(pack)
        , m_faults(faults)
    {
    }

    void scope()
    {
        const auto &scope = m_pack.scope;
        UniqueIds ids(m_faults);
        Graph graph;
        for (std::size_t i = 0; i < scope.questions.size(); ++i) {
            const auto &question = scope.questions[i];
            const auto path = placeIn("scope.questions", i);
            ids.add(question.id, path + ".id");
            requireText(m_faults, question.question, path + ".question");
            graph[question.id] = {question.yes, question.no};
        }
        for (std::size_t i = 0; i < scope.outcomes.size(); ++i) {
            const auto path = placeIn("scope.outcomes", i);
            ids.add(scope.outcomes[i].id, path + ".id");
            requireText(m_faults, scope.outcomes[i].label, path + ".label");
            requireText(m_faults, scope.outcomes[i].treatment, path + ".treatment");
        }
        if (scope.questions.empty())
            return;
        const auto reached = reachableFrom(graph, scope.questions.front().id);
        std::set<std::string> told;
        for (std::size_t i = 0; i < scope.questions.size(); ++i) {
            const auto &question = scope.questions[i];
            const auto path = placeIn("scope.questions", i);
            for (const auto &[member, to] : {std::pair{".yes", question.yes}, std::pair{".no", question.no}})
                if (!ids.has(to))
                    m_faults.add(path + member, "there is no question or outcome \"" + to + "\".");
            if (!reached.contains(question.id))
                m_faults.add(path + ".id", "no answer leads to this question.");
            tellCycle(graph, question.id, path, told);
        }
        for (std::size_t i = 0; i < scope.outcomes.size(); ++i)
            if (!reached.contains(scope.outcomes[i].id))
                m_faults.add(placeIn("scope.outcomes", i) + ".id", "no answer leads to this outcome.");
    }

    void fields()
    {
        UniqueIds names(m_faults);
        for (std::size_t i = 0; i < m_pack.fields.size(); ++i) {
            const auto &field = m_pack.fields[i];
            const auto path = placeIn("fields", i);
            names.add(field.field, path + ".field");
            bool known = false;
            forEachMember<Model>([&](std::string_view name, auto) {
                known = known || (name == field.field && name != "id" && name != "revision");
            });
            if (!known)
                m_faults.add(path + ".field", "\"" + field.field + "\" is not a field of the inventory.");
            requireTiers(m_faults, m_pack, field.tiers, path + ".tiers");
        }
    }

    void controls()
    {
        UniqueIds ids(m_faults);
        for (std::size_t i = 0; i < m_pack.controls.size(); ++i) {
            const auto &control = m_pack.controls[i];
            const auto path = placeIn("controls", i);
            ids.add(control.id, path + ".id");
            requireText(m_faults, control.title, path + ".title");
            if (control.tiers.empty())
                m_faults.add(path + ".tiers", "a control that no tier asks for has no effect.");
            requireTiers(m_faults, m_pack, control.tiers, path + ".tiers");
            if (!control.check.empty())
                requireCheck(m_faults, control.check, path + ".check");
        }
    }

    void approvals()
    {
        UniqueIds ids(m_faults);
        for (std::size_t i = 0; i < m_pack.approvals.size(); ++i) {
            const auto &rule = m_pack.approvals[i];
            const auto path = placeIn("approvals", i);
            ids.add(rule.id, path + ".id");
            requireTiers(m_faults, m_pack, rule.tiers, path + ".tiers");
            const char *fact = rule.trigger == ApprovalTrigger::deployment ? "requestSigned" : "exceptionSigned";
            const auto signers = m_pack.permissions.find(fact);
            if (signers == m_pack.permissions.end() || !signers->second.contains(rule.role))
                m_faults.add(path + ".role", "\"" + enumName(rule.role) + "\" may not sign (permissions." + fact +
                                                 "), so nobody can satisfy this rule.");
            if (rule.count < 1 || (rule.quorum != Quorum::atLeast && rule.count != 1))
                m_faults.add(path + ".count", "a count is 1 or more, and goes with the quorum \"atLeast\" only.");
            UniqueIds people(m_faults);
            for (std::size_t j = 0; j < rule.people.size(); ++j)
                people.add(rule.people[j], placeIn(path + ".people", j));
            if (!rule.people.empty() && rule.count > static_cast<std::int64_t>(rule.people.size()))
                m_faults.add(path + ".count", "nobody can satisfy this rule: it asks for " +
                                                  std::to_string(rule.count) + " of " +
                                                  std::to_string(rule.people.size()) + " people.");
            if (rule.order < 1)
                m_faults.add(path + ".order", "the order counts from 1.");
        }
    }

    void deputies()
    {
        Graph graph;
        for (const auto &deputy : m_pack.deputies)
            graph[foldedName(deputy.person)].push_back(foldedName(deputy.deputy));
        std::set<std::string> told;
        for (std::size_t i = 0; i < m_pack.deputies.size(); ++i) {
            const auto &[person, deputy, from, until] = m_pack.deputies[i];
            const auto path = placeIn("deputies", i);
            requireText(m_faults, person, path + ".person");
            requireText(m_faults, deputy, path + ".deputy");
            if (until < from)
                m_faults.add(path + ".until", "it is before the first day.");
            tellCycle(graph, foldedName(person), path, told);
        }
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
            for (std::size_t j = 0; j < stage.entry.size(); ++j) {
                const auto place = placeIn(path + ".entry", j);
                requireCheck(m_faults, stage.entry[j].check, place + ".check");
                requireTiers(m_faults, m_pack, stage.entry[j].tiers, place + ".tiers");
            }
        }
        for (const auto stage : enumValues<Stage>())
            if (!listed.contains(stage))
                m_faults.add("lifecycle", "the stage \"" + enumName(stage) + "\" is missing.");
    }

    void findingDays()
    {
        constexpr std::int64_t longest = 3650;
        std::int64_t milder = longest;
        for (const auto severity : enumValues<Severity>()) {
            const auto path = "findingDays." + enumName(severity);
            const auto found = m_pack.findingDays.find(severity);
            if (m_pack.findingDays.empty())
                return;
            if (found == m_pack.findingDays.end()) {
                m_faults.add(path, "a term for this severity is missing.");
                continue;
            }
            if (found->second < 1 || found->second > longest)
                m_faults.add(path, "a term is 1 to 3650 days.");
            else if (found->second > milder)
                m_faults.add(path, "a graver finding is not due later than a milder one.");
            milder = found->second;
        }
    }

private:
    /// Names each cycle once, at the first of its members.
    void tellCycle(const Graph &graph, const std::string &from, const std::string &path, std::set<std::string> &told)
    {
        const auto cycle = cycleFrom(graph, from);
        if (cycle.empty() || told.contains(from))
            return;
        told.insert(cycle.begin(), cycle.end());
        m_faults.add(path, "this goes in a circle: " + arrows(cycle) + ".");
    }

    const PolicyPack &m_pack;
    PackFaults &m_faults;
};

} // namespace

void checkPackParts(const PolicyPack &pack, PackFaults &faults)
{
    PartsChecker checker(pack, faults);
    checker.scope();
    checker.fields();
    checker.controls();
    checker.approvals();
    checker.deputies();
    checker.lifecycle();
    checker.findingDays();
}

} // namespace countersign
