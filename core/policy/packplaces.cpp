// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/packplaces.h"

#include "core/policy/controls.h"
#include "core/policy/excuses.h"
#include "core/policy/policypack.h"

#include <array>
#include <span>

namespace countersign {

namespace {

/// A member or key, or one item of a list.
struct PlaceStep
{
    std::string name;
    bool item = false;
};

std::vector<PlaceStep> stepsOf(std::string_view path)
{
    std::vector<PlaceStep> steps;
    while (!path.empty()) {
        if (path.front() == '[') {
            const auto end = std::min(path.find(']'), path.size());
            steps.push_back({{}, true});
            path.remove_prefix(std::min(end + 1, path.size()));
        } else {
            if (path.front() == '.')
                path.remove_prefix(1);
            const auto end = std::min(path.find_first_of(".["), path.size());
            steps.push_back({std::string(path.substr(0, end)), false});
            path.remove_prefix(end);
        }
    }
    return steps;
}

template <class T>
PackPlace placeOf()
{
    PackPlace place;
    if constexpr (detail::IsOptional<T>::value) {
        place = placeOf<typename T::value_type>();
        place.optional = true;
    } else if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        place.kind = PlaceKind::list;
        place.freshItem = toJson(typename T::value_type{});
    } else if constexpr (detail::IsStringMap<T>::value) {
        place.kind = PlaceKind::map;
        if constexpr (std::is_enum_v<typename T::key_type>)
            place.words = placeOf<typename T::key_type>().words;
        place.freshItem = toJson(typename T::mapped_type{});
    } else if constexpr (std::is_enum_v<T>) {
        place.kind = PlaceKind::word;
        for (const auto value : enumValues<T>())
            place.words.push_back(enumName(value));
    } else if constexpr (std::is_same_v<T, Date>) {
        place.kind = PlaceKind::day;
    } else if constexpr (Described<T>) {
        place.kind = PlaceKind::record;
    } else if constexpr (std::is_same_v<T, bool>) {
        place.kind = PlaceKind::yesNo;
    } else if constexpr (std::is_integral_v<T>) {
        place.kind = PlaceKind::whole;
    } else if constexpr (std::is_floating_point_v<T>) {
        place.kind = PlaceKind::decimal;
    }
    return place;
}

template <class T>
std::optional<PackPlace> placeAt(std::span<const PlaceStep> steps)
{
    if (steps.empty())
        return placeOf<T>();
    const auto &step = steps.front();
    const auto rest = steps.subspan(1);
    if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        if (step.item)
            return placeAt<typename T::value_type>(rest);
    } else if constexpr (detail::IsStringMap<T>::value) {
        if (!step.item)
            return placeAt<typename T::mapped_type>(rest);
    } else if constexpr (Described<T>) {
        std::optional<PackPlace> found;
        if (!step.item)
            forEachMember<T>([&](std::string_view name, auto member) {
                if (name == step.name)
                    found = placeAt<std::remove_cvref_t<decltype(std::declval<T>().*member)>>(rest);
            });
        return found;
    }
    return std::nullopt;
}

template <class E>
std::vector<std::string> namesOfAll()
{
    return placeOf<E>().words;
}

std::vector<std::string> inventoryFields()
{
    std::vector<std::string> names;
    forEachMember<Model>([&](std::string_view name, auto) {
        if (name != "id" && name != "revision" && name != "entry")
            names.emplace_back(name);
    });
    return names;
}

/// Texts that name something the product knows, and where: "*" is any key.
struct KnownWords
{
    std::string_view pattern;
    std::vector<std::string> (*words)();
};

constexpr std::array<KnownWords, 10> knownWords{{
    {"permissions", factNames},
    {"meanings", namesOfAll<Decision>},
    {"toleratedFailures", namesOfAll<Decision>},
    {"toleratedFailures.*[]", checkIds},
    {"controls[].check", controlCheckIds},
    {"excusableChecks[]", excusableCheckIds},
    {"lifecycle[].entry[].check", checkIds},
    {"stages[].entry[].check", checkIds},
    {"tiers[].requiredDocuments[]", namesOfAll<DocumentKind>},
    {"fields[].field", inventoryFields},
}};

bool fits(std::span<const PlaceStep> steps, std::string_view pattern)
{
    const auto wanted = stepsOf(pattern);
    return std::equal(
        steps.begin(), steps.end(), wanted.begin(), wanted.end(),
        [](const PlaceStep &a, const PlaceStep &b) { return a.item == b.item && (b.name == "*" || a.name == b.name); });
}

} // namespace

std::optional<PackPlace> packPlace(std::string_view path)
{
    const auto steps = stepsOf(path);
    auto place = placeAt<PolicyPack>(steps);
    if (place)
        for (const auto &known : knownWords)
            if (fits(steps, known.pattern))
                place->words = known.words();
    return place;
}

} // namespace countersign
