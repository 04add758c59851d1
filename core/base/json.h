// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values to JSON and back by description (Boost.Describe): a struct that says BOOST_DESCRIBE_STRUCT(T, (), (members))
// and an enum that says BOOST_DESCRIBE_ENUM need no other code. Doubles become decimal strings and times RFC 3339
// text, so that what is signed holds no floats. Reading is strict about types and says where ("model.owner: expected
// text"); a missing member keeps its default and an unknown one is ignored, so that files of other versions load.
#pragma once

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/base/time.h"

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace countersign {

namespace json = boost::json;

namespace detail {

template <class T>
struct IsVector : std::false_type
{
};
template <class T>
struct IsVector<std::vector<T>> : std::true_type
{
};
template <class T>
struct IsSet : std::false_type
{
};
template <class T>
struct IsSet<std::set<T>> : std::true_type
{
};
template <class T>
struct IsOptional : std::false_type
{
};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type
{
};
template <class T>
struct IsStringMap : std::false_type
{
};
template <class K, class T>
struct IsStringMap<std::map<K, T>> : std::true_type
{
};
template <class T>
struct IsId : std::false_type
{
};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type
{
};

[[noreturn]] inline void mismatch(const std::string &path, const char *expected)
{
    throw Exception(ErrorCode::InvalidInput, (path.empty() ? "The value" : path) + ": expected " + expected + ".");
}

inline std::string_view text(const json::value &value, const std::string &path)
{
    if (!value.is_string())
        mismatch(path, "text");
    return value.get_string();
}

template <class E>
using Enumerators = boost::describe::describe_enumerators<E>;
template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

} // namespace detail

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

/// The name of an enumerator, as written in JSON and on the command line.
template <class E>
    requires std::is_enum_v<E>
[[nodiscard]] std::string enumName(E value)
{
    std::string name;
    boost::mp11::mp_for_each<detail::Enumerators<E>>([&](auto enumerator) {
        if (enumerator.value == value)
            name = enumerator.name;
    });
    return name;
}

template <class E>
    requires std::is_enum_v<E>
[[nodiscard]] std::optional<E> enumFromName(std::string_view name)
{
    std::optional<E> found;
    boost::mp11::mp_for_each<detail::Enumerators<E>>([&](auto enumerator) {
        if (name == enumerator.name)
            found = enumerator.value;
    });
    return found;
}

/// Every enumerator in order, for combo boxes and tables of rules.
template <class E>
    requires std::is_enum_v<E>
[[nodiscard]] std::vector<E> enumValues()
{
    std::vector<E> values;
    boost::mp11::mp_for_each<detail::Enumerators<E>>([&](auto enumerator) { values.push_back(enumerator.value); });
    return values;
}

template <class T>
[[nodiscard]] json::value toJson(const T &value)
{
    if constexpr (std::is_same_v<T, bool>) {
        return value;
    } else if constexpr (std::is_enum_v<T>) {
        return json::value(enumName(value));
    } else if constexpr (std::integral<T>) {
        return json::value(static_cast<std::int64_t>(value));
    } else if constexpr (std::floating_point<T>) {
        return json::value(decimalFromDouble(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return json::value(value);
    } else if constexpr (std::is_same_v<T, UtcTime> || std::is_same_v<T, Date>) {
        return json::value(toString(value));
    } else if constexpr (std::is_same_v<T, Hash256>) {
        return json::value(value.hex());
    } else if constexpr (detail::IsId<T>::value) {
        return json::value(value.str());
    } else if constexpr (detail::IsOptional<T>::value) {
        return value ? toJson(*value) : json::value(nullptr);
    } else if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        json::array array;
        for (const auto &item : value)
            array.push_back(toJson<typename T::value_type>(item));
        return array;
    } else if constexpr (detail::IsStringMap<T>::value) {
        json::object object;
        for (const auto &[key, item] : value)
            object[toJson(key).get_string()] = toJson(item);
        return object;
    } else {
        static_assert(Described<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
        json::object object;
        boost::mp11::mp_for_each<detail::Members<T>>(
            [&](auto member) { object[member.name] = toJson(value.*member.pointer); });
        return object;
    }
}

/// Throws Exception(InvalidInput) that names the place: `path` grows as "policy.tiers[2].label".
template <class T>
void readJson(const json::value &from, T &into, const std::string &path = {})
{
    if constexpr (std::is_same_v<T, bool>) {
        if (!from.is_bool())
            detail::mismatch(path, "true or false");
        into = from.get_bool();
    } else if constexpr (std::is_enum_v<T>) {
        const auto found = enumFromName<T>(detail::text(from, path));
        if (!found)
            throw Exception(ErrorCode::InvalidInput, path + ": \"" + std::string(detail::text(from, path)) +
                                                         "\" is not one of the known words.");
        into = *found;
    } else if constexpr (std::integral<T>) {
        boost::system::error_code code;
        const auto number = from.to_number<T>(code);
        if (code.failed())
            detail::mismatch(path, "a whole number");
        into = number;
    } else if constexpr (std::floating_point<T>) {
        const auto number = doubleFromDecimal(detail::text(from, path));
        if (!number)
            detail::mismatch(path, "a decimal number written as text");
        into = static_cast<T>(*number);
    } else if constexpr (std::is_same_v<T, std::string>) {
        into = std::string(detail::text(from, path));
    } else if constexpr (std::is_same_v<T, UtcTime>) {
        const auto time = parseUtcTime(detail::text(from, path));
        if (!time)
            detail::mismatch(path, "a UTC time like 2026-11-24T10:52:03.120Z");
        into = *time;
    } else if constexpr (std::is_same_v<T, Date>) {
        const auto date = parseDate(detail::text(from, path));
        if (!date)
            detail::mismatch(path, "a date like 2026-11-24");
        into = *date;
    } else if constexpr (std::is_same_v<T, Hash256>) {
        const auto hash = Hash256::fromHex(detail::text(from, path));
        if (!hash)
            detail::mismatch(path, "64 hexadecimal digits");
        into = *hash;
    } else if constexpr (detail::IsId<T>::value) {
        into = T(std::string(detail::text(from, path)));
    } else if constexpr (detail::IsOptional<T>::value) {
        if (from.is_null()) {
            into.reset();
        } else {
            into.emplace();
            readJson(from, *into, path);
        }
    } else if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        if (!from.is_array())
            detail::mismatch(path, "a list");
        into.clear();
        std::size_t index = 0;
        for (const auto &item : from.get_array()) {
            typename T::value_type element{};
            readJson(item, element, path + "[" + std::to_string(index++) + "]");
            into.insert(into.end(), std::move(element));
        }
    } else if constexpr (detail::IsStringMap<T>::value) {
        if (!from.is_object())
            detail::mismatch(path, "an object");
        into.clear();
        for (const auto &item : from.get_object()) {
            const std::string key(item.key());
            typename T::key_type typedKey{};
            readJson(json::value(key), typedKey, path + "." + key);
            readJson(item.value(), into[typedKey], path.empty() ? key : path + "." + key);
        }
    } else {
        static_assert(Described<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
        if (!from.is_object())
            detail::mismatch(path, "an object");
        boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) {
            if (const auto *found = from.get_object().if_contains(member.name))
                readJson(*found, into.*member.pointer, path.empty() ? member.name : path + "." + member.name);
        });
    }
}

template <class T>
[[nodiscard]] T fromJson(const json::value &from, const std::string &path = {})
{
    T value{};
    readJson(from, value, path);
    return value;
}

/// Calls f(name, pointer-to-member) for each described member.
template <Described T, class F>
void forEachMember(F &&f)
{
    boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) { f(member.name, member.pointer); });
}

} // namespace countersign
