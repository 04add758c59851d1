// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/monitoring/logtable.h"

#include <cstdint>
#include <string>
#include <vector>

/// The error that a reading ends with.
template <class Read>
countersign::Error errorOf(Read read)
{
    try {
        static_cast<void>(read());
    } catch (const countersign::Exception &exception) {
        return exception.error();
    }
    return {countersign::ErrorCode::Internal, "no error", {}};
}

inline bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

inline std::vector<double> numbersOf(const countersign::LogTable &table, const std::string &name)
{
    std::vector<double> numbers;
    for (const auto &chunk : table.column(name).chunks)
        numbers.insert(numbers.end(), chunk.numbers.begin(), chunk.numbers.end());
    return numbers;
}

inline std::vector<std::string> textsOf(const countersign::LogTable &table, const std::string &name)
{
    std::vector<std::string> texts;
    const auto &column = table.column(name);
    for (const auto &chunk : column.chunks) {
        for (const std::uint32_t code : chunk.codes)
            texts.push_back(code == countersign::missingCode ? "(missing)" : column.categories[code]);
    }
    return texts;
}

/// Since 1970-01-01.
inline std::vector<std::int32_t> daysOf(const countersign::LogTable &table, const std::string &name)
{
    std::vector<std::int32_t> days;
    for (const auto &chunk : table.column(name).chunks)
        days.insert(days.end(), chunk.days.begin(), chunk.days.end());
    return days;
}
