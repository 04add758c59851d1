// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace countersign {

/// A title, a quiet remark beside it, and at the right the actions that concern the section.
class SectionHeader : public QWidget
{
    Q_OBJECT

public:
    explicit SectionHeader(const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setRemark(const QString &remark);
    QPushButton *addAction(const QString &text, const QString &icon = {});
    void addWidget(QWidget *widget);

private:
    QLabel *m_title;
    QLabel *m_remark;
    QHBoxLayout *m_row;
};

} // namespace countersign
