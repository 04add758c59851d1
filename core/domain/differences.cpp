// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/differences.h"

namespace countersign {

std::string fieldInWords(std::string_view member)
{
    std::string words;
    for (const char c : member) {
        if (c >= 'A' && c <= 'Z') {
            words += ' ';
            words += static_cast<char>(c - 'A' + 'a');
        } else {
            words += c;
        }
    }
    return words;
}

} // namespace countersign
