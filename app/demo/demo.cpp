// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo.h"

#include "app/demo/demoscenario.h"
#include "core/exchange/wholefile.h"
#include "core/workspace/must.h"

#include <filesystem>

namespace countersign {

namespace {

namespace fs = std::filesystem;

/// The folder of the demonstration; emptied again unless it was finished.
class DemoFolder
{
public:
    explicit DemoFolder(const std::string &path)
        : m_path(fs::absolute(fs::path(path)).lexically_normal())
    {
        std::error_code error;
        if (fs::exists(m_path, error) && (!fs::is_directory(m_path, error) || !fs::is_empty(m_path, error)))
            throw Exception(ErrorCode::Conflict, m_path.string() + " is there already and not empty.",
                            "Choose a new folder: nothing is written over.");
        m_made = fs::create_directories(m_path, error);
        if (error)
            throw Exception(ErrorCode::Io, m_path.string() + " cannot be made: " + error.message() + ".",
                            "Choose a folder where you may write.");
    }
    ~DemoFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path / "cache", ignored);
        if (m_finished)
            return;
        for (const char *name : {"demo.countersign", "keys", "evidence"})
            fs::remove_all(m_path / name, ignored);
        if (m_made)
            fs::remove(m_path, ignored);
    }
    DemoFolder(const DemoFolder &) = delete;
    DemoFolder &operator=(const DemoFolder &) = delete;

    [[nodiscard]] std::string operator/(const char *name) const { return (m_path / name).string(); }
    void finish() { m_finished = true; }

private:
    fs::path m_path;
    bool m_made = false;
    bool m_finished = false;
};

Hash256 demoSeed(std::string_view holder)
{
    return sha256("Countersign demonstration key of " + std::string(holder));
}

DemoSummary build(const DemoFolder &folder, const DemoData &data, UtcTime now, const DemoStep &step,
                  const CancelToken &cancel)
{
    DemoSummary summary;
    summary.workspace = folder / "demo.countersign";
    summary.keys = folder / "keys";
    summary.evidence = folder / "evidence";
    FixedClock clock(now - std::chrono::days(90));
    SequentialIdSource ids(2026);
    const Environment environment{clock, ids, summary.keys, folder / "cache", true, demoSeed};
    NewWorkspace spec;
    spec.organisation = data.organisation;
    spec.fullName = data.with(Role::administrator).fullName;
    spec.roles = data.with(Role::administrator).roles;
    spec.passphrase = kDemoPassphrase;
    const auto workspace = must(Workspace::create(environment, summary.workspace, spec));

    DemoScenario scenario(*workspace, clock, data, step, cancel);
    if (step)
        step("Made " + summary.workspace + " for " + data.organisation);
    scenario.enrolPeople();
    scenario.importInventory();
    scenario.registerModels();
    scenario.validate();
    scenario.monitor();
    scenario.decideScope();
    scenario.assessTiers();
    scenario.raiseFindings();
    scenario.explainBreaches();
    scenario.requestAndSign();
    scenario.keepRegisters();
    scenario.signInAuditor();
    must(workspace->exportEvidence(summary.evidence));

    const auto verified = must(examineFile(summary.evidence + "/workspace.countersign",
                                           readWholeFile(summary.evidence + "/checkpoint.txt"), cancel));
    summary.models = workspace->registry().models.size();
    summary.runs = scenario.runs();
    for (const DemoPerson &person : data.people)
        summary.people.push_back(person.fullName);
    summary.entries = verified.report.entriesChecked;
    summary.root = verified.report.head.root.hex();
    summary.valid = verified.report.valid();
    return summary;
}

} // namespace

Result<DemoSummary> buildDemo(const std::string &folder, const std::string &dataFolder, UtcTime now,
                              const DemoStep &step, const CancelToken &cancel)
{
    return guarded([&] {
        const DemoData data = readDemoData(dataFolder);
        DemoFolder target(folder);
        const DemoSummary summary = build(target, data, now, step, cancel);
        target.finish();
        return summary;
    });
}

std::string findDemoData(const std::string &wanted)
{
    const auto holdsDemo = [](const fs::path &folder) {
        std::error_code ignored;
        return fs::exists(folder / "demo.json", ignored);
    };
    if (!wanted.empty()) {
        if (holdsDemo(wanted))
            return wanted;
        throw Exception(ErrorCode::NotFound, "There is no demo.json in " + wanted + ".",
                        "Name the folder with the demonstration data (resources/demo).");
    }
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    const fs::path installed = (self.parent_path() / COUNTERSIGN_INSTALLED_DEMO).lexically_normal();
    for (const fs::path &folder : {installed, fs::path(COUNTERSIGN_SOURCE_DEMO)})
        if (holdsDemo(folder))
            return folder.string();
    throw Exception(ErrorCode::NotFound,
                    "The demonstration data is neither in " + installed.string() + " nor in " +
                        std::string(COUNTERSIGN_SOURCE_DEMO) + ".",
                    "Name its folder with --data.");
}

} // namespace countersign
