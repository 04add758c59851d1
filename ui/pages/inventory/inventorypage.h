// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/shell/page.h"

class QSettings;

namespace countersign {

class FilterBar;
struct ModelSelection;
class TableView;

/// All models: counts by tier and stage, search and filters, the table with columns to choose.
class InventoryPage : public Page
{
    Q_OBJECT

public:
    InventoryPage(Context &context, QSettings *settings, QWidget *parent = nullptr);
    ~InventoryPage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;

    /// Shows these models and no others, with their title, in place of every filter set before.
    void showSelection(const ModelSelection &selection);

    [[nodiscard]] TableView *table() const;
    [[nodiscard]] FilterBar *filterBar() const;

private:
    void buildToolbar();
    void reload();
    void fillChoices();
    void applyFilter();
    void showAll();
    void showCounts();
    void updateActions();
    void registerModel();
    void editModel();
    void importInventory();
    void exportShown();

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
