// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/domain/finding.h"

class QLabel;
class QPushButton;

namespace countersign {

struct Context;
class ActionGate;
class EvidenceList;
class KeyValueForm;
class RowsTable;
class SectionHeader;

/// The findings of a model; of the one selected what was found, its remediation plan with the revisions, the evidence,
/// and what can be done about it.
class FindingPanel : public QWidget
{
    Q_OBJECT

public:
    /// Its actions are greyed out by `gate`.
    FindingPanel(Context &context, ActionGate &gate, QWidget *parent);

    void showFindings(const ModelId &model);
    void clearSelection();
    void select(const QString &finding);

private:
    void addActions(SectionHeader &header);
    void showFinding();
    void showDetails(const Finding &finding);
    void showPlan(const Finding &finding);
    void detail(const QString &name, const QString &value); ///< left out when empty
    [[nodiscard]] const Finding *selected() const;
    [[nodiscard]] QString whyNotOpen() const; ///< "Select an open finding first."

    Context &m_context;
    ActionGate &m_gate;
    ModelId m_model;
    QPushButton *m_raise = nullptr;
    QPushButton *m_plan = nullptr;
    QPushButton *m_evidence = nullptr;
    QPushButton *m_close = nullptr;
    RowsTable *m_findings = nullptr;
    QLabel *m_none = nullptr;
    KeyValueForm *m_details = nullptr;
    EvidenceList *m_given = nullptr;
};

} // namespace countersign
