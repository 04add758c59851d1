// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/domain/ids.h"

namespace countersign {

/// Something that a conclusion "fit with conditions" or an approval depends on, with its own owner and day.
struct DueCondition
{
    std::string text;
    std::string owner; ///< full name
    Date dueOn{};
    std::optional<Date> metOn;
    UserId metBy;
    std::string evidence;
};
BOOST_DESCRIBE_STRUCT(DueCondition, (), (text, owner, dueOn, metOn, metBy, evidence))

/// "Reports monthly (Olga Owner, by 2026-12-31)", one a line.
[[nodiscard]] std::string inWords(const std::vector<DueCondition> &conditions);

} // namespace countersign
