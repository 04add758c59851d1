// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copyablelabel.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace countersign {

CopyableLabel::CopyableLabel(const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_copy(new QToolButton(this))
{
    m_line->setReadOnly(true);
    m_line->setFrame(false);
    m_line->setAccessibleName(accessibleName);
    auto quiet = m_line->palette();
    quiet.setColor(QPalette::Base, Qt::transparent);
    m_line->setPalette(quiet);
    m_copy->setIcon(themedIcon(u"copy"_s, this));
    m_copy->setAutoRaise(true);
    m_copy->setAccessibleName(tr("Copy: %1").arg(accessibleName));
    m_copy->setToolTip(tr("Copy"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(m_line, 1);
    row->addWidget(m_copy);
    connect(m_copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(m_line->text()); });
}

void CopyableLabel::setText(const QString &text)
{
    m_line->setText(text);
    m_line->setCursorPosition(0);
    m_line->setToolTip(text);
    m_copy->setEnabled(!text.isEmpty());
}

QString CopyableLabel::text() const
{
    return m_line->text();
}

void CopyableLabel::setMonospace(bool monospace)
{
    m_line->setFont(monospace ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : font());
}

} // namespace countersign
