// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/portfolio/trendstore.h"

#include "ui/widgets/text.h"

namespace countersign {

TrendStore::TrendStore(const Workspace &workspace, JobRunner &jobs, QObject *parent)
    : QObject(parent)
    , m_reader(workspace, jobs)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TrendStore::readNext);
}

const RunTrend *TrendStore::find(const RunId &run)
{
    if (const auto known = m_known.constFind(toQt(run.str())); known != m_known.constEnd())
        return &known.value();
    if (m_reader.reads(run))
        return nullptr;
    std::erase(m_wanted, run);
    m_wanted.push_front(run);
    constexpr std::size_t mostWaiting = 64; // a long scroll passes by more than anybody looks at
    if (m_wanted.size() > mostWaiting)
        m_wanted.pop_back();
    m_timer.start(0);
    return nullptr;
}

void TrendStore::readNext()
{
    if (m_wanted.empty() || m_reader.reading())
        return;
    const auto run = m_wanted.front();
    m_wanted.pop_front();
    m_reader.read(run, [this, run](const Result<RunResult> &result) {
        m_known.insert(toQt(run.str()), result ? trendOf(*result) : RunTrend());
        m_timer.start(0);
        Q_EMIT loaded();
    });
}

} // namespace countersign
