// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/text.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

/// Members that are one line of a few words, at most maximumName characters.
constexpr std::array names{"name",      "reference", "label",  "fullName",     "owner", "developer",
                           "validator", "approver",  "vendor", "businessUnit", "title", "organisation",
                           "pack",      "factor",    "answer", "kind",         "id",    "policyStage"};
/// Members that are one line of any length. (Names of features come from files and may hold anything printable.)
constexpr std::array lines{"method", "inputs", "dependencies", "fileName", "source"};

template <std::size_t N>
bool isOneOf(const std::array<const char *, N> &words, std::string_view word)
{
    return std::ranges::any_of(words, [&](const char *candidate) { return word == candidate; });
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Reads a name character by character as foldedName() spells it, without a copy; 0 at the end.
class Folded
{
public:
    explicit Folded(std::string_view name)
        : m_name(name)
    {
        skipSpace();
    }

    char next()
    {
        if (m_at == m_name.size())
            return 0;
        const char c = m_name[m_at];
        if (!isSpace(c)) {
            ++m_at;
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        skipSpace();
        return m_at == m_name.size() ? '\0' : ' ';
    }

private:
    void skipSpace()
    {
        while (m_at < m_name.size() && isSpace(m_name[m_at]))
            ++m_at;
    }

    std::string_view m_name;
    std::size_t m_at = 0;
};

/// The code point at `at`, which moves on; nothing when the bytes are no UTF-8 (RFC 3629).
std::optional<char32_t> nextCodePoint(std::string_view text, std::size_t &at)
{
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const auto lead = byte(at);
    const std::size_t length = lead < 0x80                    ? 1
                               : lead >= 0xC2 && lead <= 0xDF ? 2
                               : lead >= 0xE0 && lead <= 0xEF ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || at + length > text.size())
        return std::nullopt;
    constexpr std::array<unsigned, 5> leadMask{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t point = lead & leadMask[length];
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U)
            return std::nullopt;
        point = (point << 6U) | (byte(at + i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    if (point < smallest[length] || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF)
        return std::nullopt;
    at += length;
    return point;
}

[[noreturn]] void refuse(const std::string &where, const std::string &fault, const std::string &remedy)
{
    throw Exception(ErrorCode::InvalidInput, where + ": " + fault, remedy);
}

} // namespace

std::string foldedName(std::string_view name)
{
    std::string folded;
    Folded characters(name);
    while (const char c = characters.next())
        folded += c;
    return folded;
}

bool sameName(std::string_view left, std::string_view right)
{
    Folded ofLeft(left);
    Folded ofRight(right);
    bool empty = true;
    while (true) {
        const char c = ofLeft.next();
        if (c != ofRight.next())
            return false;
        if (c == 0)
            return !empty;
        empty = false;
    }
}

bool isBlank(std::string_view text)
{
    return std::ranges::all_of(text, isSpace);
}

void checkText(std::string_view member, std::string_view text, const std::string &where)
{
    const bool line = isOneOf(lines, member);
    const bool name = !line && isOneOf(names, member);
    const auto limit = name ? maximumName : maximumText;
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        const auto point = nextCodePoint(text, at);
        if (!point)
            refuse(where, "the text is not valid UTF-8.", "Save the file it came from as UTF-8 and try again.");
        const bool lineBreak = *point == '\n' || *point == '\r' || *point == '\t';
        const bool control = *point < 0x20 || (*point >= 0x7F && *point < 0xA0);
        if (control && (!lineBreak || name || line))
            refuse(where, "it holds a line break or control character (code " + std::to_string(*point) + ").",
                   "Remove the character.");
        const bool override = (*point >= 0x202A && *point <= 0x202E) || (*point >= 0x2066 && *point <= 0x2069);
        if (name && override)
            refuse(where, "it holds a character that turns the reading direction.", "Remove the character.");
    }
    if (count > limit)
        refuse(where,
               "it has " + std::to_string(count) + " characters; at most " + std::to_string(limit) + " are allowed.",
               "Shorten it, or attach it as a document.");
    if (name && !text.empty() && (isSpace(text.front()) || isSpace(text.back())))
        refuse(where, "it begins or ends with a blank.", "Remove the blank.");
}

std::optional<std::string> whySectionEmpty(std::string_view text)
{
    constexpr std::string_view none = "not applicable";
    constexpr std::string_view because = "because ";
    const auto said = foldedName(text);
    if (said.empty())
        return "is empty";
    const auto reason = said.find(because);
    if (said.starts_with(none) &&
        (reason == std::string::npos || isBlank(std::string_view(said).substr(reason + because.size()))))
        return "does not say why it is not applicable";
    return std::nullopt;
}

void checkPresent(std::string_view text, const std::string &what)
{
    if (isBlank(text))
        throw Exception(ErrorCode::InvalidInput, what + " is missing.", "Fill it in.");
}

} // namespace countersign
