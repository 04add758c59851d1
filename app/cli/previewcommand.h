// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/logoptions.h"

namespace countersign::cli {

/// What is taken from the first rows of a scoring log: how it is written, its columns and their likely parts.
class PreviewCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "preview"; }
    [[nodiscard]] std::string summary() const override { return "How a scoring log is read, and why"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::vector<std::string> m_logs;
    LogOptions m_dialect;
    std::string m_format = "text";
};

} // namespace countersign::cli
