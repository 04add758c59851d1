// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal.h"
#include "core/policy/controls.h"
#include "core/policy/excuses.h"
#include "core/policy/stages.h"
#include "core/report/reports.h"
#include "core/report/sections.h"

#include <algorithm>

namespace countersign {

namespace {

/// "ownerDoesNotSign" as "Owner does not sign".
std::string nameInWords(std::string_view name)
{
    auto words = fieldInWords(name);
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

template <class E>
std::string enumInWords(E value)
{
    return nameInWords(enumName(value));
}

template <class Items, class Text>
std::string joined(const Items &items, const char *between, Text text)
{
    std::string all;
    for (const auto &item : items)
        all += (all.empty() ? "" : between) + text(item);
    return all;
}

std::string tiersInWords(const std::set<std::int64_t> &tiers, const char *whenEmpty)
{
    return tiers.empty() ? whenEmpty : joined(tiers, ", ", [](std::int64_t level) { return std::to_string(level); });
}

/// "1, 2; of vendors": which models something is asked of.
std::string modelsInWords(const std::set<std::int64_t> &tiers, const std::set<Origin> &origins)
{
    const auto of = joined(origins, ", ", [](Origin origin) { return fieldInWords(enumName(origin)); });
    return tiersInWords(tiers, "every model") + (of.empty() ? "" : "; origin " + of);
}

std::string signersInWords(const std::vector<RequiredSignature> &signatures)
{
    return joined(signatures, ", ", [](const RequiredSignature &signature) {
        return std::to_string(signature.count) + " of role " + displayName(signature.role);
    });
}

std::string monthsInWords(std::int64_t months, const char *whenNone)
{
    return months == 0 ? whenNone : counted(months, "month", "months");
}

void addScopeDecision(Report &report, const ScopeDecision &scope)
{
    report.heading(2, "Scope decision");
    ReportTable questions{{"Question", "Yes leads to", "No leads to", "Source"}, {}, "This policy asks no question."};
    for (const auto &question : scope.questions)
        questions.rows.push_back({question.id + ": " + question.question, question.yes, question.no, question.source});
    report.table(std::move(questions));
    if (scope.outcomes.empty())
        return;
    ReportTable outcomes{{"Outcome", "In scope", "Treatment", "Signed before use"}, {}, {}};
    for (const auto &outcome : scope.outcomes)
        outcomes.rows.push_back({outcome.id + ": " + outcome.label, outcome.inScope ? "yes" : "no", outcome.treatment,
                                 outcome.inScope              ? "by tier"
                                 : outcome.signatures.empty() ? "by nobody"
                                                              : signersInWords(outcome.signatures)});
    report.table(std::move(outcomes));
}

void addFields(Report &report, const PolicyPack &pack)
{
    report.heading(2, "Fields that must be filled");
    ReportTable table{{"Field", "Models", "Source"}, {}, "No field is required."};
    for (const auto &field : pack.fields)
        table.rows.push_back({nameInWords(field.field), modelsInWords(field.tiers, field.origins), field.source});
    report.table(std::move(table));
}

void addMatrix(Report &report, const PolicyPack &pack)
{
    const auto &method = pack.tierMethod;
    ReportTable axes{{"Axis", "Band", "From a score of"}, {}, {}};
    for (const auto &axis : method.axes)
        for (const auto &band : axis.bands)
            axes.rows.push_back({axis.title, band.label, decimalFromDouble(band.minimum)});
    report.table(std::move(axes));
    ReportTable cells{{"Row", "Column", "Tier"}, {}, {}};
    for (const auto &cell : method.matrix)
        cells.rows.push_back({cell.row, cell.column, pack.tierLabel(cell.level)});
    report.table(std::move(cells));
}

void addTierMethod(Report &report, const PolicyPack &pack)
{
    const auto &method = pack.tierMethod;
    report.heading(2, "How a model is tiered");
    report.fields(
        {{"Method", method.title + ", version " + std::to_string(method.version)},
         {"Kind", enumInWords(method.kind)},
         {"Unknown answers", method.unknown == UnknownRule::points
                                 ? "Count " + decimalFromDouble(method.unknownPoints) + " points"
                                 : enumInWords(method.unknown)},
         {"Rated anew", joined(pack.ratingTriggers, "; ", [](RatingTrigger trigger) { return enumInWords(trigger); })},
         {"Reviewed anew", joined(pack.reviewTriggers, "; ", [](const auto &trigger) {
              return enumInWords(trigger.first) + " (within " + std::to_string(trigger.second) + " days)";
          })}});
    if (!method.costUnit.empty())
        report.paragraph("Answers follow from the estimated cost of a year where it is stated, in " + method.costUnit +
                         ". An estimate in another unit counts as not known.");
    ReportTable factors{{"Question", "Weight", "Answer", "Points"}, {}, "No question is asked."};
    for (const auto &factor : method.factors) {
        bool first = true;
        for (const auto &answer : factor.answers) {
            factors.rows.push_back(
                {first ? factor.question : std::string(), first ? decimalFromDouble(factor.weight) : std::string(),
                 answer.text + (answer.fromCost ? " (from a cost of " + decimalFromDouble(*answer.fromCost) + ")"
                                                : std::string()),
                 decimalFromDouble(answer.points)});
            first = false;
        }
    }
    report.table(std::move(factors));
    if (method.kind == TierMethodKind::riskMatrix)
        addMatrix(report, pack);
    if (method.rules.empty())
        return;
    ReportTable rules{{"Rule before the score", "When", "Effect"}, {}, {}};
    for (const auto &rule : method.rules)
        rules.rows.push_back({rule.title,
                              joined(rule.when, rule.match == RuleMatch::all ? " and " : " or ",
                                     [](const TierCondition &condition) {
                                         return condition.factor + " is " +
                                                joined(condition.answers, " or ",
                                                       [](const auto &each) { return each; });
                                     }),
                              enumInWords(rule.effect) + ": " + pack.tierLabel(rule.level)});
    report.table(std::move(rules));
}

void addTiers(Report &report, const PolicyPack &pack)
{
    report.heading(2, "Tiers");
    const bool scored = pack.tierMethod.kind != TierMethodKind::riskMatrix;
    ReportTable table{{"Tier", "From a score of", "Review", "Validation", "Monitoring", "Rating", "Documents"}, {}, {}};
    for (const auto &tier : pack.tiers)
        table.rows.push_back(
            {tier.label, scored ? decimalFromDouble(tier.minimumScore) : std::string("by the matrix"),
             "every " + monthsInWords(tier.reviewMonths, "time asked"),
             tier.validationRequired ? "required, " + monthsInWords(tier.validationMonths, "no fixed interval")
                                     : std::string("not required"),
             tier.monitoringRequired ? "required, " + monthsInWords(tier.monitoringMonths, "no fixed interval")
                                     : std::string("not required"),
             monthsInWords(tier.ratingMonths, "no fixed interval"),
             joined(tier.requiredDocuments, ", ", [](const auto &kind) { return fieldInWords(kind); })});
    report.table(std::move(table));
}

void addControls(Report &report, const PolicyPack &pack)
{
    report.heading(2, "Control matrix");
    ReportTable table{{"Control"}, {}, "Controls are listed with each tier."};
    for (const auto &tier : pack.tiers)
        table.header.push_back("Tier " + std::to_string(tier.level));
    table.header.insert(table.header.end(), {"Shown by", "Source"});
    for (const auto &control : pack.controls) {
        std::vector<std::string> row{control.title};
        for (const auto &tier : pack.tiers)
            row.push_back(control.tiers.contains(tier.level) ? "yes" : "");
        row.push_back(control.check.empty() ? "people" : "the check \"" + control.check + "\"");
        row.push_back(control.source);
        table.rows.push_back(std::move(row));
    }
    for (const auto &tier : pack.tiers)
        for (const auto &control : tier.controls) {
            std::vector<std::string> row{control};
            for (const auto &other : pack.tiers)
                row.push_back(other.level == tier.level ? "yes" : "");
            row.insert(row.end(), {"people", ""});
            table.rows.push_back(std::move(row));
        }
    report.table(std::move(table));
}

void addResidual(Report &report, const PolicyPack &pack)
{
    const auto &rule = pack.residual;
    report.heading(2, "What controls leave of a risk");
    report.fields({{"Weak", "from " + std::to_string(rule.weakFrom) + " of the controls that are not met"},
                   {"Missing", "from a share of " + decimalFromDouble(rule.missingShare) + " that is not met"},
                   {"Essential", joined(rule.essential, ", ", [](const auto &id) { return id; })},
                   {"Source", rule.source}});
    ReportTable table{{"Controls", "Residual tier"}, {}, {}};
    for (const auto state : enumValues<ControlState>()) {
        const auto found = rule.milderBy.find(state);
        const auto by = found == rule.milderBy.end() ? 0 : found->second;
        table.rows.push_back({displayName(state), by == 0 ? std::string("the inherent one")
                                                          : std::to_string(std::abs(by)) +
                                                                (std::abs(by) == 1 ? " level " : " levels ") +
                                                                (by > 0 ? "milder" : "riskier")});
    }
    report.table(std::move(table));
}

void addAppetite(Report &report, const PolicyPack &pack)
{
    report.heading(2, "Limits of the appetite");
    ReportTable table{{"Measure", "Tiers", "At most", "Set by", "Why"}, {}, "This policy sets none."};
    for (const auto &rule : pack.appetite)
        table.rows.push_back({enumInWords(rule.measure), tiersInWords(rule.tiers, "every model"),
                              std::to_string(rule.atMost), rule.setBy, rule.reason});
    report.table(std::move(table));
}

void addComparisons(Report &report, const PolicyPack &pack)
{
    if (pack.comparisons.empty())
        return;
    report.heading(2, "Before a version replaces another in production");
    ReportTable table{{"Tiers", "Compared with it", "Source"}, {}, {}};
    for (const auto &demand : pack.comparisons)
        table.rows.push_back({tiersInWords(demand.tiers, "every model"),
                              std::string(demand.outcomes ? "by known outcomes" : "by any figure of both") +
                                  (demand.sameRows ? ", on the same rows" : ""),
                              demand.source});
    report.table(std::move(table));
}

std::string quorumInWords(const PolicyPack &pack, const ApprovalRule &rule)
{
    const auto group = std::ranges::find(pack.groups, rule.group, &PeopleGroup::id);
    const std::string of = group != pack.groups.end() ? "of " + group->label + " as " + displayName(rule.role)
                           : rule.people.empty()      ? "of role " + displayName(rule.role)
                                                 : joined(rule.people, ", ", [](const auto &name) { return name; }) +
                                                       " as " + displayName(rule.role);
    switch (rule.quorum) {
    case Quorum::all:
        return "all " + of;
    case Quorum::any:
        return "one " + of;
    case Quorum::atLeast:
        break;
    }
    return std::to_string(rule.count) + " " + of;
}

std::string daysInWords(std::int64_t days)
{
    return days == 0 ? std::string("never") : std::to_string(days) + (days == 1 ? " day" : " days");
}

void addApprovals(Report &report, const PolicyPack &pack)
{
    report.heading(2, "Who signs");
    ReportTable table{{"For", "Models", "In order", "Who", "Reminds after", "Times out after"}, {}, {}};
    for (const auto &rule : pack.approvals)
        table.rows.push_back({enumInWords(rule.trigger), modelsInWords(rule.tiers, rule.origins),
                              std::to_string(rule.order), quorumInWords(pack, rule), daysInWords(rule.remindAfterDays),
                              daysInWords(rule.timeOutAfterDays)});
    for (const auto &tier : pack.tiers)
        for (const auto &signature : tier.signatures)
            table.rows.push_back({"Deployment", std::to_string(tier.level), "1",
                                  std::to_string(signature.count) + " of role " + displayName(signature.role),
                                  daysInWords(signature.remindAfterDays), daysInWords(signature.timeOutAfterDays)});
    table.whenEmpty = "This policy asks for no signature.";
    report.table(std::move(table));
    if (!pack.groups.empty()) {
        ReportTable groups{{"Group", "People"}, {}, {}};
        for (const auto &group : pack.groups)
            groups.rows.push_back({group.label, joined(group.people, "; ", [](const auto &name) { return name; })});
        report.table(std::move(groups));
    }
    if (!pack.deputies.empty()) {
        ReportTable deputies{{"Deputy", "In place of", "From", "Until"}, {}, {}};
        for (const auto &deputy : pack.deputies)
            deputies.rows.push_back({deputy.deputy, deputy.person, toString(deputy.from), toString(deputy.until)});
        report.table(std::move(deputies));
    }
    ReportTable meanings{{"Decision", "What the signature means"}, {}, {}};
    for (const auto decision : enumValues<Decision>())
        meanings.rows.push_back({displayName(decision), pack.meaning(decision)});
    report.table(std::move(meanings));
    report.paragraph(
        "Kept apart: " +
        (pack.separation.empty()
             ? std::string("nothing")
             : joined(pack.separation, "; ", [](SeparationRule rule) { return fieldInWords(enumName(rule)); })) +
        ".");
}

void addLifecycle(Report &report, const PolicyPack &pack)
{
    report.heading(2, "Lifecycle");
    const auto asked = [](const std::vector<EntryCondition> &entry) {
        return joined(entry, "; ", [](const EntryCondition &condition) {
            const bool all = condition.tiers.empty() && condition.origins.empty();
            return condition.check + (all ? "" : " (" + modelsInWords(condition.tiers, condition.origins) + ")");
        });
    };
    ReportTable table{{"Stage", "An edit may lead to", "Asked on entry"}, {}, "Every stage leads to every other."};
    for (const auto &stage : pack.lifecycle)
        table.rows.push_back({stageLabel(pack, stage.stage),
                              joined(stage.next, ", ", [&](Stage next) { return stageLabel(pack, next); }),
                              asked(stage.entry)});
    report.table(std::move(table));
    report.paragraph(approvesFirst(pack)
                         ? "Signatures approve a version; putting it into production is an act of its own."
                         : "The last signature puts a version into production.");
    report.paragraph(pack.untieredEntry == UntieredEntry::nothing
                         ? "Conditions of some tiers ask nothing of a model without one."
                     : pack.untieredEntry == UntieredEntry::asTiered
                         ? "Conditions of some tiers hold for a model without one too."
                         : "A stage with conditions of some tiers is entered with a published tier alone.");
    const auto places = stagesOf(pack);
    const auto label = [&](const std::string &id) {
        const auto found = std::ranges::find(places, id, &StagePlace::id);
        return found == places.end() ? id : found->label;
    };
    report.paragraph("A model is registered in: " +
                     (pack.registration.stages.empty() ? "any stage" : joined(pack.registration.stages, ", ", label)) +
                     "." +
                     (pack.registration.approvalDays == 0 ? ""
                                                          : " One registered in use has an approved version within " +
                                                                daysInWords(pack.registration.approvalDays) + "."));
    if (pack.stages.empty())
        return;
    ReportTable added{
        {"Added stage", "Counts as", "Entered from", "An edit may lead to", "Asked on entry", "Source"}, {}, {}};
    for (const auto &stage : pack.stages)
        added.rows.push_back({stage.label, stageLabel(pack, stage.countsAs), joined(stage.from, ", ", label),
                              joined(stage.next, ", ", label), asked(stage.entry), stage.source});
    report.table(std::move(added));
}

void addLimits(Report &report, const PolicyPack &pack)
{
    const auto &limits = pack.monitoring;
    report.heading(2, "Limits of monitoring");
    ReportTable table{{"Metric", "Tiers", "Classes", "Models", "Amber from", "Red from", "Set by", "Why"}, {}, {}};
    const auto general = [&](const char *metric, double amber, double red) {
        table.rows.push_back({metric, "every tier", "every class", "every model", decimalFromDouble(amber),
                              decimalFromDouble(red), limits.setBy, limits.reason});
    };
    general("PSI", limits.psiAmber, limits.psiRed);
    general("Fall of AUC", limits.aucDropAmber, limits.aucDropRed);
    general("Ratio of RMSE", limits.rmseRatioAmber, limits.rmseRatioRed);
    for (const auto &limit : pack.thresholds)
        table.rows.push_back(
            {enumInWords(limit.metric), tiersInWords(limit.tiers, "every tier"),
             limit.classes.empty() ? std::string("every class")
                                   : joined(limit.classes, ", ", [](ModelKind kind) { return displayName(kind); }),
             limit.models.empty() ? std::string("every model")
                                  : joined(limit.models, ", ", [](const auto &model) { return model; }),
             decimalFromDouble(limit.amber), decimalFromDouble(limit.red), limit.setBy, limit.reason});
    report.table(std::move(table));
    report.fields({{"Limits on PSI", enumInWords(limits.psiRule)},
                   {"False discovery rate of a run", decimalFromDouble(limits.falseDiscoveryRate)},
                   {"Rows needed for a verdict", std::to_string(limits.minimumRows)}});
    report.heading(2, "Findings and records beside a model");
    const auto term = [](const std::map<Severity, std::int64_t> &days, Severity severity) {
        const auto found = days.find(severity);
        return found == days.end() ? std::string("no fixed term") : daysInWords(found->second);
    };
    ReportTable terms{{"Severity", "Finding due after", "Closed with a remediation plan", "Closed with evidence",
                       "Limitation looked at again after", "Incident settled after", "Exception holds at most",
                       "Overlay renewed or ended after"},
                      {},
                      {}};
    for (const auto severity : enumValues<Severity>()) {
        terms.rows.push_back(
            {displayName(severity), term(pack.findingDays, severity), pack.findingPlans.contains(severity) ? "yes" : "",
             pack.findingEvidence.contains(severity) ? "yes" : "", term(pack.limitationDays, severity),
             term(pack.incidentDays, severity), term(pack.exceptionDays, severity), term(pack.overlayDays, severity)});
    }
    report.table(std::move(terms));
    report.fields(
        {{"Detected again, when it still stands",
          pack.detectAgainDays == 0 ? std::string("never")
                                    : daysInWords(pack.detectAgainDays) + " after its finding was closed"},
         {"An approved exception may excuse",
          pack.excusableChecks.empty() ? std::string("no check") : joined(pack.excusableChecks, "; ", checkTitle)},
         {"Calls of a service that may fail",
          pack.usage.failureRate == 0 ? std::string("no limit") : decimalFromDouble(pack.usage.failureRate)},
         {"A service is idle",
          pack.usage.idleDays == 0 ? std::string("never") : daysInWords(pack.usage.idleDays) + " after its last use"}});
}

void addRoles(Report &report, const PolicyPack &pack)
{
    report.heading(2, "Who may do what");
    ReportTable table{{"Act"}, {}, "Nobody may do anything."};
    for (const auto role : enumValues<Role>())
        table.header.push_back(displayName(role));
    for (const auto &[fact, roles] : pack.permissions) {
        std::vector<std::string> row{nameInWords(fact)};
        for (const auto role : enumValues<Role>())
            row.push_back(roles.contains(role) ? "yes" : "");
        table.rows.push_back(std::move(row));
    }
    report.table(std::move(table));
}

} // namespace

Report policyReport(const PolicyPack &pack)
{
    Report report;
    report.title = pack.title + ", version " + std::to_string(pack.version);
    report.subtitle = pack.basis;
    if (pack.supersededOn)
        report.strong("Superseded on " + toString(*pack.supersededOn) +
                      (pack.supersededBy.empty() ? "." : " by " + pack.supersededBy + "."));
    addTierMethod(report, pack);
    addTiers(report, pack);
    addControls(report, pack);
    addResidual(report, pack);
    addAppetite(report, pack);
    addComparisons(report, pack);
    addApprovals(report, pack);
    addLifecycle(report, pack);
    addLimits(report, pack);
    addFields(report, pack);
    addScopeDecision(report, pack.scope);
    addRoles(report, pack);
    return report;
}

} // namespace countersign
