// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a run goes on after it was cancelled: the figures of docs/performance.md. Writes a log of 1,000 number
// columns and 100,000 rows into a temporary folder, times a whole run, and cancels further ones at even steps of that
// time. cancelling [columns rows], 1,000 and 100,000 unless told.

#include "core/base/error.h"
#include "core/monitoring/run.h"

#include <algorithm>
#include <boost/filesystem.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <optional>
#include <random>

using namespace countersign;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int steps = 20;

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

void writeLog(const std::string &path, int columns, int rows)
{
    std::ofstream file(path, std::ios::binary);
    std::minstd_rand random(20261124);
    std::string line = "ts";
    for (int column = 0; column < columns; ++column)
        line += ",x" + std::to_string(column);
    for (int row = 0; row < rows; ++row) {
        file << line << '\n';
        const int month = 1 + row * 12 / rows;
        line = "2024-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-15";
        for (int column = 0; column < columns; ++column)
            line += "," + std::to_string(random() % 100000) + ".5";
    }
    file << line << '\n';
}

/// The seconds from the cancelling to the end; nothing where the run was through before.
std::optional<double> cancelAfter(const RunSettings &settings, const RunOptions &options, double seconds)
{
    const CancelToken cancel;
    auto through = std::async(std::launch::async, [&] {
        try {
            static_cast<void>(run(settings, cancel, {}, options));
            return true;
        } catch (const Exception &) { // as it should
            return false;
        }
    });
    through.wait_for(std::chrono::duration<double>(seconds));
    const Steady::time_point cancelled = Steady::now();
    cancel.cancel();
    const bool late = through.get();
    return late ? std::nullopt : std::optional(secondsSince(cancelled));
}

} // namespace

int main(int count, char **arguments)
{
    const int columns = count > 2 ? std::atoi(arguments[1]) : 1000;
    const int rows = count > 2 ? std::atoi(arguments[2]) : 100000;
    const auto folder =
        boost::filesystem::temp_directory_path() / boost::filesystem::unique_path("countersign-%%%%%%%%");
    boost::filesystem::create_directory(folder);
    RunSettings settings;
    settings.path = (folder / "wide.csv").string();
    settings.roles.time = "ts";
    settings.reference.firstPeriods = 3;
    writeLog(settings.path, columns, rows);
    for (const bool cached : {false, true}) {
        RunOptions options;
        const Steady::time_point start = Steady::now();
        static_cast<void>(run(settings, {}, {}, options));
        const double whole = secondsSince(start);
        std::vector<double> times;
        for (int step = 0; step < steps; ++step) {
            options.cacheFolder = cached ? (folder / ("cache" + std::to_string(step))).string() : std::string();
            if (const auto took = cancelAfter(settings, options, whole * (step + 0.5) / steps))
                times.push_back(*took);
            boost::filesystem::remove_all(options.cacheFolder);
        }
        std::sort(times.begin(), times.end());
        std::printf(
            "%d columns x %d rows%s: a run takes %.2f s; cancelled %zu times: median %.0f ms, longest %.0f ms\n",
            columns, rows, cached ? ", written to the cache" : "", whole, times.size(),
            times.empty() ? 0 : 1000 * times[times.size() / 2], times.empty() ? 0 : 1000 * times.back());
    }
    boost::filesystem::remove_all(folder);
    return EXIT_SUCCESS;
}
