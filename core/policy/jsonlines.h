// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace countersign {

/// Where the values of a JSON text stand: "tiers[1].level" -> line, from 1. The text must be JSON.
class JsonLines
{
public:
    explicit JsonLines(std::string_view text);
    /// The line of the value at `path`; of the nearest one around it where it is not there.
    [[nodiscard]] std::int64_t line(std::string path) const;

private:
    std::map<std::string, std::int64_t> m_lines;
};

} // namespace countersign
