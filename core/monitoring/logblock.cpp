// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logblock.h"

#include <xxhash.h>

namespace countersign {

std::uint64_t textDigest(std::string_view text)
{
    return XXH3_64bits(text.data(), text.size());
}

} // namespace countersign
