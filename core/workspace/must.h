// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace countersign {

/// The value of a Result, or its Error as an Exception: for programs that stop at the first failure.
template <class T>
T must(Result<T> result)
{
    if (!result)
        throw Exception(result.error());
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

} // namespace countersign
