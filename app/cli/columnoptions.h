// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which column of a CSV holds which field, told where its headings do not.
#pragma once

#include "app/cli/command.h"
#include "core/exchange/texttable.h"

namespace countersign::cli {

/// Adds --column FIELD=HEADING.
void addColumnOption(CLI::App &app, std::vector<std::string> &columns);
/// `guessed`, with what --column says. `file` and `record` ("a model") are for messages. Throws UsageError.
[[nodiscard]] ImportMapping chosenColumns(const std::vector<std::string> &columns,
                                          const std::vector<std::string> &header, const std::string &file,
                                          const std::vector<ImportField> &fields, ImportMapping guessed,
                                          const std::string &record);

} // namespace countersign::cli
