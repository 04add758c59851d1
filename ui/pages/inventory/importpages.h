// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages that every import has: the file, its columns, and its rows with what becomes of each.
#pragma once

#include <QWizardPage>
#include <functional>
#include <vector>

#include "core/workspace/importer.h"

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

} // namespace countersign
