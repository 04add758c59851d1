// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/pagememory.h"

#include "core/base/error.h"

#include <algorithm>
#include <boost/filesystem/operations.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace countersign {

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t columnBlock = std::size_t{8} << 20;
constexpr std::size_t fileBlock = std::size_t{64} << 20;

constexpr std::size_t roundUp(std::size_t bytes, std::size_t to)
{
    return (bytes + to - 1) / to * to;
}

std::string folderForLargeFiles()
{
    if (const char *chosen = std::getenv("TMPDIR"); chosen != nullptr && *chosen != 0)
        return chosen;
    boost::system::error_code none;
    return boost::filesystem::is_directory("/var/tmp", none) ? "/var/tmp" // on disk, where /tmp may be memory
                                                             : boost::filesystem::temp_directory_path(none).string();
}

[[noreturn]] void failFile(const std::string &folder, int code)
{
    throw Exception(ErrorCode::Io,
                    "The log has more rows than are held in memory, and there is no room for them in " + folder + ": " +
                        std::strerror(code) + ".",
                    "Free room there, name another folder in TMPDIR, or read fewer columns.");
}

int fileWithoutName(const std::string &folder)
{
#ifdef O_TMPFILE
    const int unnamed = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (unnamed >= 0)
        return unnamed;
#endif
    std::string name = folder + "/countersign-XXXXXX";
    const int named = ::mkstemp(name.data());
    if (named < 0)
        failFile(folder, errno);
    ::unlink(name.c_str());
    return named;
}

void leave(std::span<std::byte> bytes)
{
    if (!bytes.empty())
        ::madvise(bytes.data(), bytes.size(), MADV_DONTNEED); // of a shared mapping of a file: nothing is lost
}

} // namespace

void closeAside(int descriptor)
{
    try {
        std::thread([descriptor] { ::close(descriptor); }).detach();
    } catch (const std::system_error &) { // no thread to be had
        ::close(descriptor);
    }
}

PageStore::PageStore(std::uint64_t memoryBytes)
    : m_memoryBytes(memoryBytes)
{
}

PageStore::~PageStore()
{
    for (const std::span<std::byte> mapped : m_mapped)
        ::munmap(mapped.data(), mapped.size());
    if (m_file >= 0)
        closeAside(m_file);
}

PageStore::Taken PageStore::take(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    if (m_held + bytes > m_memoryBytes)
        return {map(bytes), true};
    m_held += bytes;
    m_pages.push_back(allocatePages(bytes));
    return {{static_cast<std::byte *>(m_pages.back().get()), bytes}, false};
}

std::span<std::byte> PageStore::map(std::size_t bytes)
{
    const std::size_t whole = roundUp(bytes, page);
    if (whole > m_left.size()) {
        const std::string folder = folderForLargeFiles();
        if (m_file < 0)
            m_file = fileWithoutName(folder);
        const std::size_t more = std::max(whole, fileBlock);
        // Without room reserved before, a full disk would show as SIGBUS at some write.
        if (const int code = ::posix_fallocate(m_file, static_cast<off_t>(m_fileBytes), static_cast<off_t>(more));
            code != 0)
            failFile(folder, code);
        void *address =
            ::mmap(nullptr, more, PROT_READ | PROT_WRITE, MAP_SHARED, m_file, static_cast<off_t>(m_fileBytes));
        if (address == MAP_FAILED)
            failFile(folder, errno);
        m_fileBytes += more;
        m_left = {static_cast<std::byte *>(address), more};
        m_mapped.push_back(m_left);
    }
    const std::span<std::byte> taken = m_left.first(bytes);
    m_left = m_left.subspan(whole);
    return taken;
}

std::uint64_t PageStore::mappedBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_fileBytes;
}

void PageStore::rest() const
{
    const std::lock_guard lock(m_mutex);
    std::for_each(m_mapped.begin(), m_mapped.end(), leave);
}

std::byte *ColumnMemory::take(std::size_t bytes)
{
    const std::size_t whole = roundUp(bytes, alignment);
    if (whole > m_block.bytes.size() - m_used) {
        if (m_block.mapped)
            m_full.push_back(m_block.bytes.subspan(m_rested));
        m_block = m_store.take(std::max(whole, columnBlock));
        m_used = 0;
        m_rested = 0;
    }
    std::byte *piece = m_block.bytes.data() + m_used;
    m_used += whole;
    return piece;
}

void ColumnMemory::rest()
{
    std::for_each(m_full.begin(), m_full.end(), leave);
    m_full.clear();
    if (!m_block.mapped)
        return;
    const std::size_t whole = m_used / page * page;
    leave(m_block.bytes.subspan(m_rested, whole - m_rested));
    m_rested = whole;
}

void TableMemory::add(std::shared_ptr<const CellMemory> memory)
{
    m_mappedBytes += memory->mappedBytes();
    m_memories.push_back(std::move(memory));
}

void TableMemory::rest() const
{
    if (m_mappedBytes <= m_memoryBytes)
        return;
    for (const auto &memory : m_memories)
        memory->rest();
}

} // namespace countersign
