// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Monitoring tab of a model: recorded runs with their linked charts, new runs, recomputation and explanations.
#pragma once

#include <QWidget>
#include <memory>

#include "core/domain/ids.h"

namespace countersign {

struct Context;

class MonitoringTab : public QWidget
{
    Q_OBJECT

public:
    explicit MonitoringTab(Context &context, QWidget *parent = nullptr);
    ~MonitoringTab() override;

    /// Shows the newest run of the model, or the invitation to attach a scoring log. Keeps what is selected when the
    /// same model is shown again.
    void showModel(const ModelId &model);
    /// Shows one recorded run of the model; an unknown id changes nothing.
    void selectRun(const RunId &run);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
