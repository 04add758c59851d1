// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/domain/registry.h"
#include "ui/models/recordmodel.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace countersign {

struct Context;
struct TimelineRow;
class CopyableLabel;
class KeyValueForm;
class MessageBar;
class TableView;

/// One line of the log in full: what, who, when, fields before and after, the raw entry with its digest.
class EntryDetails : public QWidget
{
    Q_OBJECT

public:
    explicit EntryDetails(Context &context, QWidget *parent = nullptr);
    void show(const TimelineRow &row);
    void clear();

private:
    Context &m_context;
    ModelId m_model;
    QString m_record;
    QLabel *m_summary;
    MessageBar *m_warning;
    KeyValueForm *m_facts;
    CopyableLabel *m_digest;
    QPushButton *m_openModel;
    QTabWidget *m_tabs;
    RecordModel<FieldChange> *m_changes;
    TableView *m_changeTable;
    QPlainTextEdit *m_raw;
};

} // namespace countersign
