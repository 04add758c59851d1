// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/briefparts.h"

#include <algorithm>

#include "core/report/sections.h"

namespace countersign {

namespace {

std::string dayInWords(Date day, Date today, const char *whenPast)
{
    return day < today ? toString(day) + ", " + whenPast : toString(day);
}

std::string checkStateInWords(CheckState state)
{
    switch (state) {
    case CheckState::passed:
        return "Holds";
    case CheckState::failed:
        return "Does not hold";
    case CheckState::notNeeded:
        break;
    }
    return "Not needed";
}

} // namespace

std::string briefHeader(const Brief &brief)
{
    return (brief.organisation.empty() ? std::string() : brief.organisation + ". ") + "As of " + toString(brief.asOf) +
           ". " + brief.policy + ".";
}

void addDeadlines(Report &report, const Brief &brief)
{
    if (brief.status == RequestStatus::timedOut) {
        report.strong(timeOutInWords(brief.deadlines));
        return;
    }
    std::string text;
    if (brief.decisionOverdue)
        text = "Overdue for decision since " + toString(*brief.deadlines.remindsOn) + ".";
    else if (brief.status == RequestStatus::open && brief.deadlines.remindsOn)
        text = "To be decided by " + toString(*brief.deadlines.remindsOn) + ".";
    if (brief.status == RequestStatus::open && brief.deadlines.lastDay)
        text += (text.empty() ? "" : " ") + ("Times out after " + toString(*brief.deadlines.lastDay) + ".");
    if (!text.empty())
        report.strong(text);
}

ReportTable checkTable(const Brief &brief)
{
    ReportTable table{{"Check", "State", "What was found"}, {}, "The policy asks for none."};
    auto checks = brief.checks;
    std::ranges::stable_partition(checks, [](const Check &check) { return check.state == CheckState::failed; });
    for (const Check &check : checks)
        table.rows.push_back({check.title, checkStateInWords(check.state), check.detail});
    return table;
}

ReportTable approvalConditions(const Brief &brief)
{
    ReportTable table{{"Condition", "Set by", "Expires on"}, {}, "No signature sets a condition."};
    for (const SignOff &signOff : brief.request.signOffs)
        if (signOff.decision == Decision::approveWithConditions)
            table.rows.push_back(
                {signOff.conditions, signOff.fullName,
                 signOff.expiresOn ? dayInWords(*signOff.expiresOn, brief.asOf, "expired") : std::string("No date")});
    return table;
}

namespace {

ReportTable openAmong(std::vector<DueCondition> conditions, Date today)
{
    ReportTable table{{"Condition", "Owner", "Due on"}, {}, "None is open."};
    std::ranges::stable_sort(conditions, {}, &DueCondition::dueOn);
    for (const DueCondition &condition : conditions)
        if (!condition.metOn)
            table.rows.push_back({condition.text, condition.owner, dayInWords(condition.dueOn, today, "past due")});
    return table;
}

} // namespace

ReportTable openValidationConditions(const Brief &brief)
{
    return openAmong(brief.validation ? brief.validation->dueConditions : std::vector<DueCondition>(), brief.asOf);
}

ReportTable openApprovalConditions(const Brief &brief)
{
    std::vector<DueCondition> conditions;
    for (const SignOff &signOff : brief.request.signOffs)
        conditions.insert(conditions.end(), signOff.dueConditions.begin(), signOff.dueConditions.end());
    return openAmong(std::move(conditions), brief.asOf);
}

} // namespace countersign
