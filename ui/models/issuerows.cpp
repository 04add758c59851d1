// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/issuerows.h"

#include "core/policy/rules.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString modelName(const Registry &registry, const ModelId &model)
{
    const auto found = registry.models.find(model);
    return found == registry.models.end() ? QString() : toQt(found->second.name);
}

/// Of a request or an exception that somebody signed before its ground changed.
IssueRow staleRow(const Registry &registry, const StaleSignOff &stale)
{
    const bool ofException = stale.exception.valid();
    const auto item = toQt(ofException ? stale.exception.str() : stale.request.str());
    const auto signedBy = u"signed by %1 on %2"_s.arg(toQt(stale.signer), timeText(stale.at).left(10));
    IssueRow row;
    row.key = u"stale "_s + item;
    row.kind = u"Stale sign-off"_s;
    row.badge = {u"Stale"_s, Theme::Colour::amber, BadgeShape::triangle};
    row.rank = -static_cast<int>(Severity::medium);
    row.model = stale.model;
    row.modelName = modelName(registry, stale.model);
    if (ofException) {
        row.about =
            u"Exception from \"%1\", %2"_s.arg(toQt(registry.exceptions.at(stale.exception).requirement), signedBy);
    } else {
        const auto version = registry.versions.find(registry.requests.at(stale.request).version);
        row.about = u"Version %1, %2"_s.arg(
            version == registry.versions.end() ? QString() : toQt(version->second.label), signedBy);
    }
    row.detail =
        u"%1: %2"_s.arg(countText(static_cast<qint64>(stale.changes.size()), u"change since"_s, u"changes since"_s),
                        toQt(stale.changes.back().what));
    row.tab = ofException ? u"registers"_s : u"signoffs"_s;
    row.item = item;
    return row;
}

} // namespace

QString tabOf(IssueKind kind)
{
    switch (kind) {
    case IssueKind::redMonitoring:
        return u"monitoring"_s;
    case IssueKind::productionBeforeValidation:
    case IssueKind::inUseWithoutApproval:
    case IssueKind::conditionOverdue:
        return u"versions"_s;
    case IssueKind::approvalExpired:
        return u"signoffs"_s;
    case IssueKind::exceptionLapsed:
    case IssueKind::overlayExpired:
    case IssueKind::assumptionBreached:
    case IssueKind::serviceFailing:
    case IssueKind::serviceIdle:
        return u"registers"_s;
    case IssueKind::useOutsidePurpose:
        break;
    }
    return u"overview"_s;
}

std::vector<IssueRow> issueRows(const PolicyPack &pack, const Registry &registry, Date today)
{
    std::vector<IssueRow> rows;
    for (const auto &issue : detectedIssues(pack, registry, today)) {
        IssueRow row;
        row.key = toQt(issue.finding.str());
        row.kind = toQt(displayName(issue.kind));
        row.badge = badgeFor(issue.severity);
        row.rank = -static_cast<int>(issue.severity);
        row.model = issue.model;
        row.modelName = modelName(registry, issue.model);
        row.about = toQt(issue.title);
        row.detail = toQt(issue.detail);
        row.tab = issue.request.valid() ? u"signoffs"_s : tabOf(issue.kind);
        row.item = issue.request.valid()                                 ? toQt(issue.request.str())
                   : issue.kind == IssueKind::redMonitoring              ? toQt(issue.run.str())
                   : issue.kind == IssueKind::productionBeforeValidation ? toQt(issue.version.str())
                   : issue.kind == IssueKind::exceptionLapsed            ? u"exceptions"_s
                   : issue.kind == IssueKind::overlayExpired             ? u"overlays"_s
                   : issue.kind == IssueKind::assumptionBreached         ? u"assumptions"_s
                   : row.tab == u"registers"_s                           ? u"usage"_s
                                                                         : QString();
        row.becomesFinding = true;
        rows.push_back(std::move(row));
    }
    for (const auto &due : retrainingsDue(registry, today)) {
        IssueRow row;
        row.key = u"retraining "_s + toQt(due.policy.str());
        row.kind = u"Retraining due"_s;
        row.badge = {u"Due"_s, Theme::Colour::amber, BadgeShape::triangle};
        row.rank = -static_cast<int>(Severity::medium);
        row.model = due.model;
        row.modelName = modelName(registry, due.model);
        row.about = toQt(due.why);
        row.detail =
            u"Not asked for yet. That happens by itself when somebody who may (%1) signs in or does something."_s.arg(
                toQt(rolesFor(pack, "retrainingChanged")));
        row.tab = u"registers"_s;
        row.item = toQt(due.policy.str());
        rows.push_back(std::move(row));
    }
    std::set<QString> seen;
    for (const auto &stale : staleSignOffs(registry, today)) {
        auto row = staleRow(registry, stale);
        if (seen.insert(row.key).second)
            rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const IssueRow &a, const IssueRow &b) { return a.rank < b.rank; });
    return rows;
}

std::vector<RecordColumn<IssueRow>> issueColumns()
{
    using Column = RecordColumn<IssueRow>;
    return {
        Column(u"Severity"_s, [](const IssueRow &row) { return row.badge.text; })
            .sortedBy([](const IssueRow &row) { return QVariant(row.rank); })
            .asBadge([](const IssueRow &row) { return row.badge; }),
        Column(u"Kind"_s, [](const IssueRow &row) { return row.kind; }),
        Column(u"Model"_s, [](const IssueRow &row) { return row.modelName; }),
        Column(u"What"_s, [](const IssueRow &row) { return row.about; }),
        Column(u"Detail"_s, [](const IssueRow &row) { return row.detail; }),
    };
}

} // namespace countersign
