// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same question as other tools count it, so that their reports can be compared with ours.
#pragma once

#include "core/stats/divergence.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace countersign {

struct ToolValue
{
    std::string tool;      ///< a convention of the catalogue (core/stats/binning.h)
    std::string statistic; ///< its name in the catalogue
    double value;          ///< NaN where undefined
};

/// "evidently", "frouros", "nannyml".
[[nodiscard]] std::vector<std::string> otherTools();

/// Of one numeric column, what each of the tools computes of numbers, and nothing that it does not offer: a NannyML PSI
/// is none. Nothing for an unknown tool.
[[nodiscard]] std::vector<ToolValue> asToolsCount(const std::vector<std::string> &tools,
                                                  std::span<const double> reference, std::span<const double> current,
                                                  std::uint64_t missingReference, std::uint64_t missingCurrent);
/// What they compute of categories: how often each occurs on either side, the last counts being of the missing.
[[nodiscard]] std::vector<ToolValue> asToolsCount(const std::vector<std::string> &tools, Counts reference,
                                                  Counts current);

} // namespace countersign
