// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/cache/arrayfile.h"

#include <boost/interprocess/file_mapping.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>
#include <xxhash.h>

namespace countersign {

namespace {

constexpr std::uint64_t mark = 0x31'59'41'52'52'41'53'43; // "CSARRAY1"
constexpr std::uint64_t alignment = 4096;

struct FileHead
{
    std::uint64_t mark;
    std::uint64_t arrays;
    std::uint64_t checksum; ///< of the places that follow
};

std::uint64_t aligned(std::uint64_t offset)
{
    return (offset + alignment - 1) / alignment * alignment;
}

[[noreturn]] void failWrite(const std::string &path)
{
    throw Exception(ErrorCode::Io, "Cannot write " + path + ": " + std::strerror(errno) + ".");
}

} // namespace

ArrayFileWriter::ArrayFileWriter(std::string path, const std::vector<std::uint64_t> &lengths)
    : m_path(std::move(path))
    , m_temporary(m_path + ".part")
    , m_descriptor(::open(m_temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR))
{
    if (m_descriptor < 0)
        failWrite(m_temporary);
    std::uint64_t offset = aligned(sizeof(FileHead) + lengths.size() * sizeof(ArrayPlace));
    for (const std::uint64_t length : lengths) {
        m_places.push_back({offset, length, 0});
        offset = aligned(offset + length);
    }
}

ArrayFileWriter::~ArrayFileWriter()
{
    if (m_descriptor < 0)
        return;
    ::unlink(m_temporary.c_str());
    closeAside(m_descriptor);
}

void ArrayFileWriter::put(std::span<const std::byte> bytes, std::uint64_t offset) const
{
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            failWrite(m_temporary);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        offset += static_cast<std::uint64_t>(put);
    }
}

void ArrayFileWriter::write(std::size_t array, std::span<const std::span<const std::byte>> pieces)
{
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
    XXH3_64bits_reset(state.get());
    ArrayPlace &place = m_places[array];
    std::uint64_t offset = place.offset;
    for (const std::span<const std::byte> piece : pieces) {
        XXH3_64bits_update(state.get(), piece.data(), piece.size());
        put(piece, offset);
        offset += piece.size();
    }
    place.checksum = XXH3_64bits_digest(state.get());
}

void ArrayFileWriter::commit()
{
    const auto places = std::as_bytes(std::span<const ArrayPlace>(m_places));
    const FileHead head{mark, m_places.size(), XXH3_64bits(places.data(), places.size())};
    put(std::as_bytes(std::span<const FileHead>(&head, 1)), 0);
    put(places, sizeof head);
    const int descriptor = std::exchange(m_descriptor, -1);
    if (::close(descriptor) != 0 || ::rename(m_temporary.c_str(), m_path.c_str()) != 0) {
        const int code = errno;
        ::unlink(m_temporary.c_str());
        errno = code;
        failWrite(m_path);
    }
}

ArrayFile::ArrayFile(const std::string &path)
    : m_path(path)
{
    try {
        const boost::interprocess::file_mapping file(path.c_str(), boost::interprocess::read_only);
        m_region = {file, boost::interprocess::copy_on_write};
    } catch (const boost::interprocess::interprocess_exception &) {
        throw DamagedCache(path);
    }
    const std::span<std::byte> all(static_cast<std::byte *>(m_region.get_address()), m_region.get_size());
    FileHead head{};
    if (all.size() < sizeof head)
        throw DamagedCache(path);
    std::memcpy(&head, all.data(), sizeof head);
    const std::uint64_t room = (all.size() - sizeof head) / sizeof(ArrayPlace);
    if (head.mark != mark || head.arrays > room)
        throw DamagedCache(path);
    const auto places = all.subspan(sizeof head, head.arrays * sizeof(ArrayPlace));
    if (XXH3_64bits(places.data(), places.size()) != head.checksum)
        throw DamagedCache(path);
    for (std::uint64_t i = 0; i < head.arrays; ++i) {
        ArrayPlace place{};
        std::memcpy(&place, places.data() + i * sizeof place, sizeof place);
        const bool within = place.offset <= all.size() && place.length <= all.size() - place.offset;
        if (place.length > 0 && !within)
            throw DamagedCache(path);
        m_arrays.push_back({within ? all.subspan(place.offset, place.length) : all.first(0), place.checksum});
    }
}

void ArrayFile::rest() const
{
    ::madvise(m_region.get_address(), m_region.get_size(), MADV_DONTNEED); // boost's advice asks for nothing
}

std::span<std::byte> ArrayFile::bytesOf(std::size_t index, std::size_t width) const
{
    if (index >= m_arrays.size() || m_arrays[index].bytes.size() % width != 0)
        throw DamagedCache(m_path);
    return m_arrays[index].bytes;
}

void ArrayFile::check(std::size_t index) const
{
    const Array &array = m_arrays[index];
    if (XXH3_64bits(array.bytes.data(), array.bytes.size()) != array.checksum)
        throw DamagedCache(m_path);
}

} // namespace countersign
