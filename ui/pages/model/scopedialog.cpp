// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/scopedialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

#include "core/policy/scope.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

ScopeDialog::ScopeDialog(Context &context, const ModelId &model, QWidget *parent)
    : ActDialog(tr("Decide the scope"), tr("Sign decision"), parent)
    , m_context(context)
    , m_model(model)
    , m_given(new QLabel(this))
    , m_question(new QLabel(this))
    , m_source(quietLabel(this))
    , m_yes(new QPushButton(tr("&Yes"), this))
    , m_no(new QPushButton(tr("&No"), this))
    , m_back(new QPushButton(tr("&Back"), this))
    , m_outcome(new KeyValueForm(this))
    , m_reason(addText(tr("&Reason"), tr("What the answers rest on"), 3))
{
    const auto &workspace = context.workspace;
    const auto state = scopeStateOf(workspace.policy(), workspace.registry(), model);
    if (state != ScopeState::undecided)
        addNote(tr("Decided before: %1").arg(scopeText(workspace.policy(), workspace.registry(), model)));
    makeQuestion();
    showStep();
}

void ScopeDialog::makeQuestion()
{
    for (auto *label : {m_given, m_question}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto bold = m_question->font();
    bold.setBold(true);
    m_question->setFont(bold);
    m_yes->setAutoDefault(false);
    m_no->setAutoDefault(false);
    m_back->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_yes);
    buttons->addWidget(m_no);
    buttons->addStretch(1);
    buttons->addWidget(m_back);
    for (auto *widget : {static_cast<QWidget *>(m_given), static_cast<QWidget *>(m_question),
                         static_cast<QWidget *>(m_source), static_cast<QWidget *>(m_outcome)})
        top()->addWidget(widget);
    top()->addLayout(buttons);
    setTabOrder(m_yes, m_no);
    setTabOrder(m_no, m_back);
    setTabOrder(m_back, m_reason);
    connect(m_yes, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_no, &QPushButton::clicked, this, [this] { answer(false); });
    connect(m_back, &QPushButton::clicked, this, &ScopeDialog::back);
}

const ScopeDecision &ScopeDialog::questions() const
{
    return m_context.workspace.policy().scope;
}

ScopeStep ScopeDialog::step() const
{
    return scopeStep(questions(), m_answers);
}

void ScopeDialog::answer(bool yes)
{
    if (const auto *asked = step().question)
        m_answers.push_back({asked->id, asked->question, yes});
    showStep();
}

void ScopeDialog::back()
{
    if (!m_answers.empty())
        m_answers.pop_back();
    showStep();
}

void ScopeDialog::showStep()
{
    QStringList given;
    for (const auto &each : m_answers)
        given << tr("%1 %2").arg(toQt(each.question), each.yes ? tr("Yes.") : tr("No."));
    m_given->setText(given.join(u'\n'));
    m_given->setVisible(!given.isEmpty());
    const auto [question, outcome] = step();
    if (outcome) {
        m_outcome->setValue(tr("Outcome"), toQt(outcome->label));
        m_outcome->setValue(tr("In scope"), outcome->inScope ? tr("Yes") : tr("No"));
        m_outcome->setValue(tr("Treatment"), toQt(outcome->treatment));
        m_outcome->setValue(tr("Signed before use"), outcome->inScope ? tr("As its tier asks")
                                                     : outcome->signatures.empty()
                                                         ? tr("By nobody")
                                                         : tr("By %1").arg(signaturesText(outcome->signatures)));
    }
    m_question->setVisible(question != nullptr);
    m_source->setVisible(question != nullptr);
    m_outcome->setVisible(outcome != nullptr);
    m_yes->setVisible(question != nullptr);
    m_no->setVisible(question != nullptr);
    m_back->setEnabled(!m_answers.empty());
    m_back->setToolTip(m_answers.empty() ? tr("This is the first question.") : tr("Answer the last question again"));
    m_reason->setEnabled(outcome != nullptr);
    if (question) {
        m_question->setText(toQt(question->question));
        m_source->setText(toQt(question->source));
        for (auto *button : {m_yes, m_no})
            button->setAccessibleDescription(m_question->text());
        m_yes->setFocus();
    } else if (outcome) {
        m_reason->setFocus();
    }
    check();
    growToText();
}

/// Wrapped text that comes later does not make a dialog higher by itself.
void ScopeDialog::growToText()
{
    m_outcome->layout()->activate();
    layout()->activate();
    if (const int needed = layout()->totalHeightForWidth(width()); needed > height())
        resize(width(), needed);
}

QString ScopeDialog::missing() const
{
    const auto *outcome = step().outcome;
    if (!outcome)
        return tr("Answer the question.");
    if (!outcome->inScope && m_reason->toPlainText().trimmed().isEmpty())
        return tr("Give the reason: nothing is out of scope without one.");
    const auto &workspace = m_context.workspace;
    const auto model = workspace.registry().models.find(m_model);
    if (!outcome->inScope && workspace.user() && model != workspace.registry().models.end())
        if (const auto why = whyNotToDecideOut(workspace.policy(), *workspace.user(), model->second))
            return toQt(*why);
    return {};
}

Result<void> ScopeDialog::act()
{
    std::vector<bool> answers;
    answers.reserve(m_answers.size());
    for (const auto &each : m_answers)
        answers.push_back(each.yes);
    return m_context.workspace.decideScope(m_model, answers, typed(m_reason));
}

} // namespace countersign
