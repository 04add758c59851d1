// SPDX-License-Identifier: GPL-3.0-or-later
//
// A monitoring run in the register: the summary that lists and policies need; the whole result is a blob.
#include "core/workspace/runlimits.h"
#include "core/workspace/runsummary.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

namespace {

RecordableRun prepared(const Workspace &workspace, const VersionId &version, const RunResult &result)
{
    const auto before = workspace.runBefore(version);
    return recordableRun(result, before ? *before : StoredRun());
}

} // namespace

Result<RunId> Workspace::recordRun(const VersionId &versionId, const RunResult &result)
{
    return guarded([&] { return recordPrepared(versionId, prepared(*this, versionId, result)); });
}

Result<RunId> Workspace::recordRun(const VersionId &versionId, const RecordableRun &run)
{
    return guarded([&] {
        const MonitoringRun *latest = m_d->registry().latestRun(versionId);
        if (run.before == (latest ? latest->id : RunId()))
            return recordPrepared(versionId, run);
        return recordPrepared(versionId, prepared(*this, versionId, run.result));
    });
}

RunId Workspace::recordPrepared(const VersionId &versionId, const RecordableRun &recordable)
{
    const Registry &registry = m_d->registry();
    const ModelId of = recordOf(registry.versions, versionId, "version").model;
    requireStrictEnough(recordable.result.settings.thresholds, limitsOf(m_d->pack(), registry, of));
    MonitoringRun run = recordable.summary;
    run.id = m_d->newId<RunId>();
    run.model = of;
    run.version = versionId;
    m_d->append({MonitoringRecorded{run}}, std::vector<std::string>(1, recordable.bytes)); // copied once: it is long
    return run.id;
}

Result<RunResult> Workspace::runResult(const RunId &id) const
{
    const auto stored = storedRun(id);
    if (!stored)
        return stored.error();
    return guarded([&] { return runFromStored(*stored); });
}

Result<StoredRun> Workspace::runBefore(const VersionId &version) const
{
    const MonitoringRun *run = m_d->registry().latestRun(version);
    return run ? storedRun(run->id) : StoredRun();
}

Result<StoredRun> Workspace::storedRun(const RunId &id) const
{
    return guarded([&] {
        const MonitoringRun &run = recordOf(m_d->registry().runs, id, "monitoring run");
        auto bytes = m_d->file->uncheckedBlob(run.result);
        if (!bytes)
            throw Exception(ErrorCode::Corrupt, "The result of the run on " + run.source + " is not in the file.",
                            "Restore the file from a copy that verifies.");
        return StoredRun{id, run.result, std::move(*bytes)};
    });
}

Result<void> Workspace::explainRun(const RunId &id, const std::string &explanation)
{
    return guarded([&] {
        const MonitoringRun &run = recordOf(m_d->registry().runs, id, "monitoring run");
        m_d->append({MonitoringExplained{id, explanation, run.revision}});
    });
}

} // namespace countersign
