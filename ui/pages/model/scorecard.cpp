// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/scorecard.h"

#include <QButtonGroup>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QRadioButton>
#include <QVBoxLayout>

#include <cmath>

#include "core/policy/scoring.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/tierrows.h"
#include "ui/widgets/text.h"

namespace countersign {

Scorecard::Scorecard(QWidget *parent)
    : QWidget(parent)
    , m_cost(quietLabel(this))
    , m_layout(new QVBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_cost);
    column->addLayout(m_layout);
    m_cost->hide();
    m_layout->setContentsMargins(0, 0, 12, 0);
    m_layout->setSpacing(18);
}

void Scorecard::setMethod(const TierMethod &method)
{
    if (!m_groups.empty() && m_method.id == method.id && m_method.version == method.version)
        return;
    m_method = method;
    m_groups.clear();
    m_hints.clear();
    while (auto *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &factor : m_method.factors)
        m_layout->addWidget(makeFactor(factor));
    m_layout->addStretch(1);
}

QWidget *Scorecard::makeFactor(const TierFactor &factor)
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *question = new QLabel(toQt(factor.question), box);
    question->setWordWrap(true);
    auto bold = question->font();
    bold.setBold(true);
    question->setFont(bold);
    auto *help = quietLabel(box);
    help->setText(toQt(factor.help));
    auto *hint = quietLabel(box);
    hint->hide();
    m_hints.push_back(hint);
    layout->addWidget(question);
    layout->addWidget(help);
    layout->addWidget(hint);

    auto *group = new QButtonGroup(box);
    auto *grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    const auto addChoice = [&](int row, const QString &answer, double points) {
        auto *choice = new QRadioButton(box);
        choice->setAccessibleName(answer);
        choice->setAccessibleDescription(toQt(factor.question));
        auto *text = new QLabel(answer, box);
        text->setWordWrap(true);
        text->setBuddy(choice);
        text->installEventFilter(this);
        auto *worth = quietLabel(box);
        worth->setWordWrap(false);
        worth->setText(scoreText(points));
        worth->setToolTip(tr("%1 points, weight %2 %").arg(scoreText(points), scoreText(factor.weight * 100)));
        group->addButton(choice, row);
        grid->addWidget(choice, row, 0, Qt::AlignTop);
        grid->addWidget(text, row, 1);
        grid->addWidget(worth, row, 2, Qt::AlignRight | Qt::AlignTop);
    };
    for (std::size_t at = 0; at < factor.answers.size(); ++at)
        addChoice(static_cast<int>(at), toQt(factor.answers[at].text), factor.answers[at].points);
    if (const auto points = unknownPoints(m_method, factor))
        addChoice(static_cast<int>(factor.answers.size()), tr("Not known yet: the tier is provisional"), *points);
    layout->addLayout(grid);
    connect(group, &QButtonGroup::idClicked, this, &Scorecard::answered);
    m_groups.push_back(group);
    return box;
}

void Scorecard::setAnswers(const std::vector<TierAnswer> &answers)
{
    for (std::size_t at = 0; at < m_groups.size(); ++at) {
        const auto &factor = m_method.factors[at];
        auto *group = m_groups[at];
        int chosen = -1;
        for (const auto &given : answers) {
            if (given.factor != factor.id)
                continue;
            for (std::size_t option = 0; option < factor.answers.size(); ++option)
                if (given.answer == factor.answers[option].id)
                    chosen = static_cast<int>(option);
            if (given.answer == unknownAnswer && unknownPoints(m_method, factor))
                chosen = static_cast<int>(factor.answers.size());
        }
        if (group->checkedId() == chosen)
            continue;
        group->setExclusive(false);
        for (auto *button : group->buttons())
            button->setChecked(group->id(button) == chosen);
        group->setExclusive(true);
    }
}

std::vector<TierAnswer> Scorecard::answers() const
{
    std::vector<TierAnswer> given;
    for (std::size_t at = 0; at < m_groups.size(); ++at) {
        const auto &factor = m_method.factors[at];
        if (const auto chosen = m_groups[at]->checkedId(); chosen >= 0)
            given.push_back({factor.id, static_cast<std::size_t>(chosen) < factor.answers.size()
                                            ? factor.answers[static_cast<std::size_t>(chosen)].id
                                            : std::string(unknownAnswer)});
    }
    return given;
}

void Scorecard::setCost(const CostEstimate *cost)
{
    m_cost->setVisible(cost != nullptr);
    if (cost)
        m_cost->setText(tr("Estimated cost when it is wrong or idle: %1 %2 a year (%3).")
                            .arg(countText(std::llround(cost->perYear())), toQt(cost->unit), toQt(cost->title)));
    for (std::size_t at = 0; at < m_hints.size(); ++at) {
        const auto derived = cost ? costAnswer(m_method, m_method.factors[at], *cost) : std::nullopt;
        m_hints[at]->setVisible(derived.has_value());
        if (!derived)
            continue;
        if (derived->otherUnit)
            m_hints[at]->setText(
                unknownPoints(m_method, m_method.factors[at])
                    ? tr("The cost is estimated in %1, the policy counts in %2: nothing follows. Answer that it is not "
                         "known yet, or record an estimate in %2.")
                          .arg(toQt(cost->unit), toQt(m_method.costUnit))
                    : tr("The cost is estimated in %1, the policy counts in %2: nothing follows. Record an estimate in "
                         "%2.")
                          .arg(toQt(cost->unit), toQt(m_method.costUnit)));
        else
            m_hints[at]->setText(derived->answer ? tr("By the estimated cost: %1").arg(toQt(derived->answer->text))
                                                 : tr("The estimated cost reaches no answer."));
    }
}

void Scorecard::focusFirst()
{
    for (auto *group : m_groups)
        if (group->checkedId() < 0) {
            group->buttons().first()->setFocus();
            return;
        }
    if (!m_groups.empty())
        m_groups.front()->checkedButton()->setFocus();
}

bool Scorecard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonRelease && isEnabled())
        if (auto *label = qobject_cast<QLabel *>(watched))
            if (auto *choice = qobject_cast<QRadioButton *>(label->buddy()))
                choice->click();
    return QWidget::eventFilter(watched, event);
}

} // namespace countersign
