// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include "core/domain/ids.h"

class QTabWidget;

namespace countersign {

struct Context;
class EmptyState;
class ModelHeader;
class ModelTab;
class MonitoringTab;

/// Everything about one model: its header, and the tabs overview, versions, tier, monitoring, signoffs,
/// registers, history.
class ModelPage : public Page
{
    Q_OBJECT

public:
    explicit ModelPage(Context &context, QWidget *parent = nullptr);

    [[nodiscard]] QString pageId() const override;
    [[nodiscard]] QString title() const override;
    void focusStart() override;

    /// `tab` empty: the tab that is open. `item` is the id of a record on that tab, or empty.
    void showModel(const ModelId &model, const QString &tab = {}, const QString &item = {});
    [[nodiscard]] const ModelId &modelId() const { return m_model; }
    [[nodiscard]] QString currentTab() const;

private:
    void addTab(QWidget *tab, const QString &id, const QString &text);
    void refresh();
    void refreshTab();
    void openTab(const QString &id);

    Context &m_context;
    ModelId m_model;
    ModelHeader *m_header;
    QTabWidget *m_tabs;
    EmptyState *m_nothing;
    MonitoringTab *m_monitoring;
};

} // namespace countersign
