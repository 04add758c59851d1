// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace countersign {

unsigned threadCount(unsigned wanted)
{
    return wanted != 0 ? wanted : std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
}

void runWorkers(unsigned threads, const std::function<void(unsigned)> &work)
{
    std::vector<std::exception_ptr> failures(threads);
    const auto guardedWork = [&](unsigned worker) {
        try {
            work(worker);
        } catch (...) {
            failures[worker] = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned worker = 1; worker < threads; ++worker)
            others.emplace_back(guardedWork, worker);
        guardedWork(0);
    }
    for (const auto &failure : failures) {
        if (failure)
            std::rethrow_exception(failure);
    }
}

void parallelFor(std::size_t count, unsigned threads, const std::function<void(std::size_t)> &work)
{
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    std::mutex mutex;
    std::size_t failedIndex = count;
    std::exception_ptr failure;
    const auto needed = static_cast<unsigned>(std::min<std::size_t>(threads, std::max<std::size_t>(count, 1)));
    runWorkers(needed, [&](unsigned) {
        while (!failed) {
            const std::size_t index = next++;
            if (index >= count)
                return;
            try {
                work(index);
            } catch (...) {
                failed = true;
                const std::lock_guard lock(mutex);
                if (index < failedIndex) {
                    failedIndex = index;
                    failure = std::current_exception();
                }
            }
        }
    });
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace countersign
