// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace countersign::cli {

/// The main job from beginning to end on the demonstration data.
class DemoCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "demo"; }
    [[nodiscard]] std::string summary() const override { return "Build a demonstration workspace, step by step"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_folder;
    std::string m_data;
};

} // namespace countersign::cli
