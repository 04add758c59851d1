// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/columnoptions.h"

#include "app/cli/monitoringoptions.h"

#include <algorithm>

namespace countersign::cli {

void addColumnOption(CLI::App &app, std::vector<std::string> &columns)
{
    app.add_option("--column", columns, "FIELD=HEADING where the headings do not tell; may be given again")
        ->allow_extra_args(false);
}

ImportMapping chosenColumns(const std::vector<std::string> &columns, const std::vector<std::string> &header,
                            const std::string &file, const std::vector<ImportField> &fields, ImportMapping guessed,
                            const std::string &record)
{
    for (const std::string &text : columns) {
        const auto [field, heading] = parseAssignment("--column", text);
        const auto column = std::find(header.begin(), header.end(), heading);
        if (column == header.end())
            throw UsageError("--column " + text + ": " + file + " has no heading \"" + heading + "\".");
        if (std::none_of(fields.begin(), fields.end(), [&](const ImportField &each) { return each.name == field; }))
            throw UsageError("--column " + text + ": " + record + " has no field " + field + ".");
        guessed[field] = static_cast<std::size_t>(column - header.begin());
    }
    return guessed;
}

} // namespace countersign::cli
