// SPDX-License-Identifier: GPL-3.0-or-later
//
// The beginning of each file of a log: what it is written in, and which columns it has.
#pragma once

#include "core/monitoring/blockparser.h"
#include "core/monitoring/loghead.h"
#include "core/monitoring/textsource.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace countersign {

/// A text source from its first character and what was read ahead of it.
struct OpenText
{
    std::unique_ptr<TextSource> source;
    std::string start; ///< decoded, headBytes at most; the source stands after it
    bool whole = false;
};

struct OpenedFile
{
    std::string path;
    std::string name; ///< without folder
    TextEncoding encoding = TextEncoding::Utf8;
    Packing packing = Packing::None;
    bool byteOrderMark = false;
    std::string identity; ///< ByteSource::identity()
    std::uint64_t fileBytes = 0;
    std::uint64_t startBytes = 0; ///< of the file, that the decoded start was read from
    std::uint64_t startLength = 0;
    std::optional<std::uint64_t> declaredBytes; ///< ByteSource::declaredSize()
    bool whole = false;                         ///< the start is all
    LogHead head;
    DialectGuess encodingGuess;
    GuessedDateFormat date;          ///< of the time column
    std::vector<std::size_t> places; ///< of each column of the file in LogOpening::names

    [[nodiscard]] CellDialect cells(const LogDialect &asked) const;
    /// Without open parts.
    [[nodiscard]] LogDialect dialect(const LogDialect &asked) const;
};

struct LogOpening
{
    std::vector<OpenedFile> files;
    std::vector<std::string> names; ///< the columns of all files in the order in which they first appear
    std::set<std::string> doubled;  ///< LogHead::doubled of any file
    std::set<std::string> unnamed;  ///< LogHead::unnamed of any file
    std::vector<std::string> remarks;
    OpenText first; ///< of the first file, still open: a pipe can be read once only
};

/// Read ahead of the first file, and of each further one.
inline constexpr std::size_t firstHeadBytes = std::size_t{1} << 20;
inline constexpr std::size_t furtherHeadBytes = std::size_t{1} << 18;

struct OpeningRequest
{
    std::string path;
    std::vector<std::string> morePaths;
    LogDialect dialect;
    std::string timeColumn;     ///< whose dates are looked at; empty: none
    std::size_t records = 1000; ///< to sample, in equal parts from the files, but up to 100 from each
    std::size_t headBytes = firstHeadBytes;
};

/// Looks into each file. What one file leaves open another may decide: day before month, and the decimal mark. Throws
/// as readLog() does.
[[nodiscard]] LogOpening openLog(const OpeningRequest &request, const CancelToken &cancel);

/// The text of a file from its start again.
[[nodiscard]] OpenText openText(const std::string &path, TextEncoding encoding, std::size_t headBytes);

/// The text of a plain UTF-8 file from this byte on.
[[nodiscard]] OpenText openTextAt(const std::string &path, std::uint64_t offset);

} // namespace countersign
