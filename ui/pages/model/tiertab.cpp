// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/tiertab.h"
#include "core/policy/rerating.h"

#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/confirmoverridedialog.h"
#include "ui/pages/model/riskmatrix.h"
#include "ui/pages/model/riskpanel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/scorecard.h"
#include "ui/pages/model/thresholdbar.h"
#include "ui/pages/model/tierrows.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QScrollArea *scrolling(const QString &accessibleName, QWidget *content, QWidget *parent)
{
    auto *scroll = new QScrollArea(parent);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(accessibleName);
    scroll->setWidget(content);
    return scroll;
}

QPlainTextEdit *writing(const QString &accessibleName, const QString &placeholder, int lines, QWidget *parent)
{
    auto *field = new QPlainTextEdit(parent);
    field->setAccessibleName(accessibleName);
    field->setPlaceholderText(placeholder);
    field->setTabChangesFocus(true);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * lines + 16);
    return field;
}

} // namespace

TierTab::TierTab(Context &context, QWidget *parent)
    : ModelTab(context, parent)
    , m_scorecard(new Scorecard)
    , m_questions(scrolling(tr("Questions of the scorecard"), m_scorecard, this))
    , m_whyNot(quietLabel(this))
    , m_gate(new ActionGate(context, m_whyNot, this))
{
    m_answers = scrolling(tr("Score, tier and publication"), makeResult(), this);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(16);
    split->addWidget(m_questions);
    split->addWidget(m_answers);
    split->setStretchFactor(0, 4);
    split->setStretchFactor(1, 5);
    split->setSizes({440, 560});

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 4, 12);
    layout->addWidget(split, 1);
    layout->addWidget(makeFooter());

    m_gate->add(m_publish, "tierPublished", [this] { return missing(); });
    m_gate->add(m_confirm, "tierOverrideConfirmed", [this] {
        const auto *assessment = selectedAssessment();
        if (assessment == nullptr || !assessment->overridePending())
            return tr("Select an assessment whose override waits for confirmation.");
        const TierOverrideConfirmed confirmation{assessment->id, "comment", assessment->revision};
        const auto why = whyNotNow(this->context().workspace, confirmation);
        return why ? *why + u' ' + whoCouldText(this->context().workspace, confirmation) : QString();
    });
    connectFields();
}

QWidget *TierTab::makeResult()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 12, 0);
    layout->setSpacing(8);
    m_notice = new MessageBar(content);
    m_notice->setClosable(false);
    m_tier = new Badge(content);
    m_score = new QLabel(content);
    m_score->setAccessibleName(tr("Score"));
    m_score->setWordWrap(true);
    m_score->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bar = new ThresholdBar(content);
    auto *result = new QHBoxLayout;
    result->addWidget(m_tier);
    result->addWidget(m_score, 1);
    layout->addWidget(m_notice);
    layout->addLayout(result);
    layout->addWidget(m_bar);
    m_matrix = new RiskMatrix(content);
    layout->addWidget(m_matrix);

    m_breakdown = new RowsTable(tr("How the score arises"), breakdownHeadings(), content);
    m_breakdown->setSortingEnabled(false);
    m_breakdown->setSelectionMode(QAbstractItemView::SingleSelection);
    m_breakdown->shareWidth({0, 1});
    m_breakdown->setVisibleRows(2, 20);
    layout->addWidget(m_breakdown);

    layout->addWidget(new SectionHeader(tr("Inherent tier, controls, residual tier"), content));
    m_risk = new RiskPanel(content);
    layout->addWidget(m_risk);

    layout->addWidget(new SectionHeader(tr("Rationale"), content));
    m_rationale = writing(tr("Rationale"), tr("What the answers rest on"), 3, content);
    layout->addWidget(m_rationale);
    makeOverride(layout);
    makeHistory(layout);
    layout->addStretch(1);
    return content;
}

void TierTab::makeOverride(QVBoxLayout *layout)
{
    m_override = new QGroupBox(tr("&Override the computed tier"));
    m_override->setCheckable(true);
    m_override->setChecked(false);
    m_override->setAccessibleName(tr("Override the computed tier"));
    auto *form = new QFormLayout(m_override);
    m_level = new QComboBox(m_override);
    m_level->setAccessibleName(tr("Tier by override"));
    m_reason = writing(tr("Reason for the override"), tr("What the scorecard does not see"), 2, m_override);
    auto *note = quietLabel(m_override);
    note->setText(tr("The computed tier stays in force until a second person has confirmed the override."));
    form->addRow(tr("&Tier"), m_level);
    form->addRow(tr("Rea&son"), m_reason);
    form->addRow(note);
    layout->addWidget(m_override);
}

void TierTab::makeHistory(QVBoxLayout *layout)
{
    auto *heading = new SectionHeader(tr("Published assessments"));
    m_confirm = heading->addAction(tr("&Confirm override…"));
    m_history = new RowsTable(tr("Published assessments"), assessmentHeadings());
    m_history->shareWidth({4});
    m_history->setSelectionMode(QAbstractItemView::SingleSelection);
    m_history->setVisibleRows(1, 6);
    m_noHistory = quietLabel(this);
    m_noHistory->setText(tr("No tier has been published for this model."));
    m_assessment = new KeyValueForm;
    layout->addWidget(heading);
    layout->addWidget(m_noHistory);
    layout->addWidget(m_history);
    layout->addWidget(m_assessment);
}

QWidget *TierTab::makeFooter()
{
    auto *footer = new QWidget(this);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 4, 12, 0);
    m_missing = quietLabel(footer);
    m_reset = new QPushButton(tr("&Reset to published"), footer);
    m_publish = new QPushButton(tr("&Publish tier"), footer);
    auto *words = new QVBoxLayout;
    words->addWidget(m_whyNot);
    words->addWidget(m_missing);
    row->addLayout(words, 1);
    row->addWidget(m_reset);
    row->addWidget(m_publish);
    return footer;
}

void TierTab::connectFields()
{
    connect(m_scorecard, &Scorecard::answered, this, &TierTab::keepDraft);
    connect(m_rationale, &QPlainTextEdit::textChanged, this, &TierTab::keepDraft);
    connect(m_override, &QGroupBox::toggled, this, &TierTab::keepDraft);
    connect(m_level, &QComboBox::currentIndexChanged, this, &TierTab::keepDraft);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &TierTab::keepDraft);
    connect(m_publish, &QPushButton::clicked, this, &TierTab::publish);
    connect(m_reset, &QPushButton::clicked, this, &TierTab::reset);
    connect(m_history, &RowsTable::currentKeyChanged, this, [this] {
        showAssessment();
        m_gate->refresh();
    });
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        if (const auto *assessment = selectedAssessment())
            (new ConfirmOverrideDialog(this->context(), *assessment, this))->open();
    });
}

void TierTab::modelChanged()
{
    m_history->clearSelection();
    m_questions->ensureVisible(0, 0);
    m_answers->ensureVisible(0, 0);
}

void TierTab::refresh()
{
    const auto &policy = context().workspace.policy();
    m_risks.clear();
    m_scorecard->setMethod(policy.tierMethod);
    m_scorecard->setCost(costOf(context().workspace.registry(), modelId()));
    m_showing = true;
    const auto level = m_level->currentData();
    m_level->clear();
    for (const auto &tier : policy.tiers)
        m_level->addItem(toQt(tier.label), static_cast<qlonglong>(tier.level));
    m_level->setCurrentIndex(std::max(0, m_level->findData(level)));
    m_showing = false;

    const auto &workspace = context().workspace;
    const auto again = reratings(policy, workspace.registry(), workspace.today());
    const auto found = again.find(modelId());
    m_again = found == again.end() ? QString()
                                   : tr("The tier is to be assessed again since %1. %2")
                                         .arg(dateText(found->second.since), toQt(found->second.reason));

    const auto rows = assessmentRows(policy, workspace.registry(), modelId());
    m_history->setRows(rows);
    m_history->setVisible(!rows.isEmpty());
    m_noHistory->setVisible(rows.isEmpty());
    if (m_history->currentKey().isEmpty())
        m_history->selectFirst();

    const auto draft = m_drafts.find(modelId());
    showDraft(draft == m_drafts.end() ? published() : draft->second);
    showMessages();
    showAssessment();
    m_gate->refresh();
}

TierTab::Draft TierTab::published() const
{
    Draft draft;
    const auto &workspace = context().workspace;
    if (const auto *assessment = workspace.registry().tierOf(modelId())) {
        draft.answers = knownAnswers(workspace.policy().tierMethod, assessment->answers);
        draft.rationale = toQt(assessment->rationale);
        draft.overriding = assessment->overrideLevel.has_value();
        draft.overrideLevel = assessment->overrideLevel.value_or(assessment->computedLevel);
        draft.overrideReason = toQt(assessment->overrideReason);
    }
    return draft;
}

void TierTab::showDraft(const Draft &draft)
{
    m_showing = true;
    m_scorecard->setAnswers(knownAnswers(context().workspace.policy().tierMethod, draft.answers));
    if (m_rationale->toPlainText() != draft.rationale)
        m_rationale->setPlainText(draft.rationale);
    m_override->setChecked(draft.overriding);
    m_level->setCurrentIndex(std::max(0, m_level->findData(static_cast<qlonglong>(draft.overrideLevel))));
    if (m_reason->toPlainText() != draft.overrideReason)
        m_reason->setPlainText(draft.overrideReason);
    m_showing = false;
    showComputation();
}

void TierTab::keepDraft()
{
    if (m_showing || !modelId().valid())
        return;
    const auto &method = context().workspace.policy().tierMethod;
    Draft draft{m_scorecard->answers(),  m_rationale->toPlainText(),
                m_override->isChecked(), m_level->currentData().toLongLong(),
                m_reason->toPlainText(), method.id,
                method.version};
    if (const auto known = m_drafts.find(modelId()); known != m_drafts.end()) {
        draft.method = known->second.method;
        draft.methodVersion = known->second.methodVersion;
    }
    m_drafts[modelId()] = std::move(draft);
    showComputation();
    showMessages();
    m_gate->refresh();
}

void TierTab::showComputation()
{
    const auto &policy = context().workspace.policy();
    const auto computation = computeTier(policy, m_scorecard->answers());
    const bool matrix = policy.tierMethod.kind == TierMethodKind::riskMatrix;
    m_bar->setVisible(!matrix);
    m_matrix->setVisible(matrix);
    if (matrix)
        m_matrix->show(policy, computation);
    else
        m_bar->show(policy, computation);
    m_breakdown->setRows(breakdownRows(computation));
    const auto range = possibleScores(computation);
    if (!computation.complete) {
        const auto open = std::count_if(computation.factors.begin(), computation.factors.end(),
                                        [](const FactorResult &factor) { return factor.answer.empty(); });
        m_tier->setBadge({tr("Not computed"), Theme::Colour::noData, BadgeShape::ring});
        m_score->setText(
            tr("%1 to answer; the score will be %2 to %3")
                .arg(countText(open, tr("question"), tr("questions")), scoreText(range.low), scoreText(range.high)));
        m_risk->setNothing(tr("They follow from the tier."));
        return;
    }
    const auto level = m_override->isChecked() ? m_level->currentData().toLongLong() : computation.level;
    m_tier->setBadge(tierBadge(level, toQt(policy.tierLabel(level))));
    m_score->setText(level == computation.level
                         ? tr("Score %1").arg(scoreText(computation.score))
                         : tr("by override; the score of %1 gives %2")
                               .arg(scoreText(computation.score), toQt(policy.tierLabel(computation.level))));
    if (!computation.rule.empty())
        m_score->setText(
            tr("%1; by the rule \"%2\", without it %3")
                .arg(m_score->text(), toQt(computation.ruleTitle), toQt(policy.tierLabel(computation.scoredLevel))));
    if (computation.provisional)
        m_score->setText(tr("%1; provisional, for an answer is not known").arg(m_score->text()));
    const auto *tier = policy.tier(level);
    if (const auto *risk = tier ? riskAt(level) : nullptr)
        m_risk->show(*risk,
                     tr("Signatures for a deployment: %1. Review every %2 months.")
                         .arg(signaturesText(requiredSignatures(policy, level)), QString::number(tier->reviewMonths)));
}

const RiskStanding *TierTab::riskAt(std::int64_t level)
{
    const auto &workspace = context().workspace;
    const auto model = workspace.registry().models.find(modelId());
    if (model == workspace.registry().models.end())
        return nullptr;
    const auto [risk, fresh] = m_risks.try_emplace(level);
    if (fresh)
        risk->second = riskStanding(workspace.policy(), workspace.registry(), model->second, workspace.today(), level);
    return &risk->second;
}

void TierTab::showMessages()
{
    const auto &workspace = context().workspace;
    const auto *assessment = workspace.registry().tierOf(modelId());
    QStringList texts;
    if (!m_again.isEmpty())
        texts << m_again;
    if (isStale())
        texts << tr("This draft is stale: the policy has another tier method since. Reset it and answer the questions "
                    "anew.");
    if (assessment != nullptr && assessment->overridePending())
        texts << tr("The override to %1 waits for a second person; until then %2 is in force.")
                     .arg(toQt(workspace.policy().tierLabel(*assessment->overrideLevel)),
                          toQt(workspace.policy().tierLabel(assessment->computedLevel)));
    const bool drafting = m_drafts.contains(modelId());
    if (texts.isEmpty())
        m_notice->clear();
    else
        m_notice->showMessage(MessageBar::Kind::warning, texts.join(u'\n'));
    m_reset->setEnabled(drafting);
    m_reset->setToolTip(drafting ? QString() : tr("What is shown is what was published."));
    QString words;
    if (drafting)
        words = missing();
    if (drafting && words.isEmpty())
        words = assessment == nullptr ? tr("Not published yet.") : tr("Differs from what was published.");
    m_missing->setText(words);
    m_missing->setVisible(!words.isEmpty());
}

void TierTab::showAssessment()
{
    const auto *assessment = selectedAssessment();
    m_assessment->setVisible(assessment != nullptr);
    if (assessment == nullptr)
        return;
    const auto &workspace = context().workspace;
    m_assessment->setValue(tr("Rationale"), toQt(assessment->rationale));
    m_assessment->setValue(tr("Computed"), tr("%1, score %2")
                                               .arg(toQt(workspace.policy().tierLabel(assessment->computedLevel)),
                                                    scoreText(assessment->score)));
    QString override;
    if (assessment->overrideLevel) {
        override = tr("%1: %2").arg(toQt(workspace.policy().tierLabel(*assessment->overrideLevel)),
                                    toQt(assessment->overrideReason));
        override += u'\n';
        override += assessment->overridePending()
                        ? tr("Not confirmed.")
                        : tr("Confirmed by %1, %2")
                              .arg(nameOf(workspace.registry(), assessment->overrideConfirmedBy),
                                   timeText(*assessment->overrideConfirmedAt));
    }
    m_assessment->setValue(tr("Override"), override);
}

const TierAssessment *TierTab::selectedAssessment() const
{
    const auto &assessments = context().workspace.registry().assessments;
    const auto found = assessments.find(AssessmentId(toStd(m_history->currentKey())));
    return found == assessments.end() ? nullptr : &found->second;
}

bool TierTab::isStale() const
{
    const auto &method = context().workspace.policy().tierMethod;
    const auto draft = m_drafts.find(modelId());
    return draft != m_drafts.end() &&
           (draft->second.method != method.id || draft->second.methodVersion != method.version);
}

QString TierTab::missing() const
{
    if (isStale())
        return tr("The draft is stale: it answers an earlier tier method.");
    const auto computation = computeTier(context().workspace.policy(), m_scorecard->answers());
    if (!computation.complete)
        return tr("Answer every question.");
    if (m_rationale->toPlainText().trimmed().isEmpty())
        return tr("Write the rationale.");
    if (m_override->isChecked()) {
        if (m_level->currentData().toLongLong() == computation.level)
            return tr("The override names the tier that was computed: choose another or none.");
        if (m_reason->toPlainText().trimmed().isEmpty())
            return tr("Give the reason for the override.");
    }
    return m_drafts.contains(modelId()) ? QString() : tr("What is shown is published already.");
}

void TierTab::publish()
{
    std::optional<TierOverride> override;
    if (m_override->isChecked())
        override = TierOverride{m_level->currentData().toLongLong(), typed(m_reason)};
    const auto answers = m_scorecard->answers();
    const auto rationale = typed(m_rationale);
    const auto former = m_drafts.extract(modelId());
    const auto published = context().workspace.publishTier(modelId(), answers, rationale, override);
    if (!published) {
        if (!former.empty())
            m_drafts[modelId()] = former.mapped();
        context().dialogs.error(this, tr("Publish tier"), published.error());
        return;
    }
    refresh();
    m_history->select(toQt(published->str()));
}

void TierTab::reset()
{
    m_drafts.erase(modelId());
    refresh();
}

void TierTab::select(const QString &assessment)
{
    if (m_history->rows()->rowOf(assessment) < 0)
        return;
    m_history->select(assessment);
    m_answers->ensureWidgetVisible(m_history);
}

void TierTab::focusStart()
{
    m_scorecard->focusFirst();
}

} // namespace countersign
