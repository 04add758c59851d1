// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/policy/controls.h"

class QGridLayout;
class QLabel;

namespace countersign {

class Badge;
class RowsTable;

/// The three sides of a model's risk beneath each other, with the rule that leads from one to the next, and the
/// controls one by one.
class RiskPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RiskPanel(QWidget *parent = nullptr);
    /// `demands` is what the tier asks besides.
    void show(const RiskStanding &risk, const QString &demands);
    using QWidget::show;
    void setNothing(const QString &why);

private:
    struct Side
    {
        Badge *badge = nullptr;
        QLabel *words = nullptr;
    };
    Side addSide(QGridLayout *grid, const QString &name);

    QWidget *m_sides;
    Side m_inherent;
    Side m_controls;
    Side m_residual;
    RowsTable *m_table;
    QLabel *m_demands;
};

} // namespace countersign
