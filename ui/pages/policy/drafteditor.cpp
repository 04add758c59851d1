// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/drafteditor.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTextDocument>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/prettyjson.h"
#include "core/policy/approvals.h"
#include "core/policy/packdifferences.h"
#include "core/policy/peoplechecks.h"
#include "ui/models/policyrows.h"
#include "ui/pages/model/words.h"
#include "ui/pages/policy/packeditor.h"
#include "ui/pages/policy/packtextedit.h"
#include "ui/pages/policy/simulationview.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr int typingPause = 250; ///< milliseconds

enum Tab { PartsTab, TextTab, ChangesTab, SimulationTab };

} // namespace

DraftEditor::DraftEditor(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_faultRows(new RecordModel<PolicyFault>(
          faultColumns(), [](const PolicyFault &fault) { return toQt(fault.path + fault.what); }, this))
    , m_changeRows(new RecordModel<FieldChange>(
          changeColumns(tr("In force"), tr("Draft")),
          [](const FieldChange &change) { return toQt(change.field + change.before + change.after); }, this))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &DraftEditor::check);
    buildHeader();
    m_message = new MessageBar(this);
    buildTabs();
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_tabs);
    auto *below = new QWidget(split);
    buildFaults();
    auto *faultColumn = new QVBoxLayout(below);
    faultColumn->setContentsMargins(0, 0, 0, 0);
    faultColumn->addWidget(m_faultHeader);
    faultColumn->addWidget(m_faultTable, 1);
    split->addWidget(below);
    split->setStretchFactor(0, 4);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_header);
    column->addWidget(m_message);
    column->addWidget(split, 1);

    connect(m_text, &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_text->document(), &QTextDocument::undoAvailable, m_undo, &QWidget::setEnabled);
    connect(m_text->document(), &QTextDocument::redoAvailable, m_redo, &QWidget::setEnabled);
    connect(m_parts, &PackEditor::edited, this, &DraftEditor::partsEdited);
    connect(m_message, &MessageBar::activated, this, [this] {
        if (m_offersRebase)
            goOnFromForce();
    });
}

/// What the draft says stays; it counts as made from the policy in force, as the version after it.
void DraftEditor::goOnFromForce()
{
    const auto &registry = m_context.workspace.registry();
    m_basedOn = registry.policyHash;
    if (m_faults.empty()) {
        auto pack = parsePolicyPack(toStd(text()));
        pack.version = nextPolicyVersion(registry, pack);
        m_text->replaceAll(toQt(policyPackText(pack)));
    }
    m_message->clear();
    m_tabs->setCurrentIndex(ChangesTab);
    check();
}

void DraftEditor::buildHeader()
{
    m_header = new SectionHeader(tr("Draft"), this);
    m_undo = m_header->addAction(tr("Undo"));
    m_redo = m_header->addAction(tr("Redo"));
    auto *save = m_header->addAction(tr("Save a cop&y…"));
    auto *discard = m_header->addAction(tr("Discard"));
    m_simulate = m_header->addAction(tr("&Simulate"));
    m_publish = m_header->addAction(tr("Pu&blish…"));
    m_undo->setEnabled(false);
    m_redo->setEnabled(false);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_text->undo();
        check();
    });
    connect(m_redo, &QPushButton::clicked, this, [this] {
        m_text->redo();
        check();
    });
    connect(save, &QPushButton::clicked, this, &DraftEditor::saveCopy);
    connect(discard, &QPushButton::clicked, this, [this] {
        if (m_context.dialogs.confirm(this, tr("Discard the draft?"),
                                      tr("The draft is not published and not kept. The policy in force stays."),
                                      tr("Discard")))
            Q_EMIT discarded();
    });
    connect(m_simulate, &QPushButton::clicked, this, &DraftEditor::simulate);
    connect(m_publish, &QPushButton::clicked, this, &DraftEditor::publish);
}

void DraftEditor::buildTabs()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setAccessibleName(tr("Views of the draft"));
    m_tabs->setDocumentMode(true);
    m_parts = new PackEditor(m_tabs);
    m_text = new PackTextEdit(m_tabs);
    m_text->setAccessibleName(tr("Text of the draft"));
    m_changes = new TableView(tr("What the draft changes"), m_tabs);
    m_changes->setModel(new RecordProxy(m_changeRows, this));
    m_changes->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_changes->horizontalHeader()->setStretchLastSection(true);
    m_simulation = new SimulationView(m_context, m_tabs);
    m_tabs->addTab(m_parts, tr("Parts"));
    m_tabs->addTab(m_text, tr("Text"));
    m_tabs->addTab(m_changes, tr("Changes"));
    m_tabs->addTab(m_simulation, tr("Simulation"));
    m_tabs->setTabEnabled(SimulationTab, false);
    m_tabs->setTabToolTip(SimulationTab, tr("Simulate the draft first"));
}

void DraftEditor::buildFaults()
{
    m_faultHeader = new SectionHeader(tr("Faults"), this);
    m_faultTable = new TableView(tr("Faults of the draft"), this);
    m_faultTable->setModel(new RecordProxy(m_faultRows, this));
    m_faultTable->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_faultTable->horizontalHeader()->setStretchLastSection(true);
    connect(m_faultTable, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *fault = m_faultRows->recordAt(index))
            goToFault(*fault);
    });
}

void DraftEditor::start(const QString &text, const Hash256 &basedOn)
{
    m_basedOn = basedOn;
    m_simulated.clear();
    m_message->clear();
    m_tabs->setTabEnabled(SimulationTab, false);
    m_tabs->setCurrentIndex(PartsTab);
    m_text->setPlainText(text);
    check();
}

QString DraftEditor::text() const
{
    return m_text->toPlainText();
}

void DraftEditor::focusStart()
{
    m_tabs->currentWidget()->setFocus();
}

void DraftEditor::partsEdited()
{
    m_text->replaceAll(toQt(prettyJson(m_parts->pack()) + "\n"));
    check();
}

void DraftEditor::check()
{
    m_pause.stop();
    const auto text = toStd(m_text->toPlainText());
    m_faults = checkPolicyText(text, m_context.workspace.today());
    auto shown = m_faults;
    m_unsatisfied.clear();
    qsizetype rules = 0;
    if (m_faults.empty()) {
        const auto pack = parsePolicyPack(text);
        shown = peopleFaults(pack, text, m_context.workspace.registry());
        rules = qsizetype(shown.size());
        const auto blocking = std::ranges::find(shown, true, &PolicyFault::blocks);
        if (blocking != shown.end())
            m_unsatisfied = toQt(blocking->what);
        std::ranges::move(independenceWarnings(pack, text), std::back_inserter(shown));
        std::ranges::stable_sort(shown, {}, &PolicyFault::line);
    }
    m_faultRows->setRecords(shown);
    m_faultTable->fitColumns(60);
    m_faultTable->setVisible(!shown.empty());
    m_faultHeader->setRemark(
        shown.empty() ? tr("none: the draft can be simulated and published")
        : m_faults.empty()
            ? tr("none in the draft, but %1 that the people enrolled cannot satisfy and %2; open one to go there")
                  .arg(countText(rules, tr("rule"), tr("rules")),
                       countText(qsizetype(shown.size()) - rules, tr("warning"), tr("warnings")))
            : tr("%1; open one to go there").arg(countText(qint64(m_faults.size()))));
    QSet<int> lines;
    for (const auto &fault : shown)
        lines << static_cast<int>(fault.line);
    m_text->setFaultLines(lines);

    boost::system::error_code broken;
    const auto parsed = json::parse(text, broken);
    m_tabs->setTabEnabled(PartsTab, !broken);
    m_tabs->setTabToolTip(PartsTab, broken ? tr("The text is not JSON; mend it first") : QString());
    if (!broken) {
        m_parts->setPack(parsed);
        m_parts->setFaults(shown);
    }
    showChanges();
    refreshActions();
    Q_EMIT changed();
}

void DraftEditor::showChanges()
{
    if (!m_faults.empty()) {
        m_header->setTitle(tr("Draft"));
        m_header->setRemark(countText(qint64(m_faults.size()), tr("fault"), tr("faults")));
        m_changeRows->setRecords({});
        m_tabs->setTabText(ChangesTab, tr("Changes"));
        return;
    }
    const auto draft = parsePolicyPack(toStd(text()));
    auto changes = packDifferences(m_context.workspace.policy(), draft);
    const auto count = qint64(changes.size());
    m_header->setTitle(tr("Draft: %1, version %2").arg(toQt(draft.title)).arg(draft.version));
    m_header->setRemark(count == 0
                            ? tr("says what the policy in force says")
                            : tr("%1 against the policy in force").arg(countText(count, tr("change"), tr("changes"))));
    m_tabs->setTabText(ChangesTab, tr("Changes (%1)").arg(count));
    m_changeRows->setRecords(std::move(changes));
    m_changes->fitColumns(52);
}

void DraftEditor::refreshActions()
{
    const bool sound = m_faults.empty();
    const auto faulty = tr("Correct the faults first.");
    m_simulate->setEnabled(sound);
    m_simulate->setToolTip(sound ? tr("What the draft would do to the inventory as it stands") : faulty);
    const bool proposes = asksForPolicyChange(m_context.workspace.policy());
    m_publish->setText(proposes ? tr("Pr&opose…") : tr("Pu&blish…"));
    const auto barred = m_context.workspace.whyNot(proposes ? "policyProposed" : "policyPublished");
    const bool stale = m_basedOn != m_context.workspace.registry().policyHash;
    const bool same = text() == toQt(m_context.workspace.registry().policyText);
    const bool possible = m_unsatisfied.isEmpty();
    m_publish->setEnabled(sound && possible && !barred && !same);
    m_publish->setToolTip(barred      ? toQt(*barred)
                          : !sound    ? faulty
                          : !possible ? tr("Enrol the people first, or change the rule: %1").arg(m_unsatisfied)
                          : same      ? tr("This is the policy in force.")
                          : proposes  ? tr("Puts the draft forward to those who sign a change of policy")
                                      : tr("Puts the draft in force by an entry that you sign"));
    m_simulation->setOutdated(text() != m_simulated);
    m_offersRebase = stale;
    if (stale)
        m_message->showMessage(MessageBar::Kind::warning,
                               tr("Another policy has come into force since this draft was begun. Look at what the "
                                  "draft changes against it before you publish."),
                               tr("Go on from the policy in force"));
}

void DraftEditor::refresh()
{
    showChanges();
    refreshActions();
}

void DraftEditor::simulate()
{
    check();
    if (!m_faults.empty())
        return;
    const auto result = m_context.workspace.simulatePolicy(toStd(text()));
    if (!result) {
        m_message->showError(result.error());
        return;
    }
    m_simulated = text();
    m_simulation->show(*result);
    m_tabs->setTabEnabled(SimulationTab, true);
    m_tabs->setTabToolTip(SimulationTab, {});
    m_tabs->setCurrentIndex(SimulationTab);
}

void DraftEditor::publish()
{
    check();
    if (!m_publish->isEnabled())
        return;
    const auto effect = m_context.workspace.simulatePolicy(toStd(text()));
    if (!effect) {
        m_message->showError(effect.error());
        return;
    }
    const auto said = tr("%1 in the policy. %2 would move tier, %3 would become overdue, %4 could be given by nobody.")
                          .arg(countText(m_changeRows->rowCount(), tr("change"), tr("changes")),
                               countText(qint64(effect->moves.size()), tr("model"), tr("models")),
                               countText(qint64(effect->overdue.size()), tr("date"), tr("dates")),
                               countText(qint64(effect->unmet.size()), tr("approval"), tr("approvals")));
    if (asksForPolicyChange(m_context.workspace.policy())) {
        propose(said);
        return;
    }
    const auto question = said + u"\n\n"_s +
                          tr("The draft is in force as soon as you have signed it. The policy it replaces stays in the "
                             "file.");
    if (!m_context.dialogs.confirm(this, tr("Publish the policy?"), question, tr("Publish")))
        return;
    if (const auto result = m_context.workspace.publishPolicy(toStd(text()), m_basedOn); !result)
        tellRefusal(result.error());
    else
        Q_EMIT published();
}

void DraftEditor::propose(const QString &effect)
{
    const auto &workspace = m_context.workspace;
    const auto required = policyChangeSignatures(workspace.policy(), workspace.registry(), workspace.user()->id);
    auto *dialog = new ReasonDialog(
        tr("Propose a policy"),
        effect + u"\n\n"_s + tr("It can be published once signed by %1.").arg(signaturesText(required)),
        tr("Propose policy"), tr("&Reason"),
        [this](const std::string &reason) {
            return outcome(m_context.workspace.proposePolicy(toStd(text()), m_basedOn, reason));
        },
        this);
    connect(dialog, &QDialog::accepted, this, &DraftEditor::proposed);
    dialog->open();
}

void DraftEditor::tellRefusal(const Error &error)
{
    if (m_basedOn == m_context.workspace.registry().policyHash)
        m_message->showError(error);
    else
        refreshActions(); // says so, and offers to go on
}

void DraftEditor::saveCopy()
{
    saveAndSay(
        m_context, this, *m_message,
        {tr("Save a copy of the draft"), u"policy-draft.json"_s, tr("Policy pack (*.json)"), tr("The draft is in %1")},
        toStd(text()));
}

void DraftEditor::goToFault(const PolicyFault &fault)
{
    if (m_tabs->currentIndex() == TextTab || !m_tabs->isTabEnabled(PartsTab)) {
        m_tabs->setCurrentIndex(TextTab);
        m_text->goToLine(static_cast<int>(fault.line));
        return;
    }
    m_tabs->setCurrentIndex(PartsTab);
    m_parts->goTo(toQt(fault.path));
}

} // namespace countersign
