// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonwriter.h"

#include "core/base/decimal.h"

#include <boost/json.hpp>
#include <cmath>
#include <ostream>

namespace countersign::cli {

void JsonWriter::key(std::string_view name)
{
    value(name);
    m_out << ": ";
    m_afterKey = true;
}

void JsonWriter::value(std::string_view text)
{
    separate();
    m_out << boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

void JsonWriter::value(double number)
{
    if (!std::isfinite(number))
        return null();
    separate();
    m_out << fullPrecision(number);
}

void JsonWriter::value(std::uint64_t number)
{
    separate();
    m_out << number;
}

void JsonWriter::boolean(bool truth)
{
    separate();
    m_out << (truth ? "true" : "false");
}

void JsonWriter::value(bool truth)
{
    separate();
    m_out << (truth ? "true" : "false");
}

void JsonWriter::null()
{
    separate();
    m_out << "null";
}

void JsonWriter::open(char bracket)
{
    separate();
    m_out << bracket;
    m_filled.push_back(false);
}

void JsonWriter::close(char bracket)
{
    const bool filled = m_filled.back();
    m_filled.pop_back();
    if (filled)
        newLine();
    m_out << bracket;
    if (m_filled.empty())
        m_out << '\n';
}

void JsonWriter::separate()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_filled.empty())
        return;
    if (m_filled.back())
        m_out << ',';
    m_filled.back() = true;
    newLine();
}

void JsonWriter::newLine()
{
    m_out << '\n' << std::string(2 * m_filled.size(), ' ');
}

} // namespace countersign::cli
