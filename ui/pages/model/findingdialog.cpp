// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/findingdialog.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

#include "ui/pages/model/findingrows.h"
#include "ui/pages/model/personchoice.h"
#include "ui/shell/context.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

/// "2024-02, 2024-05": of the breaches.
QString periodsOf(const MonitoringRun &run)
{
    QStringList labels;
    for (const Breach &breach : run.breaches)
        labels << toQt(breach.period);
    labels.removeDuplicates();
    labels.sort();
    return labels.join(u", "_s);
}

} // namespace

FindingDialog::FindingDialog(Context &context, const ModelId &model, QWidget *parent)
    : ActDialog(tr("Raise a finding"), tr("Raise finding"), parent)
    , m_context(context)
    , m_model(model)
    , m_title(addLine(tr("&Title"), tr("What is wrong, in one line")))
    , m_description(addText(tr("&Description"), tr("What was seen, where, and why it matters"), 4))
    , m_severity(addChoice(tr("&Severity")))
    , m_version(addChoice(tr("&Version")))
    , m_owner(addChoice(tr("&Owner")))
    , m_due(addDate(tr("D&ue")))
{
    const auto &registry = context.workspace.registry();
    for (const auto severity : enumValues<Severity>())
        m_severity->addItem(toQt(displayName(severity)), static_cast<int>(severity));
    m_severity->setCurrentIndex(m_severity->findData(static_cast<int>(Severity::medium)));
    m_version->addItem(tr("The model as a whole"), QString());
    for (const auto *version : registry.versionsOf(model))
        m_version->addItem(toQt(version->label), toQt(version->id.str()));
    offerPeople(*m_owner, registry);
    const auto found = registry.models.find(model);
    if (found != registry.models.end())
        m_owner->setEditText(toQt(found->second.owner));
    followSeverity();
    connect(m_severity, &QComboBox::currentIndexChanged, this, &FindingDialog::followSeverity);
    m_title->setFocus();
}

/// The term of the policy, unless another day has been chosen.
void FindingDialog::followSeverity()
{
    if (m_policyDue && fromQt(m_due->date()) != *m_policyDue)
        return;
    const auto today = m_context.workspace.today();
    const auto severity = static_cast<Severity>(m_severity->currentData().toInt());
    constexpr int withoutTerm = 90;
    m_policyDue =
        m_context.workspace.policy().findingDueOn(severity, today).value_or(today + std::chrono::days(withoutTerm));
    m_due->setDate(toQt(*m_policyDue));
}

FindingDialog::FindingDialog(Context &context, const MonitoringRun &run, QWidget *parent)
    : FindingDialog(context, run.model, parent)
{
    m_run = run.id;
    const bool red = run.hasRedBreach();
    m_title->setText(red ? tr("Red monitoring") : tr("Amber monitoring"));
    m_description->setPlainText(tr("The run on %1 breaches its limits in %2.").arg(toQt(run.source), periodsOf(run)));
    const auto severity = red ? Severity::high : Severity::medium;
    m_severity->setCurrentIndex(m_severity->findData(static_cast<int>(severity)));
    m_version->setCurrentIndex(std::max(0, m_version->findData(toQt(run.version.str()))));
}

QString FindingDialog::missing() const
{
    if (m_title->text().trimmed().isEmpty())
        return tr("Give the finding a title.");
    if (m_owner->currentText().trimmed().isEmpty())
        return tr("Say who has to resolve it.");
    return {};
}

Result<void> FindingDialog::act()
{
    Finding finding;
    finding.model = m_model;
    finding.run = m_run;
    finding.version = VersionId(toStd(m_version->currentData().toString()));
    finding.title = typed(m_title);
    finding.description = typed(m_description);
    finding.severity = static_cast<Severity>(m_severity->currentData().toInt());
    finding.owner = toStd(m_owner->currentText().trimmed());
    finding.dueOn = fromQt(m_due->date());
    return outcome(m_context.workspace.raiseFinding(finding));
}

CloseFindingDialog::CloseFindingDialog(Context &context, const FindingId &finding, QWidget *parent)
    : ActDialog(tr("Close a finding"), tr("Close finding"), parent)
    , m_context(context)
    , m_finding(finding)
    , m_evidence(addText(tr("&Evidence"), tr("What shows that the finding is resolved, and where it can be read"), 5))
{
    const auto &workspace = context.workspace;
    const auto found = workspace.registry().findings.find(finding);
    if (found == workspace.registry().findings.end())
        return;
    addNote(tr("%1: %2").arg(toQt(displayName(found->second.severity)), toQt(found->second.title)));
    if (const auto *plan = found->second.plan())
        addNote(tr("Plan of %1, by %2: %3").arg(toQt(plan->owner), dateText(plan->targetOn), toQt(plan->text)));
    for (const auto &given : found->second.evidence)
        addNote(tr("Evidence of %1: %2").arg(timeText(given.at).left(10), evidenceText(given)));
    const FindingClosed closing{finding, "evidence", found->second.revision};
    if (const auto why = whyNotNow(workspace, closing)) {
        m_barred = *why;
        messages()->setClosable(false);
        messages()->showMessage(MessageBar::Kind::warning, *why + QLatin1Char(' ') + whoCouldText(workspace, closing));
        m_evidence->setEnabled(false);
    }
    m_evidence->setFocus();
}

QString CloseFindingDialog::missing() const
{
    if (!m_barred.isEmpty())
        return tr("You cannot close this finding.");
    return m_evidence->toPlainText().trimmed().isEmpty() ? tr("Say what shows that it is resolved.") : QString();
}

Result<void> CloseFindingDialog::act()
{
    return m_context.workspace.closeFinding(m_finding, typed(m_evidence));
}

} // namespace countersign
