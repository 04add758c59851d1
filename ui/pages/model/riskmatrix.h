// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/policy/rules.h"

class QLabel;
class QTableView;

namespace countersign {

class RiskMatrixModel;

/// The risk matrix drawn as one: rows and columns are the bands of its two axes, each cell its tier, and the model's
/// own cell has a frame and a mark. Arrow keys go from cell to cell.
class RiskMatrix : public QWidget
{
    Q_OBJECT

public:
    explicit RiskMatrix(QWidget *parent = nullptr);
    void show(const PolicyPack &pack, const TierComputation &computation);
    using QWidget::show;
    [[nodiscard]] RiskMatrixModel *model() const { return m_model; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void fit();

    RiskMatrixModel *m_model;
    QTableView *m_table;
    QLabel *m_axes;
    QLabel *m_words;
};

} // namespace countersign
