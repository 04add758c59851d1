// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>

namespace countersign::verify {

enum ExitCode { Valid = 0, Broken = 1, CouldNotRun = 2 };

/// The whole program but for its streams.
[[nodiscard]] ExitCode runProgram(int argc, const char *const *argv, std::ostream &out, std::ostream &err);

} // namespace countersign::verify
