// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logdialect.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

namespace countersign {

/// One of the files that a log was read from.
struct LogSource
{
    std::string name;       ///< without folder
    std::string sha256;     ///< of its bytes as they lie on disk
    std::uint64_t rows = 0; ///< of the whole file
    LogDialect dialect;     ///< as it was read; no part is left open
};
BOOST_DESCRIBE_STRUCT(LogSource, (), (name, sha256, rows, dialect))

} // namespace countersign
