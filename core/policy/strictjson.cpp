// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/strictjson.h"

#include <algorithm>

namespace countersign {

namespace {

[[noreturn]] void fault(std::string_view text, std::size_t at, const std::string &what)
{
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    throw Exception(ErrorCode::InvalidInput, "line " + std::to_string(line) + ": " + what, "Correct the text there.");
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

/// The end of the string that opens at `from`, one past its closing quote. The text is known to be JSON.
std::size_t endOfString(std::string_view text, std::size_t from)
{
    std::size_t at = from + 1;
    while (text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
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
        const auto end = endOfString(text, at);
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

json::value parseStrictJson(std::string_view text)
{
    auto value = parsed(text);
    refuseDuplicates(text);
    return value;
}

} // namespace countersign
