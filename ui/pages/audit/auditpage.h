// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/shell/page.h"

class QSettings;

namespace countersign {

class FilterBar;
class TableView;
class VerifyPanel;

/// Every entry of the log with its details, the verification of the file, and what an auditor takes away.
class AuditPage : public Page
{
    Q_OBJECT

public:
    AuditPage(Context &context, QSettings *settings, QWidget *parent = nullptr);
    ~AuditPage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;

    [[nodiscard]] TableView *table() const;
    [[nodiscard]] FilterBar *filterBar() const;
    [[nodiscard]] VerifyPanel *verifyPanel() const;

private:
    void buildActions();
    void reload();
    void applyFilter();
    void showSelected();
    void selectEntry(qint64 entry);
    void showAsOf();

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
