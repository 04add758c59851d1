// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/error.h"

#include <ostream>

namespace countersign::cli {

ExitCode runCommandLine(int argc, const char *const *argv, const Commands &commands, std::ostream &out,
                        std::ostream &err)
{
    CLI::App app("Countersign: model governance on one signed file.", "countersign-cli");
    app.set_version_flag("--version", COUNTERSIGN_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 done, 1 the job failed, 2 wrong use. countersign-cli COMMAND --help tells more.");
    for (const auto &command : commands)
        command->configure(*app.add_subcommand(command->name(), command->summary()));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error, out, err) == 0 ? Success : WrongUse;
    }
    for (const auto &command : commands) {
        if (!app.got_subcommand(command->name()))
            continue;
        try {
            const ExitCode code = command->run(out, err);
            if (!out.flush())
                throw Exception(ErrorCode::Io, "The output could not be written.", "Is the disk full?");
            return code;
        } catch (const UsageError &error) {
            err << "countersign-cli " << command->name() << ": " << error.what() << "\nRun with --help for more.\n";
            return WrongUse;
        } catch (const Exception &error) {
            err << "countersign-cli " << command->name() << ": " << error.error().text() << '\n';
            return JobFailed;
        } catch (const std::exception &error) {
            err << "countersign-cli " << command->name() << ": unexpected failure: " << error.what() << '\n';
            return JobFailed;
        }
    }
    return WrongUse;
}

} // namespace countersign::cli
