// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/workspaceoptions.h"

namespace countersign::cli {

/// Policy packs: check, format, simulate on a workspace, publish.
class PolicyCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "policy"; }
    [[nodiscard]] std::string summary() const override { return "Check, simulate and publish policy packs"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    /// Each fault with its line.
    void tell(std::ostream &to, const std::vector<PolicyFault> &faults) const;
    /// Tells every fault of the pack itself.
    [[nodiscard]] bool isSound(std::ostream &to) const;
    ExitCode check(std::ostream &out, std::ostream &err);
    ExitCode format(std::ostream &out);
    ExitCode simulate(std::ostream &out, std::ostream &err);
    ExitCode publish(std::ostream &out, std::ostream &err);

    CLI::App *m_check = nullptr;
    CLI::App *m_format = nullptr;
    CLI::App *m_simulate = nullptr;
    CLI::App *m_publish = nullptr;
    std::string m_pack;
    std::string m_workspace;
    std::string m_outputFormat = "text";
    SignerOptions m_signer;
};

} // namespace countersign::cli
