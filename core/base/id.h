// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace countersign {

/// A typed identifier: ids of different kinds do not compare or convert. The default is "none".
template <class Tag>
class Id
{
public:
    Id() = default;
    explicit Id(std::string value)
        : m_value(std::move(value))
    {
    }

    [[nodiscard]] bool valid() const noexcept { return !m_value.empty(); }
    [[nodiscard]] const std::string &str() const noexcept { return m_value; }
    friend auto operator<=>(const Id &, const Id &) = default;
    friend bool operator==(const Id &, const Id &) = default;

private:
    std::string m_value;
};

/// Where new ids come from: the operating system's random source in the product, a counter in tests.
class IdSource
{
public:
    virtual ~IdSource() = default;
    /// 26 lower-case base-32 characters (130 bits; unique without coordination).
    [[nodiscard]] virtual std::string next() = 0;
};

class RandomIdSource final : public IdSource
{
public:
    [[nodiscard]] std::string next() override;
};

/// Ids in a fixed order from a seed, for tests and for the demo.
class SequentialIdSource final : public IdSource
{
public:
    explicit SequentialIdSource(unsigned seed = 1)
        : m_seed(seed)
    {
    }
    [[nodiscard]] std::string next() override;

private:
    unsigned m_seed;
    unsigned m_count = 0;
};

} // namespace countersign

template <class Tag>
struct std::hash<countersign::Id<Tag>>
{
    std::size_t operator()(const countersign::Id<Tag> &id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
