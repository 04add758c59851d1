// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/dictionary.h"

#include "core/monitoring/textdigest.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace countersign {

namespace {

std::uint64_t hashOf(std::string_view text)
{
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = text.size() * factor;
    const char *p = text.data();
    std::size_t left = text.size();
    while (left > 0) {
        std::uint64_t word = 0;
        const std::size_t step = left < sizeof word ? left : sizeof word;
        std::memcpy(&word, p, step);
        hash = (hash ^ word) * factor;
        hash ^= hash >> 29U;
        p += step;
        left -= step;
    }
    return hash;
}

} // namespace

std::uint32_t Dictionary::codeOf(std::string_view text)
{
    if (m_slots.size() < 2 * (m_texts.size() + 1))
        grow();
    const std::uint64_t hash = hashOf(text);
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot] != 0) {
        const std::uint32_t code = m_slots[slot] - 1;
        if (m_hashes[code] == hash && m_texts[code] == text)
            return code;
        slot = (slot + 1) & mask;
    }
    const auto code = static_cast<std::uint32_t>(m_texts.size());
    m_texts.emplace_back(text);
    m_bytes += text.size();
    m_hashes.push_back(hash);
    m_slots[slot] = code + 1;
    return code;
}

bool Dictionary::exceeds(std::size_t texts) const
{
    constexpr std::uint64_t bytesOfText = 256;
    return m_texts.size() > texts || m_bytes / bytesOfText > texts;
}

std::vector<std::uint64_t> Dictionary::digests() const
{
    std::vector<std::uint64_t> digests;
    std::ranges::transform(m_texts, std::back_inserter(digests), cellDigest);
    return digests;
}

void Dictionary::grow()
{
    m_slots.assign(m_slots.empty() ? 64 : 2 * m_slots.size(), 0);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t code = 0; code < m_hashes.size(); ++code) {
        std::size_t slot = m_hashes[code] & mask;
        while (m_slots[slot] != 0)
            slot = (slot + 1) & mask;
        m_slots[slot] = static_cast<std::uint32_t>(code + 1);
    }
}

} // namespace countersign
