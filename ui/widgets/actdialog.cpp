// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/actdialog.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFontMetrics>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/messagebar.h"

namespace countersign {

ActDialog::ActDialog(const QString &title, const QString &action, QWidget *parent)
    : QDialog(parent)
    , m_top(new QVBoxLayout)
    , m_form(new QFormLayout)
    , m_messages(new MessageBar(this))
    , m_missing(new QLabel(this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(560);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_button = buttons->addButton(action, QDialogButtonBox::AcceptRole);
    m_button->setDefault(true);
    m_button->setObjectName(QStringLiteral("act"));
    connect(buttons, &QDialogButtonBox::accepted, this, &ActDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ActDialog::reject);

    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    m_form->setVerticalSpacing(10);
    m_missing->setWordWrap(true);
    m_missing->setObjectName(QStringLiteral("missing"));

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addLayout(m_top);
    layout->addLayout(m_form, 1);
    layout->addWidget(m_messages);
    layout->addWidget(m_missing);
    layout->addWidget(buttons);
}

void ActDialog::accept()
{
    if (!missing().isEmpty())
        return;
    const auto result = act();
    if (result) {
        QDialog::accept();
        return;
    }
    refused(result.error());
    m_messages->showError(result.error());
    check();
}

QLineEdit *ActDialog::addLine(const QString &label, const QString &placeholder)
{
    auto *field = new QLineEdit(this);
    field->setPlaceholderText(placeholder);
    connect(field, &QLineEdit::textChanged, this, &ActDialog::check);
    addField(label, field);
    return field;
}

QPlainTextEdit *ActDialog::addText(const QString &label, const QString &placeholder, int lines)
{
    auto *field = new QPlainTextEdit(this);
    field->setPlaceholderText(placeholder);
    field->setTabChangesFocus(true);
    const auto line = field->fontMetrics().lineSpacing();
    field->setMinimumHeight(line * lines + 16);
    field->setMaximumHeight(line * (lines + 4) + 16);
    field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    connect(field, &QPlainTextEdit::textChanged, this, &ActDialog::check);
    addField(label, field);
    return field;
}

QComboBox *ActDialog::addChoice(const QString &label)
{
    auto *field = new QComboBox(this);
    connect(field, &QComboBox::currentTextChanged, this, &ActDialog::check);
    addField(label, field);
    return field;
}

QDateEdit *ActDialog::addDate(const QString &label)
{
    auto *field = new QDateEdit(this);
    field->setCalendarPopup(true);
    field->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    connect(field, &QDateEdit::dateChanged, this, &ActDialog::check);
    addField(label, field);
    return field;
}

void ActDialog::addField(const QString &label, QWidget *field)
{
    auto name = label;
    field->setAccessibleName(name.remove(QLatin1Char('&')));
    m_form->addRow(label, field);
}

QLabel *ActDialog::addNote(const QString &text)
{
    auto *note = new QLabel(text, this);
    note->setWordWrap(true);
    note->setTextFormat(Qt::PlainText);
    m_top->addWidget(note);
    return note;
}

void ActDialog::setAction(const QString &action)
{
    m_button->setText(action);
}

void ActDialog::check()
{
    const auto text = missing();
    m_missing->setText(text);
    m_missing->setVisible(!text.isEmpty());
    m_button->setEnabled(text.isEmpty());
    m_button->setToolTip(text);
}

void ActDialog::showEvent(QShowEvent *event)
{
    check();
    QDialog::showEvent(event);
}

} // namespace countersign
