// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/loghead.h"

#include "core/base/error.h"
#include "core/monitoring/blockparser.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/preamble.h"

#include <algorithm>
#include <set>

namespace countersign {

namespace {

void refuseOtherFormats(std::string_view text, const std::string &fileName)
{
    const auto refuse = [&fileName](const std::string &what, const std::string &remedy) {
        throw Exception(ErrorCode::InvalidInput, fileName + " " + what, remedy);
    };
    const std::string_view oddZero("\0", 1);
    if (text.starts_with("PK\x03\x04"))
        refuse("is a zip or Excel file, not CSV.", "Save the sheet as \"CSV UTF-8\".");
    if (text.starts_with("PAR1"))
        refuse("is a Parquet file, not CSV.", "Read it as a log by itself, or export it as CSV, plain, gzip or zstd.");
    const auto nul = text.find(oddZero);
    if (nul != std::string_view::npos) {
        const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n') + 1;
        refuse("line " + std::to_string(line) + " holds a NUL byte; this is no text file.",
               "Export the log again as UTF-8 text.");
    }
    const auto carriageReturn = text.find('\r');
    if (carriageReturn + 1 < text.size() && carriageReturn != std::string_view::npos &&
        text.find('\n') == std::string_view::npos)
        refuse("ends its lines in carriage returns (CR) alone, without line feeds.",
               "Save it with line ends LF or CRLF, or convert it: tr '\\r' '\\n' < OLD.csv > NEW.csv");
}

/// `name` with the first number behind it that makes it a name of its own.
std::string freeName(const std::string &name, std::set<std::string> &taken)
{
    std::string candidate;
    for (std::size_t i = 2; candidate.empty() || !taken.insert(candidate).second; ++i)
        candidate = name + " (" + std::to_string(i) + ")";
    return candidate;
}

/// Gives every column a name of its own.
void distinguishNames(LogHead &head)
{
    std::set<std::string> taken(head.names.begin(), head.names.end());
    std::set<std::string> seen;
    for (std::size_t i = 0; i < head.names.size(); ++i) {
        std::string &name = head.names[i];
        if (name.empty()) {
            name = "unnamed " + std::to_string(i + 1);
            if (!taken.insert(name).second)
                name = freeName(name, taken);
            head.unnamed.insert(name);
        } else if (!seen.insert(name).second) {
            head.doubled.insert(name);
            name = freeName(name, taken);
        }
    }
}

/// Excel's "sep=;" as the first line: the delimiter, and where the line ends.
char declaredDelimiter(std::string_view text, std::size_t &end)
{
    if (!text.starts_with("sep=") || text.size() < 6)
        return 0;
    const std::string_view rest = text.substr(5);
    const std::size_t lineEnd = rest.starts_with("\r\n") ? 2 : rest.front() == '\n' ? 1 : 0;
    end = lineEnd == 0 ? 0 : 5 + lineEnd;
    return lineEnd == 0 ? '\0' : text[4];
}

/// `line` is the one that `text` starts in.
Records sampleRecords(LogHead &head, std::string_view text, std::uint64_t line, bool whole, std::size_t most)
{
    Records records;
    if (!whole)
        text = text.substr(0, wholeRecords(text, head.delimiter, head.quote));
    const std::size_t width = head.names.size();
    while (!text.empty() && records.size() < most) {
        std::size_t consumed = 0;
        auto fields = splitRecord(text, head.delimiter, head.quote, consumed);
        const std::string_view record = text.substr(0, consumed);
        const std::uint64_t at = line;
        line += static_cast<std::uint64_t>(std::count(record.begin(), record.end(), '\n'));
        head.sampledBytes += consumed;
        text.remove_prefix(consumed);
        if (head.trailingDelimiter && fields.size() == width + 1 && fields.back().empty())
            fields.pop_back();
        if (fields.size() != width) {
            if (head.oddLine == 0 && (fields.size() > 1 || !trimmed(fields.front()).empty())) {
                head.oddLine = at;
                head.oddFields = fields.size();
            }
            continue;
        }
        for (std::string &field : fields) {
            if (!isValidUtf8(field))
                field = utf8FromWindows1252(field);
        }
        records.push_back(std::move(fields));
        head.lines.push_back(at);
    }
    return records;
}

} // namespace

LogHead readLogHead(std::string_view text, bool whole, const std::string &fileName, std::size_t maximumRecords,
                    const LogDialect &asked)
{
    if (text.empty())
        throw Exception(ErrorCode::InvalidInput, fileName + " is empty.",
                        "A scoring log starts with a line of column names.");
    refuseOtherFormats(text, fileName);
    LogHead head;
    std::size_t contentAt = 0;
    LogDialect wanted = asked;
    if (const char declared = declaredDelimiter(text, contentAt); declared != 0 && wanted.delimiter.empty())
        wanted.delimiter = declared;
    Preamble preamble = findPreamble(text.substr(contentAt), wanted, fileName);
    head.skippedLines = preamble.lines;
    head.skipGuess = std::move(preamble.guess);
    const std::uint64_t firstLine = (contentAt == 0 ? 1 : 2) + preamble.lines;
    contentAt += preamble.bytes;
    const std::string_view content = text.substr(contentAt);
    GuessedShape shape = guessShape(content, wanted);
    if (wanted.delimiter != asked.delimiter)
        shape.delimiterGuess.why = "because the first line says so";
    head.delimiter = shape.delimiter;
    head.quote = shape.quote;
    head.trailingDelimiter = shape.trailingDelimiter;

    std::size_t consumed = 0;
    head.names = splitRecord(content, head.delimiter, head.quote, consumed);
    head.names.resize(shape.width); // without what a trailing delimiter opens
    head.records = sampleRecords(head, content, firstLine, whole, maximumRecords + 1);
    if (head.records.empty()) { // a header longer than what was read, or one without a line end
        head.records.push_back(head.names);
        head.lines.push_back(firstLine);
    }
    GuessedHeader header = guessHeader(head.records, asked.header);
    head.header = header.present;
    if (header.present) {
        for (std::string &name : head.names)
            name = utf8Of(trimmed(name));
        distinguishNames(head);
        head.records.erase(head.records.begin());
        head.lines.erase(head.lines.begin());
        head.sampledBytes -= std::min(head.sampledBytes, consumed);
    } else {
        for (std::size_t i = 0; i < head.names.size(); ++i)
            head.names[i] = "col" + std::to_string(i + 1);
        consumed = 0;
        if (head.records.size() > maximumRecords) {
            head.records.pop_back();
            head.lines.pop_back();
        }
    }
    const std::string_view before = text.substr(0, contentAt + consumed);
    head.headerLines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    head.bodyAt = before.size();

    auto decimals = guessDecimalMark(head.names, head.records, head.lines, head.delimiter, MissingTexts(asked.missing),
                                     asked.decimalMark);
    head.decimalMark = decimals.mark;
    head.decimalMarkProven = decimals.proven;
    head.guesses = {std::move(shape.delimiterGuess), std::move(shape.quoteGuess), std::move(header.guess),
                    std::move(decimals.guess)};
    return head;
}

} // namespace countersign
