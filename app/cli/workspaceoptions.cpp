// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/workspaceoptions.h"

#include "app/cli/terminal.h"
#include "core/exchange/wholefile.h"
#include "core/workspace/must.h"

#include <cstdlib>
#include <ostream>

namespace countersign::cli {

namespace {

bool weakKeysWanted()
{
    const char *value = std::getenv("COUNTERSIGN_WEAK_KEYS");
    return value != nullptr && std::string(value) == "1";
}

std::string firstLine(const std::string &file)
{
    constexpr std::size_t kLargest = 4096;
    std::string text = readWholeFile(file, kLargest);
    text = text.substr(0, text.find_first_of("\r\n"));
    if (text.empty())
        throw UsageError(file + " holds no passphrase on its first line.");
    return text;
}

const User &signerOf(const Workspace &workspace, const std::string &fullName)
{
    if (!fullName.empty()) {
        const User *user = workspace.registry().userByName(fullName);
        if (user == nullptr)
            throw Exception(ErrorCode::NotFound, "Nobody called " + fullName + " is enrolled.",
                            "Give the full name as it is enrolled.");
        return *user;
    }
    const auto here = workspace.usersWithKeyHere();
    if (here.size() != 1)
        throw UsageError(here.empty() ? "no key of this workspace is in the keystore: name its folder with --keystore."
                                      : "several people have a key here: say who signs with --as \"Full Name\".");
    return *workspace.registry().userByName(here.front().fullName);
}

} // namespace

Desk::Desk(std::string keystore)
    : m_environment{m_clock, m_ids, std::move(keystore), {}, weakKeysWanted(), {}}
{
}

std::string readPassphrase(const std::string &prompt, const std::string &file, bool isNew)
{
    if (!file.empty())
        return firstLine(file);
    if (!terminalIsThere())
        throw UsageError("there is no terminal to ask for the passphrase: use --passphrase-file.");
    std::string passphrase = askWithoutEcho(prompt);
    if (isNew && askWithoutEcho("The same again: ") != passphrase)
        throw Exception(ErrorCode::InvalidInput, "The two passphrases differ.", "Try again.");
    return passphrase;
}

std::set<Role> parseRoles(const std::vector<std::string> &texts)
{
    std::set<Role> roles;
    for (const std::string &text : texts) {
        const auto role = roleFromText(text);
        if (!role) {
            std::string known;
            for (const Role each : enumValues<Role>())
                known += (known.empty() ? "" : ", ") + enumName(each);
            throw UsageError("--role " + text + ": the roles are " + known + ".");
        }
        roles.insert(*role);
    }
    return roles;
}

void addKeystoreOption(CLI::App &app, std::string &keystore)
{
    app.add_option("--keystore", keystore, "Folder of the keys; your own if not given");
}

void SignerOptions::add(CLI::App &app)
{
    addKeystoreOption(app, keystore);
    app.add_option("--as", fullName, "Full name of who signs; not needed where only one person has a key");
    app.add_option("--passphrase-file", passphraseFile, "File whose first line is the signer's passphrase");
}

std::unique_ptr<Workspace> SignerOptions::open(const Desk &desk, const std::string &file, std::ostream &err) const
{
    auto workspace = must(Workspace::open(desk.environment(), file));
    const User &signer = signerOf(*workspace, fullName);
    must(
        workspace->signIn(signer.id, readPassphrase("Passphrase of " + signer.fullName + ": ", passphraseFile, false)));
    workspace->onUnusualTime([&err](const std::string &question) {
        err << "warning: " << question << '\n';
        return true;
    });
    workspace->onChange([&err, opened = workspace.get()](const ChangeNotice &notice) {
        for (const auto &id : notice.followUp.findings) {
            const auto &finding = opened->registry().findings.at(id);
            err << "note: detected and opened as a finding: " << finding.title << ", "
                << opened->registry().models.at(finding.model).reference << '\n';
        }
        for (const auto &id : notice.followUp.retrainings)
            err << "note: due and asked for: the retraining of "
                << opened->registry().models.at(opened->registry().retrainings.at(id).model).reference << '\n';
    });
    return workspace;
}

std::unique_ptr<Workspace> openForReading(const Desk &desk, const std::string &file, std::ostream &err, ExitCode &code)
{
    auto workspace = must(Workspace::open(desk.environment(), file, true));
    code = Success;
    for (const Fault &fault : workspace->verification().faults) {
        err << "warning: " << fault.text << '\n';
        code = JobFailed;
    }
    return workspace;
}

} // namespace countersign::cli
