// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/packdifferences.h"

#include <algorithm>

namespace countersign {

namespace {

/// A value on one line.
std::string inWords(const json::value &value)
{
    if (value.is_null())
        return {};
    if (value.is_string())
        return std::string(value.get_string());
    if (value.is_bool())
        return value.get_bool() ? "yes" : "no";
    std::string joined;
    if (value.is_array()) {
        for (const auto &item : value.get_array())
            joined += (joined.empty() ? "" : "; ") + inWords(item);
        return joined;
    }
    if (!value.is_object())
        return json::serialize(value);
    for (const auto &member : value.get_object())
        if (const auto text = inWords(member.value()); !text.empty())
            joined += (joined.empty() ? "" : ", ") + fieldInWords(member.key()) + ": " + text;
    return joined;
}

/// What tells one item of a list from the others.
std::string keyOf(const json::value &item)
{
    if (!item.is_object())
        return inWords(item);
    for (const std::string_view name : {"id", "level", "stage", "field", "factor", "check", "label"})
        if (const auto *found = item.get_object().if_contains(name))
            return inWords(*found);
    return inWords(item);
}

class Comparison
{
public:
    void compare(const std::string &place, const json::value &before, const json::value &after)
    {
        if (before == after)
            return;
        if (before.is_object() && after.is_object())
            objects(place, before.get_object(), after.get_object());
        else if (before.is_array() && after.is_array() && (holdsRecords(before) || holdsRecords(after)))
            lists(place, before.get_array(), after.get_array());
        else if (!sameItems(before, after))
            m_changes.push_back({place, inWords(before), inWords(after)});
    }

    [[nodiscard]] std::vector<FieldChange> changes() && { return std::move(m_changes); }

private:
    static bool holdsRecords(const json::value &list)
    {
        return !list.get_array().empty() && list.get_array().front().is_object();
    }

    /// Lists of words say the same in any order.
    static bool sameItems(const json::value &before, const json::value &after)
    {
        if (!before.is_array() || !after.is_array())
            return false;
        std::multiset<std::string> a;
        std::multiset<std::string> b;
        for (const auto &item : before.get_array())
            a.insert(inWords(item));
        for (const auto &item : after.get_array())
            b.insert(inWords(item));
        return a == b;
    }

    static std::string inside(const std::string &place, const std::string &name)
    {
        return place.empty() ? name : place + ": " + name;
    }

    void objects(const std::string &place, const json::object &before, const json::object &after)
    {
        const json::value none;
        for (const auto &member : before) {
            const auto *now = after.if_contains(member.key());
            compare(inside(place, fieldInWords(member.key())), member.value(), now ? *now : none);
        }
        for (const auto &member : after)
            if (!before.contains(member.key()))
                compare(inside(place, fieldInWords(member.key())), none, member.value());
    }

    void lists(const std::string &place, const json::array &before, const json::array &after)
    {
        std::vector<bool> met(after.size(), false);
        for (const auto &item : before) {
            const auto key = keyOf(item);
            std::size_t at = 0;
            while (at < after.size() && (met[at] || keyOf(after[at]) != key))
                ++at;
            if (at == after.size()) {
                m_changes.push_back({inside(place, key), inWords(item), {}});
                continue;
            }
            met[at] = true;
            compare(inside(place, key), item, after[at]);
        }
        for (std::size_t at = 0; at < after.size(); ++at)
            if (!met[at])
                m_changes.push_back({inside(place, keyOf(after[at])), {}, inWords(after[at])});
    }

    std::vector<FieldChange> m_changes;
};

} // namespace

std::vector<FieldChange> packDifferences(const PolicyPack &before, const PolicyPack &after)
{
    auto from = toJson(before);
    auto to = toJson(after);
    from.get_object().erase("version");
    to.get_object().erase("version");
    Comparison comparison;
    comparison.compare({}, from, to);
    return std::move(comparison).changes();
}

} // namespace countersign
