// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparecommand.h"
#include "app/cli/driftcommand.h"

namespace countersign::cli {

Commands allCommands()
{
    Commands commands;
    commands.push_back(std::make_unique<CompareCommand>());
    commands.push_back(std::make_unique<DriftCommand>());
    return commands;
}

} // namespace countersign::cli
