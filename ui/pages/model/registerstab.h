// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/model/modeltab.h"

class QListWidget;
class QStackedWidget;

namespace countersign {

class RegisterPanel;

/// What is kept beside a model: limitations, exceptions, overlays, incidents, assumptions; one register at a time, with
/// how many are open.
class RegistersTab : public ModelTab
{
    Q_OBJECT

public:
    explicit RegistersTab(Context &context, QWidget *parent = nullptr);
    void refresh() override;
    /// `record` is the id of a record of any register, or of a register ("overlays").
    void select(const QString &record) override;
    void focusStart() override;

private:
    [[nodiscard]] RegisterPanel *panel(int at) const;

    QListWidget *m_list;
    QStackedWidget *m_stack;
};

} // namespace countersign
