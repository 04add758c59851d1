// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/canonical.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

namespace countersign {

namespace {

[[noreturn]] void refuse(const std::string &what)
{
    throw Exception(ErrorCode::InvalidInput, what);
}

void requireRange(std::int64_t number)
{
    if (number > kLargestJsonInteger || number < -kLargestJsonInteger)
        refuse("The number " + std::to_string(number) + " is outside the exact range of JSON (2^53 - 1).");
}

class CanonicalWriter
{
public:
    void write(const json::value &value)
    {
        switch (value.kind()) {
        case json::kind::null:
            m_out += "null";
            break;
        case json::kind::bool_:
            m_out += value.get_bool() ? "true" : "false";
            break;
        case json::kind::int64:
            requireRange(value.get_int64());
            m_out += std::to_string(value.get_int64());
            break;
        case json::kind::uint64:
            if (value.get_uint64() > static_cast<std::uint64_t>(kLargestJsonInteger))
                refuse("The number " + std::to_string(value.get_uint64()) +
                       " is outside the exact range of JSON (2^53 - 1).");
            m_out += std::to_string(value.get_uint64());
            break;
        case json::kind::double_:
            refuse("Signed JSON holds no floats; write the decimal as text.");
        case json::kind::string:
            writeString(value.get_string());
            break;
        case json::kind::array:
            writeArray(value.get_array());
            break;
        case json::kind::object:
            writeObject(value.get_object());
            break;
        }
    }

    std::string take() { return std::move(m_out); }

private:
    void enter()
    {
        if (++m_depth > kDeepestJson)
            refuse("The JSON is nested deeper than " + std::to_string(kDeepestJson) + " levels.");
    }

    void writeArray(const json::array &array)
    {
        enter();
        m_out += '[';
        for (const auto &item : array) {
            if (&item != array.begin())
                m_out += ',';
            write(item);
        }
        m_out += ']';
        --m_depth;
    }

    void writeObject(const json::object &object)
    {
        enter();
        std::vector<const json::key_value_pair *> members;
        members.reserve(object.size());
        for (const auto &member : object)
            members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const auto *left, const auto *right) { return utf16Less(left->key(), right->key()); });
        m_out += '{';
        for (const auto *member : members) {
            if (member != members.front())
                m_out += ',';
            writeString(member->key());
            m_out += ':';
            write(member->value());
        }
        m_out += '}';
        --m_depth;
    }

    void writeString(std::string_view text)
    {
        if (!validUtf8(text))
            refuse("A text is not valid UTF-8.");
        m_out += '"';
        std::size_t plain = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte >= 0x20 && byte != '"' && byte != '\\')
                continue;
            m_out.append(text, plain, i - plain);
            plain = i + 1;
            writeEscape(byte);
        }
        m_out.append(text, plain);
        m_out += '"';
    }

    void writeEscape(unsigned char byte)
    {
        static constexpr char digits[] = "0123456789abcdef";
        m_out += '\\';
        switch (byte) {
        case '\b':
            m_out += 'b';
            break;
        case '\t':
            m_out += 't';
            break;
        case '\n':
            m_out += 'n';
            break;
        case '\f':
            m_out += 'f';
            break;
        case '\r':
            m_out += 'r';
            break;
        case '"':
        case '\\':
            m_out += static_cast<char>(byte);
            break;
        default:
            m_out += "u00";
            m_out += digits[byte >> 4];
            m_out += digits[byte & 0x0f];
        }
    }

    std::string m_out;
    std::size_t m_depth = 0;
};

/// Builds the value as the parser goes and refuses what signed JSON must not hold.
class StrictHandler
{
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    StrictHandler() { m_stack.reset(); }

    bool on_document_begin(json::error_code &) { return true; }
    bool on_document_end(json::error_code &) { return true; }
    bool on_array_begin(json::error_code &) { return true; }
    bool on_array_end(std::size_t n, json::error_code &)
    {
        m_stack.push_array(n);
        return true;
    }
    bool on_object_begin(json::error_code &)
    {
        m_firstKey.push_back(m_keys.size());
        return true;
    }
    bool on_object_end(std::size_t n, json::error_code &)
    {
        const auto first = m_keys.begin() + static_cast<std::ptrdiff_t>(m_firstKey.back());
        std::sort(first, m_keys.end());
        const auto twin = std::adjacent_find(first, m_keys.end());
        if (twin != m_keys.end())
            refuse("The member \"" + *twin + "\" stands twice in one JSON object.");
        m_keys.erase(first, m_keys.end());
        m_firstKey.pop_back();
        m_stack.push_object(n);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code &)
    {
        m_stack.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code &)
    {
        m_stack.push_string(part);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code &)
    {
        m_key += part;
        m_stack.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code &)
    {
        m_key += part;
        m_keys.push_back(std::move(m_key));
        m_key.clear();
        m_stack.push_key(part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code &) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code &)
    {
        requireRange(number);
        m_stack.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code &)
    {
        refuse("The number " + std::to_string(number) + " is outside the exact range of JSON (2^53 - 1).");
    }
    bool on_double(double, json::string_view, json::error_code &)
    {
        refuse("A number has a fraction, an exponent or too many digits; write the decimal as text.");
    }
    bool on_bool(bool truth, json::error_code &)
    {
        m_stack.push_bool(truth);
        return true;
    }
    bool on_null(json::error_code &)
    {
        m_stack.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code &) { return true; }
    bool on_comment(json::string_view, json::error_code &) { return true; }

    json::value release() { return m_stack.release(); }

private:
    json::value_stack m_stack;
    std::vector<std::string> m_keys; // of all open objects, outermost first
    std::vector<std::size_t> m_firstKey;
    std::string m_key;
};

json::parse_options strictOptions()
{
    json::parse_options options;
    options.max_depth = kDeepestJson;
    return options;
}

} // namespace

bool utf16Less(std::string_view left, std::string_view right)
{
    const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (l == left.end() || r == right.end())
        return l == left.end() && r != right.end();
    const auto a = static_cast<unsigned char>(*l);
    const auto b = static_cast<unsigned char>(*r);
    // Beyond U+FFFF (UTF-8 from F0) UTF-16 uses surrogates D800..DFFF, which sort below U+E000..U+FFFF (EE, EF).
    const bool aHigh = a >= 0xf0;
    const bool bHigh = b >= 0xf0;
    if (aHigh != bHigh && std::min(a, b) >= 0xee)
        return aHigh;
    return a < b;
}

bool validUtf8(std::string_view text)
{
    std::size_t i = 0;
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    while (i < text.size()) {
        const unsigned char lead = at(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || length > text.size() - i)
            return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((at(i + k) & 0xc0) != 0x80)
                return false;
        const unsigned char second = at(i + 1);
        const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
        const bool surrogate = lead == 0xed && second > 0x9f;
        const bool beyond = lead == 0xf4 && second > 0x8f;
        if (overlong || surrogate || beyond)
            return false;
        i += length;
    }
    return true;
}

std::string canonicalJson(const json::value &value)
{
    CanonicalWriter writer;
    writer.write(value);
    return writer.take();
}

json::value parseStrict(std::string_view text)
{
    json::basic_parser<StrictHandler> parser(strictOptions());
    json::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (error)
        refuse("The JSON cannot be read at byte " + std::to_string(used) + ": " + error.message() + ".");
    if (used != text.size())
        refuse("There is something after the end of the JSON, at byte " + std::to_string(used) + ".");
    return parser.handler().release();
}

json::value parseCanonical(std::string_view text)
{
    auto value = parseStrict(text);
    if (canonicalJson(value) != text)
        refuse("The JSON is not in canonical form (RFC 8785).");
    return value;
}

} // namespace countersign
