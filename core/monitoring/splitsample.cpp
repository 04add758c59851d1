// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/splitsample.h"

#include "core/monitoring/blockparser.h"
#include "core/monitoring/dialecttext.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr std::size_t sampledRecords = 21;

/// Where all records after the first have one more field than that, or one fewer, and the one too many is empty.
void dropTrailingFields(SplitSample &split)
{
    auto &records = split.records;
    const auto body = records.begin() + 1;
    const auto areWide = [&](std::size_t width) {
        return std::all_of(body, records.end(), [width](const auto &record) { return record.size() == width; });
    };
    auto &first = records.front();
    if (areWide(split.width + 1) &&
        std::all_of(body, records.end(), [](const auto &record) { return record.back().empty(); })) {
        std::for_each(body, records.end(), [](auto &record) { record.pop_back(); });
    } else if (split.width > 1 && first.back().empty() && areWide(split.width - 1)) {
        first.pop_back();
        --split.width;
    } else {
        return;
    }
    split.trailingDelimiter = true;
    split.agreeing = records.size();
}

} // namespace

SplitSample splitSample(std::string_view text, char delimiter, QuoteStyle quote)
{
    SplitSample split;
    while (!text.empty() && split.records.size() < sampledRecords) {
        if (!split.records.empty() && text.find('\n') == std::string_view::npos)
            break;
        std::size_t consumed = 0;
        auto fields = splitRecord(text, delimiter, quote, consumed);
        text.remove_prefix(consumed);
        const bool blank = fields.size() == 1 && trimmed(fields.front()).empty();
        if (blank && !split.records.empty())
            continue;
        if (split.records.empty())
            split.width = fields.size();
        split.agreeing += fields.size() == split.width ? 1 : 0;
        split.records.push_back(std::move(fields));
    }
    if (split.records.size() > 1 && !split.whole())
        dropTrailingFields(split);
    return split;
}

bool isAnyNumber(std::string_view text)
{
    const MissingTexts usual;
    double value = 0;
    for (const DecimalMark mark : {DecimalMark::Point, DecimalMark::Comma}) {
        const NumberText read = readNumber(text, value, mark, usual);
        if (read == NumberText::Finite || read == NumberText::Infinite)
            return true;
    }
    return false;
}

} // namespace countersign
