// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/strictjson.h"

#include <algorithm>

namespace countersign {

namespace {

/// Carries a fault to faultOfJson().
struct Found
{
    JsonFault fault;
};

[[noreturn]] void fault(std::string_view text, std::size_t at, const std::string &what)
{
    throw Found{{1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'), what}};
}

json::value parsed(std::string_view text)
{
    boost::system::error_code code;
    json::stream_parser parser;
    const auto read = parser.write_some(text.data(), text.size(), code);
    if (!code.failed() && read == text.size())
        parser.finish(code);
    if (code.failed())
        fault(text, std::min(read, text.size()), "this is not JSON: " + code.message() + ".");
    if (read < text.size())
        fault(text, read, "there is more after the end of the JSON.");
    return parser.release();
}

void refuseDuplicates(std::string_view text)
{
    std::vector<std::set<std::string>> open; // the members seen of each object; arrays have a set that stays empty
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '{' || c == '[')
            open.emplace_back();
        if (c == '}' || c == ']')
            open.pop_back();
        if (c != '"') {
            ++at;
            continue;
        }
        const auto end = endOfJsonString(text, at);
        const auto next = text.find_first_not_of(" \t\r\n", end);
        if (next != std::string_view::npos && text[next] == ':') {
            const auto name = json::parse({text.data() + at, end - at});
            if (!open.back().emplace(name.get_string()).second)
                fault(text, at, "\"" + std::string(name.get_string()) + "\" is there twice.");
        }
        at = end;
    }
}

} // namespace

std::size_t endOfJsonString(std::string_view text, std::size_t from)
{
    std::size_t at = from + 1;
    while (text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

std::optional<JsonFault> faultOfJson(std::string_view text)
{
    try {
        (void)parsed(text);
        refuseDuplicates(text);
    } catch (const Found &found) {
        return found.fault;
    }
    return std::nullopt;
}

json::value parseStrictJson(std::string_view text)
{
    if (const auto fault = faultOfJson(text))
        throw Exception(ErrorCode::InvalidInput, "line " + std::to_string(fault->line) + ": " + fault->what,
                        "Correct the text there.");
    return parsed(text);
}

} // namespace countersign
