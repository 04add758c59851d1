// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be said of a log in a database before it is run over: by its catalogue and by counts, without a row of it.
#pragma once

#include "core/monitoring/preview.h"
#include "core/monitoring/sql/sqlsource.h"

#include <string>
#include <vector>

namespace countersign {

/// Tables and views as SqlSource::query takes them, at most 10,000. Throws as OdbcConnection does.
[[nodiscard]] std::vector<std::string> listTables(const std::string &connection, const std::string &password,
                                                  const CancelToken &cancel);

/// The columns of SqlSource::query with their kinds; rows, missing values and smallest and largest numbers and days, of
/// text the different values, counted by reading it once for every 100 columns. Throws as OdbcConnection does, and
/// InvalidInput where there is no query.
[[nodiscard]] LogPreview previewDatabase(const SqlSource &source, const std::string &password,
                                         const CancelToken &cancel);

} // namespace countersign
