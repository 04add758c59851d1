// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/validationdialog.h"

#include <QComboBox>
#include <QPlainTextEdit>

#include "core/domain/text.h"
#include "core/policy/scope.h"
#include "ui/pages/model/conditionlist.h"
#include "ui/pages/model/personchoice.h"
#include "ui/shell/context.h"
#include "ui/widgets/optionaldate.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

constexpr int conditionDays = 90; ///< suggested for a condition

} // namespace

ValidationDialog::ValidationDialog(Context &context, const ModelVersion &version, QWidget *parent)
    : ActDialog(tr("Record the validation of version %1").arg(toQt(version.label)), tr("Record validation"), parent)
    , m_context(context)
    , m_version(version.id)
    , m_outcome(addChoice(tr("&Outcome")))
    , m_summary(addText(tr("&Summary"), tr("What was examined, and what it showed"), 3))
    , m_soundness(
          addText(tr("Conceptual so&undness"), tr("Design, data, assumptions and limits, and whether they hold"), 2))
    , m_outcomes(addText(tr("Outcomes &analysis"), tr("What came out against what was expected"), 2))
    , m_monitoring(addText(tr("Ongoing &monitoring"), tr("What is watched, how often, and against which limits"), 2))
    , m_next(new OptionalDate(tr("Next review"), this))
{
    const auto &registry = context.workspace.registry();
    const auto found = registry.models.find(version.model);
    m_conditions = new ConditionList(activePeople(registry),
                                     found == registry.models.end() ? QString() : toQt(found->second.owner),
                                     toQt(context.workspace.today()).addDays(conditionDays), this);
    addField(tr("Conditions"), m_conditions);
    addField(tr("Next review"), m_next);
    const auto &workspace = context.workspace;
    m_last = nextReviewDueOn(workspace.policy(), registry, version.model, workspace.today());
    m_next->setDate(m_last);
    if (m_last)
        addNote(tr("The policy asks for the next review by %1: %2.")
                    .arg(dateText(m_last),
                         toQt(context.workspace.policy().tierLabel(tierLevelOf(registry, version.model)))));
    for (const auto value : enumValues<ValidationOutcome>())
        m_outcome->addItem(toQt(displayName(value)), static_cast<int>(value));
    connect(m_conditions, &ConditionList::changed, this, &ValidationDialog::check);
    connect(m_next, &OptionalDate::changed, this, &ValidationDialog::check);
    const auto follow = [this] {
        const bool conditional = chosen() == ValidationOutcome::fitWithConditions;
        m_conditions->setEnabled(conditional);
        if (conditional && m_conditions->conditions().empty())
            m_conditions->add();
    };
    connect(m_outcome, &QComboBox::currentIndexChanged, this, follow);
    follow();
    m_outcome->setFocus();
}

ValidationOutcome ValidationDialog::chosen() const
{
    return static_cast<ValidationOutcome>(m_outcome->currentData().toInt());
}

QString ValidationDialog::missing() const
{
    if (typed(m_summary).empty())
        return tr("Write the summary.");
    for (const auto &[section, text] :
         {std::pair{tr("Conceptual soundness"), m_soundness}, std::pair{tr("Outcomes analysis"), m_outcomes},
          std::pair{tr("Ongoing monitoring"), m_monitoring}})
        if (whySectionEmpty(typed(text)))
            return tr("%1: write what was examined, or \"Not applicable, because …\".").arg(section);
    if (chosen() == ValidationOutcome::fitWithConditions) {
        if (m_conditions->conditions().empty())
            return tr("Add the conditions.");
        if (const auto line = m_conditions->missing(); !line.isEmpty())
            return line;
    }
    if (const auto next = m_next->date(); next && *next <= m_context.workspace.today())
        return tr("The next review is on a later day than today.");
    if (m_last && (!m_next->date() || *m_next->date() > *m_last))
        return tr("The policy asks for the next review by %1.").arg(dateText(m_last));
    return {};
}

Result<void> ValidationDialog::act()
{
    Validation validation;
    validation.version = m_version;
    validation.outcome = chosen();
    validation.summary = typed(m_summary);
    validation.conceptualSoundness = typed(m_soundness);
    validation.outcomesAnalysis = typed(m_outcomes);
    validation.ongoingMonitoring = typed(m_monitoring);
    if (chosen() == ValidationOutcome::fitWithConditions)
        validation.dueConditions = m_conditions->conditions();
    validation.nextReviewOn = m_next->date();
    return outcome(m_context.workspace.recordValidation(validation));
}

} // namespace countersign
