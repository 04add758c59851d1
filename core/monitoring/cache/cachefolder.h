// SPDX-License-Identifier: GPL-3.0-or-later
//
// The folder in which logs are cached: one folder for each log, in it an index (JSON) and the files it names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

class CacheEntry
{
public:
    /// `key` as text of any length; entries of different keys do not meet.
    CacheEntry(const std::string &folder, const std::string &key);

    explicit CacheEntry(std::string folderOfEntry);

    [[nodiscard]] const std::string &folder() const { return m_folder; }
    /// Nothing where there is none. Counts as a look at the entry.
    [[nodiscard]] std::optional<std::string> index() const;
    [[nodiscard]] std::optional<std::string> read(const std::string &file) const;
    /// The file is whole or not there. Throws Exception(Io).
    void write(const std::string &file, const std::string &text) const;
    /// Of the files whose names begin so, leaves the `most` that were written last.
    void trim(std::string_view nameStart, std::size_t most) const;
    [[nodiscard]] std::string pathOf(const std::string &file) const;
    /// A file name that no other call gives. Makes the folder, for this user alone. Throws Exception(Io).
    [[nodiscard]] std::string newFile(const std::string &kind) const;
    /// Replaces the index alone. Throws Exception(Io).
    void renewIndex(const std::string &text) const;
    /// Replaces the index and removes the files of the entry that are not among `files`. Throws Exception(Io).
    void setIndex(const std::string &text, const std::vector<std::string> &files) const;
    void remove() const;

private:
    void makeFolder() const;

    std::string m_folder;
};

/// Times of files may be as coarse as 2 s: what was written just now may be written again and look the same. Also where
/// there is no such file.
[[nodiscard]] bool writtenJustNow(const std::string &path);

/// Removes entries, those not looked at for longest first, until at most `mostBytes` are left.
void trimCache(const std::string &folder, std::uint64_t mostBytes);

} // namespace countersign
