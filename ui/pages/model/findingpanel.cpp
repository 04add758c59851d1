// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/findingpanel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/evidencelist.h"
#include "ui/pages/model/findingdialog.h"
#include "ui/pages/model/findingrows.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/remediationdialogs.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

FindingPanel::FindingPanel(Context &context, ActionGate &gate, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_gate(gate)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *header = new SectionHeader(tr("Findings"), this);
    addActions(*header);
    m_findings = new RowsTable(tr("Findings"), findingHeadings(), this);
    m_findings->shareWidth({1});
    m_findings->setVisibleRows(2, 7);
    m_none = quietLabel(this);
    m_none->setText(tr("No findings have been raised on this model."));
    m_details = new KeyValueForm(this);
    layout->addWidget(header);
    layout->addWidget(m_none);
    layout->addWidget(m_findings);
    layout->addWidget(m_details);
    m_given = new EvidenceList(context, tr("Evidence of remediation"), this);
    layout->addWidget(m_given);
    connect(m_findings, &RowsTable::currentKeyChanged, this, [this] {
        showFinding();
        m_gate.refresh();
    });
}

void FindingPanel::addActions(SectionHeader &header)
{
    m_raise = header.addAction(tr("Raise &finding…"));
    m_plan = header.addAction(tr("&Plan…"));
    m_evidence = header.addAction(tr("E&vidence…"));
    m_close = header.addAction(tr("&Close…"));
    m_plan->setToolTip(tr("What will be done about the finding, who answers for it, and until when"));
    m_evidence->setToolTip(tr("What shows that it was done"));
    m_gate.add(m_raise, "findingRaised");
    m_gate.add(m_plan, "remediationPlanned", [this] { return whyNotOpen(); });
    m_gate.add(m_evidence, "remediationEvidenced", [this] { return whyNotOpen(); });
    m_gate.add(m_close, "findingClosed", [this] { return whyNotOpen(); });
    connect(m_raise, &QPushButton::clicked, this, [this] { (new FindingDialog(m_context, m_model, this))->open(); });
    connect(m_plan, &QPushButton::clicked, this, [this] { (new PlanDialog(m_context, *selected(), this))->open(); });
    connect(m_evidence, &QPushButton::clicked, this, [this] { evidenceDialog(m_context, *selected(), this)->open(); });
    connect(m_close, &QPushButton::clicked, this,
            [this] { (new CloseFindingDialog(m_context, selected()->id, this))->open(); });
}

const Finding *FindingPanel::selected() const
{
    const auto &findings = m_context.workspace.registry().findings;
    const auto found = findings.find(FindingId(toStd(m_findings->currentKey())));
    return found == findings.end() ? nullptr : &found->second;
}

QString FindingPanel::whyNotOpen() const
{
    const auto *finding = selected();
    if (!finding)
        return tr("Select an open finding first.");
    return finding->open ? QString() : tr("This finding is closed already.");
}

void FindingPanel::showFindings(const ModelId &model)
{
    m_model = model;
    const auto &workspace = m_context.workspace;
    const auto rows = findingRows(workspace.registry(), model, workspace.today());
    m_findings->setRows(rows);
    m_findings->setVisible(!rows.isEmpty());
    m_none->setVisible(rows.isEmpty());
    if (m_findings->currentKey().isEmpty())
        m_findings->selectFirst();
    showFinding();
}

void FindingPanel::showFinding()
{
    const auto *finding = selected();
    m_details->setVisible(finding);
    m_given->showEvidence(finding ? finding->evidence : std::vector<RemediationEvidence>());
    m_details->clear();
    if (finding)
        showDetails(*finding);
}

void FindingPanel::detail(const QString &name, const QString &value)
{
    if (!value.isEmpty())
        m_details->setValue(name, value);
}

void FindingPanel::showDetails(const Finding &finding)
{
    const auto &registry = m_context.workspace.registry();
    const auto version = registry.versions.find(finding.version);
    detail(tr("Description"), toQt(finding.description));
    detail(tr("Concerns"), version == registry.versions.end() ? tr("The model as a whole")
                                                              : tr("Version %1").arg(toQt(version->second.label)));
    detail(tr("To be resolved by"), toQt(finding.owner));
    detail(tr("Due"), dateText(finding.dueOn));
    detail(finding.detected ? tr("Detected") : tr("Raised"),
           (finding.detected ? tr("By the program, with the signature of %1, %2") : tr("%1, %2"))
               .arg(nameOf(registry, finding.raisedBy), timeText(finding.raisedAt)));
    showPlan(finding);
    if (finding.closedAt)
        detail(tr("Closed"), tr("%1, %2").arg(nameOf(registry, finding.closedBy), timeText(*finding.closedAt)));
    detail(tr("Evidence at closure"), toQt(finding.closureEvidence));
}

void FindingPanel::showPlan(const Finding &finding)
{
    const auto &registry = m_context.workspace.registry();
    const auto *plan = finding.plan();
    detail(tr("Remediation plan"), plan ? toQt(plan->text) : tr("None yet"));
    if (plan) {
        const bool late = finding.dueOn && plan->targetOn > *finding.dueOn;
        detail(tr("Answers for the plan"), toQt(plan->owner));
        detail(tr("Target"),
               late ? tr("%1, later than the finding is due").arg(dateText(plan->targetOn)) : dateText(plan->targetOn));
    }
    QStringList revisions;
    for (std::size_t i = 1; i < finding.plans.size(); ++i) {
        const auto &before = finding.plans[i - 1];
        const auto &after = finding.plans[i];
        revisions << tr("%1, %2: %3 (before: %4, by %5)")
                         .arg(timeText(after.at).left(10), nameOf(registry, after.by), toQt(after.reason),
                              toQt(before.text), dateText(before.targetOn));
    }
    detail(tr("Plan revised"), revisions.join(u'\n'));
    if (finding.open)
        if (const auto why = whyUnremediated(m_context.workspace.policy(), finding))
            detail(tr("Before it can be closed"), toQt(*why));
}

void FindingPanel::clearSelection()
{
    m_findings->clearSelection();
}

void FindingPanel::select(const QString &finding)
{
    if (m_findings->rows()->rowOf(finding) >= 0)
        m_findings->select(finding);
}

} // namespace countersign
