// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

inline constexpr std::uint32_t missingCode = 0xFFFFFFFF;

/// Category codes, a byte each as long as they fit one.
class CodeVector
{
public:
    class Iterator
    {
    public:
        Iterator(const CodeVector &codes, std::size_t at)
            : m_codes(&codes)
            , m_at(at)
        {
        }
        std::uint32_t operator*() const { return (*m_codes)[m_at]; }
        Iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        bool operator==(const Iterator &other) const { return m_at == other.m_at; }

    private:
        const CodeVector *m_codes;
        std::size_t m_at;
    };

    /// Codes as narrow() and wide() give them.
    CodeVector() = default;
    explicit CodeVector(std::span<const std::uint8_t> narrow)
        : m_narrow(narrow.begin(), narrow.end())
    {
    }
    explicit CodeVector(std::span<const std::uint32_t> wide)
        : m_wide(wide.begin(), wide.end())
    {
    }

    /// A byte each, 0xFF where missing; empty where the codes are held in wide().
    [[nodiscard]] std::span<const std::uint8_t> narrow() const { return m_narrow; }
    [[nodiscard]] std::span<const std::uint32_t> wide() const { return m_wide; }

    void reserve(std::size_t size) { m_wide.empty() ? m_narrow.reserve(size) : m_wide.reserve(size); }
    void push_back(std::uint32_t code)
    {
        if (m_wide.empty() && (code < narrowMissing || code == missingCode))
            m_narrow.push_back(static_cast<std::uint8_t>(code)); // missingCode becomes narrowMissing
        else
            pushWide(code);
    }
    /// Replaces every code but missingCode by its entry of `codes`.
    void replace(std::span<const std::uint32_t> codes)
    {
        CodeVector replaced;
        replaced.reserve(size());
        for (const std::uint32_t code : *this)
            replaced.push_back(code == missingCode ? code : codes[code]);
        *this = std::move(replaced);
    }

    [[nodiscard]] std::size_t size() const { return m_wide.empty() ? m_narrow.size() : m_wide.size(); }
    [[nodiscard]] std::uint32_t operator[](std::size_t i) const
    {
        if (!m_wide.empty())
            return m_wide[i];
        return m_narrow[i] == narrowMissing ? missingCode : m_narrow[i];
    }
    [[nodiscard]] Iterator begin() const { return {*this, 0}; }
    [[nodiscard]] Iterator end() const { return {*this, size()}; }

    /// Calls f(code) for every code in order; for loops in which every step counts.
    template <class F>
    void forEach(F f) const
    {
        for (const std::uint32_t code : m_wide)
            f(code);
        for (const std::uint8_t code : m_narrow)
            f(code == narrowMissing ? missingCode : code);
    }

private:
    static constexpr std::uint8_t narrowMissing = 0xFF;

    void pushWide(std::uint32_t code)
    {
        if (m_wide.empty()) {
            m_wide.reserve(m_narrow.capacity());
            for (const std::uint8_t narrow : m_narrow)
                m_wide.push_back(narrow == narrowMissing ? missingCode : narrow);
            m_narrow = {};
        }
        m_wide.push_back(code);
    }

    std::vector<std::uint8_t> m_narrow; ///< one of the two is empty
    std::vector<std::uint32_t> m_wide;
};

} // namespace countersign
