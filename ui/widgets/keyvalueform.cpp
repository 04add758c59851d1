// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keyvalueform.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace countersign {

namespace {

QLabel *keyLabel(const QString &key, QWidget *parent)
{
    auto *label = new QLabel(key, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

KeyValueForm::KeyValueForm(QWidget *parent, Values values)
    : QWidget(parent)
    , m_grid(new QGridLayout(this)) // not a QFormLayout: that one cuts values that wrap
    , m_place(values)
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(m_place == Values::Beside ? 1 : 0, 1);
    m_grid->setHorizontalSpacing(fontMetrics().averageCharWidth() * 3);
    m_grid->setVerticalSpacing(fontMetrics().height() / 3);
}

void KeyValueForm::addRow(const QString &key, QWidget *value)
{
    const auto row = m_grid->rowCount();
    auto *label = keyLabel(key, this);
    if (m_place == Values::Beside) {
        m_grid->addWidget(label, row, 0, Qt::AlignLeft | Qt::AlignTop);
        m_grid->addWidget(value, row, 1);
        return;
    }
    label->setWordWrap(true);
    m_grid->addWidget(label, row, 0);
    m_grid->addWidget(value, row + 1, 0);
}

void KeyValueForm::setValue(const QString &key, const QString &value)
{
    auto *&label = m_values[key];
    if (!label) {
        label = new QLabel(this);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::ClickFocus);
        label->setAccessibleName(key);
        addRow(key, label);
    }
    label->setText(value.isEmpty() ? QStringLiteral("\u2013") : value);
    label->setAccessibleDescription(value);
}

void KeyValueForm::setWidget(const QString &key, QWidget *value)
{
    addRow(key, value);
}

QString KeyValueForm::value(const QString &key) const
{
    const auto *label = m_values.value(key);
    return label ? label->text() : QString();
}

void KeyValueForm::clear()
{
    while (auto *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_values.clear();
}

void KeyValueForm::alignNames(const QList<KeyValueForm *> &forms)
{
    int widest = 0;
    for (const auto *form : forms)
        for (int row = 0; row < form->m_grid->rowCount(); ++row)
            if (const auto *name = form->m_grid->itemAtPosition(row, 0))
                widest = std::max(widest, name->sizeHint().width());
    for (auto *form : forms)
        form->m_grid->setColumnMinimumWidth(0, widest);
}

} // namespace countersign
