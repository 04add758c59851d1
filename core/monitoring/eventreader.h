// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logtable.h"

#include <string>

namespace countersign {

/// Tells the event among the values of a target column.
class EventReader
{
public:
    EventReader(const LogColumn &target, const std::string &positive);

    [[nodiscard]] bool known(const ColumnChunk &targets, std::size_t i) const
    {
        return m_text ? targets.codes[i] != missingCode : targets.numbers[i] == targets.numbers[i];
    }
    [[nodiscard]] bool event(const ColumnChunk &targets, std::size_t i) const
    {
        return m_text ? targets.codes[i] == m_code : targets.numbers[i] == m_number;
    }

private:
    bool m_text;
    double m_number;
    std::uint32_t m_code = missingCode - 1;
};

} // namespace countersign
