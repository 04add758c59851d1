// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keyvalueform.h"

#include <QFormLayout>
#include <QLabel>

namespace countersign {

namespace {

QLabel *keyLabel(const QString &key, QWidget *parent)
{
    auto *label = new QLabel(key, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

KeyValueForm::KeyValueForm(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setHorizontalSpacing(fontMetrics().averageCharWidth() * 3);
}

void KeyValueForm::setValue(const QString &key, const QString &value)
{
    auto *&label = m_values[key];
    if (!label) {
        label = new QLabel(this);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::ClickFocus);
        label->setAccessibleName(key);
        m_form->addRow(keyLabel(key, this), label);
    }
    label->setText(value.isEmpty() ? QStringLiteral("\u2013") : value);
    label->setAccessibleDescription(value);
}

void KeyValueForm::setWidget(const QString &key, QWidget *value)
{
    m_form->addRow(keyLabel(key, this), value);
}

QString KeyValueForm::value(const QString &key) const
{
    const auto *label = m_values.value(key);
    return label ? label->text() : QString();
}

void KeyValueForm::clear()
{
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_values.clear();
}

} // namespace countersign
