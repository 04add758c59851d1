// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace countersign {

/// 0 becomes the number of processors, at most 8.
[[nodiscard]] unsigned threadCount(unsigned wanted);

/// Calls work(worker) once on each of `threads` threads, the calling one among them, and waits for all. If any throws,
/// rethrows the exception of the lowest worker.
void runWorkers(unsigned threads, const std::function<void(unsigned worker)> &work);

/// Calls work(index) for every index below count, shared out over the threads. If any throws, no further index is
/// begun and the exception of the lowest index is rethrown.
void parallelFor(std::size_t count, unsigned threads, const std::function<void(std::size_t index)> &work);

} // namespace countersign
