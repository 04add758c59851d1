// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::cli {

/// Writes JSON as it is told it, indented. Doubles have 17 significant digits; NaN and infinity become null.
class JsonWriter
{
public:
    explicit JsonWriter(std::ostream &out)
        : m_out(out)
    {
    }

    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginArray() { open('['); }
    void endArray() { close(']'); }
    void key(std::string_view name);
    void value(std::string_view text);
    void value(const std::string &text) { value(std::string_view(text)); }
    void value(const char *text) { value(std::string_view(text)); }
    void value(bool truth);
    void value(double number);
    void value(std::uint64_t number);
    void boolean(bool truth);
    void null();

    template <class T>
    void member(std::string_view name, const T &content)
    {
        key(name);
        value(content);
    }

private:
    void open(char bracket);
    void close(char bracket);
    void separate();
    void newLine();

    std::ostream &m_out;
    std::vector<bool> m_filled; ///< per open bracket: something stands in it
    bool m_afterKey = false;
};

} // namespace countersign::cli
