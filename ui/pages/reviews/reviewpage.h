// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/shell/page.h"

class QDialog;
class QPushButton;
class QSettings;

namespace countersign {

class TableView;
struct ReviewItem;

/// The review queue: when each model is reviewed next, why, and by whom; planning and recording it from its row.
class ReviewPage : public Page
{
    Q_OBJECT

public:
    ReviewPage(Context &context, QSettings *settings, QWidget *parent = nullptr);
    ~ReviewPage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;
    [[nodiscard]] TableView *table() const;

private:
    void buildToolbar();
    void reload();
    void layOutColumns();
    void fillChoices();
    void applyFilter();
    void updateActions();
    [[nodiscard]] const ReviewItem *current() const;
    void plan();
    void validate();
    void exportShown();

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
