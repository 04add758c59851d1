// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/requestdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>

#include <algorithm>

#include "core/policy/approvals.h"
#include "core/policy/comparisons.h"
#include "core/policy/scope.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString mark(CheckState state)
{
    switch (state) {
    case CheckState::passed:
        return u"✓"_s;
    case CheckState::failed:
        return u"✗"_s;
    case CheckState::notNeeded:
        break;
    }
    return u"–"_s;
}

} // namespace

QLabel *wrappingText(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString checksText(const Workspace &workspace, const VersionId &version, const Promotion *offered)
{
    QStringList lines;
    for (const auto &found :
         deploymentChecks(workspace.policy(), workspace.registry(), version, workspace.today(), offered))
        lines << u"%1 %2: %3"_s.arg(mark(found.state), toQt(found.title), toQt(found.detail));
    return lines.join(u'\n');
}

QString signersText(const Workspace &workspace, const ModelId &model)
{
    const auto &pack = workspace.policy();
    const auto &registry = workspace.registry();
    const auto *outcome = outcomeOutOfScope(pack, registry, model);
    const auto requester = workspace.user() ? workspace.user()->id : UserId();
    const auto required = requestSignatures(pack, registry, model, requester);
    if (required.empty())
        return RequestDialog::tr("Nobody: out of scope (%1). An edit puts it in use.").arg(toQt(outcome->label));
    return RequestDialog::tr("%1: %2").arg(
        toQt(outcome ? outcome->label : pack.tierLabel(tierLevelOf(registry, model))), signaturesText(required));
}

RequestDialog::RequestDialog(Context &context, const ModelId &model, const VersionId &version, QWidget *parent)
    : ActDialog(tr("Request deployment"), tr("Request deployment"), parent)
    , m_context(context)
    , m_model(model)
    , m_version(addChoice(tr("&Version")))
    , m_justification(addText(tr("&Justification"), tr("Why this version should go into production now"), 4))
    , m_checks(wrappingText(this))
    , m_signers(wrappingText(this))
{
    auto versions = context.workspace.registry().versionsOf(model);
    std::reverse(versions.begin(), versions.end());
    for (const auto *candidate : versions)
        if (candidate->stage != VersionStage::inProduction && candidate->stage != VersionStage::retired)
            m_version->addItem(u"%1 (%2)"_s.arg(toQt(candidate->label), toQt(displayName(candidate->stage))),
                               toQt(candidate->id.str()));
    if (const auto at = m_version->findData(toQt(version.str())); at >= 0)
        m_version->setCurrentIndex(at);
    addField(tr("Checks now"), m_checks);
    addField(tr("Who will sign"), m_signers);
    connect(m_version, &QComboBox::currentIndexChanged, this, &RequestDialog::showChecks);
    showChecks();
    m_justification->setFocus();
}

VersionId RequestDialog::chosen() const
{
    return VersionId(toStd(m_version->currentData().toString()));
}

void RequestDialog::showChecks()
{
    const auto &workspace = m_context.workspace;
    m_checks->setText(chosen().valid() ? checksText(workspace, chosen()) : tr("There is no version to deploy."));
    m_signers->setText(signersText(workspace, m_model));
}

QString RequestDialog::missing() const
{
    if (!chosen().valid())
        return tr("Every version is in production or retired: register a new one first.");
    const auto &workspace = m_context.workspace;
    if (const auto why = whyUncompared(workspace.policy(), workspace.registry(), chosen(), nullptr))
        return toQt(*why);
    return m_justification->toPlainText().trimmed().isEmpty() ? tr("Write the justification.") : QString();
}

Result<void> RequestDialog::act()
{
    return outcome(m_context.workspace.requestDeployment(chosen(), typed(m_justification)));
}

WithdrawDialog::WithdrawDialog(Context &context, const RequestId &request, QWidget *parent)
    : ActDialog(tr("Withdraw the request"), tr("Withdraw request"), parent)
    , m_context(context)
    , m_request(request)
    , m_reason(addText(tr("&Reason"), tr("Why it is taken back"), 3))
{
    addNote(tr("The request and the signatures on it stay in the history. A new request starts without signatures."));
    m_reason->setFocus();
}

QString WithdrawDialog::missing() const
{
    return m_reason->toPlainText().trimmed().isEmpty() ? tr("Give the reason.") : QString();
}

Result<void> WithdrawDialog::act()
{
    return m_context.workspace.withdrawRequest(m_request, typed(m_reason));
}

} // namespace countersign
