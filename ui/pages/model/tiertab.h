// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/model/modeltab.h"

#include <map>
#include <optional>

#include "core/policy/controls.h"
#include "core/workspace/workspace.h"

class QComboBox;
class QGroupBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace countersign {

class ActionGate;
class Badge;
class KeyValueForm;
class MessageBar;
class RiskMatrix;
class RiskPanel;
class RowsTable;
class Scorecard;
class ThresholdBar;

/// The risk tier: the scorecard to answer, how score and tier arise from the answers, publishing, overriding, and what
/// was published before. What is being written is kept, model by model, until it is published or reset.
class TierTab : public ModelTab
{
    Q_OBJECT

public:
    explicit TierTab(Context &context, QWidget *parent = nullptr);
    void refresh() override;
    void select(const QString &assessment) override;
    void focusStart() override;

protected:
    void modelChanged() override;

private:
    struct Draft
    {
        std::vector<TierAnswer> answers;
        QString rationale;
        bool overriding = false;
        std::int64_t overrideLevel = 0;
        QString overrideReason;
        std::string method; ///< that asks what the answers answer, with its version
        std::int64_t methodVersion = 0;
    };

    QWidget *makeResult();
    void makeOverride(QVBoxLayout *layout);
    void makeHistory(QVBoxLayout *layout);
    QWidget *makeFooter();
    void connectFields();
    [[nodiscard]] Draft published() const; ///< what the newest assessment says, as a starting point
    void showDraft(const Draft &draft);
    void keepDraft(); ///< what the fields say now
    void showComputation();
    [[nodiscard]] const RiskStanding *riskAt(std::int64_t level); ///< of the model; null: it is not registered
    void showMessages();
    void showAssessment();
    [[nodiscard]] const TierAssessment *selectedAssessment() const;
    [[nodiscard]] QString missing() const;
    /// Whether the draft answers another method than the one in force.
    [[nodiscard]] bool isStale() const;
    void publish();
    void reset();

    std::map<ModelId, Draft> m_drafts;
    std::map<std::int64_t, RiskStanding> m_risks; ///< by level, since the last refresh
    bool m_showing = false;                       ///< fields are being filled, nobody writes
    QString m_again;                              ///< why the tier is to be assessed again; empty: nothing asks for it
    Scorecard *m_scorecard;
    QScrollArea *m_questions;
    QScrollArea *m_answers = nullptr;
    MessageBar *m_notice = nullptr;
    Badge *m_tier = nullptr;
    QLabel *m_score = nullptr;
    ThresholdBar *m_bar = nullptr;
    RiskMatrix *m_matrix = nullptr;
    RiskPanel *m_risk = nullptr;
    RowsTable *m_breakdown = nullptr;
    QPlainTextEdit *m_rationale = nullptr;
    QGroupBox *m_override = nullptr;
    QComboBox *m_level = nullptr;
    QPlainTextEdit *m_reason = nullptr;
    RowsTable *m_history = nullptr;
    QLabel *m_noHistory = nullptr;
    KeyValueForm *m_assessment = nullptr;
    QPushButton *m_confirm = nullptr;
    QPushButton *m_publish = nullptr;
    QPushButton *m_reset = nullptr;
    QLabel *m_missing = nullptr;
    QLabel *m_whyNot;
    ActionGate *m_gate;
};

} // namespace countersign
