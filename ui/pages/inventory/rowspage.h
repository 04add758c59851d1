// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last page of an import: every row of the file with what becomes of it, searched, filtered, saved as a report.
#pragma once

#include <QWizardPage>

#include <functional>

#include "ui/models/recordmodel.h"
#include "ui/pages/inventory/importpages.h"
#include "ui/shell/context.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

class QVBoxLayout;

namespace countersign {

/// What is the same for every import, whatever a row is.
class RowsPage : public QWizardPage
{
    Q_OBJECT

public:
    [[nodiscard]] MessageBar *messages() const { return m_message; }
    [[nodiscard]] TableView *rows() const { return m_view; }
    /// Chooses what the rows are filtered by; see the page for the values.
    void chooseState(const QVariant &state);

protected:
    RowsPage(Context &context, const ImportFilePage &file, const ImportColumnsPage &columns, QWidget *parent);
    /// Puts the parts together. @p states are the choices of the filter.
    void build(QAbstractItemModel *rows, const QList<QPair<QString, QVariant>> &states, const QList<int> &elastic);
    /// Shows the rows for which @p fits, by the row of the source and the choices of the filter.
    void follow(const std::function<bool(int row, const QVariant &state, const QString &text)> &fits);
    /// Reads `check` anew: the plan, or an empty one with its error said.
    template <class Plan>
    [[nodiscard]] Plan planOf(Result<Plan> result)
    {
        m_message->clear();
        if (result)
            return *std::move(result);
        m_message->showError(result.error());
        return Plan();
    }
    /// "12 good, 3 left out." and the columns that are not used.
    void setSummary(const QString &counts, const std::vector<std::string> &unmappedColumns);
    void setImported(qint64 count, const QString &one, const QString &many);
    void saveReport(const QString &suggestion, const std::string &csv);
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }

    Context &m_context;
    const ImportFilePage &m_file;
    const ImportColumnsPage &m_columns;

Q_SIGNALS:
    void filterChanged();
    void reportWanted();

private:
    MessageBar *m_message;
    QLabel *m_summary;
    FilterBar *m_filter;
    QComboBox *m_state;
    RecordProxy *m_proxy = nullptr;
    TableView *m_view;
    QVBoxLayout *m_column;
};

class ImportRowsPage : public RowsPage
{
    Q_OBJECT

public:
    enum Kind { BadRows = 1, RemarkRows };

    ImportRowsPage(Context &context, const ImportFilePage &file, const ImportColumnsPage &columns, QWidget *parent);
    void initializePage() override;
    [[nodiscard]] bool isComplete() const override { return m_plan.good() > 0; }
    [[nodiscard]] const ImportPlan &plan() const { return m_plan; }

private:
    void showFitting();

    ImportPlan m_plan;
    RecordModel<ImportRow> *m_rows;
};

} // namespace countersign
