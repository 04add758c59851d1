// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes in usage that services count, from CSV: choose the file, say which column is which field, look at every row,
// import all as one entry. While a row is at fault nothing is imported, unless those rows are left out on purpose.
#pragma once

#include <QWizard>

#include "ui/pages/inventory/rowspage.h"

class QCheckBox;

namespace countersign {

class UsageRowsPage : public RowsPage
{
    Q_OBJECT

public:
    UsageRowsPage(Context &context, const ImportFilePage &file, const ImportColumnsPage &columns, QWidget *parent);
    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] const UsagePlan &plan() const { return m_plan; }

private:
    void showFitting();

    UsagePlan m_plan;
    QCheckBox *m_leaveOut;
    RecordModel<UsageRow> *m_rows;
};

class UsageWizard : public QWizard
{
    Q_OBJECT

public:
    explicit UsageWizard(Context &context, QWidget *parent = nullptr);
    /// Reads the file as if it had been chosen.
    void openFile(const QString &path);

public Q_SLOTS:
    void accept() override;

private:
    Context &m_context;
    ImportFilePage *m_file;
    ImportColumnsPage *m_columns;
    UsageRowsPage *m_rows;
};

} // namespace countersign
