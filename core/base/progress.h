// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace countersign {

/// Copies share one flag. Long calls look at it at least every 50 ms and throw Exception(Cancelled).
class CancelToken
{
public:
    CancelToken()
        : m_flag(std::make_shared<std::atomic<bool>>(false))
    {
    }
    void cancel() const noexcept { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool cancelled() const noexcept { return m_flag->load(std::memory_order_relaxed); }
    void throwIfCancelled() const
    {
        if (cancelled())
            throw Exception(ErrorCode::Cancelled, "The work was cancelled; nothing was changed.");
    }

private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

/// done of total units; total 0 means unknown. Called on the working thread.
using Progress = std::function<void(std::string_view step, std::uint64_t done, std::uint64_t total)>;

inline void report(const Progress &progress, std::string_view step, std::uint64_t done, std::uint64_t total)
{
    if (progress)
        progress(step, done, total);
}

} // namespace countersign
