// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/domain/policyproposal.h"
#include "ui/models/policyrows.h"

class QPushButton;

namespace countersign {

struct Context;
class KeyValueForm;
class MessageBar;
class SectionHeader;
class TableView;

/// The policies proposed: what each changes, who has signed, and what can be done about it.
class ProposalView : public QWidget
{
    Q_OBJECT

public:
    explicit ProposalView(Context &context, QWidget *parent = nullptr);

    /// Reads the register and the signed-in person again.
    void refresh();
    void focusStart();
    [[nodiscard]] TableView *table() const { return m_table; }
    /// How many wait for signatures, or for being published.
    [[nodiscard]] qsizetype waiting() const;

Q_SIGNALS:
    void published();

private:
    [[nodiscard]] const PolicyProposal *chosen() const;
    void showChosen();
    void refreshActions(const PolicyProposal *proposal);
    [[nodiscard]] QString whyNotSigned(const PolicyProposal &proposal) const;
    void sign();
    void abstain();
    void withdraw();
    void publish();

    Context &m_context;
    RecordModel<ProposalRow> *m_rows;
    RecordModel<FieldChange> *m_changeRows;
    SectionHeader *m_header;
    SectionHeader *m_changeHeader;
    MessageBar *m_message;
    TableView *m_table;
    TableView *m_changes;
    KeyValueForm *m_details;
    QPushButton *m_sign = nullptr;
    QPushButton *m_abstain = nullptr;
    QPushButton *m_withdraw = nullptr;
    QPushButton *m_publish = nullptr;
};

} // namespace countersign
