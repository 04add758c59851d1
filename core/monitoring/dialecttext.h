// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the text of one cell means in a dialect of its own. The usual dialect (core/monitoring/celltext.h) is quicker.
#pragma once

#include "core/monitoring/celltext.h"
#include "core/monitoring/logdialect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// As readNumber(text, value) with a decimal point. Both marks allow thousands marks where they cannot be taken for
/// anything else: between groups of three digits after a first group of one to three that does not begin with 0, all
/// the same mark out of the other decimal mark, a blank (no-break and narrow ones too) and an apostrophe.
/// Precondition: `mark` is Point or Comma.
[[nodiscard]] NumberText readNumber(std::string_view text, double &value, DecimalMark mark);

class MissingTexts;
/// The same where Missing is what `missing` contains and nothing else.
[[nodiscard]] NumberText readNumber(std::string_view text, double &value, DecimalMark mark,
                                    const MissingTexts &missing);

/// Days since 1970-01-01 of a date written as DateFormat describes. Precondition: `format` is not Automatic.
[[nodiscard]] std::optional<std::int32_t> readDay(std::string_view text, DateFormat format);

/// Which texts are missing values.
class MissingTexts
{
public:
    /// Nothing: the usual words.
    explicit MissingTexts(const std::optional<std::vector<std::string>> &words = {});

    [[nodiscard]] bool usual() const { return m_usual; }
    [[nodiscard]] bool contains(std::string_view text) const;

private:
    bool m_usual;
    std::vector<std::string> m_words; ///< in lower case, without blanks around them
};

} // namespace countersign
