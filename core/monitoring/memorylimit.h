// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace countersign {

/// RunOptions::memoryBytes where nothing else is asked for.
inline constexpr std::uint64_t usualCellMemory = std::uint64_t{256} << 20;

} // namespace countersign
