// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/remediationdialogs.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/personchoice.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

PlanDialog::PlanDialog(Context &context, const Finding &finding, QWidget *parent)
    : ActDialog(finding.plan() ? tr("Revise the remediation plan") : tr("Plan the remediation"),
                finding.plan() ? tr("Revise plan") : tr("Set plan"), parent)
    , m_context(context)
    , m_finding(finding)
    , m_text(addText(tr("&Plan"), tr("What will be done, step by step"), 5))
    , m_owner(addChoice(tr("&Answers for it")))
    , m_target(addDate(tr("&Target")))
    , m_late(quietLabel(this))
{
    addNote(tr("%1: %2").arg(toQt(displayName(finding.severity)), toQt(finding.title)));
    offerPeople(*m_owner, context.workspace.registry());
    const auto today = context.workspace.today();
    const auto *plan = finding.plan();
    m_owner->setEditText(toQt(plan ? plan->owner : finding.owner));
    m_target->setMinimumDate(toQt(today));
    m_target->setDate(plan ? toQt(plan->targetOn) : finding.dueOn ? toQt(*finding.dueOn) : toQt(today).addMonths(3));
    form()->addRow(QString(), m_late);
    if (plan) {
        m_text->setPlainText(toQt(plan->text));
        m_reason = addText(tr("&Reason"), tr("Why the plan is revised"), 2);
    }
    connect(m_target, &QDateEdit::dateChanged, this, &PlanDialog::showLateness);
    showLateness();
    m_text->setFocus();
}

void PlanDialog::showLateness()
{
    const bool late = m_finding.dueOn && fromQt(m_target->date()) > *m_finding.dueOn;
    m_late->setText(
        late ? tr("Later than the finding is due (%1); it will be overdue until then.").arg(dateText(m_finding.dueOn))
             : QString());
    m_late->setVisible(late);
}

QString PlanDialog::missing() const
{
    if (m_text->toPlainText().trimmed().isEmpty())
        return tr("Write the plan.");
    if (m_owner->currentText().trimmed().isEmpty())
        return tr("Say who answers for the plan.");
    if (m_reason && m_reason->toPlainText().trimmed().isEmpty())
        return tr("Say why the plan is revised.");
    return {};
}

Result<void> PlanDialog::act()
{
    RemediationPlan plan;
    plan.text = typed(m_text);
    plan.owner = toStd(m_owner->currentText().trimmed());
    plan.targetOn = fromQt(m_target->date());
    if (m_reason)
        plan.reason = typed(m_reason);
    return m_context.workspace.planRemediation(m_finding.id, plan);
}

EvidenceDialog::EvidenceDialog(Context &context, const QString &title, const QString &what, Add add, QWidget *parent)
    : ActDialog(title, tr("Add evidence"), parent)
    , m_context(context)
    , m_add(std::move(add))
    , m_text(addText(tr("&What was done"), tr("What it is, and what it shows"), 5))
    , m_files(new QListWidget(this))
    , m_takeOut(new QPushButton(tr("Ta&ke out"), this))
{
    addNote(what);
    auto *attachButton = new QPushButton(tr("Attac&h file…"), this);
    attachButton->setAutoDefault(false);
    m_takeOut->setAutoDefault(false);
    m_files->setMaximumHeight(fontMetrics().lineSpacing() * 5);
    m_files->setAccessibleName(tr("Files"));
    auto *buttons = new QVBoxLayout;
    buttons->addWidget(attachButton);
    buttons->addWidget(m_takeOut);
    buttons->addStretch(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_files, 1, Qt::AlignTop);
    row->addLayout(buttons);
    form()->addRow(tr("Files"), row);
    connect(attachButton, &QPushButton::clicked, this, &EvidenceDialog::attach);
    connect(m_takeOut, &QPushButton::clicked, this, &EvidenceDialog::takeOut);
    connect(m_files, &QListWidget::currentRowChanged, this, [this](int row_) { m_takeOut->setEnabled(row_ >= 0); });
    m_takeOut->setEnabled(false);
    m_text->setFocus();
}

void EvidenceDialog::attach()
{
    const auto path = m_context.dialogs.openFile(this, tr("Choose the file"), tr("All files (*)"));
    if (!path)
        return;
    auto *item = new QListWidgetItem(QFileInfo(*path).fileName(), m_files);
    item->setData(Qt::UserRole, *path);
    item->setToolTip(*path);
    m_files->setCurrentItem(item);
    check();
}

void EvidenceDialog::takeOut()
{
    delete m_files->takeItem(m_files->currentRow());
    check();
}

QString EvidenceDialog::missing() const
{
    return m_text->toPlainText().trimmed().isEmpty() && m_files->count() == 0
               ? tr("Say what was done, or attach a file that shows it.")
               : QString();
}

Result<void> EvidenceDialog::act()
{
    std::vector<NamedBytes> files;
    for (int row = 0; row < m_files->count(); ++row) {
        const auto path = m_files->item(row)->data(Qt::UserRole).toString();
        auto bytes = readFile(toStd(path));
        if (!bytes)
            return bytes.error();
        files.push_back({toStd(QFileInfo(path).fileName()), std::move(*bytes)});
    }
    return m_add(typed(m_text), files);
}

EvidenceDialog *evidenceDialog(Context &context, const Finding &finding, QWidget *parent)
{
    auto what = EvidenceDialog::tr("%1: %2").arg(toQt(displayName(finding.severity)), toQt(finding.title));
    if (const auto *plan = finding.plan())
        what += u'\n' + EvidenceDialog::tr("Plan: %1").arg(toQt(plan->text));
    return new EvidenceDialog(
        context, EvidenceDialog::tr("Add evidence of remediation"), what,
        [&context, id = finding.id](const std::string &text, const std::vector<NamedBytes> &files) {
            return context.workspace.addEvidence(id, text, files);
        },
        parent);
}

} // namespace countersign
