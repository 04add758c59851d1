// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/monitoring/run.h"

namespace countersign {

/// Where a scoring log lies and how it is written: the part of RunSettings that says what to read.
struct ChosenLog
{
    std::vector<std::string> paths; ///< files and folders, read as one log
    LogDialect dialect;
    std::optional<SqlSource> sql; ///< in place of paths

    [[nodiscard]] static ChosenLog of(const RunSettings &settings)
    {
        ChosenLog log{{}, settings.dialect, settings.sql};
        if (!settings.path.empty())
            log.paths.push_back(settings.path);
        log.paths.insert(log.paths.end(), settings.morePaths.begin(), settings.morePaths.end());
        return log;
    }
    void writeTo(RunSettings &settings) const
    {
        settings.sql = sql;
        settings.dialect = sql ? LogDialect() : dialect;
        settings.path.clear();
        settings.morePaths.clear();
        if (sql || paths.empty())
            return;
        settings.path = paths.front();
        settings.morePaths.assign(paths.begin() + 1, paths.end());
    }
    [[nodiscard]] bool empty() const { return sql ? sql->connection.empty() || sql->query.empty() : paths.empty(); }
};

} // namespace countersign
