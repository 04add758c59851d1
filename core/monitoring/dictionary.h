// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// Numbers distinct texts 0, 1, 2 ... in the order they come.
class Dictionary
{
public:
    [[nodiscard]] std::uint32_t codeOf(std::string_view text);
    [[nodiscard]] const std::vector<std::string> &texts() const { return m_texts; }
    /// More texts than that, or longer ones than so many of 256 bytes each.
    [[nodiscard]] bool exceeds(std::size_t texts) const;
    /// cellDigest() of each text, by its number.
    [[nodiscard]] std::vector<std::uint64_t> digests() const;

private:
    void grow();

    std::vector<std::string> m_texts;
    std::uint64_t m_bytes = 0;           ///< of the texts
    std::vector<std::uint64_t> m_hashes; ///< beside m_texts
    std::vector<std::uint32_t> m_slots;  ///< code + 1, 0 for free; a power of two
};

} // namespace countersign
