// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/policy/policypack.h"

class QButtonGroup;
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
    void focusFirst();

Q_SIGNALS:
    void answered(); ///< by the person

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeFactor(const TierFactor &factor);

    QVBoxLayout *m_layout;
    TierMethod m_method;
    std::vector<QButtonGroup *> m_groups; ///< one for each factor; ids are positions of answers
};

} // namespace countersign
