// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/registerkind.h"

#include "core/domain/deadlines.h"
#include "core/policy/excuses.h"
#include "core/policy/staleness.h"
#include "ui/pages/model/registerdialogs.h"
#include "ui/pages/model/registerrecords.h"
#include "ui/pages/model/requestrows.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// "Until 2027-01-31", and once that day has passed "Expired 12 days ago".
BadgeStyle untilBadge(bool open, Date day, Date today)
{
    if (!open)
        return stateBadge(false);
    if (day >= today)
        return {tr("Until %1").arg(dateText(day)), Theme::Colour::green, BadgeShape::circle};
    return {tr("Expired %1 ago").arg(countText((today - day).count(), tr("day"), tr("days"))), Theme::Colour::red,
            BadgeShape::triangle};
}

/// Open, or by how much it is late.
BadgeStyle dueBadge(bool open, const std::optional<Date> &due, Date today)
{
    if (!open || !due || *due >= today)
        return stateBadge(open);
    return {tr("%1 late").arg(countText((today - *due).count(), tr("day"), tr("days"))), Theme::Colour::red,
            BadgeShape::triangle};
}

RegisterKind limitationKind(Context &context)
{
    const KindRecords<LimitationId, Limitation> records{context, &Registry::limitations};
    RegisterKind kind{u"limitations"_s,
                      tr("Limitations"),
                      tr("No limitation is recorded"),
                      tr("Record what the model cannot do, so that whoever signs for it knows."),
                      {tr("Severity"), tr("Limitation"), tr("Owner"), tr("Look again by"), tr("State")},
                      1,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        QList<Row> rows;
        for (const auto *record : ofModel(context.workspace.registry().limitations, model))
            rows << Row{toQt(record->id.str()),
                        {Cell(badgeFor(record->severity), -static_cast<int>(record->severity)),
                         Cell(toQt(record->title)), Cell(toQt(record->owner)), Cell(dateText(record->dueOn)),
                         Cell(dueBadge(record->open, record->dueOn, context.workspace.today()))}};
        return rows;
    };
    kind.details = records.details([](const Limitation &record, const Registry &) {
        RegisterDetails details;
        details << QPair{tr("Effect"), toQt(record.effect)} << QPair{tr("Mitigation"), toQt(record.mitigation)}
                << QPair{tr("Owner"), toQt(record.owner)} << QPair{tr("Look again by"), dateText(record.dueOn)}
                << QPair{tr("Closed because"), toQt(record.closingReason)};
        return details;
    });
    kind.naming = 1;
    kind.evidence = records.evidence();
    kind.actions = {records.adding<LimitationDialog>(tr("&Add limitation…"), "limitationRecorded"),
                    records.changing<LimitationDialog>(tr("C&hange…"), "limitationChanged"),
                    evidencing(records, RecordKind::limitation),
                    closing<LimitationChanged>(
                        records, "limitationChanged", tr("Close a limitation"), tr("%1 no longer limits the model."),
                        [&context](const Limitation &record) { return context.workspace.changeLimitation(record); })};
    return kind;
}

BadgeStyle exceptionBadge(const PolicyException &exception, Date today)
{
    switch (statusOn(exception, today)) {
    case ExceptionStatus::requested:
        if (deadlinesOf(exception).overdueOn(today))
            return {tr("Overdue for decision"), Theme::Colour::red, BadgeShape::triangle};
        return {tr("Waits for signatures"), Theme::Colour::amber, BadgeShape::ring};
    case ExceptionStatus::timedOut:
        return {tr("Timed out"), Theme::Colour::noData, BadgeShape::square};
    case ExceptionStatus::approved:
        return untilBadge(true, exception.expiresOn, today);
    case ExceptionStatus::refused:
        return {tr("Refused"), Theme::Colour::red, BadgeShape::square};
    case ExceptionStatus::closed:
        break;
    }
    return stateBadge(false);
}

bool stands(const PolicyException &exception, Date today)
{
    const auto status = statusOn(exception, today);
    return status == ExceptionStatus::requested || status == ExceptionStatus::approved;
}

RegisterKind exceptionKind(Context &context)
{
    const KindRecords<ExceptionId, PolicyException> records{context, &Registry::exceptions};
    RegisterKind kind{u"exceptions"_s,
                      tr("Exceptions"),
                      tr("No exception was asked for"),
                      tr("Where a demand of the policy cannot be met for a time, ask for an exception with a "
                         "compensating control and an expiry."),
                      {tr("Severity"), tr("Requirement"), tr("Owner"), tr("State")},
                      1,
                      {},
                      {},
                      {},
                      {}};
    kind.isOpen = [records, &context](const QString &key) {
        const auto *record = records.find(key);
        return record && stands(*record, context.workspace.today());
    };
    kind.rows = [&context](const ModelId &model) {
        QList<Row> rows;
        for (const auto *record : ofModel(context.workspace.registry().exceptions, model))
            rows << Row{toQt(record->id.str()),
                        {Cell(badgeFor(record->severity), -static_cast<int>(record->severity)),
                         Cell(toQt(record->requirement)), Cell(toQt(record->owner)),
                         Cell(exceptionBadge(*record, context.workspace.today()), dateText(record->expiresOn))}};
        return rows;
    };
    kind.details = records.details([](const PolicyException &record, const Registry &registry) {
        RegisterDetails details;
        const auto version = registry.versions.find(record.version);
        const auto missing = outstanding(record);
        QStringList changes;
        for (const auto &stale : staleApprovals(registry, record))
            for (const auto &change : stale.changes)
                changes << changeText(change);
        changes.removeDuplicates();
        details << QPair{tr("Kind"), toQt(displayName(record.kind))}
                << QPair{tr("Concerns"), version == registry.versions.end()
                                             ? tr("The model as a whole")
                                             : tr("Version %1").arg(toQt(version->second.label))}
                << QPair{tr("Excuses"), record.excuses.empty() ? QString() : toQt(excusedInWords(record.excuses))}
                << QPair{tr("Reason"), toQt(record.reason)}
                << QPair{tr("Compensating control"), toQt(record.compensatingControl)}
                << QPair{tr("Limits of use"), toQt(record.limits)} << QPair{tr("Owner"), toQt(record.owner)}
                << QPair{tr("Plan"), toQt(record.plan)} << QPair{tr("Expires on"), dateText(record.expiresOn)}
                << QPair{tr("Signatures"), approvalsText(record.signatures)}
                << QPair{tr("Changed since it was signed"), changes.join(u'\n')}
                << QPair{tr("Still missing"), record.status == ExceptionStatus::requested && !missing.empty()
                                                  ? signaturesText(missing)
                                                  : QString()}
                << QPair{tr("To be decided by"), dateText(deadlinesOf(record).remindsOn)}
                << QPair{tr("Times out after"), dateText(deadlinesOf(record).lastDay)}
                << QPair{tr("Closed because"), toQt(record.closingReason)};
        return details;
    });
    kind.naming = 1;
    kind.evidence = records.evidence();
    const auto unlessDecided = [isOpen = kind.isOpen](const QString &key) {
        return isOpen(key) ? QString() : tr("This exception is closed, refused or timed out.");
    };
    kind.actions = {
        {tr("&Request exception…"),
         "exceptionRequested",
         false,
         {},
         [&context](const ModelId &model, const QString &, QWidget *parent) -> ActDialog * {
             return new ExceptionDialog(context, model, parent);
         }},
        {tr("&Sign…"), "exceptionSigned", true,
         [records, &context](const QString &key) {
             const auto *record = records.find(key);
             if (!record || record->status != ExceptionStatus::requested)
                 return tr("This exception is decided.");
             const auto deadlines = deadlinesOf(*record);
             return deadlines.timedOutBy(context.workspace.today()) ? toQt(timeOutInWords(deadlines)) : QString();
         },
         [records, &context](const ModelId &, const QString &key, QWidget *parent) -> ActDialog * {
             const auto *record = records.find(key);
             return record ? signExceptionDialog(context, *record, parent) : nullptr;
         }},
        {tr("A&bstain…"), "exceptionAbstained", true,
         [records, &context](const QString &key) {
             const auto *record = records.find(key);
             if (!record)
                 return tr("This exception is gone.");
             if (hasSpoken(context.workspace, *record))
                 return tr("You have signed or abstained from this exception already.");
             return whyNotNow(context.workspace, ExceptionAbstained{record->id, "reason", record->revision})
                 .value_or(QString());
         },
         [&context](const ModelId &, const QString &key, QWidget *parent) -> ActDialog * {
             return abstainDialog(
                 tr("exception"),
                 [&context, id = ExceptionId(toStd(key))](const std::string &reason) {
                     return context.workspace.abstain(id, reason);
                 },
                 parent);
         }},
        evidencing(records, RecordKind::policyException, unlessDecided),
        {tr("&Close…"), "exceptionClosed", true,
         [records, &context](const QString &key) {
             const auto *record = records.find(key);
             if (!record || record->status == ExceptionStatus::refused || record->status == ExceptionStatus::closed)
                 return tr("This exception is closed already.");
             const ExceptionClosed fact{record->id, "reason", record->revision};
             const auto why = whyNotNow(context.workspace, fact);
             return why ? *why + u' ' + whoCouldText(context.workspace, fact) : QString();
         },
         [&context](const ModelId &, const QString &key, QWidget *parent) -> ActDialog * {
             return new ReasonDialog(
                 tr("Close an exception"), tr("The demand of the policy is met again, or the request is given up."),
                 tr("Close exception"), tr("&Reason"),
                 [&context, id = ExceptionId(toStd(key))](const std::string &reason) {
                     return context.workspace.closeException(id, reason);
                 },
                 parent);
         }}};
    return kind;
}

QString amountText(const Overlay &overlay)
{
    return overlay.amounts.empty()
               ? u"–"_s
               : u"%1 %2"_s.arg(toQt(decimalFromDouble(overlay.amounts.back().amount)), toQt(overlay.unit));
}

RegisterKind overlayKind(Context &context)
{
    const KindRecords<OverlayId, Overlay> records{context, &Registry::overlays};
    RegisterKind kind{u"overlays"_s,
                      tr("Overlays"),
                      tr("No overlay is recorded"),
                      tr("Record every adjustment made to the model's result, with its reason, method and amount."),
                      {tr("Severity"), tr("Overlay"), tr("Owner"), tr("Amount"), tr("State")},
                      1,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        QList<Row> rows;
        for (const auto *record : ofModel(context.workspace.registry().overlays, model))
            rows << Row{toQt(record->id.str()),
                        {Cell(badgeFor(record->severity), -static_cast<int>(record->severity)),
                         Cell(toQt(record->title)), Cell(toQt(record->owner)),
                         numberCell(amountText(*record), record->amounts.empty() ? 0.0 : record->amounts.back().amount),
                         Cell(untilBadge(record->open, record->expiresOn, context.workspace.today()),
                              dateText(record->expiresOn))}};
        return rows;
    };
    kind.details = records.details([](const Overlay &record, const Registry &registry) {
        RegisterDetails details;
        const auto limitation = registry.limitations.find(record.limitation);
        QStringList amounts;
        for (const auto &amount : record.amounts)
            amounts << tr("%1: %2 %3%4")
                           .arg(dateText(amount.on), toQt(decimalFromDouble(amount.amount)), toQt(record.unit),
                                amount.reason.empty() ? QString() : tr(" (%1)").arg(toQt(amount.reason)));
        QStringList renewals;
        for (const auto &renewal : record.renewals)
            renewals << tr("%1, until %2: %3").arg(dateText(renewal.on), dateText(renewal.until), toQt(renewal.reason));
        details << QPair{tr("Reason"), toQt(record.reason)} << QPair{tr("Method"), toQt(record.method)}
                << QPair{tr("Makes up for"),
                         limitation == registry.limitations.end() ? QString() : toQt(limitation->second.title)}
                << QPair{tr("Amount over time"), amounts.join(u'\n')} << QPair{tr("Renewed"), renewals.join(u'\n')}
                << QPair{tr("Expires on"), dateText(record.expiresOn)} << QPair{tr("Owner"), toQt(record.owner)}
                << QPair{tr("What will end it"), toQt(record.plan)}
                << QPair{tr("Closed because"), toQt(record.closingReason)};
        return details;
    });
    kind.naming = 1;
    kind.evidence = records.evidence();
    kind.actions = {
        records.adding<OverlayDialog>(tr("&Add overlay…"), "overlayRecorded"),
        records.changing<OverlayAmountDialog>(tr("A&mount…"), "overlayChanged"),
        records.changing<OverlayRenewalDialog>(tr("Re&new…"), "overlayChanged"),
        records.changing<OverlayDialog>(tr("C&hange…"), "overlayChanged"),
        evidencing(records, RecordKind::overlay),
        closing<OverlayChanged>(records, "overlayChanged", tr("Close an overlay"), tr("%1 is applied no longer."),
                                [&context](const Overlay &record) { return context.workspace.changeOverlay(record); })};
    return kind;
}

RegisterKind incidentKind(Context &context)
{
    const KindRecords<IncidentId, Incident> records{context, &Registry::incidents};
    RegisterKind kind{u"incidents"_s,
                      tr("Incidents"),
                      tr("No incident is recorded"),
                      tr("Record what went wrong in use: an outage, a wrong figure, a decision taken back."),
                      {tr("Severity"), tr("Incident"), tr("Owner"), tr("Settle by"), tr("State")},
                      1,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        QList<Row> rows;
        for (const auto *record : ofModel(context.workspace.registry().incidents, model))
            rows << Row{toQt(record->id.str()),
                        {Cell(badgeFor(record->severity), -static_cast<int>(record->severity)),
                         Cell(toQt(record->title)), Cell(toQt(record->owner)), Cell(dateText(record->dueOn)),
                         Cell(dueBadge(record->open, record->dueOn, context.workspace.today()))}};
        return rows;
    };
    kind.details = records.details([](const Incident &record, const Registry &) {
        RegisterDetails details;
        details << QPair{tr("Occurred"), dateText(record.occurredOn)} << QPair{tr("Impact"), toQt(record.impact)}
                << QPair{tr("Owner"), toQt(record.owner)} << QPair{tr("Settle by"), dateText(record.dueOn)}
                << QPair{tr("Plan"), toQt(record.plan)} << QPair{tr("Cause"), toQt(record.cause)}
                << QPair{tr("Action"), toQt(record.action)};
        return details;
    });
    using Purpose = IncidentDialog::Purpose;
    auto close = records.changing<IncidentDialog>(tr("&Close…"), "incidentChanged", Purpose::close);
    close.unless = [records](const QString &key) { return unlessClosing<IncidentChanged>(records, key); };
    kind.naming = 1;
    kind.evidence = records.evidence();
    kind.actions = {records.adding<IncidentDialog>(tr("&Add incident…"), "incidentRecorded", Purpose::record),
                    records.changing<IncidentDialog>(tr("C&hange…"), "incidentChanged", Purpose::change),
                    evidencing(records, RecordKind::incident), close};
    return kind;
}

BadgeStyle assumptionBadge(const Assumption &assumption, Date today)
{
    if (!assumption.open)
        return stateBadge(false);
    if (!assumption.checkedOn)
        return {tr("Never checked"), Theme::Colour::amber, BadgeShape::ring};
    if (assumption.breached())
        return {tr("Out of range"), Theme::Colour::red, BadgeShape::square};
    if (monthsAfter(*assumption.checkedOn, assumption.checkMonths) < today)
        return {tr("Check is due"), Theme::Colour::amber, BadgeShape::triangle};
    return {tr("In range"), Theme::Colour::green, BadgeShape::circle};
}

RegisterKind assumptionKind(Context &context)
{
    const KindRecords<AssumptionId, Assumption> records{context, &Registry::assumptions};
    RegisterKind kind{u"assumptions"_s,
                      tr("Assumptions"),
                      tr("No assumption is recorded"),
                      tr("Record what the model takes for true, where it can be looked up, and the range expected."),
                      {tr("Assumption"), tr("Source"), tr("Expected"), tr("Last value"), tr("Checked"), tr("State")},
                      1,
                      {},
                      records.isOpen(),
                      {},
                      {}};
    kind.rows = [&context](const ModelId &model) {
        QList<Row> rows;
        for (const auto *record : ofModel(context.workspace.registry().assumptions, model))
            rows << Row{toQt(record->id.str()),
                        {Cell(toQt(record->title)), Cell(toQt(record->reference)),
                         Cell(tr("%1 to %2 %3")
                                  .arg(toQt(decimalFromDouble(record->low)), toQt(decimalFromDouble(record->high)),
                                       toQt(record->unit))),
                         numberCell(record->lastValue ? toQt(decimalFromDouble(*record->lastValue)) : u"–"_s,
                                    record->lastValue.value_or(0)),
                         Cell(dateText(record->checkedOn)), Cell(assumptionBadge(*record, context.workspace.today()))}};
        return rows;
    };
    kind.details = records.details([](const Assumption &record, const Registry &) {
        RegisterDetails details;
        const auto next =
            record.checkedOn ? std::optional(monthsAfter(*record.checkedOn, record.checkMonths)) : std::nullopt;
        details << QPair{tr("Source"), toQt(record.reference)}
                << QPair{tr("Check"), tr("Every %1 months").arg(record.checkMonths)}
                << QPair{tr("Next check"), next ? dateText(next) : tr("as soon as possible")};
        return details;
    });
    kind.actions = {records.adding<AssumptionDialog>(tr("&Add assumption…"), "assumptionRecorded"),
                    records.changing<CheckAssumptionDialog>(tr("Chec&k…"), "assumptionChanged"),
                    records.changing<AssumptionDialog>(tr("C&hange…"), "assumptionChanged"),
                    closing<AssumptionChanged>(
                        records, "assumptionChanged", tr("Close an assumption"),
                        tr("The model rests on \"%1\" no longer."),
                        [&context](const Assumption &record) { return context.workspace.changeAssumption(record); })};
    return kind;
}

} // namespace

QList<RegisterKind> registerKinds(Context &context)
{
    return QList<RegisterKind>{limitationKind(context), exceptionKind(context), overlayKind(context),
                               incidentKind(context), assumptionKind(context)} +
           operationKinds(context);
}

} // namespace countersign
