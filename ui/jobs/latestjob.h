// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/jobs/jobrunner.h"

namespace countersign {

/// Jobs of which only the latest counts: asking anew forgets the one before, and so does the end of the asker.
class LatestJob
{
public:
    explicit LatestJob(JobRunner &jobs)
        : m_jobs(jobs)
    {
    }
    ~LatestJob() { forget(); }
    LatestJob(const LatestJob &) = delete;
    LatestJob &operator=(const LatestJob &) = delete;

    /// As JobRunner::run().
    template <class Work, class Done>
    void run(const QString &title, Work work, Done done)
    {
        forget();
        m_running = true;
        m_jobs.run(title, &m_receiver, std::move(work), [this, done = std::move(done)](auto &&result) {
            m_running = false;
            done(std::forward<decltype(result)>(result));
        });
    }
    void forget()
    {
        m_jobs.forget(&m_receiver);
        m_running = false;
    }
    [[nodiscard]] bool running() const { return m_running; }

private:
    JobRunner &m_jobs;
    QObject m_receiver;
    bool m_running = false;
};

} // namespace countersign
