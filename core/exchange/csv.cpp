// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

/// A state machine over the bytes: UTF-8 never holds a quote, delimiter or line end inside a character.
class CsvParser
{
public:
    CsvParser(std::string_view text, char delimiter)
        : m_text(text)
        , m_delimiter(delimiter)
    {
    }

    std::vector<CsvRecord> parse()
    {
        while (m_at < m_text.size())
            record();
        return std::move(m_records);
    }

private:
    [[nodiscard]] bool atLineEnd() const { return m_text[m_at] == '\n' || m_text[m_at] == '\r'; }

    void skipLineEnd()
    {
        m_at += m_text.substr(m_at, 2) == "\r\n" ? 2 : 1;
        ++m_line;
    }

    void record()
    {
        if (atLineEnd()) {
            skipLineEnd();
            return;
        }
        CsvRecord record{m_line, {}};
        for (;;) {
            record.fields.push_back(field());
            if (m_at == m_text.size())
                break;
            if (atLineEnd()) {
                skipLineEnd();
                break;
            }
            ++m_at; // the delimiter
        }
        m_records.push_back(std::move(record));
    }

    std::string field()
    {
        if (m_at < m_text.size() && m_text[m_at] == '"')
            return quotedField();
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && m_text[m_at] != m_delimiter && !atLineEnd()) {
            if (m_text[m_at] == '"')
                throw Exception(ErrorCode::InvalidInput,
                                "Line " + std::to_string(m_line) + " has a quotation mark inside an unquoted field.",
                                "Put the whole field in quotation marks and double those inside it.");
            ++m_at;
        }
        return std::string(m_text.substr(begin, m_at - begin));
    }

    std::string quotedField()
    {
        const std::int64_t openedOn = m_line;
        std::string value;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"') {
                if (m_text.substr(m_at, 2) != "\"\"") {
                    ++m_at;
                    requireFieldEnd();
                    return value;
                }
                ++m_at;
            } else if (c == '\n' || (c == '\r' && m_text.substr(m_at, 2) != "\r\n")) {
                ++m_line;
            }
            value += c;
        }
        throw Exception(ErrorCode::InvalidInput,
                        "A quotation mark opened on line " + std::to_string(openedOn) + " is never closed.",
                        "Close it, or double it if it is part of the text.");
    }

    void requireFieldEnd() const
    {
        if (m_at < m_text.size() && m_text[m_at] != m_delimiter && !atLineEnd())
            throw Exception(ErrorCode::InvalidInput,
                            "Line " + std::to_string(m_line) + " has text after the closing quotation mark of a field.",
                            "Double the quotation marks inside a field.");
    }

    std::string_view m_text;
    char m_delimiter;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
    std::vector<CsvRecord> m_records;
};

} // namespace

std::vector<CsvRecord> parseCsv(std::string_view text, char delimiter)
{
    return CsvParser(text, delimiter).parse();
}

char guessDelimiter(std::string_view text)
{
    constexpr std::string_view kCandidates = ",;\t";
    std::array<int, kCandidates.size()> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '\n' || c == '\r'))
            break;
        else if (const auto which = kCandidates.find(c); !quoted && which != std::string_view::npos)
            ++counts[which];
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return kCandidates[static_cast<std::size_t>(most - counts.begin())];
}

} // namespace countersign
