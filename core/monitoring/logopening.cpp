// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logopening.h"

#include "core/base/error.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/logfiles.h"

#include <algorithm>
#include <optional>

namespace countersign {

namespace {

/// A character cut off at the end of a sample is no fault.
std::string_view withoutCutCharacter(std::string_view text)
{
    for (int i = 0; i < 3 && !text.empty() && static_cast<unsigned char>(text.back()) >= 0x80; ++i) {
        const bool lead = static_cast<unsigned char>(text.back()) >= 0xC0;
        text.remove_suffix(1);
        if (lead)
            break;
    }
    return text;
}

/// Lines with other characters than ASCII, by what they are.
struct OddLines
{
    std::size_t firstNoUtf8 = 0; ///< counted from 1; 0: every line is UTF-8
    std::size_t firstUtf8 = 0;
};

OddLines oddLines(std::string_view text)
{
    OddLines odd;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::string_view row = text.substr(0, text.find('\n'));
        const bool ascii =
            std::none_of(row.begin(), row.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        if (!ascii && isValidUtf8(row))
            odd.firstUtf8 = odd.firstUtf8 == 0 ? line : odd.firstUtf8;
        else if (!ascii && odd.firstNoUtf8 == 0)
            odd.firstNoUtf8 = line;
        text.remove_prefix(std::min(text.size(), row.size() + 1));
    }
    return odd;
}

void refuseUtf32(std::string_view head, const std::string &fileName)
{
    using namespace std::string_view_literals;
    if (head.starts_with("\xff\xfe\0\0"sv))
        throw Exception(ErrorCode::InvalidInput, fileName + " is UTF-32 text.", "Save it as CSV UTF-8.");
}

bool hasByteOrderMark(std::string_view head)
{
    return head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff") || head.starts_with("\xef\xbb\xbf");
}

TextEncoding guessEncoding(std::string_view head, TextEncoding asked, const std::string &fileName, DialectGuess &guess)
{
    guess.part = "encoding";
    if (asked != TextEncoding::Automatic) {
        const OddLines odd = oddLines(withoutCutCharacter(head));
        std::string against;
        if (asked == TextEncoding::Utf8 && odd.firstNoUtf8 != 0)
            against = "line " + std::to_string(odd.firstNoUtf8) + " is no UTF-8; such cells are read as Windows-1252";
        else if (asked == TextEncoding::Windows1252 && odd.firstUtf8 != 0 && odd.firstNoUtf8 == 0)
            against = "line " + std::to_string(odd.firstUtf8) + " reads as UTF-8";
        guess = chosenPart("encoding", inWords(asked), against);
        return asked;
    }
    const TextEncoding marked = encodingMarked(head);
    refuseUtf32(head, fileName);
    if (marked != TextEncoding::Automatic) {
        guess = {"encoding", inWords(marked),
                 hasByteOrderMark(head) ? "because the file begins with its byte order mark"
                                        : "because one byte of two is 0, always the same one",
                 true};
        return marked;
    }
    if (isValidUtf8(withoutCutCharacter(head))) {
        const bool plain =
            std::none_of(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        guess = {"encoding", inWords(TextEncoding::Utf8),
                 plain ? "the sample is plain ASCII" : "because every character reads so", true};
        return TextEncoding::Utf8;
    }
    const OddLines odd = oddLines(withoutCutCharacter(head));
    const std::string why = "because line " + std::to_string(odd.firstNoUtf8) + " is no UTF-8";
    if (odd.firstUtf8 == 0) {
        guess = {"encoding", inWords(TextEncoding::Windows1252), why, true};
        return TextEncoding::Windows1252;
    }
    guess = {"encoding", "UTF-8, and Windows-1252 in some cells", why + " and other lines are", false};
    return TextEncoding::Utf8;
}

/// Looks into a file; nothing where it is empty.
std::optional<OpenedFile> openFile(const std::string &path, const OpeningRequest &request, std::size_t headBytes,
                                   OpenText &text)
{
    OpenedFile file;
    file.path = path;
    file.name = fileNameOf(path);
    text.source = std::make_unique<TextSource>(path, headBytes);
    const std::string_view raw = text.source->head();
    file.byteOrderMark = raw.starts_with("\xef\xbb\xbf");
    file.encoding = guessEncoding(raw, request.dialect.encoding, file.name, file.encodingGuess);
    text.source->setEncoding(file.encoding);
    text.start.assign(headBytes, '\0');
    text.start.resize(text.source->read(text.start.data(), headBytes));
    text.whole = text.start.size() < headBytes;
    if (text.start.empty())
        return std::nullopt;
    file.packing = text.source->bytes().packing();
    file.fileBytes = text.source->bytes().fileSize();
    file.identity = text.source->bytes().identity();
    file.startBytes = text.source->bytes().filePosition();
    file.startLength = text.start.size();
    file.declaredBytes = text.source->bytes().declaredSize();
    file.whole = text.whole;
    file.head = readLogHead(text.start, text.whole, file.name, request.records, request.dialect);
    return file;
}

std::vector<std::string_view> datesOf(const OpenedFile &file, const std::string &timeColumn)
{
    std::vector<std::string_view> values;
    const auto &names = file.head.names;
    const auto column = static_cast<std::size_t>(std::find(names.begin(), names.end(), timeColumn) - names.begin());
    for (const auto &record : file.head.records) {
        if (column < names.size())
            values.push_back(record[column]);
    }
    return values;
}

void guessDates(OpenedFile &file, const OpeningRequest &request)
{
    if (!request.timeColumn.empty())
        file.date = guessDateFormat(datesOf(file, request.timeColumn), MissingTexts(request.dialect.missing),
                                    request.dialect.dateFormat);
}

bool provesOrder(const OpenedFile &file)
{
    return file.date.nearlyAll && !file.date.eitherOrder && otherOrder(file.date.format);
}

/// Day before month, or after it: what one file proves holds for those that leave it open, else what all of these show
/// together.
void shareDateOrder(std::vector<OpenedFile> &files, const OpeningRequest &request)
{
    if (std::none_of(files.begin(), files.end(), [](const OpenedFile &file) { return file.date.eitherOrder; }))
        return;
    const auto proof = std::find_if(files.begin(), files.end(), provesOrder);
    GuessedDateFormat shared;
    if (proof == files.end()) {
        std::vector<std::string_view> values;
        for (const OpenedFile &file : files) {
            if (!file.date.eitherOrder)
                continue;
            const auto dates = datesOf(file, request.timeColumn);
            values.insert(values.end(), dates.begin(), dates.end());
        }
        shared = guessDateFormat(values, MissingTexts(request.dialect.missing), DateFormat::Automatic);
    } else {
        shared.format = proof->date.format;
        shared.guess = {"dateFormat", inWords(shared.format), "as in " + proof->name, true};
    }
    for (OpenedFile &file : files) {
        if (!file.date.eitherOrder)
            continue;
        file.date.format = shared.format;
        file.date.guess = shared.guess;
    }
}

void shareDecimalMark(std::vector<OpenedFile> &files)
{
    for (OpenedFile &file : files) {
        const auto proof = std::find_if(files.begin(), files.end(), [&file](const OpenedFile &other) {
            return other.head.decimalMarkProven && other.head.delimiter == file.head.delimiter;
        });
        if (file.head.decimalMarkProven || proof == files.end())
            continue;
        file.head.decimalMark = proof->head.decimalMark;
        file.head.guesses.back() = {"decimalMark", inWords(file.head.decimalMark), "as in " + proof->name, true};
    }
}

bool has(const OpenedFile &file, const std::string &name)
{
    return std::find(file.head.names.begin(), file.head.names.end(), name) != file.head.names.end();
}

[[noreturn]] void refuseFile(const std::string &what)
{
    throw Exception(ErrorCode::InvalidInput, what, "Leave the file out, or give it the same line of column names.");
}

void gatherNames(LogOpening &opening, const std::string &timeColumn)
{
    const auto &files = opening.files;
    const auto timed = std::find_if(files.begin(), files.end(),
                                    [&timeColumn](const OpenedFile &file) { return has(file, timeColumn); });
    for (OpenedFile &file : opening.files) {
        opening.doubled.insert(file.head.doubled.begin(), file.head.doubled.end());
        opening.unnamed.insert(file.head.unnamed.begin(), file.head.unnamed.end());
        std::size_t shared = 0;
        for (const std::string &name : file.head.names) {
            const auto found = std::find(opening.names.begin(), opening.names.end(), name);
            file.places.push_back(static_cast<std::size_t>(found - opening.names.begin()));
            if (found == opening.names.end())
                opening.names.push_back(name);
            else
                ++shared;
        }
        if (timed != files.end() && !has(file, timeColumn))
            refuseFile(file.name + " has no column " + quotedExcerpt(timeColumn) + ", as " + timed->name + " has.");
        if (&file != &files.front() && shared == 0)
            refuseFile(file.name + " shares no column with " + files.front().name +
                       ", as the other files of the log do.");
    }
    for (const std::string &name : opening.doubled)
        opening.remarks.push_back("Several columns are named " + quotedExcerpt(name) +
                                  ": later ones have a number behind it, as in " + quotedExcerpt(name + " (2)") + ".");
    for (const std::string &name : opening.names) {
        std::string lacking;
        std::size_t count = 0;
        for (const OpenedFile &file : files) {
            if (!has(file, name) && ++count == 1)
                lacking = file.name;
        }
        if (count > 0)
            opening.remarks.push_back("Column " + quotedExcerpt(name) + " is not in " + lacking +
                                      (count > 1 ? " and " + std::to_string(count - 1) + " more" : std::string()) +
                                      "; its values count as missing there.");
    }
}

} // namespace

CellDialect OpenedFile::cells(const LogDialect &asked) const
{
    return {head.delimiter,        head.quote, head.decimalMark, MissingTexts(asked.missing), !head.decimalMarkProven,
            head.trailingDelimiter};
}

LogDialect OpenedFile::dialect(const LogDialect &asked) const
{
    LogDialect read;
    read.delimiter = std::string(1, head.delimiter);
    read.quote = quoteName(head.quote);
    read.decimalMark = head.decimalMark;
    read.dateFormat = date.format;
    read.encoding = encoding;
    read.header = head.header ? HeaderRow::Present : HeaderRow::Absent;
    read.missing = asked.missing ? asked.missing : usualMissingWords();
    read.skipLines = head.skippedLines;
    return read;
}

OpenText openText(const std::string &path, TextEncoding encoding, std::size_t headBytes)
{
    OpenText text;
    text.source = std::make_unique<TextSource>(path, headBytes);
    text.source->setEncoding(encoding);
    text.start.assign(headBytes, '\0');
    text.start.resize(text.source->read(text.start.data(), headBytes));
    text.whole = text.start.size() < headBytes;
    return text;
}

OpenText openTextAt(const std::string &path, std::uint64_t offset)
{
    OpenText text;
    text.source = std::make_unique<TextSource>(path, 0);
    text.source->setEncoding(TextEncoding::Utf8);
    text.source->skipTo(offset);
    return text;
}

LogOpening openLog(const OpeningRequest &request, const CancelToken &cancel)
{
    checkDialect(request.dialect);
    LogFiles listed = listLogFiles(request.path, request.morePaths);
    LogOpening opening;
    opening.remarks = std::move(listed.remarks);
    OpeningRequest each = request;
    constexpr std::size_t fewest = 100;
    each.records = std::min(request.records, std::max(fewest, request.records / listed.paths.size()));
    for (const std::string &path : listed.paths) {
        cancel.throwIfCancelled();
        const bool first = opening.files.empty();
        OpenText text;
        auto file = openFile(path, each, first ? request.headBytes : furtherHeadBytes, text);
        if (!file && listed.paths.size() > 1) {
            opening.remarks.push_back(fileNameOf(path) + " is empty.");
            continue;
        }
        if (!file)
            throw Exception(ErrorCode::InvalidInput, fileNameOf(path) + " is empty.",
                            "A scoring log starts with a line of column names.");
        guessDates(*file, request);
        opening.files.push_back(std::move(*file));
        if (first)
            opening.first = std::move(text);
    }
    if (opening.files.empty())
        throw Exception(ErrorCode::InvalidInput,
                        "Every file of " + logNameOf(request.path, request.morePaths) + " is empty.",
                        "A scoring log starts with a line of column names.");
    shareDateOrder(opening.files, request);
    shareDecimalMark(opening.files);
    gatherNames(opening, request.timeColumn);
    return opening;
}

} // namespace countersign
