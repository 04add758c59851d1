// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/democommand.h"

#include "app/demo/demo.h"
#include "core/workspace/must.h"

#include <ostream>

namespace countersign::cli {

void DemoCommand::configure(CLI::App &app)
{
    app.add_option("--out", m_folder, "Folder to make; must not be there, or be empty")->required();
    app.add_option("--data", m_data, "Folder with the demonstration data; found by itself if not given");
}

ExitCode DemoCommand::run(std::ostream &out, std::ostream & /*err*/)
{
    const auto summary = must(buildDemo(m_folder, findDemoData(m_data), SystemClock().now(),
                                        [&](const std::string &line) { out << line << '\n'
                                                                           << std::flush; }));
    out << "Exported evidence to " << summary.evidence << "\n\n"
        << "workspace:  " << summary.workspace << '\n'
        << "keys:       " << summary.keys << '\n'
        << "passphrase: " << kDemoPassphrase << "   (of everybody; these keys protect nothing)\n"
        << "people:     ";
    for (std::size_t i = 0; i < summary.people.size(); ++i)
        out << (i == 0 ? "" : "; ") << summary.people[i];
    out << "\nmodels:     " << summary.models << "\nruns:       " << summary.runs << "\nentries:    " << summary.entries
        << "\nroot:       " << summary.root << "\nverified:   " << (summary.valid ? "valid" : "BROKEN") << '\n';
    return summary.valid ? Success : JobFailed;
}

} // namespace countersign::cli
