// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/packshape.h"

#include <algorithm>

namespace countersign {

namespace {

bool isInside(const std::string &inner, const std::string &outer)
{
    return outer.empty() || (inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.' ||
                                                          inner[outer.size()] == '['));
}

std::string member(const std::string &path, std::string_view name)
{
    return (path.empty() ? "" : path + ".") + std::string(name);
}

class Shape
{
public:
    explicit Shape(PackFaults &faults)
        : m_faults(faults)
    {
    }

    template <class T>
    void check(json::value &from, const std::string &path)
    {
        if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value)
            checkList<typename T::value_type>(from, path, detail::IsSet<T>::value);
        else if constexpr (detail::IsStringMap<T>::value)
            checkMap<T>(from, path);
        else if constexpr (Described<T>)
            checkObject<T>(from, path);
        else
            checkLeaf<T>(from, path);
    }

private:
    template <class T>
    void checkLeaf(json::value &from, const std::string &path)
    {
        try {
            T value{};
            readJson(from, value, path);
        } catch (const Exception &exception) {
            const auto &what = exception.error().what;
            m_faults.add(path, what.starts_with(path + ": ") ? what.substr(path.size() + 2) : what);
            from = toJson(T{});
        }
    }

    template <class Item>
    void checkList(json::value &from, const std::string &path, bool unique)
    {
        if (!from.is_array()) {
            m_faults.add(path, "expected a list.");
            from = json::array{};
        }
        std::size_t index = 0;
        std::set<std::string> seen;
        for (auto &item : from.get_array()) {
            const auto place = path + "[" + std::to_string(index++) + "]";
            if (unique && !seen.insert(json::serialize(item)).second)
                m_faults.add(place, json::serialize(item) + " is there twice.");
            else
                check<Item>(item, place);
        }
    }

    template <class Map>
    void checkMap(json::value &from, const std::string &path)
    {
        if (!requireObject(from, path))
            return;
        std::vector<std::string> bad;
        for (auto &item : from.get_object()) {
            const auto place = member(path, item.key());
            json::value key(item.key());
            const auto before = m_faults.all().size();
            checkLeaf<typename Map::key_type>(key, place);
            if (m_faults.all().size() != before)
                bad.emplace_back(item.key());
            else
                check<typename Map::mapped_type>(item.value(), place);
        }
        for (const auto &key : bad)
            from.get_object().erase(key);
    }

    template <class T>
    void checkObject(json::value &from, const std::string &path)
    {
        if (!requireObject(from, path))
            return;
        for (auto &item : from.get_object()) {
            bool known = false;
            const auto place = member(path, item.key());
            forEachMember<T>([&](std::string_view name, auto pointer) {
                using Value = std::remove_cvref_t<decltype(std::declval<T>().*pointer)>;
                if (name != item.key())
                    return;
                known = true;
                check<Value>(item.value(), place);
            });
            if (!known)
                m_faults.add(place, "there is no such member.");
        }
    }

    bool requireObject(json::value &from, const std::string &path)
    {
        if (from.is_object())
            return true;
        m_faults.add(path, "expected an object.");
        from = json::object{};
        return false;
    }

    PackFaults &m_faults;
};

} // namespace

bool PackFaults::follows(const std::string &path) const
{
    return std::any_of(m_faults.begin(), m_faults.begin() + static_cast<std::ptrdiff_t>(m_shape),
                       [&](const PolicyFault &fault) {
                           return isInside(fault.path, path) || (!fault.path.empty() && isInside(path, fault.path));
                       });
}

void PackFaults::add(const std::string &path, const std::string &what)
{
    if (!follows(path))
        m_faults.push_back({path, 1, what});
}

void checkPackShape(json::value &from, PackFaults &faults)
{
    Shape(faults).check<PolicyPack>(from, {});
}

} // namespace countersign
