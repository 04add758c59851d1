// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/domain/ids.h"
#include "ui/pages/model/registerkind.h"

class QComboBox;
class QLabel;

namespace countersign {

class ActionGate;
class EmptyState;
class EvidenceList;
class FilterBar;
class KeyValueForm;
class RowsTable;

/// One register of a model: its records to search, sort, copy and export, the actions on the one chosen, and beside the
/// list what it says in full and what happened to it.
class RegisterPanel : public QWidget
{
    Q_OBJECT

public:
    RegisterPanel(Context &context, RegisterKind kind, QWidget *parent = nullptr);
    void showModel(const ModelId &model);
    void refresh();
    /// Whether the record is one of this register's; shows it when it is.
    bool select(const QString &key);
    void focusStart();
    [[nodiscard]] const RegisterKind &kind() const { return m_kind; }
    [[nodiscard]] int openCount() const;

private:
    QWidget *makeList();
    QWidget *makeDetails();
    void applyFilter();
    void showDetails();
    void start(const RegisterAction &action);
    void exportCsv();

    Context &m_context;
    RegisterKind m_kind;
    ModelId m_model;
    FilterBar *m_filter = nullptr;
    QComboBox *m_state = nullptr;
    RowsTable *m_table = nullptr;
    QWidget *m_filled;
    EmptyState *m_empty;
    QLabel *m_title = nullptr;
    KeyValueForm *m_details = nullptr;
    EvidenceList *m_evidence = nullptr;
    RowsTable *m_history = nullptr;
    QWidget *m_side = nullptr;
    QLabel *m_whyNot = nullptr;
    ActionGate *m_gate;
};

} // namespace countersign
