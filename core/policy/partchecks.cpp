// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a pack beside roles, tiers and limits.
#include "core/domain/text.h"
#include "core/policy/controls.h"
#include "core/policy/excuses.h"
#include "core/policy/packgraph.h"

#include <algorithm>

namespace countersign {

namespace {

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
        PackGraph graph;
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
            requireSignatures(m_faults, m_pack, scope.outcomes[i].signatures, path + ".signatures");
            if (scope.outcomes[i].inScope && !scope.outcomes[i].signatures.empty())
                m_faults.add(path + ".signatures", "what is in scope is signed for by the rules of its tier.");
        }
        if (scope.questions.empty())
            return;
        const auto reached = reachableFrom(graph, {scope.questions.front().id});
        std::set<std::string> told;
        for (std::size_t i = 0; i < scope.questions.size(); ++i) {
            const auto &question = scope.questions[i];
            const auto path = placeIn("scope.questions", i);
            for (const auto &[member, to] : {std::pair{".yes", question.yes}, std::pair{".no", question.no}})
                if (!ids.has(to))
                    m_faults.add(path + member, "there is no question or outcome \"" + to + "\".");
            if (!reached.contains(question.id))
                m_faults.add(path + ".id", "no answer leads to this question.");
            requireNoCircle(m_faults, graph, question.id, path, told);
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

    void groups()
    {
        UniqueIds ids(m_faults);
        UniqueIds labels(m_faults);
        for (std::size_t i = 0; i < m_pack.groups.size(); ++i) {
            const auto &group = m_pack.groups[i];
            const auto path = placeIn("groups", i);
            ids.add(group.id, path + ".id");
            labels.add(group.label, path + ".label");
            if (group.people.empty())
                m_faults.add(path + ".people", "a group has at least one member.");
            UniqueIds people(m_faults);
            for (std::size_t j = 0; j < group.people.size(); ++j)
                people.add(group.people[j], placeIn(path + ".people", j));
            if (std::ranges::find(m_pack.approvals, group.id, &ApprovalRule::group) == m_pack.approvals.end())
                m_faults.add(path + ".id", "no approval rule asks this group.");
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
                requireCheck(m_faults, control.check, path + ".check", controlCheckIds());
        }
    }

    void residual()
    {
        const auto &rule = m_pack.residual;
        if (rule.weakFrom < 1)
            m_faults.add("residual.weakFrom", "controls are weak from 1 or more that are not met.");
        if (!(rule.missingShare > 0 && rule.missingShare <= 1))
            m_faults.add("residual.missingShare", "a share is above 0 and at most 1.");
        for (const auto &id : rule.essential) {
            const auto control = std::ranges::find(m_pack.controls, id, &Control::id);
            if (control == m_pack.controls.end())
                m_faults.add("residual.essential", "there is no control \"" + id + "\".");
            else if (control->check.empty())
                m_faults.add("residual.essential",
                             "the control \"" + id + "\" names no check, so that it never counts.");
        }
        if (m_pack.tiers.empty())
            return;
        const auto most = std::ssize(m_pack.tiers) - 1;
        auto before = most;
        for (const auto state : {ControlState::adequate, ControlState::weak, ControlState::missing}) {
            const auto found = rule.milderBy.find(state);
            const auto by = found == rule.milderBy.end() ? 0 : found->second;
            const auto path = "residual.milderBy." + enumName(state);
            if (std::abs(by) > most)
                m_faults.add(path, "there are only " + std::to_string(most + 1) + " tiers.");
            else if (by > before)
                m_faults.add(path, "weaker controls do not leave less risk than stronger ones.");
            before = by;
        }
        if (const auto unknown = rule.milderBy.find(ControlState::unknown);
            unknown != rule.milderBy.end() && (unknown->second > 0 || unknown->second < -most))
            m_faults.add("residual.milderBy.unknown", "controls that nobody has judged do not make a model milder.");
    }

    void appetite()
    {
        for (std::size_t i = 0; i < m_pack.appetite.size(); ++i) {
            const auto &rule = m_pack.appetite[i];
            const auto path = placeIn("appetite", i);
            requireTiers(m_faults, m_pack, rule.tiers, path + ".tiers");
            if (rule.atMost < 0)
                m_faults.add(path + ".atMost", "a limit is 0 or more.");
            requireText(m_faults, rule.setBy, path + ".setBy");
            requireText(m_faults, rule.reason, path + ".reason");
            for (std::size_t j = 0; j < m_pack.appetite.size(); ++j) {
                const auto &other = m_pack.appetite[j];
                if (j < i && other.measure == rule.measure && other.tiers == rule.tiers)
                    m_faults.add(path, "\"" + enumName(rule.measure) + "\" has a limit for the same tiers twice.");
                else if (other.measure == rule.measure && other.tiers.empty() && !rule.tiers.empty() &&
                         rule.atMost >= other.atMost)
                    m_faults.add(path + ".atMost", "it has no effect: every model together may have " +
                                                       std::to_string(other.atMost) + ".");
            }
            if (rule.measure == AppetiteMeasure::productionUntiered && !rule.tiers.empty())
                m_faults.add(path + ".tiers", "a model without a tier is of no tier.");
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
            const char *fact = rule.trigger == ApprovalTrigger::deployment     ? "requestSigned"
                               : rule.trigger == ApprovalTrigger::policyChange ? "proposalSigned"
                                                                               : "exceptionSigned";
            if (rule.trigger == ApprovalTrigger::policyChange) {
                if (!rule.tiers.empty() || !rule.origins.empty())
                    m_faults.add(path, "a change of policy has no tier and no origin.");
                if (!m_pack.permissions.contains("policyProposed"))
                    m_faults.add(path, "nobody may propose a policy (permissions.policyProposed), so none could ever "
                                       "be published.");
            }
            const auto signers = m_pack.permissions.find(fact);
            if (signers == m_pack.permissions.end() || !signers->second.contains(rule.role))
                m_faults.add(path + ".role", "\"" + enumName(rule.role) + "\" may not sign (permissions." + fact +
                                                 "), so nobody can satisfy this rule.");
            if (rule.count < 1 || (rule.quorum != Quorum::atLeast && rule.count != 1))
                m_faults.add(path + ".count", "a count is 1 or more, and goes with the quorum \"atLeast\" only.");
            UniqueIds people(m_faults);
            for (std::size_t j = 0; j < rule.people.size(); ++j)
                people.add(rule.people[j], placeIn(path + ".people", j));
            const auto group = std::ranges::find(m_pack.groups, rule.group, &PeopleGroup::id);
            if (!rule.group.empty() && group == m_pack.groups.end())
                m_faults.add(path + ".group", "there is no group \"" + rule.group + "\".");
            else if (!rule.group.empty() && !rule.people.empty())
                m_faults.add(path + ".group", "a rule asks a group or named people, not both.");
            const auto named = rule.group.empty() || group == m_pack.groups.end() ? rule.people : group->people;
            if (!named.empty() && rule.count > static_cast<std::int64_t>(named.size()))
                m_faults.add(path + ".count", "nobody can satisfy this rule: it asks for " +
                                                  std::to_string(rule.count) + " of " + std::to_string(named.size()) +
                                                  " people.");
            if (rule.order < 1)
                m_faults.add(path + ".order", "the order counts from 1.");
            requireDeadlines(m_faults, rule.remindAfterDays, rule.timeOutAfterDays, path);
        }
    }

    void comparisons()
    {
        std::set<std::int64_t> asked;
        for (std::size_t i = 0; i < m_pack.comparisons.size(); ++i) {
            const auto &demand = m_pack.comparisons[i];
            const auto path = placeIn("comparisons", i) + ".tiers";
            requireTiers(m_faults, m_pack, demand.tiers, path);
            for (const auto &tier : m_pack.tiers)
                if ((demand.tiers.empty() || demand.tiers.contains(tier.level)) && !asked.insert(tier.level).second)
                    m_faults.add(path, "tier " + std::to_string(tier.level) + " is asked for a comparison twice.");
        }
    }

    void deputies()
    {
        PackGraph graph;
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
            for (std::size_t j = 0; j < i; ++j) {
                const auto &other = m_pack.deputies[j];
                if (sameName(other.person, person) && sameName(other.deputy, deputy) && from <= other.until &&
                    other.from <= until)
                    m_faults.add(path, deputy + " stands in for " + person + " on the same days twice.");
            }
            requireNoCircle(m_faults, graph, foldedName(person), path, told);
        }
    }

    void reviewTriggers()
    {
        constexpr std::int64_t longest = 3650;
        for (const auto &[trigger, days] : m_pack.reviewTriggers)
            if (days < 0 || days > longest)
                m_faults.add("reviewTriggers." + enumName(trigger), "a term is 0 to 3650 days.");
    }

    /// What closing a finding asks for must be something that somebody may do.
    void remediation()
    {
        const auto require = [&](const std::set<Severity> &severities, const char *member, const char *fact) {
            if (!severities.empty() && !m_pack.permissions.contains(fact))
                m_faults.add(member, std::string("nobody may do this (permissions.") + fact +
                                         "), so such a finding could never be closed.");
        };
        require(m_pack.findingPlans, "findingPlans", "remediationPlanned");
        require(m_pack.findingEvidence, "findingEvidence", "remediationEvidenced");
    }

    void terms()
    {
        if (m_pack.detectAgainDays < 0 || m_pack.detectAgainDays > longestTerm)
            m_faults.add("detectAgainDays", "it is 0 to 3650 days; 0: never.");
        severityTerms("findingDays", m_pack.findingDays, "finding");
        severityTerms("limitationDays", m_pack.limitationDays, "limitation");
        severityTerms("incidentDays", m_pack.incidentDays, "incident");
        severityTerms("exceptionDays", m_pack.exceptionDays, "exception");
        severityTerms("overlayDays", m_pack.overlayDays, "overlay");
    }

    void excuses()
    {
        std::size_t i = 0;
        for (const auto &id : m_pack.excusableChecks) {
            const auto path = placeIn("excusableChecks", i++);
            const auto known = excusableCheckIds();
            if (id == "validation")
                m_faults.add(path, "use before validation is an exception of its own kind (trigger \"temporaryUse\").");
            else if (id == "signatures")
                m_faults.add(path, "nothing excuses from signatures.");
            else if (std::ranges::find(known, id) == known.end())
                m_faults.add(path, "\"" + id + "\" is not a check that an exception can excuse.");
        }
        const bool approvable = std::ranges::any_of(
            m_pack.approvals, [](const ApprovalRule &rule) { return rule.trigger == ApprovalTrigger::exception; });
        if (!m_pack.excusableChecks.empty() && !approvable)
            m_faults.add("excusableChecks", "no rule in `approvals` has the trigger \"exception\", so nobody could "
                                            "approve one.");
    }

    void usage()
    {
        const auto &[failureRate, idleDays] = m_pack.usage;
        if (!(failureRate >= 0 && failureRate <= 1))
            m_faults.add("usage.failureRate", "a share of failed calls is 0 to 1; 0: no limit.");
        if (idleDays < 0 || idleDays > longestTerm)
            m_faults.add("usage.idleDays", "it is 0 to 3650 days; 0: never idle.");
    }

private:
    static constexpr std::int64_t longestTerm = 3650;

    /// A term for every severity or for none, the graver the shorter.
    void severityTerms(const std::string &member, const std::map<Severity, std::int64_t> &terms,
                       const std::string &what)
    {
        if (terms.empty())
            return;
        std::int64_t milder = longestTerm;
        for (const auto severity : enumValues<Severity>()) {
            const auto path = member + "." + enumName(severity);
            const auto found = terms.find(severity);
            if (found == terms.end()) {
                m_faults.add(path, "a term for this severity is missing.");
                continue;
            }
            if (found->second < 1 || found->second > longestTerm)
                m_faults.add(path, "a term is 1 to 3650 days.");
            else if (found->second > milder)
                m_faults.add(path, "a graver " + what + " is not due later than a milder one.");
            milder = found->second;
        }
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
    checker.groups();
    checker.residual();
    checker.appetite();
    checker.approvals();
    checker.comparisons();
    checker.deputies();
    checkStages(pack, faults);
    checker.reviewTriggers();
    checker.terms();
    checker.excuses();
    checker.usage();
    checker.remediation();
}

} // namespace countersign
