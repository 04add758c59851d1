// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/blockparser.h"

#include <cstddef>
#include <cstdint>

namespace countersign {

/// A block of a log of several files, its columns in the order of the log.
struct LogBlock
{
    std::size_t file = 0;
    std::uint64_t bytes = 0;  ///< of its text, a line feed added at the end of the file included
    std::uint64_t digest = 0; ///< of the text; 0 where it was not asked for
    BlockResult result;
};

} // namespace countersign
