// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

#include <deque>
#include <optional>

#include "core/workspace/portfolio.h"
#include "ui/pages/monitoring/runreader.h"

namespace countersign {

/// The trends of recorded runs, read from their results one at a time between the events of the window: only those
/// that are asked for, which are those in sight. A run never changes, so that what is known stays.
class TrendStore : public QObject
{
    Q_OBJECT

public:
    TrendStore(const Workspace &workspace, JobRunner &jobs, QObject *parent = nullptr);
    /// Null while it is being read; loaded() follows. The trend of a result that cannot be read is empty.
    [[nodiscard]] const RunTrend *find(const RunId &run);

Q_SIGNALS:
    void loaded();

private:
    void readNext();

    RunReader m_reader;
    QHash<QString, RunTrend> m_known;
    std::deque<RunId> m_wanted; ///< asked for last goes first: it is in sight now
    QTimer m_timer;
};

} // namespace countersign
