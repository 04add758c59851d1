// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/specialvalues.h"

#include "core/monitoring/celltext.h"
#include "core/monitoring/dialecttext.h"
#include "core/monitoring/run.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace countersign {

namespace {

constexpr std::uint64_t quietNan = 0x7FF8000000000000;
constexpr std::uint64_t freeBits = 0x0007FFFFFFFFFFFF; ///< of a quiet NaN: the place, from 1

std::vector<std::string> declaredOf(const SpecialTexts &special, const std::string &column)
{
    const auto found = special.find(column);
    return found == special.end() ? std::vector<std::string>() : found->second;
}

double numberOf(const std::string &text)
{
    double value = 0;
    return readNumber(text, value) == NumberText::Finite ? value : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

SpecialValues::SpecialValues(std::vector<std::string> texts)
    : m_texts(std::move(texts))
{
    std::transform(m_texts.begin(), m_texts.end(), std::back_inserter(m_numbers), numberOf);
}

SpecialValues::SpecialValues(const SpecialTexts &special, const std::string &column)
    : SpecialValues(declaredOf(special, column))
{
}

std::optional<std::size_t> SpecialValues::placeOf(double cell) const
{
    if (std::isnan(cell)) {
        const std::uint64_t place = std::bit_cast<std::uint64_t>(cell) & freeBits;
        if (place == 0 || place > size())
            return std::nullopt;
        return place - 1;
    }
    const auto found = std::find(m_numbers.begin(), m_numbers.end(), cell);
    return found == m_numbers.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - m_numbers.begin()));
}

std::optional<std::size_t> SpecialValues::placeOf(std::string_view text) const
{
    const auto found = std::find(m_texts.begin(), m_texts.end(), trimmed(text));
    return found == m_texts.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - m_texts.begin()));
}

double markedSpecial(std::size_t place)
{
    return std::bit_cast<double>(quietNan | (place + 1));
}

SpecialTexts specialTextsToRead(const SpecialTexts &special, const LogDialect &dialect)
{
    const MissingTexts missing(dialect.missing);
    SpecialTexts read;
    for (const auto &[column, texts] : special) {
        if (std::any_of(texts.begin(), texts.end(), [&missing](const std::string &text) {
                return std::isnan(numberOf(text)) || missing.contains(text);
            }))
            read.emplace(column, texts);
    }
    return read;
}

std::optional<Error> faultOfSpecialValues(const ColumnRoles &roles)
{
    for (const auto &[column, texts] : roles.special) {
        if (column == roles.time || column == roles.target || column == roles.segment)
            return Error{ErrorCode::InvalidInput,
                         "Column \"" + column + "\" is the time, target or segment and has no special values.",
                         "Declare special values of features, score or prediction."};
        std::vector<std::string> seen;
        for (const std::string &text : texts) {
            if (text.empty() || trimmed(text) != text)
                return Error{ErrorCode::InvalidInput,
                             "A special value of column \"" + column + "\" is empty, or begins or ends with a blank.",
                             "Give the value as it stands in the log; empty cells count as missing."};
            const SpecialValues earlier(seen);
            const double number = numberOf(text);
            if (earlier.placeOf(std::string_view(text)) || (!std::isnan(number) && earlier.placeOf(number)))
                return Error{ErrorCode::InvalidInput,
                             "The special value \"" + text + "\" of column \"" + column + "\" is declared twice.",
                             "Declare it once."};
            seen.push_back(text);
        }
    }
    return std::nullopt;
}

void checkSpecialValues(const ColumnRoles &roles)
{
    if (const auto fault = faultOfSpecialValues(roles))
        throw Exception(*fault);
}

std::vector<std::string> withoutSpecial(std::vector<std::string> texts, const SpecialValues &special)
{
    std::erase_if(texts, [&special](const std::string &text) { return special.placeOf(std::string_view(text)); });
    return texts;
}

} // namespace countersign
