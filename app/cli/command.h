// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every command of countersign-cli is. A new one has a file of its own and a line in commands.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <iosfwd>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace countersign::cli {

enum ExitCode { Success = 0, JobFailed = 1, WrongUse = 2 };

/// Thrown by a command whose options do not make sense together: printed with a hint at --help, exit code 2.
class UsageError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

class Command
{
public:
    virtual ~Command() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    /// One line for --help.
    [[nodiscard]] virtual std::string summary() const = 0;
    /// Adds the options, bound to members of the command.
    virtual void configure(CLI::App &app) = 0;
    /// Does the work, results to `out`, remarks to `err`. Throws Exception when the job fails, UsageError for wrong
    /// use.
    virtual ExitCode run(std::ostream &out, std::ostream &err) = 0;
};

using Commands = std::vector<std::unique_ptr<Command>>;

/// Every command there is, in the order of --help.
[[nodiscard]] Commands allCommands();

/// Reads the arguments, runs one command and returns its exit code. Errors go to `err`.
[[nodiscard]] ExitCode runCommandLine(int argc, const char *const *argv, const Commands &commands, std::ostream &out,
                                      std::ostream &err);

} // namespace countersign::cli
