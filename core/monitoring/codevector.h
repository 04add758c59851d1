// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

class ColumnMemory;

inline constexpr std::uint32_t missingCode = 0xFFFFFFFF;

/// Category codes that lie elsewhere, a byte each as long as they fit one.
class Codes
{
public:
    static constexpr std::uint8_t narrowMissing = 0xFF;
    [[nodiscard]] static constexpr std::uint32_t widened(std::uint8_t narrow)
    {
        return narrow == narrowMissing ? missingCode : narrow;
    }

    class Iterator
    {
    public:
        Iterator(const Codes &codes, std::size_t at)
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
        const Codes *m_codes;
        std::size_t m_at;
    };

    /// As narrow() and wide() give them.
    Codes() = default;
    explicit Codes(std::span<std::uint8_t> narrow)
        : m_narrow(narrow)
    {
    }
    explicit Codes(std::span<std::uint32_t> wide)
        : m_wide(wide)
    {
    }

    /// A byte each, 0xFF where missing; empty where the codes are held in wide().
    [[nodiscard]] std::span<std::uint8_t> narrow() const { return m_narrow; }
    [[nodiscard]] std::span<std::uint32_t> wide() const { return m_wide; }

    [[nodiscard]] std::size_t size() const { return m_wide.empty() ? m_narrow.size() : m_wide.size(); }
    [[nodiscard]] std::uint32_t operator[](std::size_t i) const
    {
        return m_wide.empty() ? widened(m_narrow[i]) : m_wide[i];
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
            f(widened(code));
    }

private:
    std::span<std::uint8_t> m_narrow; ///< one of the two is empty
    std::span<std::uint32_t> m_wide;
};

/// Grows, from a byte for each code to four when it must.
class CodeVector
{
public:
    void push_back(std::uint32_t code)
    {
        if (m_wide.empty() && (code < Codes::narrowMissing || code == missingCode))
            m_narrow.push_back(static_cast<std::uint8_t>(code)); // missingCode becomes narrowMissing
        else
            pushWide(code);
    }
    void clear()
    {
        m_narrow.clear();
        m_wide.clear();
    }
    /// Not empty.
    [[nodiscard]] std::uint32_t back() const
    {
        return m_wide.empty() ? Codes::widened(m_narrow.back()) : m_wide.back();
    }

    [[nodiscard]] std::span<const std::uint8_t> narrow() const { return m_narrow; }
    [[nodiscard]] std::span<const std::uint32_t> wide() const { return m_wide; }

private:
    void pushWide(std::uint32_t code)
    {
        if (m_wide.empty()) {
            for (const std::uint8_t narrow : m_narrow)
                m_wide.push_back(Codes::widened(narrow));
            m_narrow.clear();
        }
        m_wide.push_back(code);
    }

    std::vector<std::uint8_t> m_narrow; ///< one of the two is empty
    std::vector<std::uint32_t> m_wide;
};

/// Copies of them in `memory`.
[[nodiscard]] Codes keptCodes(const CodeVector &codes, ColumnMemory &memory);
/// Every code but missingCode becomes its entry of `onto`, in place; in `memory` where they need more room.
[[nodiscard]] Codes replacedCodes(const Codes &codes, std::span<const std::uint32_t> onto, ColumnMemory &memory);
/// The digest of each cell, from those of the texts by code; missingDigest (textdigest.h) where missing.
[[nodiscard]] std::span<std::uint64_t> digestsOfCells(const Codes &codes, std::span<const std::uint64_t> digests,
                                                      ColumnMemory &memory);

} // namespace countersign
