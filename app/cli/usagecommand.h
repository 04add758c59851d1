// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/workspaceoptions.h"

namespace countersign {
struct UsagePlan;
}

namespace countersign::cli {

/// usage import: what services did, from CSV, as one entry.
class UsageCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "usage"; }
    [[nodiscard]] std::string summary() const override { return "Import what services did (predictions, failures)"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    /// Throws Io; after the import with words that say so.
    void writeReport(const UsagePlan &plan, bool imported) const;

    std::string m_csv;
    std::string m_workspace;
    std::vector<std::string> m_columns;
    std::string m_report;
    bool m_leaveOut = false;
    bool m_dryRun = false;
    SignerOptions m_signer;
};

} // namespace countersign::cli
