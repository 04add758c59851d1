// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/retiredialog.h"

#include <QDateEdit>
#include <QPlainTextEdit>

#include "ui/pages/model/dependencies.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

namespace countersign {

RetireDialog::RetireDialog(Context &context, const ModelId &model, QWidget *parent)
    : ActDialog(tr("Retire a model"), tr("Retire model"), parent)
    , m_context(context)
    , m_model(model)
    , m_reason(addText(tr("&Reason"), tr("Why it is no longer used, and what replaces it"), 4))
    , m_on(addDate(tr("Out of use &since")))
{
    m_on->setDate(toQt(context.workspace.today()));
    addNote(tr("The model stays in the inventory, marked as retired, with its versions, documents and history."));
    const auto &registry = context.workspace.registry();
    const auto found = registry.models.find(model);
    if (found != registry.models.end()) {
        QStringList users;
        for (const auto &dependent : dependentsOf(registry, found->second))
            users << toQt(dependent.name);
        if (!users.isEmpty())
            messages()->showMessage(MessageBar::Kind::warning,
                                    tr("Other models use this one: %1.").arg(users.join(tr("; "))));
    }
    m_reason->setFocus();
}

QString RetireDialog::missing() const
{
    return m_reason->toPlainText().trimmed().isEmpty() ? tr("Give the reason.") : QString();
}

Result<void> RetireDialog::act()
{
    return m_context.workspace.retireModel(m_model, typed(m_reason), fromQt(m_on->date()));
}

} // namespace countersign
