// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/workspaceoptions.h"

namespace countersign::cli {

/// Makes a workspace file with its first user and key.
class InitCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "init"; }
    [[nodiscard]] std::string summary() const override { return "Make a workspace file with its first user and key"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_file;
    std::string m_organisation;
    std::string m_user;
    std::vector<std::string> m_roles;
    std::string m_passphraseFile;
    std::string m_policy;
    std::string m_keystore;
};

/// Enrols a person with a new key on this machine.
class EnrolCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "enrol"; }
    [[nodiscard]] std::string summary() const override { return "Enrol a person, with a new key in this keystore"; }
    void configure(CLI::App &app) override;
    ExitCode run(std::ostream &out, std::ostream &err) override;

private:
    std::string m_file;
    std::string m_user;
    std::vector<std::string> m_roles;
    std::string m_newPassphraseFile;
    SignerOptions m_signer;
};

} // namespace countersign::cli
