// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/auditcommands.h"
#include "app/cli/comparecommand.h"
#include "app/cli/democommand.h"
#include "app/cli/driftcommand.h"
#include "app/cli/inventorycommands.h"
#include "app/cli/peoplecommands.h"
#include "app/cli/policycommand.h"
#include "app/cli/previewcommand.h"
#include "app/cli/statcommand.h"
#include "app/cli/usagecommand.h"

namespace countersign::cli {

Commands allCommands()
{
    Commands commands;
    commands.push_back(std::make_unique<PreviewCommand>());
    commands.push_back(std::make_unique<CompareCommand>());
    commands.push_back(std::make_unique<DriftCommand>());
    commands.push_back(std::make_unique<StatCommand>());
    commands.push_back(std::make_unique<InitCommand>());
    commands.push_back(std::make_unique<EnrolCommand>());
    commands.push_back(std::make_unique<ImportInventoryCommand>());
    commands.push_back(std::make_unique<InventoryCommand>());
    commands.push_back(std::make_unique<UsageCommand>());
    commands.push_back(std::make_unique<HistoryCommand>());
    commands.push_back(std::make_unique<CheckpointCommand>());
    commands.push_back(std::make_unique<EvidenceCommand>());
    commands.push_back(std::make_unique<PolicyCommand>());
    commands.push_back(std::make_unique<DemoCommand>());
    return commands;
}

} // namespace countersign::cli
