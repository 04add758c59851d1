// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pages.h"

#include <algorithm>
#include <sys/mman.h>

namespace countersign {

Pages allocatePages(std::size_t bytes)
{
    constexpr std::size_t hugePage = std::size_t{2} << 20;
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

} // namespace countersign
