// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/codevector.h"

#include "core/monitoring/pagememory.h"
#include "core/monitoring/textdigest.h"

#include <algorithm>

namespace countersign {

Codes keptCodes(const CodeVector &codes, ColumnMemory &memory)
{
    return codes.wide().empty() ? Codes(memory.copyOf(codes.narrow())) : Codes(memory.copyOf(codes.wide()));
}

Codes replacedCodes(const Codes &codes, std::span<const std::uint32_t> onto, ColumnMemory &memory)
{
    const bool narrow = std::all_of(onto.begin(), onto.end(), [](std::uint32_t c) { return c < Codes::narrowMissing; });
    if (codes.wide().empty() && narrow) {
        for (std::uint8_t &code : codes.narrow())
            code = code == Codes::narrowMissing ? code : static_cast<std::uint8_t>(onto[code]);
        return codes;
    }
    const std::span<std::uint32_t> wide =
        codes.wide().empty() ? memory.array<std::uint32_t>(codes.size()) : codes.wide();
    for (std::size_t i = 0; i < wide.size(); ++i)
        wide[i] = codes[i] == missingCode ? missingCode : onto[codes[i]];
    return Codes(wide);
}

std::span<std::uint64_t> digestsOfCells(const Codes &codes, std::span<const std::uint64_t> digests,
                                        ColumnMemory &memory)
{
    const auto cells = memory.array<std::uint64_t>(codes.size());
    codes.forEach([&, cell = cells.begin()](std::uint32_t code) mutable {
        *cell++ = code == missingCode ? missingDigest : digests[code];
    });
    return cells;
}

} // namespace countersign
