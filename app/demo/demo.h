// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main job from beginning to end on real data: an inventory, four models with their documents, monitoring on all
// their logs, tiers, findings, sign-offs, evidence. Everything is made anew by the same calls that people make.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <functional>
#include <string>
#include <vector>

namespace countersign {

/// The passphrase of every demonstration key; it protects nothing.
inline constexpr const char *kDemoPassphrase = "demonstration only";

struct DemoSummary
{
    std::string workspace; ///< path of demo.countersign
    std::string keys;      ///< folder with the keys of all its people
    std::string evidence;  ///< folder of the exported evidence
    std::vector<std::string> people;
    std::size_t models = 0;
    std::size_t runs = 0;
    std::uint64_t entries = 0;
    std::string root;   ///< of the log, hexadecimal
    bool valid = false; ///< what the verification of the exported copy said
};

/// Hears of each step, in a line with its figures.
using DemoStep = std::function<void(const std::string &line)>;

/// Makes `folder` with demo.countersign, keys/ and evidence/ from the data in `dataFolder` (resources/demo). Its acts
/// are dated on the days before `now`; the same data and `now` give the same bytes. Refuses a folder that is there and
/// not empty; leaves nothing behind when it fails.
[[nodiscard]] Result<DemoSummary> buildDemo(const std::string &folder, const std::string &dataFolder, UtcTime now,
                                            const DemoStep &step = {}, const CancelToken &cancel = {});

/// The demonstration data: `wanted` when not empty, else installed beside this program, else in the source tree. Throws
/// NotFound.
[[nodiscard]] std::string findDemoData(const std::string &wanted);

} // namespace countersign
