// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/domain/ids.h"
#include "core/monitoring/run.h"
#include "ui/jobs/latestjob.h"

namespace countersign {

class Workspace;

/// Reads recorded runs: small ones at once, those of hundreds of columns as a job, so that the window does not wait.
/// Only the run asked for last is delivered.
class RunReader
{
public:
    using Done = std::function<void(Result<RunResult> &&)>;

    RunReader(const Workspace &workspace, JobRunner &jobs)
        : m_workspace(workspace)
        , m_job(jobs)
    {
    }

    /// `done` may be called before this returns.
    void read(const RunId &run, const Done &done);
    void forget() { m_job.forget(); }
    [[nodiscard]] bool reading() const { return m_job.running(); }
    [[nodiscard]] bool reads(const RunId &run) const { return reading() && m_run == run; }

private:
    const Workspace &m_workspace;
    RunId m_run; ///< that was asked for last
    LatestJob m_job;
};

} // namespace countersign
