// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/report/portfolio.h"
#include "ui/shell/page.h"

class QComboBox;
class QSettings;

namespace countersign {

class FilterBar;
class HeatmapView;
class ReportMenu;
class TableView;

/// All models at a glance: how many of which tier stand how, the limits of the appetite, the health of each monitored
/// model; every count opens the models behind it.
class PortfolioPage : public Page
{
    Q_OBJECT

public:
    PortfolioPage(Context &context, QSettings *settings, QWidget *parent = nullptr);
    ~PortfolioPage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;

    [[nodiscard]] const Portfolio &portfolio() const;
    [[nodiscard]] HeatmapView *heatmap() const;
    [[nodiscard]] QComboBox *columnsChoice() const;
    [[nodiscard]] TableView *limits() const;
    [[nodiscard]] TableView *health() const;
    [[nodiscard]] FilterBar *filterBar() const;
    [[nodiscard]] ReportMenu *reportMenu() const;

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *buildOverview();
    [[nodiscard]] QWidget *buildHealth();
    void reload();
    void showHeatmap();
    void fitLimits();
    void fillChoices();
    void applyFilter();
    void openModels(const QString &title, const std::set<ModelId> &models);

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
