// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/runreader.h"

#include "core/workspace/importer.h"
#include "core/workspace/runsummary.h"
#include "core/workspace/workspace.h"
#include "ui/widgets/tr.h"

namespace countersign {

void RunReader::read(const RunId &run, const Done &done)
{
    constexpr std::size_t atOnce = std::size_t{1} << 20; // bytes: some hundredths of a second
    forget();
    m_run = run;
    auto stored = m_workspace.storedRun(run);
    if (!stored)
        return done(stored.error());
    if (stored->bytes.size() <= atOnce)
        return done(readStoredRun(*stored));
    m_job.run(
        tr("Reading the run"),
        [stored = std::move(*stored)](const CancelToken &, const Progress &) { return readStoredRun(stored); }, done);
}

} // namespace countersign
