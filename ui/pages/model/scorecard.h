// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/domain/operations.h"
#include "core/policy/policypack.h"

class QButtonGroup;
class QLabel;
class QVBoxLayout;

namespace countersign {

/// The questions of a tier method with their answers to choose from.
class Scorecard : public QWidget
{
    Q_OBJECT

public:
    explicit Scorecard(QWidget *parent = nullptr);
    /// Builds the questions; the same method again keeps them.
    void setMethod(const TierMethod &method);
    /// Chooses without telling; factors not named are left unanswered.
    void setAnswers(const std::vector<TierAnswer> &answers);
    [[nodiscard]] std::vector<TierAnswer> answers() const;
    /// Shows what the model costs in a year, and which answers that suggests. Null: nothing is estimated.
    void setCost(const CostEstimate *cost);
    void focusFirst();

Q_SIGNALS:
    void answered(); ///< by the person

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeFactor(const TierFactor &factor);

    QLabel *m_cost;
    QVBoxLayout *m_layout;
    TierMethod m_method;
    std::vector<QLabel *> m_hints;        ///< one for each factor
    std::vector<QButtonGroup *> m_groups; ///< one for each factor; ids are positions of answers, after them "unknown"
};

} // namespace countersign
