// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window shows of the quality of a run's data: missing, unseen and out-of-range values by feature, duplicates
// and timeliness by period.
#pragma once

#include <QList>
#include <QString>

#include "core/monitoring/run.h"
#include "ui/charts/timelinedata.h"
#include "ui/pages/model/rowsmodel.h"

namespace countersign {

class QualityViewModel
{
public:
    /// `run` outlives this.
    explicit QualityViewModel(const RunResult &run)
        : m_run(run)
    {
    }

    enum class Measure { Missing, Outside };

    [[nodiscard]] static QStringList headings();
    /// A row per feature, by its name.
    [[nodiscard]] QList<Row> rows(int period) const;
    [[nodiscard]] TimelineData feature(const QString &name, Measure measure) const;
    /// Rows arrived over the median of the reference's periods.
    [[nodiscard]] TimelineData timeliness() const;
    [[nodiscard]] TimelineData duplicates() const;
    [[nodiscard]] bool hasDuplicates() const;

private:
    [[nodiscard]] const FeatureResult *find(const QString &name) const;
    [[nodiscard]] TimelineData perPeriod(const QString &title, const QString &yTitle) const;

    const RunResult &m_run;
};

} // namespace countersign
