// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/workspaceoptions.h"

namespace countersign::cli {

/// Prints the checkpoint of the log as it stands.
class CheckpointCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "checkpoint"; }
    [[nodiscard]] std::string summary() const override
    {
        return "Print the checkpoint, to be kept apart from the file";
    }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_file;
};

/// Writes the folder an auditor takes away.
class EvidenceCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "evidence"; }
    [[nodiscard]] std::string summary() const override { return "Write a folder of evidence for an auditor"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_file;
    std::string m_folder;
};

/// Prints the timeline.
class HistoryCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "history"; }
    [[nodiscard]] std::string summary() const override { return "Print who did what, oldest first"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_file;
    std::string m_model;
    std::string m_format = "text";
};

} // namespace countersign::cli
