// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/monitoring/preview.h"

class QLabel;
class QPushButton;

namespace countersign {

struct Context;
class RowsTable;

/// The files and folders of a scoring log, shown in the order in which they are read.
class LogFilesForm : public QWidget
{
    Q_OBJECT

public:
    explicit LogFilesForm(Context &context, QWidget *parent = nullptr);

    void setPaths(std::vector<std::string> paths); ///< changed() is not emitted
    [[nodiscard]] const std::vector<std::string> &paths() const { return m_paths; }
    /// Sizes and rows of what was chosen.
    void showPreview(const LogPreview &preview);

Q_SIGNALS:
    void changed(); ///< by the person

private:
    void choose();
    void addFiles();
    void addFolder();
    void removeSelected();
    void add(const QStringList &paths);
    void follow();

    Context &m_context;
    std::vector<std::string> m_paths;
    std::vector<PreviewFile> m_files; ///< of the last preview
    RowsTable *m_table;
    QPushButton *m_remove;
    QLabel *m_order;
};

} // namespace countersign
