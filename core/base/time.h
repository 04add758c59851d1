// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign {

/// A moment in UTC, to the millisecond.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;
/// A calendar day, no zone.
using Date = std::chrono::sys_days;

/// "2026-11-24T10:52:03.120Z" (RFC 3339, always UTC, always three decimals).
[[nodiscard]] std::string toString(UtcTime time);
/// The reverse of toString; nothing for any other form.
[[nodiscard]] std::optional<UtcTime> parseUtcTime(std::string_view text);
/// "2026-11-24" (ISO 8601).
[[nodiscard]] std::string toString(Date date);
[[nodiscard]] std::optional<Date> parseDate(std::string_view text);
[[nodiscard]] Date dateOf(UtcTime time);
/// The same day of a later month, or the last of that month where it has no such day.
[[nodiscard]] Date monthsAfter(Date day, std::int64_t months);

/// The Monday of an ISO 8601 week, of which the first holds 4 January; nothing where the year has no such week.
[[nodiscard]] std::optional<Date> mondayOfIsoWeek(int year, int week);

/// The time of the machine; tests hand in a fixed one.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual UtcTime now() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] UtcTime now() const override;
};

/// Stands still until told to move on.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(UtcTime start)
        : m_now(start)
    {
    }
    [[nodiscard]] UtcTime now() const override { return m_now; }
    void set(UtcTime time) { m_now = time; }
    void advance(std::chrono::milliseconds by) { m_now += by; }

private:
    UtcTime m_now;
};

} // namespace countersign
