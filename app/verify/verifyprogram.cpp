// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verify/verifyprogram.h"

#include "core/base/json.h"
#include "core/exchange/wholefile.h"
#include "core/workspace/verify.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

namespace countersign::verify {

namespace {

bool isPolicy(const Fault &fault)
{
    return fault.kind == FaultKind::ForbiddenByPolicy;
}

/// "entry 12" or "the file".
std::string placeOf(const Fault &fault)
{
    return fault.seq ? "entry " + std::to_string(*fault.seq) : "the file";
}

void writeText(std::ostream &out, const FileVerification &found, const std::string &checkpoint)
{
    const VerificationReport &report = found.report;
    const auto forbidden = std::count_if(report.faults.begin(), report.faults.end(), isPolicy);
    out << "origin:       " << report.origin << '\n'
        << "organisation: " << found.organisation << '\n'
        << "policy:       " << found.policy << '\n'
        << "entries:      " << report.entriesChecked << '\n'
        << "signatures:   " << report.signaturesChecked << '\n'
        << "root:         " << report.head.root.hex() << '\n'
        << "checkpoint:   " << (checkpoint.empty() ? "none given: an older copy would not be noticed" : checkpoint)
        << '\n'
        << "acts outside policy: " << forbidden << '\n';
    if (report.valid()) {
        out << "VALID\n";
        return;
    }
    const auto first = std::find_if_not(report.faults.begin(), report.faults.end(), isPolicy);
    const Fault &named = first == report.faults.end() ? report.faults.front() : *first;
    out << "BROKEN at " << placeOf(named) << ": " << named.text << '\n';
    for (const Fault &fault : report.faults)
        out << "  " << enumName(fault.kind) << ", " << placeOf(fault) << ": " << fault.text << '\n';
}

void writeJson(std::ostream &out, const FileVerification &found)
{
    const VerificationReport &report = found.report;
    json::array faults;
    for (const Fault &fault : report.faults)
        faults.push_back({{"kind", enumName(fault.kind)},
                          {"entry", fault.seq ? json::value(*fault.seq) : json::value(nullptr)},
                          {"text", fault.text}});
    out << json::serialize(json::object{{"valid", report.valid()},
                                        {"origin", report.origin},
                                        {"organisation", found.organisation},
                                        {"policy", found.policy},
                                        {"entries", report.entriesChecked},
                                        {"signatures", report.signaturesChecked},
                                        {"root", report.head.root.hex()},
                                        {"faults", std::move(faults)}})
        << '\n';
}

} // namespace

ExitCode runProgram(int argc, const char *const *argv, std::ostream &out, std::ostream &err)
{
    CLI::App app("Verifies a Countersign workspace file: every entry, signature, document and permission.",
                 "countersign-verify");
    app.set_version_flag("--version", COUNTERSIGN_VERSION);
    app.footer("Exit codes: 0 valid, 1 broken, 2 could not run. The file is only read.");
    std::string file;
    std::string checkpointFile;
    std::string format = "text";
    bool quiet = false;
    app.add_option("file", file, "Workspace file (*.countersign)")->required();
    app.add_option("--checkpoint", checkpointFile, "A checkpoint kept from before: the file must still hold its past");
    app.add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
    app.add_flag("--quiet", quiet, "Print nothing; the exit code tells");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error, out, err) == 0 ? Valid : CouldNotRun;
    }

    const auto examined = [&]() -> Result<FileVerification> {
        if (checkpointFile.empty())
            return examineFile(file, std::nullopt);
        const auto checkpoint = guarded([&] { return readWholeFile(checkpointFile, 1024UL * 1024); });
        if (!checkpoint)
            return checkpoint.error();
        return examineFile(file, *checkpoint);
    }();
    if (!examined) {
        err << "countersign-verify: " << examined.error().text() << '\n';
        return CouldNotRun;
    }
    if (!quiet)
        format == "json" ? writeJson(out, *examined) : writeText(out, *examined, checkpointFile);
    if (!out.flush()) {
        err << "countersign-verify: the output could not be written.\n";
        return CouldNotRun;
    }
    return examined->report.valid() ? Valid : Broken;
}

} // namespace countersign::verify
