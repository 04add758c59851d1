// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/cache/cachefolder.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/replacefile.h"

#include <algorithm>
#include <boost/filesystem.hpp>
#include <boost/filesystem/fstream.hpp>
#include <ctime>
#include <functional>
#include <iterator>
#include <utility>

namespace countersign {

namespace fs = boost::filesystem;

namespace {

constexpr const char *indexName = "index.json";

struct Kept
{
    fs::path folder;
    std::time_t lookedAt = 0;
    std::uint64_t bytes = 0;
};

Kept keptIn(const fs::path &folder)
{
    boost::system::error_code none;
    Kept kept{folder, fs::last_write_time(folder / indexName, none)};
    for (fs::directory_iterator file(folder, none), end; !none && file != end; file.increment(none)) {
        boost::system::error_code gone;
        const auto bytes = fs::file_size(file->path(), gone);
        kept.bytes += gone ? 0 : bytes;
    }
    return kept;
}

} // namespace

bool writtenJustNow(const std::string &path)
{
    constexpr std::time_t coarse = 3;
    boost::system::error_code gone;
    const std::time_t written = fs::last_write_time(path, gone);
    return gone || std::time(nullptr) - written < coarse;
}

CacheEntry::CacheEntry(const std::string &folder, const std::string &key)
    : m_folder((fs::path(folder) / sha256(std::string_view(key)).hex()).string())
{
}

CacheEntry::CacheEntry(std::string folderOfEntry)
    : m_folder(std::move(folderOfEntry))
{
}

std::string CacheEntry::pathOf(const std::string &file) const
{
    return (fs::path(m_folder) / file).string();
}

std::optional<std::string> CacheEntry::index() const
{
    auto text = read(indexName);
    boost::system::error_code ignored; // a folder that can only be read serves, too
    if (text)
        fs::last_write_time(pathOf(indexName), std::time(nullptr), ignored);
    return text;
}

std::optional<std::string> CacheEntry::read(const std::string &file) const
{
    fs::ifstream in(pathOf(file), std::ios::binary);
    if (!in)
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

void CacheEntry::write(const std::string &file, const std::string &text) const
{
    makeFolder();
    replaceFile(pathOf(file), text, {.ownerOnly = false, .synced = false}); // lost in a crash, it is only read again
}

void CacheEntry::trim(std::string_view nameStart, std::size_t most) const
{
    std::vector<std::pair<std::time_t, fs::path>> found;
    boost::system::error_code none;
    for (fs::directory_iterator file(m_folder, none), end; !none && file != end; file.increment(none)) {
        boost::system::error_code gone;
        if (file->path().filename().string().starts_with(nameStart))
            found.emplace_back(fs::last_write_time(file->path(), gone), file->path());
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    for (std::size_t i = most; i < found.size(); ++i)
        fs::remove(found[i].second, none);
}

std::string CacheEntry::newFile(const std::string &kind) const
{
    makeFolder();
    return kind + "-" + fs::unique_path("%%%%%%%%%%%%%%%%").string();
}

void CacheEntry::makeFolder() const
{
    boost::system::error_code failed;
    fs::create_directories(m_folder, failed);
    if (!failed)
        fs::permissions(m_folder, fs::owner_all, failed);
    if (failed)
        throw Exception(ErrorCode::Io, "Cannot make the folder " + m_folder + ": " + failed.message() + ".");
}

void CacheEntry::renewIndex(const std::string &text) const
{
    write(indexName, text);
}

void CacheEntry::setIndex(const std::string &text, const std::vector<std::string> &files) const
{
    renewIndex(text);
    boost::system::error_code failed;
    std::vector<fs::path> strays;
    for (fs::directory_iterator file(m_folder, failed), end; !failed && file != end; file.increment(failed)) {
        const std::string name = file->path().filename().string();
        if (name != indexName && std::find(files.begin(), files.end(), name) == files.end())
            strays.push_back(file->path());
    }
    for (const fs::path &stray : strays)
        fs::remove(stray, failed);
}

void CacheEntry::remove() const
{
    boost::system::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

void trimCache(const std::string &folder, std::uint64_t mostBytes)
{
    std::vector<Kept> entries;
    boost::system::error_code none;
    for (fs::directory_iterator entry(folder, none), end; !none && entry != end; entry.increment(none))
        entries.push_back(keptIn(entry->path()));
    std::sort(entries.begin(), entries.end(), [](const Kept &a, const Kept &b) { return a.lookedAt > b.lookedAt; });
    std::uint64_t bytes = 0;
    for (const Kept &entry : entries) {
        bytes += entry.bytes;
        if (bytes > mostBytes)
            fs::remove_all(entry.folder, none);
    }
}

} // namespace countersign
