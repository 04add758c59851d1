// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/id.h"

#include <cstdint>
#include <sodium.h>
#include <string>

namespace countersign {

namespace {

constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32: no i, l, o, u
constexpr int idLength = 26;

} // namespace

std::string RandomIdSource::next()
{
    std::string id(idLength, '0');
    for (char &c : id)
        c = alphabet[randombytes_uniform(32)];
    return id;
}

std::string SequentialIdSource::next()
{
    std::string id(idLength, '0');
    std::uint64_t number = (std::uint64_t{m_seed} << 32) + ++m_count;
    for (auto c = id.rbegin(); c != id.rend() && number != 0; ++c, number >>= 5)
        *c = alphabet[number & 31];
    return id;
}

} // namespace countersign
