// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the commands on a workspace file share: the file, who signs, where passphrases come from.
#pragma once

#include "app/cli/command.h"
#include "core/workspace/workspace.h"

namespace countersign::cli {

/// The clock, the ids and the folders of this machine. COUNTERSIGN_WEAK_KEYS=1 makes keys that derive in a millisecond
/// and protect nothing, for tests.
class Desk
{
public:
    explicit Desk(std::string keystore = {});
    [[nodiscard]] const Environment &environment() const { return m_environment; }

private:
    SystemClock m_clock;
    RandomIdSource m_ids;
    Environment m_environment;
};

/// From the first line of `file`, or typed without echo at the terminal after `prompt`; twice when `isNew`.
[[nodiscard]] std::string readPassphrase(const std::string &prompt, const std::string &file, bool isNew);
/// Throws UsageError naming the roles there are.
[[nodiscard]] std::set<Role> parseRoles(const std::vector<std::string> &texts);

/// Adds --keystore.
void addKeystoreOption(CLI::App &app, std::string &keystore);

/// Whoever signs what a command writes.
struct SignerOptions
{
    std::string keystore;
    std::string fullName; ///< empty: the only one whose key is here
    std::string passphraseFile;

    void add(CLI::App &app);
    /// Opens the file for writing and signs in. A clock that may be wrong (Workspace::onUnusualTime) is told on `err`.
    [[nodiscard]] std::unique_ptr<Workspace> open(const Desk &desk, const std::string &file, std::ostream &err) const;
};

/// Opens for reading. What is wrong with the file is told on `err`; `code` is then JobFailed.
[[nodiscard]] std::unique_ptr<Workspace> openForReading(const Desk &desk, const std::string &file, std::ostream &err,
                                                        ExitCode &code);

} // namespace countersign::cli
