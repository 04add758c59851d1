// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

class QLabel;
class QPushButton;

namespace countersign {

class Badge;

/// Who a model is and how it stands, over the tabs.
class ModelHeader : public QWidget
{
    Q_OBJECT

public:
    explicit ModelHeader(QWidget *parent = nullptr);
    void show(const PolicyPack &pack, const Registry &registry, const Model &model, Date today);
    using QWidget::show;

Q_SIGNALS:
    void tabWanted(const QString &tab); ///< a part of the header was pressed

private:
    void showService(const PolicyPack &pack, const Registry &registry, const ModelId &model, Date today);

    QLabel *m_name;
    QLabel *m_reference;
    Badge *m_tier;
    Badge *m_stage;
    Badge *m_health;
    Badge *m_service; ///< shown when calls fail or the service is idle
    Badge *m_overdue;
    QLabel *m_review;
    QPushButton *m_findings;
    QPushButton *m_stale;
    QLabel *m_owner;
};

/// The newest run of the version in production, else of any version; none: never monitored.
[[nodiscard]] const MonitoringRun *runThatCounts(const Registry &registry, const ModelId &model);

} // namespace countersign
