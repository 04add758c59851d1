// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may stand in a text of the register, and when two names are the same.
#pragma once

#include "core/domain/differences.h"

namespace countersign {

inline constexpr std::size_t maximumName = 200;   ///< characters of a name, reference, label or title
inline constexpr std::size_t maximumText = 20000; ///< characters of any other text

/// Without white space at the ends, runs of it as one blank, ASCII letters lower: what is compared when two spellings
/// could mean the same person or model.
[[nodiscard]] std::string foldedName(std::string_view name);
/// Never true for empty names: a model without a developer has no developer in common with anyone.
[[nodiscard]] bool sameName(std::string_view left, std::string_view right);
[[nodiscard]] bool isBlank(std::string_view text);

/// Throws InvalidInput unless `text` is UTF-8, of bearable length, and free of control characters (line breaks and tabs
/// are allowed except in names). Names carry no white space at their ends and no direction overrides.
void checkText(std::string_view member, std::string_view text, const std::string &where);
/// Why a section of an outline says nothing: it is blank, or not applicable without "because" and a reason. Or nothing.
[[nodiscard]] std::optional<std::string> whySectionEmpty(std::string_view text);
/// Throws InvalidInput when `text` is blank.
void checkPresent(std::string_view text, const std::string &what);

/// checkText for every text in a described record, also in its lists; what a signature covers is left out, its titles
/// are put together from names.
template <class T>
void checkTexts(const T &value, const std::string &where, std::string_view member = {})
{
    if constexpr (std::is_same_v<T, std::string>) {
        checkText(member, value, where + ", " + fieldInWords(member));
    } else if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        for (const auto &item : value)
            checkTexts(item, where, member);
    } else if constexpr (Described<T>) {
        forEachMember<T>([&](std::string_view name, auto pointer) {
            if (name != "covered")
                checkTexts(value.*pointer, where, name);
        });
    }
}

} // namespace countersign
