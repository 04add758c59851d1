// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace countersign::cli {

[[nodiscard]] bool terminalIsThere();
/// Asks at the terminal, whatever standard input is; what is typed is not shown. Throws Io.
[[nodiscard]] std::string askWithoutEcho(const std::string &prompt);

} // namespace countersign::cli
