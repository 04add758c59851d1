// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/prettyjson.h"

namespace countersign {

namespace {

std::string newLine(int depth)
{
    return "\n" + std::string(static_cast<std::size_t>(depth) * 2, ' ');
}

} // namespace

std::string prettyJson(const json::value &value, int depth)
{
    std::string text;
    if (value.is_object() && !value.get_object().empty()) {
        for (const auto &member : value.get_object())
            text += (text.empty() ? "{" : ",") + newLine(depth + 1) + json::serialize(json::value(member.key())) +
                    ": " + prettyJson(member.value(), depth + 1);
        return text + newLine(depth) + "}";
    }
    if (value.is_array() && !value.get_array().empty()) {
        for (const auto &item : value.get_array())
            text += (text.empty() ? "[" : ",") + newLine(depth + 1) + prettyJson(item, depth + 1);
        return text + newLine(depth) + "]";
    }
    return json::serialize(value);
}

} // namespace countersign
