// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's and the command line's way to exchange: the same steps, as Results.
#pragma once

#include "core/base/result.h"
#include "core/exchange/inventoryimport.h"
#include "core/exchange/usageimport.h"
#include "core/monitoring/preview.h"
#include "core/monitoring/runastools.h"
#include "core/monitoring/sql/odbc.h"
#include "core/policy/policypack.h"

namespace countersign {

struct StoredRun;

[[nodiscard]] Result<TextTable> openInventory(const std::string &path);
/// The stages that `pack` adds, as planImport takes them.
[[nodiscard]] std::vector<StageWord> stageWords(const PolicyPack &pack);
[[nodiscard]] Result<ImportPlan> checkInventory(const TextTable &table, const ImportMapping &mapping,
                                                const PolicyPack &pack, const Registry &registry);
[[nodiscard]] Result<UsagePlan> checkUsage(const TextTable &table, const ImportMapping &mapping,
                                           const Registry &registry, Date today);
[[nodiscard]] Result<LogPreview> previewScoringLog(const std::string &path, const LogDialect &dialect = {},
                                                   const std::vector<std::string> &morePaths = {},
                                                   const CancelToken &cancel = {});
/// Drivers and data sources of this machine.
[[nodiscard]] Result<OdbcInstallation> findDatabases();
/// As SqlSource::query takes them.
[[nodiscard]] Result<std::vector<std::string>>
listDatabaseTables(const std::string &connection, const std::string &password, const CancelToken &cancel = {});
/// Of a log in a database, by counts: see core/monitoring/sql/sqlpreview.h.
[[nodiscard]] Result<LogPreview> previewDatabaseLog(const SqlSource &source, const std::string &password,
                                                    const CancelToken &cancel = {});
[[nodiscard]] Result<RunResult> runMonitoring(const RunSettings &settings, const CancelToken &cancel,
                                              const Progress &progress, const RunOptions &options = {});
/// As it is kept in the workspace: see Workspace::storedRun().
[[nodiscard]] Result<RunResult> readStoredRun(const StoredRun &stored);
/// Every number of a recorded run computed again from its stored counts.
[[nodiscard]] Result<RunResult> recomputeRun(const RunResult &result);
/// One judged column of a recorded run as other tools count it: see core/monitoring/runastools.h.
[[nodiscard]] Result<RunAsTools> countRunAsTools(const RunResult &recorded, const std::string &feature,
                                                 const RunOptions &options, const CancelToken &cancel,
                                                 const Progress &progress);
/// Writes beside, syncs and renames: the file is whole or not there.
[[nodiscard]] Result<void> writeFile(const std::string &path, const std::string &bytes);
[[nodiscard]] Result<std::string> readFile(const std::string &path);

} // namespace countersign
