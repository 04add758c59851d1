// SPDX-License-Identifier: GPL-3.0-or-later
//
// The differences of two described records, in words for the timeline and for the page a signer sees.
#pragma once

#include "core/base/json.h"

namespace countersign {

struct FieldChange
{
    std::string field;
    std::string before;
    std::string after;
};
BOOST_DESCRIBE_STRUCT(FieldChange, (), (field, before, after))

/// "approvedUses" as "approved uses".
[[nodiscard]] std::string fieldInWords(std::string_view member);

/// A value as a reader sees it: dates ISO, enumerators by their display name, the items of a list joined by "; ".
template <class T>
[[nodiscard]] std::string valueInWords(const T &value)
{
    if constexpr (std::is_same_v<T, bool>) {
        return value ? "yes" : "no";
    } else if constexpr (std::is_enum_v<T>) {
        if constexpr (requires { displayName(value); })
            return displayName(value);
        else
            return enumName(value);
    } else if constexpr (std::integral<T>) {
        return std::to_string(value);
    } else if constexpr (std::floating_point<T>) {
        return decimalFromDouble(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return value;
    } else if constexpr (std::is_same_v<T, UtcTime> || std::is_same_v<T, Date>) {
        return toString(value);
    } else if constexpr (std::is_same_v<T, Hash256>) {
        return value.hex();
    } else if constexpr (detail::IsId<T>::value) {
        return value.str();
    } else if constexpr (detail::IsOptional<T>::value) {
        return value ? valueInWords(*value) : std::string();
    } else if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        std::string joined;
        for (const auto &item : value)
            joined += (joined.empty() ? "" : "; ") + valueInWords(item);
        return joined;
    } else {
        static_assert(Described<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
        std::string joined;
        forEachMember<T>(
            [&](const char *, auto member) { joined += (joined.empty() ? "" : " ") + valueInWords(value.*member); });
        return joined;
    }
}

/// Field by field what changed. Ids and the register's own bookkeeping (revision, entry, authors) are left out.
template <Described T>
[[nodiscard]] std::vector<FieldChange> differences(const T &before, const T &after)
{
    std::vector<FieldChange> changes;
    forEachMember<T>([&](std::string_view name, auto member) {
        using Value = std::remove_cvref_t<decltype(before.*member)>;
        if constexpr (!detail::IsId<Value>::value) {
            if (name == "revision" || name == "entry" || name == "authors" ||
                toJson(before.*member) == toJson(after.*member))
                return;
            changes.push_back({fieldInWords(name), valueInWords(before.*member), valueInWords(after.*member)});
        }
    });
    return changes;
}

} // namespace countersign
