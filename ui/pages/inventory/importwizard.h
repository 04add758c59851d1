// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes in an inventory kept as CSV: choose the file, say which column is which field, look at every row, import the
// good ones as one entry. Bad rows are named and left out.
#pragma once

#include <QWizard>
#include <memory>

namespace countersign {

struct Context;

class ImportWizard : public QWizard
{
    Q_OBJECT

public:
    explicit ImportWizard(Context &context, QWidget *parent = nullptr);
    ~ImportWizard() override;

    /// Reads the file as if it had been chosen; what is wrong is shown on the first page.
    void openFile(const QString &path);
    [[nodiscard]] qint64 goodRows() const;
    [[nodiscard]] qint64 badRows() const;

public Q_SLOTS:
    void accept() override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
