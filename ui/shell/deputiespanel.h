// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/registers.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;
class TableView;
template <class Record>
class RecordModel;

/// Who stands in for whom, and between which days.
class DeputiesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DeputiesPanel(Context &context, QWidget *parent = nullptr);
    [[nodiscard]] TableView *table() const { return m_table; }

private:
    void reload();
    void follow();
    void end();

    Context &m_context;
    RecordModel<Delegation> *m_rows;
    TableView *m_table;
    QPushButton *m_new;
    QPushButton *m_end;
};

/// Makes somebody a deputy between two days, both included.
class DelegationDialog : public ActDialog
{
    Q_OBJECT

public:
    DelegationDialog(Context &context, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    [[nodiscard]] Delegation delegation() const;

    Context &m_context;
    QComboBox *m_person;
    QComboBox *m_deputy;
    QDateEdit *m_from;
    QDateEdit *m_until;
    QPlainTextEdit *m_reason;
};

} // namespace countersign
