// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/signoffdialog.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/pages/model/conditionlist.h"
#include "ui/pages/model/covereditems.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/personchoice.h"
#include "ui/pages/model/promotionrows.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// The cursor of the desktop says that the key is being unlocked.
class WaitCursor
{
public:
    WaitCursor() { QGuiApplication::setOverrideCursor(Qt::WaitCursor); }
    ~WaitCursor() { QGuiApplication::restoreOverrideCursor(); }
    WaitCursor(const WaitCursor &) = delete;
    WaitCursor &operator=(const WaitCursor &) = delete;
};

} // namespace

SignOffDialog::SignOffDialog(Context &context, Brief brief, QWidget *parent)
    : ActDialog(tr("Sign"), tr("Sign"), parent)
    , m_context(context)
    , m_brief(std::move(brief))
{
    setMinimumWidth(680);
    makeSubject();
    makeDecisions();
    makeFields();
    showBrief({});
    followDecision();
    if (m_brief.request.promotion) // the figures need room beside what is signed
        resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 46);
    m_decisions->button(static_cast<int>(Decision::approve))->setFocus();
    connect(&context.changes, &ChangeNotifier::changed, this, &SignOffDialog::reload);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &SignOffDialog::reject);
}

void SignOffDialog::makeSubject()
{
    m_subject = new QLabel(this);
    m_subject->setWordWrap(true);
    m_subject->setTextFormat(Qt::PlainText);
    m_subject->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_covered = new CoveredItems(this);
    m_promotion = new RowsTable(tr("Champion and challenger"), promotionHeadings({}, {}), this);
    m_promotion->setSortingEnabled(false);
    m_promotion->shareWidth({0});
    m_promotion->setVisibleRows(2, 4);
    top()->addWidget(m_subject);
    m_sides = quietLabel(this);
    top()->addWidget(m_promotion);
    top()->addWidget(m_sides);
    top()->addWidget(m_covered, 1);
}

void SignOffDialog::makeDecisions()
{
    auto *box = new QWidget(this);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    m_decisions = new QButtonGroup(box);
    for (const auto value : enumValues<Decision>()) {
        auto *choice = new QRadioButton(toQt(displayName(value)), box);
        choice->setAccessibleName(choice->text());
        const auto at = static_cast<int>(value);
        m_decisions->addButton(choice, at);
        grid->addWidget(choice, at / 2, at % 2);
    }
    m_barredDecisions = quietLabel(box);
    grid->addWidget(m_barredDecisions, 2, 0, 1, 2);
    addField(tr("Decision"), box);
    m_meaning = new QLabel(this);
    m_meaning->setWordWrap(true);
    m_meaning->setTextFormat(Qt::PlainText);
    m_meaning->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto italic = m_meaning->font();
    italic.setItalic(true);
    m_meaning->setFont(italic);
    addField(tr("I state that"), m_meaning);
    m_meaning->setAccessibleName(tr("Meaning of the signature"));
    m_meaning->setObjectName(u"meaning"_s);
    connect(m_decisions, &QButtonGroup::idToggled, this, &SignOffDialog::followDecision);
}

void SignOffDialog::makeFields()
{
    m_conditions = addText(tr("C&onditions"), tr("What must hold for the approval to stand"), 2);
    const auto &registry = m_context.workspace.registry();
    const auto inAMonth = toQt(m_context.workspace.today()).addMonths(1);
    m_owed = new ConditionList(activePeople(registry), toQt(m_brief.model.owner), inAMonth, this);
    m_owed->setAccessibleName(tr("Owed by a day"));
    addField(tr("Owed by a day"), m_owed);
    connect(m_owed, &ConditionList::changed, this, &SignOffDialog::check);
    m_expires = addDate(tr("&Expire on"));
    m_expires->setDate(toQt(m_context.workspace.today()).addMonths(6));
    m_comment = addText(tr("Co&mment"), {}, 2);
    m_role = addChoice(tr("Sign &as"));
    m_passphrase = addLine(tr("&Passphrase"), tr("Asked again for every signature"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    connect(m_role, &QComboBox::currentIndexChanged, this, &SignOffDialog::followDecision);
}

void SignOffDialog::showBrief(const std::vector<CoverDifference> &differences)
{
    const auto &workspace = m_context.workspace;
    m_promotion->setVisible(m_brief.request.promotion.has_value());
    m_sides->setVisible(m_brief.request.promotion.has_value());
    if (m_brief.request.promotion) {
        m_promotion->rows()->setHeadings(promotionHeadings(m_brief.championLabel, m_brief.version.label));
        m_promotion->setRows(promotionRows(*m_brief.request.promotion));
        m_sides->setText(promotionSidesText(*m_brief.request.promotion));
    }
    const auto subject = m_brief.request.approvedFirst
                             ? tr("Approve version %1 of %2, %3 for production. Requested by %4: %5")
                             : tr("Put version %1 of %2, %3 into production. Requested by %4: %5");
    m_subject->setText(subject.arg(toQt(m_brief.version.label), toQt(m_brief.model.reference), toQt(m_brief.model.name),
                                   toQt(m_brief.requesterName), toQt(m_brief.request.justification)));
    m_covered->show(m_brief.covered, differences);

    std::string why;
    std::vector<Role> roles;
    if (const auto refusal = workspace.whyNot("requestSigned"))
        why = *refusal;
    else
        roles = rolesToSign(workspace.policy(), workspace.registry(), m_brief.request, *workspace.user(), &why,
                            workspace.today());
    m_barred = roles.empty() ? toQt(why) : QString();
    const auto chosen = m_role->currentData();
    m_role->clear();
    for (const auto possible : roles)
        m_role->addItem(toQt(displayName(possible)), static_cast<int>(possible));
    if (const auto at = m_role->findData(chosen); at >= 0)
        m_role->setCurrentIndex(at);
    setFieldVisible(m_role, roles.size() > 1);
    if (!m_barred.isEmpty())
        messages()->showMessage(MessageBar::Kind::warning, m_barred);
}

Role SignOffDialog::role() const
{
    return static_cast<Role>(m_role->currentData().toInt());
}

std::optional<QString> SignOffDialog::whyNot(Decision decision) const
{
    const auto &workspace = m_context.workspace;
    if (!m_barred.isEmpty() || workspace.user() == nullptr)
        return m_barred;
    const auto why = whyDecisionForbidden(workspace.policy(), workspace.registry(), m_brief.request, *workspace.user(),
                                          role(), decision, m_brief.covered, workspace.today());
    return why ? std::optional(toQt(*why)) : std::nullopt;
}

void SignOffDialog::setDecision(Decision decision)
{
    m_decisions->button(static_cast<int>(decision))->setChecked(true);
}

Decision SignOffDialog::decision() const
{
    return static_cast<Decision>(m_decisions->checkedId());
}

void SignOffDialog::followDecision()
{
    QStringList reasons;
    for (const auto value : enumValues<Decision>()) {
        auto *choice = m_decisions->button(static_cast<int>(value));
        const auto why = whyNot(value);
        choice->setEnabled(!why);
        choice->setToolTip(why.value_or(QString()));
        if (why && choice->isChecked()) {
            m_decisions->setExclusive(false);
            choice->setChecked(false);
            m_decisions->setExclusive(true);
        }
        if (why && m_barred.isEmpty() && !reasons.contains(*why))
            reasons << *why;
    }
    m_barredDecisions->setText(reasons.join(u'\n'));
    m_barredDecisions->setVisible(!reasons.isEmpty());

    const bool decided = m_decisions->checkedId() >= 0;
    const bool conditional = decided && decision() == Decision::approveWithConditions;
    m_meaning->setText(decided ? toQt(m_context.workspace.policy().meaning(decision()))
                               : tr("Choose a decision: what the signature means stands here."));
    setFieldVisible(m_conditions, conditional);
    setFieldVisible(m_owed, conditional);
    setFieldVisible(m_expires, conditional);
    m_comment->setPlaceholderText(decided && decision() == Decision::approve ? tr("Not required to approve plainly")
                                                                             : tr("Why you decide so (required)"));
    check();
}

void SignOffDialog::setFieldVisible(QWidget *field, bool visible)
{
    field->setVisible(visible);
    if (auto *label = form()->labelForField(field))
        label->setVisible(visible);
}

QString SignOffDialog::missing() const
{
    if (m_passphrase == nullptr)
        return {};
    if (!m_barred.isEmpty())
        return m_barred;
    if (m_decisions->checkedId() < 0)
        return tr("Choose a decision.");
    if (decision() == Decision::approveWithConditions) {
        if (m_conditions->toPlainText().trimmed().isEmpty() && m_owed->conditions().empty())
            return tr("Write the conditions.");
        if (const auto line = m_owed->missing(); !line.isEmpty())
            return line;
        if (m_expires->date() <= toQt(m_context.workspace.today()))
            return tr("The conditions must expire after today.");
    }
    if (decision() != Decision::approve && m_comment->toPlainText().trimmed().isEmpty())
        return tr("Write the comment.");
    return m_passphrase->text().isEmpty() ? tr("Enter your passphrase.") : QString();
}

Result<void> SignOffDialog::act()
{
    const WaitCursor wait;
    SignOffInput input;
    input.role = role();
    input.decision = decision();
    input.comment = typed(m_comment);
    if (input.decision == Decision::approveWithConditions) {
        input.conditions = typed(m_conditions);
        input.dueConditions = m_owed->conditions();
        input.expiresOn = fromQt(m_expires->date());
    }
    input.shown = m_brief.covered;
    input.passphrase = toStd(m_passphrase->text());
    m_signing = true; // the change that follows is one's own
    auto result = m_context.workspace.sign(m_brief.request.id, input);
    m_signing = false;
    return result;
}

void SignOffDialog::refused(const Error &error)
{
    m_passphrase->clear();
    if (error.code == ErrorCode::Conflict)
        reload();
    m_passphrase->setFocus();
}

void SignOffDialog::reload()
{
    if (m_signing)
        return;
    auto now = m_context.workspace.brief(m_brief.request.id);
    if (!now) {
        messages()->showError(now.error());
        return;
    }
    const auto differences = coverDifferences(m_brief.covered, now->covered);
    m_brief = std::move(*now);
    showBrief(differences);
    if (!differences.empty()) {
        QStringList changed;
        for (const auto &difference : differences)
            changed << toQt(difference.item.title);
        messages()->showMessage(
            MessageBar::Kind::warning,
            tr("Changed since it was shown to you: %1. Read it again before you sign.").arg(changed.join(u"; "_s)));
    }
    followDecision();
}

} // namespace countersign
