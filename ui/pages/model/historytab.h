// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/timelinerows.h"
#include "ui/pages/model/modeltab.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace countersign {

class FilterBar;
class KeyValueForm;
class RowsTable;
class TableView;

/// Everything that happened to a model, newest first: who, when, what, and field by field the old value and the new.
/// Acts that the policy forbade stand here too, marked; they had no effect.
class HistoryTab : public ModelTab
{
    Q_OBJECT

public:
    explicit HistoryTab(Context &context, QWidget *parent = nullptr);
    void refresh() override;
    /// `entry` is the number of an entry.
    void select(const QString &entry) override;
    void focusStart() override;

private:
    QWidget *makeDetails();
    void applyFilter();
    void showDetails();
    void showEntry();
    void exportCsv();
    [[nodiscard]] const TimelineRow *current() const;

    FilterBar *m_filter;
    QComboBox *m_kind;
    RecordModel<TimelineRow> *m_records;
    RecordProxy *m_proxy;
    TableView *m_table;
    QLabel *m_summary = nullptr;
    KeyValueForm *m_facts = nullptr;
    RowsTable *m_changes = nullptr;
    QLabel *m_noChanges = nullptr;
    QPushButton *m_entry = nullptr;
    QPushButton *m_goTo = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_export = nullptr;
};

} // namespace countersign
