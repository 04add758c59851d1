// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/textdigest.h"

#include "core/monitoring/celltext.h"

#include <xxhash.h>

namespace countersign {

std::uint64_t textDigest(std::string_view text)
{
    return XXH3_64bits(text.data(), text.size());
}

std::uint64_t cellDigest(std::string_view text)
{
    const std::uint64_t digest = isValidUtf8(text) ? textDigest(text) : textDigest(utf8Of(text));
    return digest == missingDigest ? missingDigest + 1 : digest;
}

} // namespace countersign
