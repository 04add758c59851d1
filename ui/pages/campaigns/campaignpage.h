// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/domain/campaign.h"
#include "ui/shell/page.h"

class QSettings;

namespace countersign {

class TableView;

/// Attestation campaigns: which there are, how far the chosen one is, model by model, and what was answered.
class CampaignPage : public Page
{
    Q_OBJECT

public:
    CampaignPage(Context &context, QSettings *settings, QWidget *parent = nullptr);
    ~CampaignPage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;

    [[nodiscard]] TableView *campaigns() const;
    [[nodiscard]] TableView *models() const;

private:
    [[nodiscard]] QWidget *buildCampaigns();
    [[nodiscard]] QWidget *buildBoard();
    [[nodiscard]] QWidget *buildAnswers();
    void reload();
    void showCampaign();
    void showAnswers();
    void applyFilter();
    void refreshActions();
    void open();
    void attest();
    void close();
    void exportCsv();
    [[nodiscard]] const Campaign *chosen() const;

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
