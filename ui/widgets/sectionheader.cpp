// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sectionheader.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/shell/theme.h"

namespace countersign {

SectionHeader::SectionHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_remark(new QLabel(this))
    , m_row(new QHBoxLayout(this))
{
    auto titleFont = font();
    titleFont.setPointSizeF(titleFont.pointSizeF() * 1.15);
    titleFont.setBold(true);
    m_title->setFont(titleFont);
    m_remark->setForegroundRole(QPalette::PlaceholderText);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addWidget(m_title);
    m_row->addWidget(m_remark);
    m_row->addStretch(1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(title);
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void SectionHeader::setRemark(const QString &remark)
{
    m_remark->setText(remark);
}

QPushButton *SectionHeader::addAction(const QString &text, const QString &icon)
{
    auto *button = new QPushButton(text, this);
    if (!icon.isEmpty())
        button->setIcon(themedIcon(icon, this));
    m_row->addWidget(button);
    return button;
}

void SectionHeader::addWidget(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace countersign
