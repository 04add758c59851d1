// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/operations.h"
#include "ui/pages/model/operationdialogs.h"
#include "ui/pages/model/registerkind.h"
#include "ui/pages/model/registerrecords.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/reasondialog.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString versionLabel(const Registry &registry, const VersionId &version)
{
    const auto found = registry.versions.find(version);
    return found == registry.versions.end() ? QString() : toQt(found->second.label);
}

QString percent(double share)
{
    return u"%1 %"_s.arg(toQt(fixed(100 * share, 2)));
}

/// By the share of failed calls that the policy allows.
BadgeStyle serviceBadge(const UsageReport &usage, const UsageLimits &limits)
{
    const auto rate = usage.failureRate();
    if (!rate)
        return {tr("Not called"), Theme::Colour::noData, BadgeShape::ring};
    const bool failing = limits.failsTooOften(rate);
    return {tr("%1 failed").arg(percent(*rate)), failing ? Theme::Colour::red : Theme::Colour::green,
            failing ? BadgeShape::square : BadgeShape::circle};
}

RegisterKind usageKind(Context &context)
{
    const KindRecords<UsageId, UsageReport> records{context, &Registry::usages};
    RegisterKind kind{u"usage"_s,
                      tr("Usage"),
                      tr("No usage is reported"),
                      tr("Report how often the service of a version was called, what failed and why, wherever the "
                         "model was made."),
                      {tr("Service"), tr("Version"), tr("Period"), tr("Predictions"), tr("Failures"), tr("Last used")},
                      0,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        const auto &registry = context.workspace.registry();
        QList<Row> rows;
        for (const auto *record : ofModel(registry.usages, model))
            rows << Row{
                toQt(record->id.str()),
                {Cell(toQt(record->title)), Cell(versionLabel(registry, record->version)),
                 Cell(tr("%1 to %2").arg(dateText(record->from), dateText(record->until))),
                 numberCell(countText(record->predictions), static_cast<double>(record->predictions)),
                 Cell(serviceBadge(*record, context.workspace.policy().usage), record->failureRate().value_or(-1)),
                 Cell(dateText(record->lastUsedOn))}};
        return rows;
    };
    kind.details = records.details([](const UsageReport &record, const Registry &) {
        RegisterDetails details;
        QStringList failures;
        for (const auto &failure : record.failures)
            failures << u"%1: %2"_s.arg(toQt(failure.reason), countText(failure.count));
        details << QPair{tr("Predictions"), countText(record.predictions)}
                << QPair{tr("Failed calls"), countText(record.failed())} << QPair{tr("Why"), failures.join(u'\n')}
                << QPair{tr("Last used"), dateText(record.lastUsedOn)};
        return details;
    });
    kind.actions = {
        records.adding<UsageDialog>(tr("&Report usage…"), "usageRecorded"),
        records.changing<UsageDialog>(tr("C&orrect…"), "usageChanged"),
        closing<UsageChanged>(records, "usageChanged", tr("Take a report back"), tr("The report of \"%1\" was wrong."),
                              [&context](const UsageReport &record) { return context.workspace.changeUsage(record); })};
    return kind;
}

RegisterKind costKind(Context &context)
{
    const KindRecords<CostEstimateId, CostEstimate> records{context, &Registry::costs};
    RegisterKind kind{u"cost"_s,
                      tr("Cost"),
                      tr("No cost is estimated"),
                      tr("Estimate what it costs when the model is wrong or stands idle. The inputs and the workings "
                         "stay beside the result, and the tier page shows it."),
                      {tr("Estimate"), tr("Wrong, a year"), tr("Idle, a year"), tr("Together"), tr("State")},
                      0,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        QList<Row> rows;
        for (const auto *record : ofModel(context.workspace.registry().costs, model)) {
            const auto amount = [record](double value) {
                return numberCell(u"%1 %2"_s.arg(countText(std::llround(value)), toQt(record->unit)), value);
            };
            rows << Row{toQt(record->id.str()),
                        {Cell(toQt(record->title)), amount(record->wrongPerYear()), amount(record->idlePerYear()),
                         amount(record->perYear()), Cell(stateBadge(record->open))}};
        }
        return rows;
    };
    kind.details = records.details([](const CostEstimate &record, const Registry &) {
        RegisterDetails details;
        details << QPair{tr("Workings"), costWorkings(record)} << QPair{tr("Basis"), toQt(record.basis)};
        return details;
    });
    kind.actions = {
        records.adding<CostDialog>(tr("&Estimate cost…"), "costRecorded"),
        records.changing<CostDialog>(tr("C&hange…"), "costChanged"),
        closing<CostChanged>(records, "costChanged", tr("Close an estimate"), tr("\"%1\" is estimated so no longer."),
                             [&context](const CostEstimate &record) { return context.workspace.changeCost(record); })};
    return kind;
}

BadgeStyle retrainingBadge(const RetrainingPolicy &policy, bool due)
{
    if (!policy.open)
        return stateBadge(false);
    if (policy.pending())
        return {tr("Asked for %1").arg(dateText(policy.pending()->on)), Theme::Colour::amber, BadgeShape::square};
    return due ? BadgeStyle{tr("Due"), Theme::Colour::red, BadgeShape::triangle}
               : BadgeStyle{tr("Not due"), Theme::Colour::green, BadgeShape::circle};
}

std::optional<RetrainingDue> dueOf(const Workspace &workspace, const RetrainingId &policy)
{
    for (const auto &due : retrainingsDue(workspace.registry(), workspace.today()))
        if (due.policy == policy)
            return due;
    return std::nullopt;
}

QList<RegisterAction> retrainingActions(Context &context, const KindRecords<RetrainingId, RetrainingPolicy> &records)
{
    auto ask = records.onOpen(
        tr("As&k for it…"), "retrainingChanged", [&context](const RetrainingPolicy &record, QWidget *parent) {
            const auto due = dueOf(context.workspace, record.id);
            return new ReasonDialog(
                tr("Ask for a retraining"), due ? toQt(due->why) : tr("The policy does not ask for it now; you do."),
                tr("Ask"), tr("&Reason"),
                [&context, id = record.id, run = due ? due->run : RunId()](const auto &why) {
                    return context.workspace.requestRetraining(id, run, why);
                },
                parent);
        });
    ask.unless = [records, &context](const QString &key) {
        const auto *record = records.find(key);
        if (!record || !record->open)
            return records.unlessOpen(key);
        auto asked = *record;
        asked.requests.push_back({context.workspace.today(), {}, "reason", {}});
        return whyNotNow(context.workspace, RetrainingChanged{asked}).value_or(QString());
    };
    auto done = records.changing<RetrainedDialog>(tr("Register &version…"), "versionRegistered");
    done.unless = [records](const QString &key) {
        const auto *record = records.find(key);
        return record && !record->pending() ? tr("Ask for a retraining first.") : records.unlessOpen(key);
    };
    return {records.adding<RetrainingDialog>(tr("&Add policy…"), "retrainingRecorded"), ask, done,
            records.changing<RetrainingDialog>(tr("C&hange…"), "retrainingChanged"),
            closing<RetrainingChanged>(
                records, "retrainingChanged", tr("Close a policy"), tr("\"%1\" holds no longer."),
                [&context](const RetrainingPolicy &record) { return context.workspace.changeRetraining(record); })};
}

RegisterKind retrainingKind(Context &context)
{
    const KindRecords<RetrainingId, RetrainingPolicy> records{context, &Registry::retrainings};
    RegisterKind kind{u"retraining"_s,
                      tr("Retraining"),
                      tr("No retraining policy is recorded"),
                      tr("Say when the model is retrained: on drift, on a decline of its performance, and how often at "
                         "most. When it is due, the home page says so."),
                      {tr("Policy"), tr("When"), tr("At most every"), tr("Asked for"), tr("State")},
                      0,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        const auto due = retrainingsDue(context.workspace.registry(), context.workspace.today());
        QList<Row> rows;
        for (const auto *record : ofModel(context.workspace.registry().retrainings, model)) {
            const bool isDue = std::ranges::find(due, record->id, &RetrainingDue::policy) != due.end();
            QStringList when;
            if (record->onDrift)
                when << tr("drift");
            if (record->onDecline)
                when << tr("decline");
            rows << Row{
                toQt(record->id.str()),
                {Cell(toQt(record->title)), Cell(when.join(tr(" or "))),
                 numberCell(countText(record->minDays, tr("day"), tr("days")), static_cast<double>(record->minDays)),
                 numberCell(countText(qint64(record->requests.size()), tr("time"), tr("times")),
                            static_cast<double>(record->requests.size())),
                 Cell(retrainingBadge(*record, isDue))}};
        }
        return rows;
    };
    kind.details = records.details([](const RetrainingPolicy &record, const Registry &registry) {
        RegisterDetails details;
        QStringList requests;
        for (const auto &request : record.requests)
            requests << (request.version.valid()
                             ? tr("%1: %2 Version %3 came of it.")
                                   .arg(dateText(request.on), toQt(request.why),
                                        versionLabel(registry, request.version))
                             : tr("%1: %2 Not done yet.").arg(dateText(request.on), toQt(request.why)));
        details << QPair{tr("Command"), toQt(record.command)} << QPair{tr("Requests"), requests.join(u'\n')};
        return details;
    });
    kind.actions = retrainingActions(context, records);
    return kind;
}

RegisterKind handOverKind(Context &context)
{
    const KindRecords<HandOverId, HandOver> records{context, &Registry::handOvers};
    RegisterKind kind{u"handover"_s,
                      tr("Hand-over"),
                      tr("No hand-over is recorded"),
                      tr("List what development hands over to operations with a version. Whoever takes it over closes "
                         "the list."),
                      {tr("Hand-over"), tr("Version"), tr("Done"), tr("State")},
                      0,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        const auto &registry = context.workspace.registry();
        QList<Row> rows;
        for (const auto *record : ofModel(registry.handOvers, model)) {
            const auto all = static_cast<qint64>(record->items.size());
            const auto done = all - record->undone();
            rows << Row{toQt(record->id.str()),
                        {Cell(toQt(record->title)), Cell(versionLabel(registry, record->version)),
                         numberCell(tr("%1 of %2").arg(done).arg(all), static_cast<double>(done) / double(all)),
                         Cell(record->open ? stateBadge(true)
                                           : BadgeStyle{tr("Taken over"), Theme::Colour::green, BadgeShape::circle})}};
        }
        return rows;
    };
    kind.details = records.details([](const HandOver &record, const Registry &) {
        RegisterDetails details;
        QStringList items;
        for (const auto &item : record.items)
            items << (item.done ? u"☑ "_s : u"☐ "_s) + toQt(item.text) +
                         (item.remark.empty() ? QString() : u" ("_s + toQt(item.remark) + u')');
        details << QPair{tr("Items"), items.join(u'\n')};
        return details;
    });
    auto take = closing<HandOverChanged>(
        records, "handOverChanged", tr("Take a version over"),
        tr("\"%1\": everything on the list is there, and operations answer for the version from now."),
        [&context](const HandOver &record) { return context.workspace.changeHandOver(record); });
    take.text = tr("Ta&ke over…");
    take.unless = [&context, records](const QString &key) {
        const auto *record = records.find(key);
        if (!record || !record->open)
            return tr("It is taken over already.");
        if (record->undone() > 0)
            return tr("%1 on the list.").arg(countText(record->undone(), tr("item is open"), tr("items are open")));
        auto taken = *record;
        taken.open = false;
        return whyNotNow(context.workspace, HandOverChanged{taken}).value_or(QString());
    };
    kind.actions = {records.adding<HandOverDialog>(tr("&Prepare hand-over…"), "handOverRecorded"),
                    records.changing<ChecklistDialog>(tr("&Tick items…"), "handOverChanged"),
                    records.changing<HandOverDialog>(tr("C&hange…"), "handOverChanged"), take};
    return kind;
}

RegisterKind explanationKind(Context &context)
{
    const KindRecords<ExplanationId, Explanation> records{context, &Registry::explanations};
    RegisterKind kind{u"explanations"_s,
                      tr("Explanations"),
                      tr("No explanation is attached"),
                      tr("Attach to a version how much each feature matters, and the reason codes that people are "
                         "given."),
                      {tr("Method"), tr("Version"), tr("Features"), tr("Reason codes"), tr("State")},
                      0,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        const auto &registry = context.workspace.registry();
        QList<Row> rows;
        for (const auto *record : ofModel(registry.explanations, model)) {
            const auto count = [](std::size_t items) {
                return numberCell(countText(qint64(items)), static_cast<double>(items));
            };
            rows << Row{toQt(record->id.str()),
                        {Cell(toQt(record->title)), Cell(versionLabel(registry, record->version)),
                         count(record->importance.size()), count(record->reasonCodes.size()),
                         Cell(stateBadge(record->open))}};
        }
        return rows;
    };
    kind.details = records.details([](const Explanation &record, const Registry &) {
        RegisterDetails details;
        auto sorted = record.importance;
        std::ranges::stable_sort(sorted, std::ranges::greater(),
                                 [](const FeatureImportance &feature) { return std::abs(feature.importance); });
        QStringList features;
        for (const auto &feature : sorted)
            features << u"%1  %2"_s.arg(toQt(fixed(feature.importance, 3)), toQt(feature.feature));
        QStringList reasons;
        for (const auto &reason : record.reasonCodes)
            reasons << u"%1: %2"_s.arg(toQt(reason.code), toQt(reason.text));
        details << QPair{tr("Sample"), toQt(record.sample)} << QPair{tr("Importance"), features.join(u'\n')}
                << QPair{tr("Reason codes"), reasons.join(u'\n')};
        return details;
    });
    kind.actions = {records.adding<ExplanationDialog>(tr("&Attach explanation…"), "explanationRecorded"),
                    records.changing<ExplanationDialog>(tr("C&hange…"), "explanationChanged"),
                    closing<ExplanationChanged>(
                        records, "explanationChanged", tr("Close an explanation"),
                        tr("\"%1\" explains the version no longer."),
                        [&context](const Explanation &record) { return context.workspace.changeExplanation(record); })};
    return kind;
}

} // namespace

QList<RegisterKind> operationKinds(Context &context)
{
    return {usageKind(context), costKind(context), retrainingKind(context), handOverKind(context),
            explanationKind(context)};
}

} // namespace countersign
