// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/operationdialogs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>

#include <cmath>

#include "core/workspace/retraining.h"
#include "ui/pages/model/registerdialogs.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/optionaldate.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// The lines of a text that say something.
QStringList linesOf(const QPlainTextEdit *field)
{
    QStringList lines;
    for (const auto &line : field->toPlainText().split(u'\n'))
        if (!line.trimmed().isEmpty())
            lines << line.trimmed();
    return lines;
}

/// "reason: 12" in two; the part after the last separator is empty where there is none.
std::pair<QString, QString> halves(const QString &line, QChar separator, bool last)
{
    const auto at = last ? line.lastIndexOf(separator) : line.indexOf(separator);
    return at < 0 ? std::pair(line, QString()) : std::pair(line.left(at).trimmed(), line.mid(at + 1).trimmed());
}

std::optional<std::int64_t> countIn(const QString &text)
{
    auto digits = text.trimmed();
    digits.remove(u' ').remove(u',').remove(u'\'');
    bool good = false;
    const auto count = digits.toLongLong(&good);
    return good && count >= 0 ? std::optional<std::int64_t>(count) : std::nullopt;
}

void offerVersions(QComboBox *choice, const Registry &registry, const ModelId &model, const VersionId &chosen)
{
    for (const auto *version : registry.versionsOf(model)) {
        choice->addItem(toQt(version->label), toQt(version->id.str()));
        if (version->id == chosen || (!chosen.valid() && version->stage == VersionStage::inProduction))
            choice->setCurrentIndex(choice->count() - 1);
    }
}

VersionId chosenVersion(const QComboBox *choice)
{
    return VersionId(toStd(choice->currentData().toString()));
}

/// As it is typed.
QString number(double value)
{
    return toQt(decimalFromDouble(value));
}

/// As it is read: whole amounts with separators.
QString amount(double value)
{
    return value == std::floor(value) ? countText(static_cast<qint64>(value)) : number(value);
}

} // namespace

UsageDialog::UsageDialog(Context &context, UsageReport record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Correct a usage report") : tr("Report usage"),
                record.id.valid() ? tr("Correct report") : tr("Record usage"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_version(addChoice(tr("&Version")))
    , m_title(addLine(tr("&Service"), tr("Where it runs: Pricing, EU")))
    , m_from(addDate(tr("&From")))
    , m_until(addDate(tr("&Until")))
    , m_predictions(addLine(tr("&Predictions made"), u"0"_s))
    , m_failures(addText(tr("Failed &calls"), tr("One reason a line with its count: timeout: 12"), 3))
    , m_lastUsed(new OptionalDate(tr("Last used"), this))
{
    addField(tr("Last used"), m_lastUsed);
    offerVersions(m_version, context.workspace.registry(), m_record.model, m_record.version);
    const auto today = toQt(context.workspace.today());
    for (auto *date : {m_from, m_until})
        date->setMaximumDate(today);
    const bool known = m_record.id.valid();
    m_from->setDate(known ? toQt(m_record.from) : QDate(today.year(), today.month(), 1).addMonths(-1));
    m_until->setDate(known ? toQt(m_record.until) : QDate(today.year(), today.month(), 1).addDays(-1));
    m_title->setText(toQt(m_record.title));
    if (known)
        m_predictions->setText(QString::number(m_record.predictions));
    QStringList failures;
    for (const auto &failure : m_record.failures)
        failures << u"%1: %2"_s.arg(toQt(failure.reason)).arg(failure.count);
    m_failures->setPlainText(failures.join(u'\n'));
    m_lastUsed->setDate(m_record.lastUsedOn);
    connect(m_lastUsed, &OptionalDate::changed, this, &UsageDialog::check);
    m_title->setFocus();
}

QString UsageDialog::missing() const
{
    if (m_version->currentIndex() < 0)
        return tr("Register a version first.");
    if (typed(m_title).empty())
        return tr("Name the service.");
    if (m_until->date() < m_from->date())
        return tr("The period ends before it begins.");
    if (!countIn(m_predictions->text()))
        return tr("Give the predictions as a whole number.");
    for (const auto &line : linesOf(m_failures))
        if (!countIn(halves(line, u':', true).second).value_or(0))
            return tr("Give each reason its count: \"%1\" has none.").arg(line);
    return {};
}

Result<void> UsageDialog::act()
{
    auto record = m_record;
    record.version = chosenVersion(m_version);
    record.title = typed(m_title);
    record.from = fromQt(m_from->date());
    record.until = fromQt(m_until->date());
    record.predictions = *countIn(m_predictions->text());
    record.failures.clear();
    for (const auto &line : linesOf(m_failures)) {
        const auto [reason, count] = halves(line, u':', true);
        record.failures.push_back({toStd(reason), *countIn(count)});
    }
    record.lastUsedOn = m_lastUsed->date();
    if (record.id.valid())
        return m_context.workspace.changeUsage(record);
    return outcome(m_context.workspace.recordUsage(record));
}

QString costWorkings(const CostEstimate &estimate)
{
    return CostDialog::tr("Wrong: %1 × %2 × %3 × (1 − %4) = %5 %6 a year\nIdle: %7 days × %8 = %9 %6 a year")
               .arg(amount(estimate.decisionsPerYear), amount(estimate.wrongShare), amount(estimate.costPerWrong),
                    amount(estimate.recoveredShare), amount(estimate.wrongPerYear()), toQt(estimate.unit),
                    amount(estimate.idleDaysPerYear), amount(estimate.valuePerDay), amount(estimate.idlePerYear())) +
           u'\n' + CostDialog::tr("Together: %1 %2 a year").arg(amount(estimate.perYear()), toQt(estimate.unit));
}

CostDialog::CostDialog(Context &context, CostEstimate record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Change a cost estimate") : tr("Estimate the cost of a wrong or idle model"),
                record.id.valid() ? tr("Change estimate") : tr("Record estimate"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_title(addLine(tr("&Title"), tr("Wrong acceptances, a year")))
    , m_unit(addLine(tr("&Unit"), u"EUR"_s))
    , m_decisions(addLine(tr("&Decisions a year")))
    , m_wrong(addLine(tr("&Wrong, share of 1"), u"0.02"_s))
    , m_cost(addLine(tr("Cost of a wrong &one")))
    , m_recovered(addLine(tr("&Recovered, share of 1"), u"0"_s))
    , m_idle(addLine(tr("&Idle days a year"), u"0"_s))
    , m_value(addLine(tr("&Value of a day"), u"0"_s))
{
    m_basis = addText(tr("&Basis"), tr("Where the numbers come from"), 2);
    m_workings = new QLabel(this);
    m_workings->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_workings->setAccessibleName(tr("Workings"));
    form()->addRow(tr("Workings"), m_workings);
    m_title->setText(toQt(m_record.title));
    m_unit->setText(toQt(m_record.unit));
    m_basis->setPlainText(toQt(m_record.basis));
    const bool known = m_record.id.valid();
    const auto fill = [known](QLineEdit *field, double value, const QString &fresh) {
        field->setText(known ? number(value) : fresh);
    };
    fill(m_decisions, m_record.decisionsPerYear, {});
    fill(m_wrong, m_record.wrongShare, {});
    fill(m_cost, m_record.costPerWrong, {});
    fill(m_recovered, m_record.recoveredShare, u"0"_s);
    fill(m_idle, m_record.idleDaysPerYear, u"0"_s);
    fill(m_value, m_record.valuePerDay, u"0"_s);
    for (auto *field : {m_unit, m_decisions, m_wrong, m_cost, m_recovered, m_idle, m_value})
        connect(field, &QLineEdit::textChanged, this, &CostDialog::showWorkings);
    showWorkings();
    m_title->setFocus();
}

std::optional<CostEstimate> CostDialog::estimate() const
{
    auto made = m_record;
    for (const auto &[field, value] :
         {std::pair(m_decisions, &made.decisionsPerYear), std::pair(m_wrong, &made.wrongShare),
          std::pair(m_cost, &made.costPerWrong), std::pair(m_recovered, &made.recoveredShare),
          std::pair(m_idle, &made.idleDaysPerYear), std::pair(m_value, &made.valuePerDay)}) {
        const auto given = numberIn(*field);
        if (!given || *given < 0)
            return std::nullopt;
        *value = *given;
    }
    if (made.wrongShare > 1 || made.recoveredShare > 1)
        return std::nullopt;
    made.title = typed(m_title);
    made.unit = typed(m_unit);
    made.basis = typed(m_basis);
    return made;
}

void CostDialog::showWorkings()
{
    const auto made = estimate();
    m_workings->setText(made ? costWorkings(*made) : tr("Fill in the numbers to see them."));
}

QString CostDialog::missing() const
{
    if (typed(m_title).empty())
        return tr("Give the estimate a title.");
    if (typed(m_unit).empty())
        return tr("Name the unit of the amounts.");
    if (!m_basis || typed(m_basis).empty())
        return tr("Say where the numbers come from.");
    return estimate() ? QString() : tr("Give all numbers, not less than 0; shares are between 0 and 1.");
}

Result<void> CostDialog::act()
{
    const auto made = *estimate();
    if (made.id.valid())
        return m_context.workspace.changeCost(made);
    return outcome(m_context.workspace.recordCost(made));
}

RetrainingDialog::RetrainingDialog(Context &context, RetrainingPolicy record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Change a retraining policy") : tr("When the model is retrained"),
                record.id.valid() ? tr("Change policy") : tr("Record policy"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_title(addLine(tr("&Title"), tr("Retrain on drift, at most every quarter")))
    , m_onDrift(new QCheckBox(tr("The latest run in production is red"), this))
    , m_onDecline(new QCheckBox(tr("Its performance is red"), this))
    , m_days(addLine(tr("&Days between requests"), u"90"_s))
    , m_command(addLine(tr("&Command"), tr("What the organisation runs, for people to know")))
{
    addField(tr("When"), m_onDrift);
    addField(tr("Or when"), m_onDecline);
    m_title->setText(toQt(m_record.title));
    m_onDrift->setChecked(m_record.onDrift);
    m_onDecline->setChecked(m_record.onDecline);
    m_days->setText(QString::number(m_record.minDays));
    m_command->setText(toQt(m_record.command));
    connect(m_onDrift, &QCheckBox::toggled, this, &RetrainingDialog::check);
    connect(m_onDecline, &QCheckBox::toggled, this, &RetrainingDialog::check);
    m_title->setFocus();
}

QString RetrainingDialog::missing() const
{
    if (typed(m_title).empty())
        return tr("Give the policy a title.");
    if (!m_onDrift->isChecked() && !m_onDecline->isChecked())
        return tr("Choose what asks for a retraining.");
    return countIn(m_days->text()) ? QString() : tr("Give the days between requests as a whole number.");
}

Result<void> RetrainingDialog::act()
{
    auto record = m_record;
    record.title = typed(m_title);
    record.onDrift = m_onDrift->isChecked();
    record.onDecline = m_onDecline->isChecked();
    record.minDays = *countIn(m_days->text());
    record.command = typed(m_command);
    if (record.id.valid())
        return m_context.workspace.changeRetraining(record);
    return outcome(m_context.workspace.recordRetraining(record));
}

RetrainedDialog::RetrainedDialog(Context &context, const RetrainingPolicy &policy, QWidget *parent)
    : ActDialog(tr("Register the retrained version"), tr("Register version"), parent)
    , m_context(context)
    , m_policy(policy.id)
    , m_model(policy.model)
    , m_command(addLine(tr("&Command"), tr("A program of this computer that retrains and describes the version")))
    , m_run(new QPushButton(tr("&Run it"), this))
    , m_output(addText(tr("&Output"), {}, 2))
    , m_label(addLine(tr("&Version")))
    , m_method(addLine(tr("&Method")))
    , m_changes(addText(tr("Chan&ges"), tr("What differs from the version before"), 2))
    , m_data(addLine(tr("&Training data")))
    , m_artefact(addLine(tr("&Artefact"), tr("Where the model itself is kept")))
{
    if (const auto *pending = policy.pending())
        addNote(tr("Asked for on %1: %2").arg(dateText(pending->on), toQt(pending->why)));
    addNote(
        tr("The command gets the request as JSON on its standard input and answers with the version as JSON: label, "
           "method, changes, trainingData, artefact, importance. A good answer is registered by itself."));
    m_command->setText(toQt(policy.command));
    m_output->setReadOnly(true);
    m_run->setAutoDefault(false);
    form()->insertRow(1, QString(), m_run);
    connect(m_run, &QPushButton::clicked, this, &RetrainedDialog::run);
    m_label->setFocus();
}

RetrainedDialog::~RetrainedDialog()
{
    if (m_process) {
        m_process->disconnect(this);
        m_process->kill();
    }
}

void RetrainedDialog::say(const QString &text)
{
    m_output->setPlainText(text);
}

void RetrainedDialog::run()
{
    if (m_process) {
        m_process->kill();
        return;
    }
    auto words = QProcess::splitCommand(m_command->text());
    if (words.isEmpty()) {
        say(tr("Type the command first."));
        return;
    }
    m_process = new QProcess(this);
    m_process->setProgram(words.takeFirst());
    m_process->setArguments(words);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finished(-1, true);
    });
    connect(m_process, &QProcess::finished, this,
            [this](int exitCode, QProcess::ExitStatus status) { finished(exitCode, status == QProcess::CrashExit); });
    m_run->setText(tr("&Stop it"));
    say(tr("Running…"));
    m_process->start();
    const auto brief = retrainingBrief(m_context.workspace.registry(), m_policy);
    m_process->write(brief.data(), static_cast<qint64>(brief.size()));
    m_process->closeWriteChannel();
}

void RetrainedDialog::finished(int exitCode, bool crashed)
{
    auto *process = std::exchange(m_process, nullptr);
    m_run->setText(tr("&Run it"));
    const auto told = QString::fromUtf8(process->readAllStandardError()).trimmed();
    const auto answer = process->readAllStandardOutput().toStdString();
    const auto trouble = process->errorString();
    process->deleteLater();
    if (crashed || exitCode != 0) {
        say(crashed ? tr("The command did not finish: %1\n%2").arg(trouble, told)
                    : tr("The command failed with %1. Nothing was registered.\n%2").arg(exitCode).arg(told));
        return;
    }
    const auto version = versionFromAnswer(answer);
    if (!version) {
        say(tr("%1\n%2").arg(toQt(version.error().text()), told));
        return;
    }
    say(told.isEmpty() ? tr("Done.") : told);
    m_label->setText(toQt(version->label));
    m_method->setText(toQt(version->method));
    m_changes->setPlainText(toQt(version->changes));
    m_data->setText(toQt(version->trainingData));
    m_artefact->setText(toQt(version->artefact));
    m_importance = version->importance;
    accept();
}

QString RetrainedDialog::missing() const
{
    return typed(m_label).empty() ? tr("Run the command, or fill in the version.") : QString();
}

Result<void> RetrainedDialog::act()
{
    ModelVersion version;
    version.model = m_model;
    version.label = typed(m_label);
    version.method = typed(m_method);
    version.changes = typed(m_changes);
    version.trainingData = typed(m_data);
    version.artefact = typed(m_artefact);
    version.importance = m_importance;
    version.stage = VersionStage::inDevelopment;
    return outcome(m_context.workspace.completeRetraining(m_policy, version));
}

HandOverDialog::HandOverDialog(Context &context, HandOver record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Change a hand-over") : tr("Hand a version over to operations"),
                record.id.valid() ? tr("Change hand-over") : tr("Prepare hand-over"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_version(addChoice(tr("&Version")))
    , m_title(addLine(tr("&Title"), tr("Hand-over to the scoring team")))
    , m_items(addText(tr("&Items"), tr("One item a line"), 8))
{
    offerVersions(m_version, context.workspace.registry(), m_record.model, m_record.version);
    m_title->setText(toQt(m_record.title));
    QStringList items;
    for (const auto &item : m_record.items)
        items << toQt(item.text);
    m_items->setPlainText(items.isEmpty() ? tr("The artefact is stored and its digest recorded\n"
                                               "The development and the user documentation are attached\n"
                                               "Inputs are connected and their owners informed\n"
                                               "The output is reproduced in the production environment\n"
                                               "Monitoring and its limits are set up\n"
                                               "Alarms reach somebody, and the runbook says what to do\n"
                                               "Going back to the version before has been tried\n"
                                               "Access rights are granted, and those of development withdrawn")
                                          : items.join(u'\n'));
    m_title->setFocus();
}

QString HandOverDialog::missing() const
{
    if (m_version->currentIndex() < 0)
        return tr("Register a version first.");
    if (typed(m_title).empty())
        return tr("Give the hand-over a title.");
    return linesOf(m_items).isEmpty() ? tr("Write what has to be handed over, one item a line.") : QString();
}

Result<void> HandOverDialog::act()
{
    auto record = m_record;
    record.version = chosenVersion(m_version);
    record.title = typed(m_title);
    record.items.clear();
    for (const auto &line : linesOf(m_items)) {
        HandOverItem item;
        item.text = toStd(line);
        for (const auto &known : m_record.items)
            if (known.text == item.text)
                item = known;
        record.items.push_back(item);
    }
    if (record.id.valid())
        return m_context.workspace.changeHandOver(record);
    return outcome(m_context.workspace.recordHandOver(record));
}

ChecklistDialog::ChecklistDialog(Context &context, const HandOver &record, QWidget *parent)
    : ActDialog(toQt(record.title), tr("Save"), parent)
    , m_context(context)
    , m_record(record)
{
    int at = 0;
    for (const auto &item : record.items) {
        ++at;
        Line line{new QCheckBox(toQt(item.text), this), new QLineEdit(toQt(item.remark), this)};
        line.done->setChecked(item.done);
        line.remark->setPlaceholderText(tr("Remark"));
        line.remark->setAccessibleName(tr("Remark on item %1").arg(at));
        form()->addRow(line.done);
        form()->addRow(line.remark);
        m_lines.push_back(line);
    }
    if (!m_lines.empty())
        m_lines.front().done->setFocus();
}

QString ChecklistDialog::missing() const
{
    return {};
}

Result<void> ChecklistDialog::act()
{
    auto record = m_record;
    for (std::size_t at = 0; at < m_lines.size(); ++at) {
        record.items[at].done = m_lines[at].done->isChecked();
        record.items[at].remark = typed(m_lines[at].remark);
    }
    return m_context.workspace.changeHandOver(record);
}

ExplanationDialog::ExplanationDialog(Context &context, Explanation record, QWidget *parent)
    : ActDialog(record.id.valid() ? tr("Change an explanation") : tr("Explain a version"),
                record.id.valid() ? tr("Change explanation") : tr("Attach explanation"), parent)
    , m_context(context)
    , m_record(std::move(record))
    , m_version(addChoice(tr("&Version")))
    , m_title(addLine(tr("&Method"), tr("Mean absolute SHAP value")))
    , m_sample(addLine(tr("&Sample"), tr("10,000 applications of 2018")))
    , m_importance(addText(tr("&Importance"), tr("One feature a line: income, 0.62"), 5))
    , m_reasons(addText(tr("&Reason codes"), tr("One code a line: R01: Income too low for the amount"), 4))
{
    offerVersions(m_version, context.workspace.registry(), m_record.model, m_record.version);
    m_title->setText(toQt(m_record.title));
    m_sample->setText(toQt(m_record.sample));
    QStringList lines;
    for (const auto &feature : m_record.importance)
        lines << u"%1, %2"_s.arg(toQt(feature.feature), number(feature.importance));
    m_importance->setPlainText(lines.join(u'\n'));
    lines.clear();
    for (const auto &reason : m_record.reasonCodes)
        lines << u"%1: %2"_s.arg(toQt(reason.code), toQt(reason.text));
    m_reasons->setPlainText(lines.join(u'\n'));
    m_title->setFocus();
}

QString ExplanationDialog::missing() const
{
    if (m_version->currentIndex() < 0)
        return tr("Register a version first.");
    if (typed(m_title).empty())
        return tr("Name the method.");
    for (const auto &line : linesOf(m_importance)) {
        bool good = false;
        static_cast<void>(halves(line, u',', true).second.toDouble(&good));
        if (!good)
            return tr("Give each feature its importance: \"%1\" has none.").arg(line);
    }
    for (const auto &line : linesOf(m_reasons))
        if (halves(line, u':', false).second.isEmpty())
            return tr("Say what each reason code means: \"%1\" has no text.").arg(line);
    return linesOf(m_importance).isEmpty() && linesOf(m_reasons).isEmpty()
               ? tr("Write the importance of features, or reason codes.")
               : QString();
}

Result<void> ExplanationDialog::act()
{
    auto record = m_record;
    record.version = chosenVersion(m_version);
    record.title = typed(m_title);
    record.sample = typed(m_sample);
    record.importance.clear();
    record.reasonCodes.clear();
    for (const auto &line : linesOf(m_importance)) {
        const auto [feature, importance] = halves(line, u',', true);
        record.importance.push_back({toStd(feature), importance.toDouble()});
    }
    for (const auto &line : linesOf(m_reasons)) {
        const auto [code, text] = halves(line, u':', false);
        record.reasonCodes.push_back({toStd(code), toStd(text)});
    }
    if (record.id.valid())
        return m_context.workspace.changeExplanation(record);
    return outcome(m_context.workspace.recordExplanation(record));
}

} // namespace countersign
