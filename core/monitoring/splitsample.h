// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first records of a text as one delimiter and one quote split them.
#pragma once

#include "core/monitoring/logdialect.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

using Records = std::vector<std::vector<std::string>>;

struct SplitSample
{
    std::size_t width = 0;    ///< of the first record
    std::size_t agreeing = 0; ///< records as wide as the first, that one too
    /// A delimiter stands behind the last field of every record but the first, or of the first alone. The empty field
    /// that it opens is left out here.
    bool trailingDelimiter = false;
    Records records; ///< blank ones left out

    [[nodiscard]] bool whole() const { return agreeing == records.size(); }
};

/// Of the first lines, 21 at most; a last one without its line end counts only where it is the first.
[[nodiscard]] SplitSample splitSample(std::string_view text, char delimiter, QuoteStyle quote);

/// Whether this is a number with either decimal mark.
[[nodiscard]] bool isAnyNumber(std::string_view text);

} // namespace countersign
