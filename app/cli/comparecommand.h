// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/logoptions.h"

namespace countersign::cli {

/// Drift statistics of one file against another.
class CompareCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "compare"; }
    [[nodiscard]] std::string summary() const override { return "Compare two files column by column"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_reference;
    std::string m_current;
    LogOptions m_dialect;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_types;
    std::vector<std::string> m_special;
    std::vector<std::string> m_tools;
    std::string m_bins = "deciles";
    std::string m_format = "json";
};

} // namespace countersign::cli
