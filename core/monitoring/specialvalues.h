// SPDX-License-Identifier: GPL-3.0-or-later
//
// Special values of a column: -999, 9999 or "N/A" for "not asked", "refused" and the like. Each has a bin of its own,
// beside those of the other values and of the missing.
#pragma once

#include "core/base/error.h"
#include "core/monitoring/logdialect.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct ColumnRoles;

/// As ColumnRoles::special: by column.
using SpecialTexts = std::map<std::string, std::vector<std::string>>;

class SpecialValues
{
public:
    SpecialValues() = default;
    explicit SpecialValues(std::vector<std::string> texts);
    /// Those of one column.
    SpecialValues(const SpecialTexts &special, const std::string &column);

    [[nodiscard]] bool empty() const { return m_texts.empty(); }
    [[nodiscard]] std::size_t size() const { return m_texts.size(); }
    /// As they were declared.
    [[nodiscard]] const std::vector<std::string> &texts() const { return m_texts; }
    /// NaN for those that are no numbers.
    [[nodiscard]] const std::vector<double> &numbers() const { return m_numbers; }

    /// Which of them a cell of a number column holds: its value, or what markedSpecial() gave for its text.
    [[nodiscard]] std::optional<std::size_t> placeOf(double cell) const;
    /// Which of them a text is, letter by letter, blanks around it ignored.
    [[nodiscard]] std::optional<std::size_t> placeOf(std::string_view text) const;

private:
    std::vector<std::string> m_texts;
    std::vector<double> m_numbers;
};

/// What a number column holds where the log has the text of a special value: a NaN, missing for all who do not ask.
[[nodiscard]] double markedSpecial(std::size_t place);

/// The columns whose special values matter when the log is read: one of them is no number, or a word for missing.
[[nodiscard]] SpecialTexts specialTextsToRead(const SpecialTexts &special, const LogDialect &dialect);

/// InvalidInput for an empty value, the same one twice, and one of a time, target or segment; nothing where all is
/// well.
[[nodiscard]] std::optional<Error> faultOfSpecialValues(const ColumnRoles &roles);
/// Throws it.
void checkSpecialValues(const ColumnRoles &roles);

/// The categories of a column that are none of its special values.
[[nodiscard]] std::vector<std::string> withoutSpecial(std::vector<std::string> texts, const SpecialValues &special);

} // namespace countersign
