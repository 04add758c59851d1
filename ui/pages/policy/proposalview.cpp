// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/proposalview.h"

#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/domain/deadlines.h"
#include "core/policy/approvals.h"
#include "core/policy/packdifferences.h"
#include "ui/models/badgedelegate.h"
#include "ui/pages/model/signapprovaldialog.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// "tiers[0].reviewMonths: 12 → 6".
QString changeText(const FieldChange &change)
{
    const QString place = toQt(change.field);
    if (change.before.empty())
        return ProposalView::tr("%1: added %2").arg(place, toQt(change.after));
    if (change.after.empty())
        return ProposalView::tr("%1: taken away %2").arg(place, toQt(change.before));
    return ProposalView::tr("%1: %2 → %3").arg(place, toQt(change.before), toQt(change.after));
}

} // namespace

ProposalView::ProposalView(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_rows(new RecordModel<ProposalRow>(
          proposalColumns(), [](const ProposalRow &row) { return toQt(row.id.str()); }, this))
    , m_changeRows(new RecordModel<FieldChange>(
          changeColumns(tr("Before"), tr("Proposed")),
          [](const FieldChange &change) { return toQt(change.field + change.before + change.after); }, this))
    , m_header(new SectionHeader(tr("Proposed policies"), this))
    , m_changeHeader(new SectionHeader(tr("What it changes"), this))
    , m_message(new MessageBar(this))
    , m_table(new TableView(tr("Policies proposed"), this))
    , m_changes(new TableView(tr("What the proposal changes"), this))
    , m_details(new KeyValueForm(this))
{
    m_sign = m_header->addAction(tr("Si&gn…"));
    m_abstain = m_header->addAction(tr("A&bstain…"));
    m_withdraw = m_header->addAction(tr("&Withdraw…"));
    m_publish = m_header->addAction(tr("Pu&blish"));
    m_table->setModel(new RecordProxy(m_rows, this));
    m_table->setItemDelegate(new BadgeDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_changes->setModel(new RecordProxy(m_changeRows, this));
    m_changes->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_changes->horizontalHeader()->setStretchLastSection(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addWidget(m_header);
    column->addWidget(m_table, 1);
    column->addWidget(m_details);
    column->addWidget(m_changeHeader);
    column->addWidget(m_changes, 2);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ProposalView::showChosen);
    connect(m_sign, &QPushButton::clicked, this, &ProposalView::sign);
    connect(m_abstain, &QPushButton::clicked, this, &ProposalView::abstain);
    connect(m_withdraw, &QPushButton::clicked, this, &ProposalView::withdraw);
    connect(m_publish, &QPushButton::clicked, this, &ProposalView::publish);
}

void ProposalView::refresh()
{
    const auto &workspace = m_context.workspace;
    auto rows = proposalRows(workspace.registry(), workspace.today());
    m_header->setRemark(!rows.empty() ? countText(qint64(rows.size()), tr("proposal"), tr("proposals"))
                        : asksForPolicyChange(workspace.policy())
                            ? tr("none: propose a draft, and others sign it here")
                            : tr("none: the policy in force asks no signature for its change"));
    m_rows->setRecords(std::move(rows));
    m_table->fitColumns(48);
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_table->model()->index(0, 0));
    showChosen();
}

void ProposalView::focusStart()
{
    m_table->setFocus();
}

qsizetype ProposalView::waiting() const
{
    return std::ranges::count(m_rows->records(), true, &ProposalRow::waits);
}

const PolicyProposal *ProposalView::chosen() const
{
    const auto *row = m_rows->recordAt(m_table->currentIndex());
    const auto &proposals = m_context.workspace.registry().proposals;
    const auto found = row ? proposals.find(row->id) : proposals.end();
    return found == proposals.end() ? nullptr : &found->second;
}

void ProposalView::showChosen()
{
    const auto *proposal = chosen();
    refreshActions(proposal);
    m_details->clear();
    m_details->setVisible(proposal != nullptr);
    std::vector<FieldChange> changes;
    if (proposal) {
        const auto &policies = m_context.workspace.registry().policies;
        if (const auto base = policies.find(proposal->basedOn); base != policies.end())
            changes = packDifferences(parsePolicyPack(base->second.text), parsePolicyPack(proposal->text));
        const auto missing = outstanding(*proposal);
        const auto deadlines = deadlinesOf(*proposal);
        m_details->setValue(tr("Reason"), toQt(proposal->reason));
        m_details->setValue(tr("Signatures"), approvalsText(proposal->signatures));
        if (proposal->status == ProposalStatus::open)
            m_details->setValue(tr("Still missing"), signaturesText(missing));
        if (deadlines.lastDay)
            m_details->setValue(tr("Times out after"), dateText(deadlines.lastDay));
        QStringList abstained;
        for (const auto &abstention : proposal->abstentions)
            abstained << u"%1: %2"_s.arg(toQt(abstention.fullName), toQt(abstention.reason));
        if (!abstained.isEmpty())
            m_details->setValue(tr("Abstained"), abstained.join(u'\n'));
        if (!proposal->closingReason.empty())
            m_details->setValue(tr("Withdrawn because"), toQt(proposal->closingReason));
    }
    m_changeHeader->setRemark(proposal ? countText(qint64(changes.size()), tr("change"), tr("changes"))
                                       : tr("select a proposal"));
    m_changes->setVisible(!changes.empty());
    m_changeRows->setRecords(std::move(changes));
    m_changes->fitColumns(52);
}

void ProposalView::refreshActions(const PolicyProposal *proposal)
{
    const auto &workspace = m_context.workspace;
    const auto set = [](QPushButton *button, const QString &why, const QString &tip) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why.isEmpty() ? tip : why);
    };
    const auto status = proposal ? statusOn(*proposal, workspace.today()) : ProposalStatus::withdrawn;
    const auto superseded = tr("Another policy has come into force since this one was proposed. Propose it again.");
    const bool current = proposal && continuesPolicy(workspace.registry(), *proposal);
    const auto decided = proposal ? tr("The proposal is decided: %1.").arg(toQt(displayName(status)).toLower())
                                  : tr("Select a proposal.");
    const bool open = status == ProposalStatus::open;
    const bool approved = status == ProposalStatus::approved;
    const auto permission = [&](const char *fact) {
        const auto why = workspace.whyNot(fact);
        return why ? toQt(*why) : QString();
    };
    set(m_sign,
        !open      ? decided
        : !current ? superseded
                   : whyNotSigned(*proposal),
        tr("Approve or refuse the proposal, with your passphrase"));
    const auto whyNot = [&](const Fact &fact) { return whyNotNow(workspace, fact).value_or(QString()); };
    const bool spoken = proposal && hasSpoken(workspace, *proposal);
    set(m_abstain,
        !open    ? decided
        : spoken ? tr("You have signed or abstained from this proposal already.")
                 : whyNot(ProposalAbstained{proposal->id, "reason", proposal->revision}),
        tr("For a conflict of interest: you will not sign this proposal"));
    set(m_withdraw, open || approved ? whyNot(ProposalWithdrawn{proposal->id, "reason", proposal->revision}) : decided,
        tr("Takes the proposal back; nothing is published"));
    set(m_publish,
        approved ? (current ? permission("policyPublished") : superseded)
        : open   ? tr("It waits for %1.").arg(signaturesText(outstanding(*proposal)))
                 : decided,
        tr("Puts the approved policy in force by an entry that you sign"));
}

/// Empty where the person may sign in any of their roles.
QString ProposalView::whyNotSigned(const PolicyProposal &proposal) const
{
    const auto &workspace = m_context.workspace;
    if (const auto why = workspace.whyNot("proposalSigned"))
        return toQt(*why);
    std::optional<std::string> last;
    for (const Role role : workspace.user()->roles) {
        last = whyProposalForbidden(workspace.policy(), workspace.registry(), proposal, *workspace.user(), role,
                                    workspace.today());
        if (!last)
            break;
    }
    return toQt(last.value_or(std::string()));
}

void ProposalView::sign()
{
    const auto *proposal = chosen();
    if (!proposal)
        return;
    auto &workspace = m_context.workspace;
    QStringList changes;
    for (const FieldChange &change : m_changeRows->records()) // of the chosen one
        changes << changeText(change);
    (new SignApprovalDialog(
         m_context,
         {tr("Sign a proposed policy"),
          {tr("%1, version %2. %3").arg(toQt(proposal->pack)).arg(proposal->version).arg(toQt(proposal->reason))},
          changes,
          tr("You cannot sign this proposal."),
          [&](const User &user, Role role) {
              return whyProposalForbidden(workspace.policy(), workspace.registry(), *proposal, user, role,
                                          workspace.today());
          },
          [&](const User &user, Role role) {
              return standsInFor(workspace.policy(), workspace.registry(), *proposal, user, role, workspace.today());
          },
          [&workspace, id = proposal->id](Role role, bool approve, const std::string &comment,
                                          const std::string &passphrase) {
              return workspace.signProposal(id, role, approve, comment, passphrase);
          }},
         this))
        ->open();
}

void ProposalView::abstain()
{
    const auto *proposal = chosen();
    if (!proposal)
        return;
    abstainDialog(
        tr("proposal"),
        [this, id = proposal->id](const std::string &reason) { return m_context.workspace.abstain(id, reason); }, this)
        ->open();
}

void ProposalView::withdraw()
{
    const auto *proposal = chosen();
    if (!proposal)
        return;
    (new ReasonDialog(
         tr("Withdraw a proposal"), tr("The proposal is taken back. The policy in force stays."),
         tr("Withdraw proposal"), tr("&Reason"),
         [this, id = proposal->id](const std::string &reason) {
             return m_context.workspace.withdrawProposal(id, reason);
         },
         this))
        ->open();
}

void ProposalView::publish()
{
    const auto *proposal = chosen();
    const auto basedOn = proposal ? Hash256::fromHex(proposal->basedOn.str()) : std::nullopt;
    if (!basedOn ||
        !m_context.dialogs.confirm(this, tr("Publish the policy?"),
                                   tr("The proposal is in force as soon as you have signed it. The policy it replaces "
                                      "stays in the file."),
                                   tr("Publish")))
        return;
    if (const auto result = m_context.workspace.publishPolicy(std::string(proposal->text), *basedOn); !result)
        m_message->showError(result.error());
    else
        Q_EMIT published();
}

} // namespace countersign
