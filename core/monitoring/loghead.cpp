// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/loghead.h"

#include "core/base/error.h"
#include "core/monitoring/blockparser.h"
#include "core/monitoring/celltext.h"

#include <algorithm>
#include <array>
#include <set>

namespace countersign {

namespace {

void refuseOtherFormats(std::string_view text, const std::string &fileName)
{
    const auto refuse = [&fileName](const std::string &what, const std::string &remedy) {
        throw Exception(ErrorCode::InvalidInput, fileName + " " + what, remedy);
    };
    const std::string_view start = text.substr(0, 2);
    const std::string_view oddZero("\0", 1);
    const bool wideText = text.size() >= 4 && (text[0] == 0) != (text[1] == 0) && (text[2] == 0) != (text[3] == 0);
    if (start == "\xff\xfe" || start == "\xfe\xff" || wideText)
        refuse("is UTF-16 text, which is not read.", "Save it as \"CSV UTF-8\".");
    if (text.starts_with("PK\x03\x04"))
        refuse("is a zip or Excel file, not CSV.", "Save the sheet as \"CSV UTF-8\".");
    if (text.starts_with("PAR1"))
        refuse("is a Parquet file, not CSV.", "Export it as CSV, plain, gzip or zstd.");
    const auto nul = text.find(oddZero);
    if (nul != std::string_view::npos) {
        const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n') + 1;
        refuse("line " + std::to_string(line) + " holds a NUL byte; this is no text file.",
               "Export the log again as UTF-8 text.");
    }
}

/// The delimiter under which the sampled records agree best with the widest header.
char guessDelimiter(std::string_view text)
{
    constexpr std::array<char, 4> candidates{',', ';', '\t', '|'};
    constexpr int sampled = 20;
    char best = ',';
    std::size_t bestScore = 0;
    for (const char candidate : candidates) {
        std::string_view rest = text;
        std::size_t consumed = 0;
        const std::size_t width = splitRecord(rest, candidate, consumed).size();
        rest.remove_prefix(consumed);
        std::size_t agreeing = 1;
        for (int i = 0; i < sampled && !rest.empty() && rest.find('\n') != std::string_view::npos; ++i) {
            agreeing += splitRecord(rest, candidate, consumed).size() == width ? 1 : 0;
            rest.remove_prefix(consumed);
        }
        const std::size_t score = width < 2 ? 0 : agreeing * 100000 + width;
        if (score > bestScore) {
            bestScore = score;
            best = candidate;
        }
    }
    return best;
}

void checkNames(const std::vector<std::string> &names, const std::string &fileName)
{
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!seen.insert(names[i]).second)
            throw Exception(ErrorCode::InvalidInput,
                            fileName + " line 1 names two columns " + quotedExcerpt(names[i]) + ".",
                            "Give every column a name of its own.");
    }
}

} // namespace

LogHead readLogHead(std::string_view text, bool whole, const std::string &fileName, std::size_t maximumRecords)
{
    if (text.empty())
        throw Exception(ErrorCode::InvalidInput, fileName + " is empty.",
                        "A scoring log starts with a line of column names.");
    refuseOtherFormats(text, fileName);
    LogHead head;
    const std::string_view mark = "\xef\xbb\xbf";
    head.byteOrderMark = text.starts_with(mark);
    const std::string_view content = text.substr(head.byteOrderMark ? mark.size() : 0);
    if (content.empty())
        throw Exception(ErrorCode::InvalidInput, fileName + " is empty.",
                        "A scoring log starts with a line of column names.");
    head.delimiter = guessDelimiter(content);

    std::size_t consumed = 0;
    head.names = splitRecord(content, head.delimiter, consumed);
    for (std::string &name : head.names) {
        name = std::string(trimmed(name));
        if (!isValidUtf8(name))
            name = utf8FromLatin1(name);
    }
    checkNames(head.names, fileName);
    const std::string_view header = content.substr(0, consumed);
    head.headerLines = static_cast<std::uint64_t>(std::count(header.begin(), header.end(), '\n'));
    head.bodyAt = text.size() - content.size() + consumed;

    std::string_view rest = content.substr(consumed);
    if (!whole)
        rest = rest.substr(0, wholeRecords(rest, head.delimiter));
    while (!rest.empty() && head.records.size() < maximumRecords) {
        auto fields = splitRecord(rest, head.delimiter, consumed);
        head.sampledBytes += consumed;
        rest.remove_prefix(consumed);
        if (fields.size() == head.names.size())
            head.records.push_back(std::move(fields));
    }
    return head;
}

} // namespace countersign
