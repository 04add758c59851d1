// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/pagememory.h"

#include <algorithm>
#include <new>
#include <sys/mman.h>

namespace countersign {

namespace {

constexpr std::size_t hugePage = std::size_t{2} << 20;
constexpr std::size_t blockNumbers = (std::size_t{8} << 20) / sizeof(double);

} // namespace

Pages allocatePages(std::size_t bytes)
{
    if (bytes < hugePage) {
        void *pages = std::malloc(std::max<std::size_t>(bytes, 1));
        if (pages == nullptr)
            throw std::bad_alloc();
        return Pages(pages);
    }
    const std::size_t rounded = (bytes + hugePage - 1) / hugePage * hugePage;
    void *pages = std::aligned_alloc(hugePage, rounded);
    if (pages == nullptr)
        throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    ::madvise(pages, rounded, MADV_HUGEPAGE); // a wish: without it all is as usual
#endif
    return Pages(pages);
}

std::span<double> ColumnMemory::numbers(std::size_t count)
{
    if (count > m_left) {
        m_left = std::max(count, blockNumbers);
        m_blocks.push_back(allocatePages(m_left * sizeof(double)));
        m_next = static_cast<double *>(m_blocks.back().get());
    }
    const std::span<double> piece(m_next, count);
    m_next += count;
    m_left -= count;
    return piece;
}

} // namespace countersign
