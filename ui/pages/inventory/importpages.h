// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages of the import wizards: the file and its columns, which every import has, and the rows of an inventory.
#pragma once

#include <QWizardPage>
#include <functional>
#include <vector>

#include "core/workspace/importer.h"
#include "ui/models/recordmodel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QTableWidget;

namespace countersign {

struct Context;
class FilterBar;
class MessageBar;
class TableView;

/// What is imported, for the pages that every import has.
struct ImportForm
{
    QString file;     ///< "Inventory file"
    QString fileHelp; ///< what stands in it
    std::vector<ImportField> fields;
    std::function<ImportMapping(const std::vector<std::string> &header)> guess;
    /// The titles of the fields that still need a column.
    std::function<std::vector<std::string>(const ImportMapping &mapping)> missing;
};
[[nodiscard]] ImportForm inventoryForm();
[[nodiscard]] ImportForm usageForm();

class ImportFilePage : public QWizardPage
{
    Q_OBJECT

public:
    ImportFilePage(Context &context, const ImportForm &form, QWidget *parent);
    void openFile(const QString &path);
    [[nodiscard]] const TextTable &table() const { return m_table; }
    [[nodiscard]] bool isComplete() const override { return !m_table.header.empty() && !m_table.rows.empty(); }

private:
    Context &m_context;
    TextTable m_table;
    QLineEdit *m_path;
    QLabel *m_read;
    MessageBar *m_message;
};

class ImportColumnsPage : public QWizardPage
{
    Q_OBJECT

public:
    ImportColumnsPage(const ImportFilePage &file, ImportForm form, QWidget *parent);
    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] ImportMapping mapping() const;
    void choose(const std::string &field, std::size_t column);

private:
    void showSample(int row);
    void follow();

    const ImportFilePage &m_file;
    ImportForm m_form;
    QTableWidget *m_fields;
    QLabel *m_missing;
    std::vector<QComboBox *> m_choices; ///< in the order of the form's fields
    std::vector<std::string> m_header;  ///< of the file that the choices are for
};

class ImportRowsPage : public QWizardPage
{
    Q_OBJECT

public:
    ImportRowsPage(Context &context, const ImportFilePage &file, const ImportColumnsPage &columns, QWidget *parent);
    void initializePage() override;
    [[nodiscard]] bool isComplete() const override { return m_plan.good() > 0; }
    [[nodiscard]] const ImportPlan &plan() const { return m_plan; }
    [[nodiscard]] MessageBar *messages() const { return m_message; }
    [[nodiscard]] TableView *rows() const { return m_view; }
    void showOnlyBad(bool onlyBad);

private:
    void follow();
    void saveReport();

    Context &m_context;
    const ImportFilePage &m_file;
    const ImportColumnsPage &m_columns;
    ImportPlan m_plan;
    MessageBar *m_message;
    QLabel *m_summary;
    FilterBar *m_filter;
    QComboBox *m_kind;
    RecordModel<ImportRow> *m_rows;
    RecordProxy *m_proxy;
    TableView *m_view;
};

} // namespace countersign
