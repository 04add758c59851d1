// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/shell/page.h"

namespace countersign {

/// What waits for the signed-in person, drift alerts, and what is overdue; every line opens its model.
class HomePage : public Page
{
    Q_OBJECT

public:
    explicit HomePage(Context &context, QWidget *parent = nullptr);
    ~HomePage() override;

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;

private:
    void reload();
    void reloadTasks();
    void reloadAlerts();
    void reloadOverdue();
    void reloadIssues();

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
