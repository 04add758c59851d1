// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/peoplecommands.h"

#include "core/exchange/wholefile.h"
#include "core/workspace/must.h"

#include <ostream>

namespace countersign::cli {

void InitCommand::configure(CLI::App &app)
{
    app.add_option("file", m_file, "Workspace file to make (*.countersign)")->required();
    app.add_option("--organisation", m_organisation, "Name of the organisation")->required();
    app.add_option("--user", m_user, "Full name of the first user, who becomes an administrator")->required();
    app.add_option("--role", m_roles, "Role of the first user; may be given again")
        ->required()
        ->allow_extra_args(false);
    app.add_option("--passphrase-file", m_passphraseFile, "File whose first line is the new passphrase");
    app.add_option("--policy", m_policy, "Policy pack (JSON); the built-in one if not given");
    addKeystoreOption(app, m_keystore);
}

ExitCode InitCommand::run(std::ostream &out, std::ostream & /*err*/)
{
    NewWorkspace spec;
    spec.organisation = m_organisation;
    spec.fullName = m_user;
    spec.roles = parseRoles(m_roles);
    if (!m_policy.empty())
        spec.policyText = readWholeFile(m_policy);
    spec.passphrase = readPassphrase("New passphrase of " + m_user + ": ", m_passphraseFile, true);
    const Desk desk(m_keystore);
    const auto workspace = must(Workspace::create(desk.environment(), m_file, spec));
    out << "made:         " << m_file << '\n'
        << "organisation: " << workspace->registry().organisation << '\n'
        << "user:         " << m_user << '\n'
        << "key:          " << workspace->user()->publicKey << '\n'
        << "policy:       " << workspace->policy().title << ", version " << workspace->policy().version << '\n'
        << "origin:       " << workspace->origin() << '\n';
    return Success;
}

void EnrolCommand::configure(CLI::App &app)
{
    app.add_option("file", m_file, "Workspace file")->required();
    app.add_option("--user", m_user, "Full name of the person to enrol")->required();
    app.add_option("--role", m_roles, "Role of the person; may be given again")->required()->allow_extra_args(false);
    app.add_option("--new-passphrase-file", m_newPassphraseFile,
                   "File whose first line is the passphrase of the new person");
    m_signer.add(app);
}

ExitCode EnrolCommand::run(std::ostream &out, std::ostream &err)
{
    const auto roles = parseRoles(m_roles);
    const Desk desk(m_signer.keystore);
    const auto workspace = m_signer.open(desk, m_file, err);
    const auto passphrase = readPassphrase("New passphrase of " + m_user + ": ", m_newPassphraseFile, true);
    const UserId id = must(workspace->enrolUser(m_user, roles, passphrase));
    const User &user = workspace->registry().users.at(id);
    out << "enrolled: " << user.fullName << "\nkey:      " << user.publicKey << '\n';
    return Success;
}

} // namespace countersign::cli
