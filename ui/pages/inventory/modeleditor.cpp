// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/modeleditor.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/pages/inventory/conflictdialog.h"
#include "ui/pages/inventory/modelform.h"
#include "ui/pages/inventory/modelmerge.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

namespace countersign {

struct ModelEditor::Private
{
    Private(ModelEditor *owner, Context &given, std::optional<Model> model)
        : self(owner)
        , context(given)
        , base(std::move(model))
    {
    }

    void check();
    void save(const Model &mine);
    void resolve(const Model &mine, const Error &failure);

    ModelEditor *self;
    Context &context;
    std::optional<Model> base; ///< what the editor started from; none: a new model
    Model start;               ///< as base, or the blank one
    MessageBar *message = nullptr;
    ModelForm *form = nullptr;
    QLineEdit *reason = nullptr;
    QLabel *problem = nullptr;
    QPushButton *button = nullptr;
};

ModelEditor::ModelEditor(Context &context, std::optional<Model> model, QWidget *parent)
    : QDialog(parent)
    , m_d(std::make_unique<Private>(this, context, std::move(model)))
{
    const bool editing = m_d->base.has_value();
    setWindowTitle(editing ? tr("Edit %1").arg(toQt(m_d->base->name)) : tr("Register a model"));
    setModal(true);
    m_d->message = new MessageBar(this);
    m_d->form = new ModelForm(context.workspace.policy(), context.workspace.registry(), this);
    m_d->problem = new QLabel(this);
    m_d->problem->setForegroundRole(QPalette::PlaceholderText);
    m_d->problem->setWordWrap(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_d->button = buttons->addButton(editing ? tr("&Save") : tr("&Register"), QDialogButtonBox::AcceptRole);
    m_d->button->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ModelEditor::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ModelEditor::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_d->message);
    column->addWidget(m_d->form, 1);
    if (editing) {
        m_d->reason = new QLineEdit(this);
        m_d->reason->setAccessibleName(tr("Reason of the change"));
        m_d->reason->setPlaceholderText(tr("Why this is changed; it stands in the history"));
        auto *row = new QFormLayout;
        row->addRow(tr("Reas&on *"), m_d->reason);
        column->addLayout(row);
        connect(m_d->reason, &QLineEdit::textChanged, this, [this] { m_d->check(); });
    }
    column->addWidget(m_d->problem);
    column->addWidget(buttons);

    m_d->start = m_d->base.value_or(Model());
    m_d->form->setModel(m_d->start);
    m_d->start = m_d->form->model();
    connect(m_d->form, &ModelForm::changed, this, [this] { m_d->check(); });
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 36);
    m_d->check();
}

ModelEditor::~ModelEditor() = default;

Model ModelEditor::edited() const
{
    return m_d->form->model();
}

void ModelEditor::Private::check()
{
    auto wrong = form->problem();
    if (wrong.isEmpty() && base && form->model().revision == base->revision &&
        compareModels(start, form->model(), start).empty())
        wrong = tr("Nothing is changed yet.");
    if (wrong.isEmpty() && reason && reason->text().trimmed().isEmpty())
        wrong = tr("The reason of the change is missing.");
    problem->setText(wrong);
    button->setEnabled(wrong.isEmpty());
}

void ModelEditor::accept()
{
    m_d->check();
    if (!m_d->button->isEnabled()) {
        m_d->form->showProblem();
        return;
    }
    m_d->save(m_d->form->model());
}

void ModelEditor::reject()
{
    const bool changed = !compareModels(m_d->start, m_d->form->model(), m_d->start).empty();
    if (!changed || m_d->context.dialogs.confirm(this, windowTitle(), tr("Close without saving what you typed?"),
                                                 tr("&Close without saving")))
        QDialog::reject();
}

void ModelEditor::Private::save(const Model &mine)
{
    ModelId id = mine.id;
    std::optional<Error> failure;
    if (base) {
        if (const auto result = context.workspace.editModel(mine, typed(reason)); !result)
            failure = result.error();
    } else {
        const auto result = context.workspace.registerModel(mine);
        if (result)
            id = *result;
        else
            failure = result.error();
    }
    if (!failure) {
        Q_EMIT self->saved(id);
        self->QDialog::accept();
    } else if (failure->code == ErrorCode::Conflict && base) {
        resolve(mine, *failure);
    } else {
        message->showError(*failure);
    }
}

void ModelEditor::Private::resolve(const Model &mine, const Error &failure)
{
    if (const auto refreshed = context.workspace.refresh(); !refreshed) {
        message->showError(refreshed.error());
        return;
    }
    const auto &models = context.workspace.registry().models;
    const auto current = models.find(mine.id);
    if (current == models.end() || current->second.revision == mine.revision) {
        message->showError(failure); // not stale: something else contradicts the register
        return;
    }
    const auto theirs = current->second;
    const auto history = context.workspace.registry().timelineOf(mine.id);
    const auto who = history.empty() ? tr("Somebody") : toQt(history.front()->authorName);
    auto *dialog = new ConflictDialog(compareModels(*base, mine, theirs), toQt(theirs.name), who, self);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, self, [this, dialog, mine, theirs] {
        const auto merged = mergeModels(*base, mine, theirs, dialog->takeTheirs());
        base = theirs;
        form->setModel(merged);
        save(merged);
    });
    dialog->open();
}

} // namespace countersign
