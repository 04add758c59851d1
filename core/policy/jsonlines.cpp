// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/jsonlines.h"

#include "core/policy/strictjson.h"

namespace countersign {

namespace {

/// Walks text that is known to be JSON.
class Walker
{
public:
    Walker(std::string_view text, std::map<std::string, std::int64_t> &lines)
        : m_text(text)
        , m_lines(lines)
    {
    }

    void value(const std::string &path)
    {
        skipSpace();
        m_lines.emplace(path, m_line);
        if (m_text[m_at] == '{')
            object(path);
        else if (m_text[m_at] == '[')
            array(path);
        else if (m_text[m_at] == '"')
            m_at = endOfJsonString(m_text, m_at);
        else
            m_at = std::min(m_text.find_first_of(",]} \t\r\n", m_at), m_text.size());
    }

private:
    void skipSpace()
    {
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n')
                ++m_line;
            else if (c != ' ' && c != '\t' && c != '\r')
                return;
        }
    }

    /// Past an opening bracket, or the comma after an item: whether there is another item.
    bool more(char closing)
    {
        ++m_at;
        skipSpace();
        if (m_text[m_at] != closing)
            return true;
        ++m_at;
        return false;
    }

    void object(const std::string &path)
    {
        while (more('}')) {
            const auto end = endOfJsonString(m_text, m_at);
            const auto name = json::parse({m_text.data() + m_at, end - m_at});
            const auto place = (path.empty() ? "" : path + ".") + std::string(name.get_string());
            m_lines.emplace(place, m_line);
            m_at = end;
            skipSpace();
            ++m_at; // the colon
            value(place);
            skipSpace();
            if (m_text[m_at] == '}') {
                ++m_at;
                return;
            }
        }
    }

    void array(const std::string &path)
    {
        for (std::size_t index = 0; more(']'); ++index) {
            value(path + "[" + std::to_string(index) + "]");
            skipSpace();
            if (m_text[m_at] == ']') {
                ++m_at;
                return;
            }
        }
    }

    std::string_view m_text;
    std::map<std::string, std::int64_t> &m_lines;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
};

} // namespace

JsonLines::JsonLines(std::string_view text)
{
    Walker(text, m_lines).value({});
}

std::int64_t JsonLines::line(std::string path) const
{
    while (true) {
        if (const auto found = m_lines.find(path); found != m_lines.end())
            return found->second;
        const auto cut = path.find_last_of(".[");
        path.resize(cut == std::string::npos ? 0 : cut);
    }
}

} // namespace countersign
