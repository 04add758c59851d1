// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/reviews/planreviewdialog.h"

#include <QCompleter>
#include <QLineEdit>

#include "ui/shell/context.h"
#include "ui/widgets/optionaldate.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

/// The full names of those who may validate.
QStringList validators(const Workspace &workspace)
{
    QStringList names;
    for (const auto &[id, user] : workspace.registry().users)
        if (user.active && !whyRoleForbids(workspace.policy(), user, "validationRecorded"))
            names << toQt(user.fullName);
    names.sort();
    return names;
}

} // namespace

PlanReviewDialog::PlanReviewDialog(Context &context, const Model &model, QWidget *parent)
    : ActDialog(tr("Plan the review of %1").arg(toQt(model.reference)), tr("Plan review"), parent)
    , m_context(context)
    , m_model(model)
    , m_day(new OptionalDate(tr("Review on"), this))
    , m_validator(addLine(tr("&To be done by"), tr("Full name of the validator")))
    , m_reason(addLine(tr("&Reason"), tr("Why the day or the person changes")))
{
    addField(tr("Review on"), m_day);
    auto *completer = new QCompleter(validators(context.workspace), m_validator);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_validator->setCompleter(completer);
    m_day->setDate(model.nextReviewOn);
    m_validator->setText(toQt(model.validator));
    addNote(tr("What the tier and the triggers of the policy ask for stays: the earlier day counts."));
    connect(m_day, &OptionalDate::changed, this, &PlanReviewDialog::check);
    m_validator->setFocus();
}

Model PlanReviewDialog::planned() const
{
    auto model = m_model;
    model.nextReviewOn = m_day->date();
    model.validator = typed(m_validator);
    return model;
}

QString PlanReviewDialog::missing() const
{
    const auto model = planned();
    if (model.nextReviewOn == m_model.nextReviewOn && model.validator == m_model.validator)
        return tr("Choose another day or person.");
    if (typed(m_reason).empty())
        return tr("Give the reason.");
    return {};
}

Result<void> PlanReviewDialog::act()
{
    return m_context.workspace.editModel(planned(), typed(m_reason));
}

} // namespace countersign
