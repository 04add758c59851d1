// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/requestview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "core/domain/deadlines.h"
#include "core/report/reports.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/promotiondialog.h"
#include "ui/pages/model/promotionrows.h"
#include "ui/pages/model/requestdialog.h"
#include "ui/pages/model/requestrows.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/signoffdialog.h"
#include "ui/pages/model/textviewer.h"
#include "ui/pages/model/versionrows.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/foresight.h"
#include "ui/shell/reportmenu.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// A table whose cells wrap and whose rows grow with them, for reading.
RowsTable *readingTable(const QString &accessibleName, const QStringList &headings, QWidget *parent)
{
    auto *table = new RowsTable(accessibleName, headings, parent);
    table->setSortingEnabled(false);
    table->setWrapping();
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return table;
}

QString briefName(const Brief &brief)
{
    return u"%1-%2-decision-brief"_s.arg(toQt(brief.model.reference), toQt(brief.version.label));
}

} // namespace

RequestView::RequestView(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *columns = new QHBoxLayout;
    columns->setSpacing(28);
    columns->addWidget(makeLeft(), 1);
    columns->addWidget(makeRight(), 1); // who signed must be readable at 1280 pixels
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 8, 0);
    layout->addLayout(columns);
    layout->addWidget(makePromotion()); // too wide for half a window
    layout->addStretch(1);
}

QWidget *RequestView::makeLeft()
{
    auto *column = new QWidget(this);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    m_title = new QLabel(column);
    m_title->setWordWrap(true);
    auto bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_justification = new QLabel(column);
    m_justification->setWordWrap(true);
    m_justification->setTextFormat(Qt::PlainText);
    m_justification->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_title);
    layout->addWidget(m_justification);

    m_staleTitle = new SectionHeader(tr("Changed since it was signed"), column);
    m_stale = readingTable(tr("Changed since it was signed"), staleHeadings(), column);
    m_stale->shareWidth({0, 1});
    m_stale->setGrowing(true);
    layout->addSpacing(8);
    layout->addWidget(m_staleTitle);
    layout->addWidget(m_stale);

    layout->addSpacing(8);
    layout->addWidget(new SectionHeader(tr("Checks"), column));
    m_checks = readingTable(tr("Checks"), checkHeadings(), column);
    m_checks->shareWidth({2});
    m_checks->setGrowing(true);
    layout->addWidget(m_checks);

    layout->addSpacing(8);
    layout->addWidget(new SectionHeader(tr("What changes"), column));
    m_noChanges = quietLabel(column);
    m_changes = readingTable(tr("What changes"), changeHeadings(), column);
    m_changes->shareWidth({1, 2});
    m_changes->setGrowing(true);
    layout->addWidget(m_noChanges);
    layout->addWidget(m_changes);
    layout->addStretch(1);
    return column;
}

QWidget *RequestView::makePromotion()
{
    m_compared = new QWidget(this);
    auto *column = m_compared;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 8, 0, 0);
    auto *promotion = new SectionHeader(tr("Champion and challenger"), column);
    auto *again = promotion->addAction(tr("&Recompute"));
    again->setToolTip(tr("Computes every figure again from the counts of the recorded runs"));
    connect(again, &QPushButton::clicked, this, &RequestView::recompute);
    m_promotion = readingTable(tr("Champion and challenger"), promotionHeadings({}, {}), column);
    m_promotion->shareWidth({0});
    m_promotion->setGrowing(true);
    m_sides = quietLabel(column);
    layout->addWidget(promotion);
    layout->addWidget(m_promotion);
    layout->addWidget(m_sides);
    m_recomputed = new MessageBar(column);
    layout->insertWidget(1, m_recomputed);
    return column;
}

QWidget *RequestView::makeRight()
{
    auto *column = new QWidget(this);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    m_panel = new MessageBar(column);
    m_panel->setClosable(false);
    m_sign = new QPushButton(tr("&Sign…"), column);
    m_withdraw = new QPushButton(tr("&Withdraw…"), column);
    m_abstain = new QPushButton(tr("A&bstain…"), column);
    m_again = new QPushButton(tr("Request a&gain…"), column);
    m_messages = new MessageBar(column);
    auto *actions = new QHBoxLayout;
    actions->addWidget(m_again);
    actions->addWidget(m_sign);
    actions->addWidget(m_abstain);
    actions->addWidget(m_withdraw);
    m_deploy = new QPushButton(tr("&Put into production…"), column);
    actions->addWidget(m_deploy);
    connect(m_deploy, &QPushButton::clicked, this, &RequestView::deploy);
    m_handOver = new QPushButton(tr("&Hand over…"), column);
    m_handOver->setToolTip(tr("The next step: the checklist between development and operations"));
    actions->addWidget(m_handOver);
    connect(m_handOver, &QPushButton::clicked, this,
            [this] { m_context.navigator.openModel(m_brief->model.id, u"registers"_s, u"handover"_s); });
    actions->addStretch(1);
    auto *report = new ReportMenu(
        m_context, tr("&Decision brief"), [this] { return m_brief ? onePageBrief(*m_brief) : Report(); },
        [this] { return m_brief ? briefName(*m_brief) : QString(); }, *m_messages, column);
    report->setAccessibleName(tr("Decision brief"));
    report->addReport(
        tr("With &everything that a signature covers"), [this] { return m_brief ? briefReport(*m_brief) : Report(); },
        [this] { return m_brief ? briefName(*m_brief) + u"-full"_s : QString(); });
    actions->addWidget(report);
    layout->addWidget(m_panel);
    layout->addLayout(actions);
    layout->addWidget(m_messages);

    auto *heading = new SectionHeader(tr("Signatures"), column);
    m_receipt = heading->addAction(tr("Rece&ipt…"));
    m_mustSign = quietLabel(column);
    m_signatures = new RowsTable(tr("Signatures"), signatureHeadings(), column);
    m_signatures->setSortingEnabled(false);
    m_signatures->setSelectionMode(QAbstractItemView::SingleSelection);
    m_signatures->shareWidth({1});
    m_signatures->setVisibleRows(1, 8);
    m_signature = new KeyValueForm(column);
    layout->addWidget(heading);
    layout->addWidget(m_mustSign);
    layout->addWidget(m_signatures);
    layout->addWidget(m_signature);
    auto *owed = new SectionHeader(tr("Owed under the approval"), column);
    m_met = owed->addAction(tr("Me&t…"));
    m_owed = new RowsTable(tr("Owed under the approval"), conditionHeadings(), column);
    m_owed->setSortingEnabled(false);
    m_owed->setSelectionMode(QAbstractItemView::SingleSelection);
    m_owed->shareWidth({0});
    m_owed->setVisibleRows(1, 6);
    m_owedTitle = owed;
    layout->addWidget(owed);
    layout->addWidget(m_owed);
    layout->addStretch(1);

    connect(m_sign, &QPushButton::clicked, this, &RequestView::sign);
    connect(m_again, &QPushButton::clicked, this, &RequestView::requestAgain);
    connect(m_abstain, &QPushButton::clicked, this, &RequestView::abstain);
    connect(m_met, &QPushButton::clicked, this, &RequestView::meetCondition);
    connect(m_owed, &RowsTable::currentKeyChanged, this, &RequestView::showOwed);
    connect(m_withdraw, &QPushButton::clicked, this,
            [this] { (new WithdrawDialog(m_context, m_request, this))->open(); });
    connect(m_signatures, &RowsTable::currentKeyChanged, this, &RequestView::showSignature);
    connect(m_receipt, &QPushButton::clicked, this, [this] {
        if (const auto signature = selectedSignature())
            showReceipt(*signature);
    });
    return column;
}

void RequestView::showRequest(const RequestId &request)
{
    if (request != m_request) {
        m_signatures->clearSelection();
        m_recomputed->clear();
    }
    m_request = request;
    auto brief = m_context.workspace.brief(request);
    if (!brief) {
        m_brief.reset();
        m_panel->showError(brief.error());
        return;
    }
    m_brief = std::move(*brief);
    showBrief();
    showPromotion();
    showStale();
    showDecisionPanel();
    showAgain();
    showNextStep();
    m_owed->setRows(conditionRows(m_context.workspace.registry(), m_brief->request, m_context.workspace.today()));
    showOwed();
}

void RequestView::showBrief()
{
    const auto &brief = *m_brief;
    m_title->setText(brief.replaces
                         ? tr("Version %1 replaces version %2 in production")
                               .arg(toQt(brief.version.label), toQt(brief.replaces->label))
                         : tr("Version %1 goes into production for the first time").arg(toQt(brief.version.label)));
    m_justification->setText(
        tr("%1, %2: %3").arg(toQt(brief.requesterName), timeText(brief.request.at), toQt(brief.request.justification)));
    m_checks->setRows(checkRows(brief.checks));
    m_changes->setRows(changeRows(brief.changes));
    m_changes->setVisible(!brief.changes.empty());
    m_noChanges->setVisible(brief.changes.empty());
    m_noChanges->setText(brief.replaces ? tr("No field of the version differs from the one in production.")
                                        : tr("There is no version in production to compare with."));
    const auto open = brief.status == RequestStatus::open ? u' ' + waitingText(brief) : QString();
    m_mustSign->setText(tr("%1: %2. Signed: %3.")
                            .arg(brief.tierLabel.empty() ? tr("Not tiered") : toQt(brief.tierLabel),
                                 signaturesText(brief.request.required), progressText(brief.request)) +
                        open);
    m_signatures->setRows(signatureRows(m_context.workspace.registry(), brief.request, m_context.workspace.today()));
    if (m_signatures->currentKey().isEmpty() && !brief.request.signOffs.empty())
        m_signatures->selectFirst();
    showSignature();
}

QString RequestView::waitingText(const Brief &brief) const
{
    const auto waiting = (m_context.workspace.today() - dateOf(brief.request.at)).count();
    auto text = tr("Open for %1.").arg(countText(waiting, tr("day"), tr("days")));
    if (brief.decisionOverdue)
        text += u' ' + tr("Overdue for decision since %1.").arg(dateText(brief.deadlines.remindsOn));
    else if (brief.deadlines.remindsOn)
        text += u' ' + tr("To be decided by %1.").arg(dateText(brief.deadlines.remindsOn));
    return text + u' ' +
           (brief.deadlines.lastDay
                ? tr("It times out after %1 unless it is signed or withdrawn; time approves nothing.")
                      .arg(dateText(brief.deadlines.lastDay))
                : tr("It stays open until it is signed or withdrawn; time approves nothing."));
}

void RequestView::showPromotion()
{
    const auto &promotion = m_brief->request.promotion;
    m_compared->setVisible(promotion.has_value());
    if (!promotion)
        return;
    m_promotion->rows()->setHeadings(promotionHeadings(m_brief->championLabel, m_brief->version.label));
    m_promotion->setRows(promotionRows(*promotion));
    m_sides->setText(promotionSidesText(*promotion));
}

void RequestView::recompute()
{
    const auto same = m_context.workspace.recomputesPromotion(m_request);
    if (!same)
        m_recomputed->showError(same.error());
    else if (*same)
        m_recomputed->showMessage(MessageBar::Kind::success,
                                  tr("Computed again from the counts of the recorded runs: every figure is the same."));
    else
        m_recomputed->showMessage(
            MessageBar::Kind::error,
            tr("Computed again from the counts of the recorded runs, the figures differ from those "
               "that the request carries. Withdraw it and compare the versions anew."));
}

/// What there is to do once the version is approved: it goes into production, and somebody hands it over.
void RequestView::showNextStep()
{
    const auto &workspace = m_context.workspace;
    m_deploy->setVisible(isApproved(m_brief->request.status) && m_brief->version.stage == VersionStage::approved);
    const auto whyNot = m_deploy->isHidden()
                            ? std::nullopt
                            : whyNotNow(workspace, VersionDeployed{m_request, m_brief->version.revision});
    m_deploy->setEnabled(!whyNot);
    m_deploy->setToolTip(whyNot.value_or(tr("The next step: the version before, if any, leaves production")));
    if (whyNot)
        m_panel->showMessage(MessageBar::Kind::warning, tr("Approved, and not in production. %1").arg(*whyNot));
    const auto &registry = m_context.workspace.registry();
    const bool handedOver = std::any_of(registry.handOvers.begin(), registry.handOvers.end(), [this](const auto &item) {
        return item.second.version == m_brief->request.version;
    });
    const bool next =
        isApproved(m_brief->request.status) && m_brief->version.stage == VersionStage::inProduction && !handedOver;
    m_handOver->setVisible(next);
}

void RequestView::showDecisionPanel()
{
    const auto &workspace = m_context.workspace;
    const auto &request = m_brief->request;
    const bool open = m_brief->status == RequestStatus::open;
    QString barred;
    std::vector<Role> roles;
    if (m_brief->status == RequestStatus::timedOut) {
        barred = toQt(timeOutInWords(m_brief->deadlines));
    } else if (!open) {
        barred = tr("Decided: %1.").arg(toQt(displayName(request.status)).toLower());
        if (isApproved(request.status) && m_brief->version.stage == VersionStage::approved)
            barred += u' ' + tr("Version %1 is not in production yet.").arg(toQt(m_brief->version.label));
        if (isApproved(request.status) && m_brief->version.stage == VersionStage::inProduction)
            barred += u' ' + tr("Version %1 is in production since %2.")
                                 .arg(toQt(m_brief->version.label), dateText(m_brief->version.deployedOn));
    } else if (const auto why = workspace.whyNot("requestSigned")) {
        barred = toQt(*why);
    } else {
        std::string reason;
        roles = rolesToSign(workspace.policy(), workspace.registry(), request, *workspace.user(), &reason,
                            workspace.today());
        barred = toQt(reason);
    }
    if (roles.empty()) {
        auto text = barred;
        const auto names = open ? whoCouldSign(workspace, request) : QStringList();
        if (!names.isEmpty())
            text += u' ' + tr("Who could sign: %1.").arg(names.join(u"; "_s));
        else if (open)
            text += u' ' + tr("Nobody enrolled here could sign now.");
        m_panel->showMessage(open || m_brief->status == RequestStatus::timedOut ? MessageBar::Kind::warning
                                                                                : MessageBar::Kind::info,
                             text);
    } else {
        QStringList names;
        for (const auto role : roles) {
            auto name = toQt(displayName(role)).toLower();
            const auto principal = standsInFor(workspace.policy(), workspace.registry(), request, *workspace.user(),
                                               role, workspace.today());
            if (!principal.empty())
                name = tr("%1, in place of %2,").arg(name, toQt(principal));
            names << name;
        }
        m_panel->showMessage(MessageBar::Kind::info,
                             tr("Your signature as %1 is asked for.").arg(names.join(tr(" or "))));
    }
    m_sign->setEnabled(!roles.empty());
    m_sign->setToolTip(barred);
    m_sign->setVisible(open);

    const auto whyStay =
        open ? whyNotNow(workspace, RequestAbstained{m_request, "reason", request.revision}) : std::optional(barred);
    const bool abstained =
        workspace.user() && std::any_of(request.abstentions.begin(), request.abstentions.end(),
                                        [&](const Abstention &each) { return each.by == workspace.user()->id; });
    m_abstain->setEnabled(!whyStay && !abstained);
    m_abstain->setToolTip(abstained ? tr("You have abstained already.") : whyStay.value_or(QString()));
    m_abstain->setVisible(open);

    const auto whyKeep =
        open ? whyNotNow(workspace, RequestWithdrawn{m_request, "reason", request.revision}) : std::optional(barred);
    m_withdraw->setEnabled(!whyKeep);
    m_withdraw->setToolTip(whyKeep.value_or(QString()));
    m_withdraw->setVisible(open);
}

std::optional<std::size_t> RequestView::selectedSignature() const
{
    bool numbered = false;
    const auto at = m_signatures->currentKey().toULongLong(&numbered);
    if (!numbered || !m_brief || at >= m_brief->request.signOffs.size())
        return std::nullopt;
    return at;
}

void RequestView::showSignature()
{
    const auto at = selectedSignature();
    m_signature->setVisible(at.has_value());
    m_receipt->setEnabled(at.has_value());
    m_receipt->setToolTip(at ? tr("Proof of this signature, to keep outside the file")
                             : tr("Select a signature that was given."));
    if (!at)
        return;
    const auto &signOff = m_brief->request.signOffs[*at];
    m_signature->setValue(tr("Meaning"), toQt(signOff.meaning));
    m_signature->setValue(tr("Stands in for"), toQt(signOff.onBehalfOf));
    m_signature->setValue(tr("Comment"), toQt(signOff.comment));
    m_signature->setValue(tr("Conditions"), toQt(signOff.conditions));
    m_signature->setValue(tr("Expire on"), dateText(signOff.expiresOn));
    m_signature->setValue(tr("Covers"),
                          countText(static_cast<qint64>(signOff.covered.size()), tr("item"), tr("items")));
    m_signature->setValue(tr("Entry"), QString::number(signOff.entry));
}

void RequestView::sign()
{
    auto brief = m_context.workspace.brief(m_request);
    if (!brief) {
        m_context.dialogs.error(this, tr("Sign"), brief.error());
        return;
    }
    auto *dialog = new SignOffDialog(m_context, std::move(*brief), this);
    connect(dialog, &QDialog::accepted, this, [this] {
        showRequest(m_request);
        if (!m_brief || m_brief->request.signOffs.empty())
            return;
        const auto last = m_brief->request.signOffs.size() - 1;
        m_signatures->select(QString::number(last));
        showReceipt(last);
    });
    dialog->open();
}

void RequestView::showReceipt(std::size_t signOff)
{
    auto receipt = m_context.workspace.receipt(m_request, signOff);
    if (!receipt) {
        m_context.dialogs.error(this, tr("Receipt"), receipt.error());
        return;
    }
    const auto name = u"receipt-%1-%2-entry-%3.txt"_s.arg(toQt(m_brief->model.reference), toQt(m_brief->version.label),
                                                          QString::number(m_brief->request.signOffs[signOff].entry));
    (new TextViewer(m_context, tr("Receipt of the signature"), std::move(*receipt), name, TextViewer::Format::plain,
                    this))
        ->open();
}

void RequestView::showStale()
{
    const auto &workspace = m_context.workspace;
    const auto rows = staleRows(staleSignOffs(workspace.registry(), workspace.today(), m_brief->model.id), m_request);
    m_stale->setRows(rows);
    m_stale->setVisible(!rows.isEmpty());
    m_staleTitle->setVisible(!rows.isEmpty());
}

/// Of a request that timed out. What else stands in the way, the dialog says.
void RequestView::showAgain()
{
    const auto why = whyNotAgain();
    m_again->setVisible(m_brief->status == RequestStatus::timedOut);
    m_again->setEnabled(why.isEmpty());
    m_again->setToolTip(why.isEmpty() ? tr("Opens a new request for the same version, without signatures") : why);
}

QString RequestView::whyNotAgain() const
{
    const auto &workspace = m_context.workspace;
    const auto &version = m_brief->version;
    if (version.stage == VersionStage::inProduction)
        return tr("Version %1 is in production already.").arg(toQt(version.label));
    if (version.stage == VersionStage::retired)
        return tr("Version %1 is retired.").arg(toQt(version.label));
    for (const auto &[id, request] : workspace.registry().requests)
        if (request.version == version.id && isOpenOn(request, workspace.today()))
            return tr("Version %1 has been requested again.").arg(toQt(version.label));
    const auto why = workspace.whyNot("deploymentRequested");
    return why ? toQt(*why) : QString();
}

void RequestView::requestAgain()
{
    const auto model = m_brief->model.id;
    const auto version = m_brief->version.id;
    ActDialog *dialog = nullptr;
    if (m_brief->request.promotion && m_brief->replaces)
        dialog = new PromotionDialog(m_context, model, version, this);
    else
        dialog = new RequestDialog(m_context, model, version, this);
    connect(dialog, &QDialog::accepted, this, [this, model, version] {
        const auto &requests = m_context.workspace.registry().requests;
        const auto opened = std::find_if(requests.begin(), requests.end(), [&](const auto &item) {
            return item.second.version == version && isOpenOn(item.second, m_context.workspace.today());
        });
        if (opened != requests.end())
            m_context.navigator.openModel(model, u"signoffs"_s, toQt(opened->first.str()));
    });
    dialog->open();
}

void RequestView::showOwed()
{
    const bool any = m_owed->rows()->rowCount() > 0;
    m_owedTitle->setVisible(any);
    m_owed->setVisible(any);
    const auto parts = m_owed->currentKey().split(u'/');
    QString why;
    if (parts.size() != 2)
        why = tr("Select a condition first.");
    else
        why =
            whyNotNow(m_context.workspace, SignOffConditionMet{m_request, parts[0].toLongLong(), parts[1].toLongLong(),
                                                               "evidence", m_brief->request.revision})
                .value_or(QString());
    m_met->setEnabled(why.isEmpty());
    m_met->setToolTip(why);
}

void RequestView::meetCondition()
{
    const auto parts = m_owed->currentKey().split(u'/');
    const auto signOff = parts.value(0).toULongLong();
    const auto place = parts.value(1).toULongLong();
    (new ReasonDialog(
         tr("A condition is met"), toQt(m_brief->request.signOffs.at(signOff).dueConditions.at(place).text),
         tr("Record that it is met"), tr("&Evidence"),
         [this, request = m_request, signOff, place](const std::string &evidence) {
             return m_context.workspace.meetCondition(request, signOff, place, evidence);
         },
         this))
        ->open();
}

void RequestView::deploy()
{
    const auto version = toQt(m_brief->version.label);
    const auto note = m_brief->replaces ? tr("Version %1 goes into production, and version %2 is retired.")
                                              .arg(version, toQt(m_brief->replaces->label))
                                        : tr("Version %1 goes into production.").arg(version);
    (new ReasonDialog(
         tr("Put into production"), note, tr("Put into production"), {},
         [this, request = m_request](const std::string &) { return m_context.workspace.deploy(request); }, this))
        ->open();
}

void RequestView::abstain()
{
    abstainDialog(
        tr("request"),
        [this, request = m_request](const std::string &reason) { return m_context.workspace.abstain(request, reason); },
        this)
        ->open();
}

} // namespace countersign
