// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/monitoring/logdialect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign::cli {

/// How a scoring log is written, where the guess is not wanted.
class LogOptions
{
public:
    void configure(CLI::App &app);
    /// Throws UsageError, and Exception(InvalidInput) as checkDialect() does.
    [[nodiscard]] LogDialect dialect() const;

private:
    std::string m_delimiter;
    std::string m_quote;
    std::string m_decimal;
    std::string m_dateFormat;
    std::string m_encoding;
    std::string m_header;
    std::vector<std::string> m_missing;
    std::optional<std::uint64_t> m_skipLines;
};

} // namespace countersign::cli
