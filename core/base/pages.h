// SPDX-License-Identifier: GPL-3.0-or-later
//
// Memory for many values, in huge pages where the system has them: touching ordinary pages one by one costs as much
// time as sorting the numbers in them.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace countersign {

struct FreePages
{
    void operator()(void *pages) const { std::free(pages); }
};
using Pages = std::unique_ptr<void, FreePages>;

/// At least `bytes`, not set to zero. Throws std::bad_alloc.
[[nodiscard]] Pages allocatePages(std::size_t bytes);

template <class T>
struct PageAllocator
{
    using value_type = T;

    PageAllocator() = default;
    template <class U>
    PageAllocator(const PageAllocator<U> &) // NOLINT(google-explicit-constructor): as allocators are to be
    {
    }

    [[nodiscard]] T *allocate(std::size_t count)
    {
        return static_cast<T *>(allocatePages(count * sizeof(T)).release());
    }
    void deallocate(T *values, std::size_t) { FreePages()(values); }

    template <class U>
    void construct(U *value)
    {
        ::new (static_cast<void *>(value)) U;
    }
    template <class U, class... Arguments>
    void construct(U *value, Arguments &&...arguments)
    {
        ::new (static_cast<void *>(value)) U(std::forward<Arguments>(arguments)...);
    }

    friend bool operator==(PageAllocator, PageAllocator) { return true; }
};

/// Numbers that it is made of or resized to are not set.
template <class T>
using PageVector = std::vector<T, PageAllocator<T>>;

} // namespace countersign
