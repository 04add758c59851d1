// SPDX-License-Identifier: GPL-3.0-or-later
//
// Memory for whole columns, in huge pages where the system has them: touching ordinary pages one by one costs as much
// time as sorting the numbers in them.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

namespace countersign {

struct FreePages
{
    void operator()(void *pages) const { std::free(pages); }
};
using Pages = std::unique_ptr<void, FreePages>;

/// At least `bytes`, not set to zero. Throws std::bad_alloc.
[[nodiscard]] Pages allocatePages(std::size_t bytes);

/// Hands out pieces of large blocks; all are freed together. One thread at a time.
class ColumnMemory
{
public:
    /// Room for `count` values, not set to zero.
    [[nodiscard]] std::span<double> numbers(std::size_t count);

private:
    std::vector<Pages> m_blocks;
    double *m_next = nullptr;
    std::size_t m_left = 0;
};

} // namespace countersign
