// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/findingpanel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/findingdialog.h"
#include "ui/pages/model/findingrows.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/openfile.h"
#include "ui/pages/model/remediationdialogs.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/takeaway.h"
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
    makeEvidence();
    layout->addWidget(m_evidenceTitle);
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
    connect(m_evidence, &QPushButton::clicked, this,
            [this] { (new EvidenceDialog(m_context, *selected(), this))->open(); });
    connect(m_close, &QPushButton::clicked, this,
            [this] { (new CloseFindingDialog(m_context, selected()->id, this))->open(); });
}

void FindingPanel::makeEvidence()
{
    m_evidenceTitle = new SectionHeader(tr("Evidence of remediation"), this);
    m_open = m_evidenceTitle->addAction(tr("&Open"));
    m_save = m_evidenceTitle->addAction(tr("&Save a copy…"));
    m_given = new RowsTable(tr("Evidence of remediation"), evidenceHeadings(), this);
    m_given->shareWidth({1});
    m_given->setSelectionMode(QAbstractItemView::SingleSelection);
    m_given->setVisibleRows(1, 6);
    const auto follow = [this] {
        const auto *file = selectedFile();
        for (auto *button : {m_open, m_save}) {
            button->setEnabled(file);
            button->setToolTip(file ? QString() : tr("Select a file first."));
        }
    };
    connect(m_given, &RowsTable::currentKeyChanged, this, follow);
    connect(m_given, &RowsTable::opened, m_open, &QPushButton::click);
    connect(m_open, &QPushButton::clicked, this, [this] { takeFile(true); });
    connect(m_save, &QPushButton::clicked, this, [this] { takeFile(false); });
    follow();
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
    const auto &registry = m_context.workspace.registry();
    const auto *finding = selected();
    m_details->setVisible(finding);
    const auto given = finding ? evidenceRows(registry, *finding) : QList<Row>();
    m_given->setRows(given);
    m_given->setVisible(!given.isEmpty());
    m_evidenceTitle->setVisible(!given.isEmpty());
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

const EvidenceFile *FindingPanel::selectedFile() const
{
    const auto *finding = selected();
    const auto place = m_given->currentKey().split(u'/');
    if (!finding || place.size() != 2)
        return nullptr;
    bool isFile = false;
    const auto at = place[0].toULongLong();
    const auto file = place[1].toULongLong(&isFile);
    return isFile && at < finding->evidence.size() && file < finding->evidence[at].files.size()
               ? &finding->evidence[at].files[file]
               : nullptr;
}

void FindingPanel::takeFile(bool open)
{
    const auto *chosen = selectedFile();
    if (!chosen)
        return;
    const auto file = *chosen;
    const auto name = toQt(file.fileName);
    const auto title = (open ? tr("Open %1") : tr("Save %1")).arg(name);
    const auto bytes = m_context.workspace.evidenceBytes(file);
    if (!bytes)
        m_context.dialogs.error(this, title, bytes.error());
    else if (open)
        openAttached(m_context, this, name, file.hash, *bytes);
    else
        saveBytes(m_context, this, title, name, tr("All files (*)"), *bytes);
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
