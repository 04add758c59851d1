// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/importer.h"

#include "core/base/replacefile.h"
#include "core/exchange/wholefile.h"
#include "core/monitoring/sql/sqlpreview.h"
#include "core/policy/stages.h"
#include "core/workspace/runsummary.h"

namespace countersign {

Result<TextTable> openInventory(const std::string &path)
{
    return guarded([&] { return readTextTable(path); });
}

std::vector<StageWord> stageWords(const PolicyPack &pack)
{
    std::vector<StageWord> words;
    words.reserve(pack.stages.size());
    for (const auto &stage : pack.stages)
        words.push_back({stage.id, stage.label, stage.countsAs});
    return words;
}

Result<ImportPlan> checkInventory(const TextTable &table, const ImportMapping &mapping, const PolicyPack &pack,
                                  const Registry &registry)
{
    return guarded([&] {
        auto plan = planImport(table, mapping, registry, stageWords(pack));
        for (auto &row : plan.rows)
            if (row.errors.empty())
                if (auto why = whyNotRegistered(pack, row.model))
                    row.errors.push_back("Stage: " + *why);
        return plan;
    });
}

Result<UsagePlan> checkUsage(const TextTable &table, const ImportMapping &mapping, const Registry &registry, Date today)
{
    return guarded([&] { return planUsage(table, mapping, registry, today); });
}

Result<LogPreview> previewScoringLog(const std::string &path, const LogDialect &dialect,
                                     const std::vector<std::string> &morePaths, const CancelToken &cancel)
{
    return guarded([&] { return preview(path, dialect, morePaths, cancel); });
}

Result<OdbcInstallation> findDatabases()
{
    return guarded([] { return odbcInstallation(); });
}

Result<std::vector<std::string>> listDatabaseTables(const std::string &connection, const std::string &password,
                                                    const CancelToken &cancel)
{
    return guarded([&] { return listTables(connection, password, cancel); });
}

Result<LogPreview> previewDatabaseLog(const SqlSource &source, const std::string &password, const CancelToken &cancel)
{
    return guarded([&] { return previewDatabase(source, password, cancel); });
}

Result<RunResult> runMonitoring(const RunSettings &settings, const CancelToken &cancel, const Progress &progress,
                                const RunOptions &options)
{
    return guarded([&] { return run(settings, cancel, progress, options); });
}

Result<RunResult> readStoredRun(const StoredRun &stored)
{
    return guarded([&] { return runFromStored(stored); });
}

Result<RunResult> recomputeRun(const RunResult &result)
{
    return guarded([&] { return recompute(result); });
}

Result<RunAsTools> countRunAsTools(const RunResult &recorded, const std::string &feature, const RunOptions &options,
                                   const CancelToken &cancel, const Progress &progress)
{
    return guarded([&] { return countAsTools(recorded, feature, options, cancel, progress); });
}

Result<void> writeFile(const std::string &path, const std::string &bytes)
{
    return guarded([&] { replaceFile(path, bytes); });
}

Result<std::string> readFile(const std::string &path)
{
    return guarded([&] { return readWholeFile(path); });
}

} // namespace countersign
