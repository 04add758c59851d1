// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/registerdialogs.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <cmath>

#include "core/policy/approvals.h"
#include "core/policy/excuses.h"
#include "ui/pages/model/personchoice.h"
#include "ui/pages/model/signapprovaldialog.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/optionaldate.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

void addVersions(QComboBox *choice, const Registry &registry, const ModelId &model, const QString &none)
{
    choice->addItem(none, QString());
    for (const auto *version : registry.versionsOf(model))
        choice->addItem(toQt(version->label), toQt(version->id.str()));
}

void addSeverities(QComboBox *choice, Severity chosen)
{
    for (const auto severity : enumValues<Severity>())
        choice->addItem(toQt(displayName(severity)), static_cast<int>(severity));
    choice->setCurrentIndex(choice->findData(static_cast<int>(chosen)));
}

Severity severityIn(const QComboBox *choice)
{
    return static_cast<Severity>(choice->currentData().toInt());
}

/// The day of a record as it stands; of a new one that which the policy gives its severity.
void followTerm(OptionalDate *due, QComboBox *severity, const std::optional<Date> &known, bool isNew,
                const std::map<Severity, std::int64_t> &terms, Date today)
{
    if (!isNew) {
        due->setDate(known);
        return;
    }
    const auto follow = [due, severity, terms, today] { due->setDate(dueAfter(terms, severityIn(severity), today)); };
    QObject::connect(severity, &QComboBox::currentIndexChanged, due, follow);
    follow();
}

/// A new record ends by the term of its severity at the latest; proposed is the earlier of that and `usual`.
void endWithin(QDateEdit *end, QComboBox *severity, const std::map<Severity, std::int64_t> &terms, QDate today,
               QDate usual)
{
    const auto follow = [end, severity, terms, today, usual] {
        const auto last = dueAfter(terms, severityIn(severity), fromQt(today));
        end->setMaximumDate(last ? toQt(*last) : QDate(9999, 12, 31));
        end->setDate(last ? std::min(usual, toQt(*last)) : usual);
    };
    QObject::connect(severity, &QComboBox::currentIndexChanged, end, follow);
    follow();
}

/// Everybody active, with the owner of the record, or of the model when it is new.
void offerOwner(QComboBox *choice, const Registry &registry, const std::string &owner, const ModelId &model)
{
    offerPeople(*choice, registry);
    const auto found = registry.models.find(model);
    choice->setEditText(toQt(owner.empty() && found != registry.models.end() ? found->second.owner : owner));
}

} // namespace

std::optional<double> numberIn(const QLineEdit &field)
{
    bool good = false;
    const auto number = field.text().trimmed().replace(u',', u'.').toDouble(&good);
    return good && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

LimitationDialog::LimitationDialog(Context &context, Limitation record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Change a limitation") : tr("Record a limitation"),
                record.id.valid() ? tr("Change limitation") : tr("Record limitation"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_title(addLine(tr("&Title"), tr("What the model cannot do, in one line")))
    , m_severity(addChoice(tr("&Severity")))
    , m_owner(addChoice(tr("&Owner")))
    , m_due(new OptionalDate(tr("Look again by"), this))
    , m_effect(addText(tr("&Effect"), tr("Where it shows and what it does to results")))
    , m_mitigation(addText(tr("&Mitigation"), tr("What is done about it: a limit, a control, an overlay"), 2))
{
    addField(tr("&Look again by"), m_due);
    addSeverities(m_severity, m_record.severity);
    offerOwner(m_owner, context.workspace.registry(), m_record.owner, m_record.model);
    followTerm(m_due, m_severity, m_record.dueOn, !m_record.id.valid(), context.workspace.policy().limitationDays,
               context.workspace.today());
    m_title->setText(toQt(m_record.title));
    m_effect->setPlainText(toQt(m_record.effect));
    m_mitigation->setPlainText(toQt(m_record.mitigation));
    m_title->setFocus();
}

QString LimitationDialog::missing() const
{
    if (typed(m_title).empty())
        return tr("Give the limitation a title.");
    if (m_owner->currentText().trimmed().isEmpty())
        return tr("Say who answers for it.");
    return typed(m_effect).empty() ? tr("Say what its effect is.") : QString();
}

Result<void> LimitationDialog::act()
{
    auto record = m_record;
    record.title = typed(m_title);
    record.severity = severityIn(m_severity);
    record.owner = toStd(m_owner->currentText().trimmed());
    record.dueOn = m_due->date();
    record.effect = typed(m_effect);
    record.mitigation = typed(m_mitigation);
    return record.id.valid() ? m_context.workspace.changeLimitation(record)
                             : outcome(m_context.workspace.recordLimitation(record));
}

ExceptionDialog::ExceptionDialog(Context &context, const ModelId &model, QWidget *parent)
    : ActDialog(tr("Request an exception"), tr("Request exception"), parent)
    , m_context(context)
    , m_model(model)
    , m_kind(addChoice(tr("&Kind")))
    , m_version(addChoice(tr("&Version")))
    , m_excuses(addChoice(tr("Exc&uses")))
    , m_requirement(addLine(tr("Re&quirement"), tr("What the policy asks for and is not met")))
    , m_reason(addText(tr("&Reason"), tr("Why it cannot be met now"), 2))
    , m_control(addText(tr("&Compensating control"), tr("What keeps the risk in bounds meanwhile"), 2))
    , m_limits(addText(tr("&Limits of use"), tr("How far the model may be used until then"), 2))
    , m_severity(addChoice(tr("&Severity")))
    , m_owner(addChoice(tr("&Owner")))
    , m_expires(addDate(tr("E&xpires on")))
    , m_plan(addText(tr("&Plan"), tr("How the demand will be met until then"), 2))
{
    const auto today = toQt(context.workspace.today());
    for (const auto kind : enumValues<ExceptionKind>())
        m_kind->addItem(toQt(displayName(kind)), static_cast<int>(kind));
    addVersions(m_version, context.workspace.registry(), model, tr("The model as a whole"));
    m_excuses->addItem(tr("No check of the program"), QString());
    const auto &registry = context.workspace.registry();
    for (const auto &excusable : excusablesOf(context.workspace.policy(), registry, registry.models.at(model)))
        m_excuses->addItem(toQt(excusable.title), toQt(excusable.id));
    m_excuses->setToolTip(
        tr("Counts as met, with this exception as the reason, from the last signature to its last day"));
    addSeverities(m_severity, Severity::medium);
    offerOwner(m_owner, context.workspace.registry(), {}, model);
    m_expires->setMinimumDate(today.addDays(1));
    endWithin(m_expires, m_severity, context.workspace.policy().exceptionDays, today, today.addMonths(3));
    const auto follow = [this] {
        const auto required = exceptionSignatures(
            m_context.workspace.policy(), m_context.workspace.registry(), m_model,
            beforeValidation() ? ExceptionKind::useBeforeValidation : ExceptionKind::policyException,
            m_context.workspace.user() ? m_context.workspace.user()->id : UserId());
        m_excuses->setEnabled(!beforeValidation());
        messages()->setClosable(false);
        if (required.empty())
            messages()->showMessage(MessageBar::Kind::warning,
                                    tr("The policy in force does not say who approves such an exception."));
        else
            messages()->showMessage(MessageBar::Kind::info,
                                    tr("Holds once signed by %1.").arg(signaturesText(required)));
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, follow);
    follow();
    m_kind->setFocus();
}

bool ExceptionDialog::beforeValidation() const
{
    return static_cast<ExceptionKind>(m_kind->currentData().toInt()) == ExceptionKind::useBeforeValidation;
}

QString ExceptionDialog::missing() const
{
    if (typed(m_requirement).empty())
        return tr("Say which demand of the policy is not met.");
    if (typed(m_reason).empty())
        return tr("Give the reason.");
    if (typed(m_control).empty())
        return tr("Name the compensating control.");
    if (m_owner->currentText().trimmed().isEmpty())
        return tr("Say who answers for it.");
    if (beforeValidation() && m_version->currentData().toString().isEmpty())
        return tr("Use before validation is allowed for one version: choose it.");
    return beforeValidation() && typed(m_limits).empty() ? tr("Say what limits the use.") : QString();
}

Result<void> ExceptionDialog::act()
{
    PolicyException record;
    record.model = m_model;
    record.version = VersionId(toStd(m_version->currentData().toString()));
    record.kind = static_cast<ExceptionKind>(m_kind->currentData().toInt());
    if (m_excuses->isEnabled())
        record.excuses = toStd(m_excuses->currentData().toString());
    record.requirement = typed(m_requirement);
    record.reason = typed(m_reason);
    record.compensatingControl = typed(m_control);
    record.limits = typed(m_limits);
    record.severity = severityIn(m_severity);
    record.owner = toStd(m_owner->currentText().trimmed());
    record.plan = typed(m_plan);
    record.expiresOn = fromQt(m_expires->date());
    return outcome(m_context.workspace.requestException(record));
}

ActDialog *signExceptionDialog(Context &context, const PolicyException &exception, QWidget *parent)
{
    QStringList notes{tr("%1: %2. Until %3. Compensating control: %4")
                          .arg(toQt(displayName(exception.kind)), toQt(exception.requirement),
                               dateText(exception.expiresOn), toQt(exception.compensatingControl))};
    if (!exception.excuses.empty())
        notes << tr("While it holds, this counts as met: %1").arg(toQt(excusedInWords(exception.excuses)));
    auto &workspace = context.workspace;
    return new SignApprovalDialog(context,
                                  {tr("Sign an exception"),
                                   notes,
                                   {},
                                   tr("You cannot sign this exception."),
                                   [&](const User &user, Role role) {
                                       return whyExceptionForbidden(workspace.policy(), workspace.registry(), exception,
                                                                    user, role, workspace.today());
                                   },
                                   [&](const User &user, Role role) {
                                       return standsInFor(workspace.policy(), workspace.registry(), exception, user,
                                                          role, workspace.today());
                                   },
                                   [&workspace, id = exception.id](Role role, bool approve, const std::string &comment,
                                                                   const std::string &passphrase) {
                                       return workspace.signException(id, role, approve, comment, passphrase);
                                   }},
                                  parent);
}

OverlayDialog::OverlayDialog(Context &context, Overlay record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Change an overlay") : tr("Record an overlay"),
                record.id.valid() ? tr("Change overlay") : tr("Record overlay"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_title(addLine(tr("&Title"), tr("What is adjusted, in one line")))
    , m_reason(addText(tr("&Reason"), tr("Why the model's own result is not used as it is"), 2))
    , m_method(addText(tr("&Method"), tr("How the amount is calculated"), 2))
    , m_limitation(addChoice(tr("Makes up &for")))
    , m_severity(addChoice(tr("&Severity")))
    , m_owner(addChoice(tr("&Owner")))
    , m_plan(addText(tr("&Plan"), tr("What will end it"), 2))
    , m_unit(addLine(tr("&Unit"), tr("EUR million, basis points")))
{
    m_title->setText(toQt(m_record.title));
    m_reason->setPlainText(toQt(m_record.reason));
    m_method->setPlainText(toQt(m_record.method));
    m_unit->setText(toQt(m_record.unit));
    m_plan->setPlainText(toQt(m_record.plan));
    addSeverities(m_severity, m_record.severity);
    offerOwner(m_owner, context.workspace.registry(), m_record.owner, m_record.model);
    m_limitation->addItem(tr("No recorded limitation"), QString());
    for (const auto &[id, limitation] : context.workspace.registry().limitations)
        if (limitation.model == m_record.model)
            m_limitation->addItem(toQt(limitation.title), toQt(id.str()));
    m_limitation->setCurrentIndex(std::max(0, m_limitation->findData(toQt(m_record.limitation.str()))));
    if (!m_record.id.valid()) {
        m_amount = addLine(tr("&Amount"), tr("0.0"));
        m_expires = addDate(tr("E&xpires on"));
        const auto today = toQt(context.workspace.today());
        m_expires->setMinimumDate(today);
        endWithin(m_expires, m_severity, context.workspace.policy().overlayDays, today, today.addMonths(6));
    }
    m_title->setFocus();
}

QString OverlayDialog::missing() const
{
    if (typed(m_title).empty())
        return tr("Give the overlay a title.");
    if (typed(m_reason).empty())
        return tr("Give the reason.");
    if (typed(m_method).empty())
        return tr("Say how it is calculated.");
    if (m_owner->currentText().trimmed().isEmpty())
        return tr("Say who answers for it.");
    if (typed(m_unit).empty())
        return tr("Name the unit of its amounts.");
    return m_amount && !numberIn(*m_amount) ? tr("Give the amount as a number.") : QString();
}

Result<void> OverlayDialog::act()
{
    auto record = m_record;
    record.title = typed(m_title);
    record.reason = typed(m_reason);
    record.method = typed(m_method);
    record.severity = severityIn(m_severity);
    record.owner = toStd(m_owner->currentText().trimmed());
    record.plan = typed(m_plan);
    record.unit = typed(m_unit);
    record.limitation = LimitationId(toStd(m_limitation->currentData().toString()));
    if (record.id.valid())
        return m_context.workspace.changeOverlay(record);
    record.amounts = {{m_context.workspace.today(), *numberIn(*m_amount), "First recorded"}};
    record.expiresOn = fromQt(m_expires->date());
    return outcome(m_context.workspace.recordOverlay(record));
}

OverlayAmountDialog::OverlayAmountDialog(Context &context, Overlay record, QWidget *parent)
    : ActDialog(tr("Amount of an overlay"), tr("Record amount"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_amount(addLine(tr("&Amount in %1").arg(toQt(m_record.unit))))
    , m_on(addDate(tr("&On")))
    , m_reason(addText(tr("&Reason"), tr("Why it has changed"), 2))
{
    addNote(toQt(m_record.title));
    m_amount->setAccessibleName(tr("Amount"));
    m_on->setMaximumDate(toQt(context.workspace.today()));
    m_on->setDate(toQt(context.workspace.today()));
    m_amount->setFocus();
}

QString OverlayAmountDialog::missing() const
{
    return numberIn(*m_amount) ? QString() : tr("Give the amount as a number.");
}

Result<void> OverlayAmountDialog::act()
{
    auto record = m_record;
    record.amounts.push_back({fromQt(m_on->date()), *numberIn(*m_amount), typed(m_reason)});
    return m_context.workspace.changeOverlay(record);
}

OverlayRenewalDialog::OverlayRenewalDialog(Context &context, Overlay record, QWidget *parent)
    : ActDialog(tr("Renew an overlay"), tr("Renew"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_until(addDate(tr("&Until")))
    , m_reason(addText(tr("&Reason"), tr("Why it is still needed, and what will end it"), 3))
{
    addNote(tr("%1. Expires on %2, renewed so far: %3.")
                .arg(toQt(m_record.title), dateText(m_record.expiresOn), QString::number(m_record.renewals.size())));
    const auto today = toQt(context.workspace.today());
    m_until->setMinimumDate(today.addDays(1));
    const auto last = dueAfter(context.workspace.policy().overlayDays, m_record.severity, context.workspace.today());
    if (last)
        m_until->setMaximumDate(toQt(*last));
    m_until->setDate(std::max(today, toQt(m_record.expiresOn)).addMonths(6));
    m_reason->setFocus();
}

QString OverlayRenewalDialog::missing() const
{
    return typed(m_reason).empty() ? tr("Give the reason.") : QString();
}

Result<void> OverlayRenewalDialog::act()
{
    auto record = m_record;
    record.renewals.push_back({m_context.workspace.today(), fromQt(m_until->date()), typed(m_reason)});
    record.expiresOn = fromQt(m_until->date());
    return m_context.workspace.changeOverlay(record);
}

IncidentDialog::IncidentDialog(Context &context, Incident record, Purpose purpose, QWidget *parent)
    : ActDialog(purpose == Purpose::record   ? tr("Record an incident")
                : purpose == Purpose::change ? tr("Change an incident")
                                             : tr("Close an incident"),
                purpose == Purpose::record   ? tr("Record incident")
                : purpose == Purpose::change ? tr("Change incident")
                                             : tr("Close incident"),
                parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_purpose(purpose)
    , m_title(addLine(tr("&Title"), tr("What happened, in one line")))
    , m_severity(addChoice(tr("&Severity")))
    , m_on(addDate(tr("&Occurred on")))
    , m_owner(addChoice(tr("O&wner")))
    , m_due(new OptionalDate(tr("Settle by"), this))
    , m_impact(addText(tr("&Impact"), tr("Which decisions or figures were touched, and how far"), 2))
    , m_plan(addText(tr("&Plan"), tr("What will be done until then"), 2))
    , m_cause(addText(tr("&Cause"), tr("As far as it is known; needed to close"), 2))
    , m_action(addText(tr("&Action"), tr("What was done about it; needed to close"), 2))
{
    const auto today = context.workspace.today();
    addField(tr("Settle &by"), m_due);
    addSeverities(m_severity, m_record.severity);
    offerOwner(m_owner, context.workspace.registry(), m_record.owner, m_record.model);
    followTerm(m_due, m_severity, m_record.dueOn, purpose == Purpose::record, context.workspace.policy().incidentDays,
               today);
    m_plan->setPlainText(toQt(m_record.plan));
    m_title->setText(toQt(m_record.title));
    m_on->setMaximumDate(toQt(today));
    m_on->setDate(toQt(m_record.id.valid() ? m_record.occurredOn : today));
    m_impact->setPlainText(toQt(m_record.impact));
    m_cause->setPlainText(toQt(m_record.cause));
    m_action->setPlainText(toQt(m_record.action));
    purpose == Purpose::close ? m_cause->setFocus() : m_title->setFocus();
}

QString IncidentDialog::missing() const
{
    if (typed(m_title).empty())
        return tr("Give the incident a title.");
    if (m_owner->currentText().trimmed().isEmpty())
        return tr("Say who settles it.");
    if (typed(m_impact).empty())
        return tr("Say what its impact is.");
    if (m_purpose == Purpose::close && typed(m_cause).empty())
        return tr("Name the cause.");
    return m_purpose == Purpose::close && typed(m_action).empty() ? tr("Say what was done about it.") : QString();
}

Result<void> IncidentDialog::act()
{
    auto record = m_record;
    record.title = typed(m_title);
    record.severity = severityIn(m_severity);
    record.owner = toStd(m_owner->currentText().trimmed());
    record.dueOn = m_due->date();
    record.plan = typed(m_plan);
    record.occurredOn = fromQt(m_on->date());
    record.impact = typed(m_impact);
    record.cause = typed(m_cause);
    record.action = typed(m_action);
    record.open = m_purpose != Purpose::close;
    return m_purpose == Purpose::record ? outcome(m_context.workspace.recordIncident(record))
                                        : m_context.workspace.changeIncident(record);
}

AssumptionDialog::AssumptionDialog(Context &context, Assumption record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Change an assumption") : tr("Record an assumption"),
                record.id.valid() ? tr("Change assumption") : tr("Record assumption"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_title(addLine(tr("&Title"), tr("What is taken for true, in one line")))
    , m_reference(addLine(tr("&Source"), tr("Where the value can be looked up: a statistic, a vendor, a study")))
    , m_unit(addLine(tr("&Unit")))
    , m_low(addLine(tr("Expected &from"), tr("lowest value")))
    , m_high(addLine(tr("Expected &to"), tr("highest value")))
    , m_months(addChoice(tr("&Check")))
{
    for (const int months : {1, 3, 6, 12, 24, 36})
        m_months->addItem(months == 1 ? tr("Every month") : tr("Every %1 months").arg(months), months);
    if (const auto known = m_months->findData(static_cast<int>(m_record.checkMonths)); known >= 0)
        m_months->setCurrentIndex(known);
    else {
        m_months->addItem(tr("Every %1 months").arg(m_record.checkMonths), static_cast<int>(m_record.checkMonths));
        m_months->setCurrentIndex(m_months->count() - 1);
    }
    m_title->setText(toQt(m_record.title));
    m_reference->setText(toQt(m_record.reference));
    m_unit->setText(toQt(m_record.unit));
    if (m_record.id.valid()) {
        m_low->setText(toQt(decimalFromDouble(m_record.low)));
        m_high->setText(toQt(decimalFromDouble(m_record.high)));
    }
    m_title->setFocus();
}

QString AssumptionDialog::missing() const
{
    if (typed(m_title).empty())
        return tr("Give the assumption a title.");
    if (typed(m_reference).empty())
        return tr("Say where the value comes from.");
    const auto low = numberIn(*m_low);
    const auto high = numberIn(*m_high);
    if (!low || !high)
        return tr("Give the expected range as two numbers.");
    return *low > *high ? tr("The range runs from its lower to its upper end.") : QString();
}

Result<void> AssumptionDialog::act()
{
    auto record = m_record;
    record.title = typed(m_title);
    record.reference = typed(m_reference);
    record.unit = typed(m_unit);
    record.low = *numberIn(*m_low);
    record.high = *numberIn(*m_high);
    record.checkMonths = m_months->currentData().toInt();
    return record.id.valid() ? m_context.workspace.changeAssumption(record)
                             : outcome(m_context.workspace.recordAssumption(record));
}

CheckAssumptionDialog::CheckAssumptionDialog(Context &context, Assumption record, QWidget *parent)
    : ActDialog(tr("Check an assumption"), tr("Record check"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_value(addLine(tr("&Value")))
    , m_on(addDate(tr("&On")))
{
    addNote(tr("%1. Source: %2. Expected: %3 to %4 %5.")
                .arg(toQt(m_record.title), toQt(m_record.reference), toQt(decimalFromDouble(m_record.low)),
                     toQt(decimalFromDouble(m_record.high)), toQt(m_record.unit)));
    m_on->setMaximumDate(toQt(context.workspace.today()));
    m_on->setDate(toQt(context.workspace.today()));
    messages()->setClosable(false);
    connect(m_value, &QLineEdit::textChanged, this, &CheckAssumptionDialog::say);
    m_value->setFocus();
}

void CheckAssumptionDialog::say()
{
    const auto value = numberIn(*m_value);
    if (value && (*value < m_record.low || *value > m_record.high))
        messages()->showMessage(MessageBar::Kind::warning, tr("Out of its range: a finding is opened by itself."));
    else
        messages()->clear();
}

QString CheckAssumptionDialog::missing() const
{
    return numberIn(*m_value) ? QString() : tr("Give the value as a number.");
}

Result<void> CheckAssumptionDialog::act()
{
    auto record = m_record;
    record.lastValue = numberIn(*m_value);
    record.checkedOn = fromQt(m_on->date());
    return m_context.workspace.changeAssumption(record);
}

} // namespace countersign
