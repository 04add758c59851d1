// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/workspaceoptions.h"

namespace countersign::cli {

/// Imports an inventory from CSV as one entry.
class ImportInventoryCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "import-inventory"; }
    [[nodiscard]] std::string summary() const override { return "Import an inventory from CSV, as one entry"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_file;
    std::string m_csv;
    std::vector<std::string> m_columns;
    std::string m_report;
    bool m_dryRun = false;
    SignerOptions m_signer;
};

/// Prints the inventory.
class InventoryCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "inventory"; }
    [[nodiscard]] std::string summary() const override { return "Print the inventory, of today or of an earlier day"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_file;
    std::string m_format = "csv";
    std::string m_asOf;
};

} // namespace countersign::cli
