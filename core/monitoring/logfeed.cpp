// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logfeed.h"

#include "core/base/error.h"
#include "core/monitoring/blockparser.h"

#include <algorithm>
#include <utility>

namespace countersign {

namespace {

constexpr std::size_t blockBytes = std::size_t{2} << 20;
constexpr std::size_t largeBlockBytes = std::size_t{16} << 20;
/// From here on blocks are large ones, so that a long log is not made of all too many.
constexpr std::uint64_t longFeedBytes = std::uint64_t{1} << 30;
constexpr std::size_t longestRecord = std::size_t{64} << 20;

} // namespace

void Block::assign(std::string_view text)
{
    m_size = 0;
    reserve(text.size());
    std::copy(text.begin(), text.end(), m_bytes.get());
    m_size = text.size();
}

void Block::reserve(std::size_t capacity)
{
    if (capacity <= m_capacity)
        return;
    auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
    std::copy_n(m_bytes.get(), m_size, bytes.get());
    m_bytes = std::move(bytes);
    m_capacity = capacity;
}

void Block::swap(Block &other) noexcept
{
    m_bytes.swap(other.m_bytes);
    std::swap(m_size, other.m_size);
    std::swap(m_capacity, other.m_capacity);
}

BlockFeed::BlockFeed(OpenText text, std::size_t from, const OpenedFile &file)
    : m_source(std::move(text.source))
    , m_delimiter(file.head.delimiter)
    , m_quote(file.head.quote)
    , m_fileName(file.name)
{
    m_rest.assign(std::string_view(text.start).substr(from));
}

bool BlockFeed::take(Block &block)
{
    block.swap(m_rest);
    m_rest.setSize(0);
    std::size_t want = m_given < longFeedBytes ? blockBytes : largeBlockBytes;
    std::size_t whole = 0;
    while (!m_finished) {
        const std::size_t had = block.size();
        const std::size_t room = want > had ? want - had : 0;
        block.reserve(want + 1); // and a line feed
        const std::size_t got = m_source->read(block.data() + had, room);
        block.setSize(had + got);
        m_finished = got < room;
        whole = wholeRecords(block.text(), m_delimiter, m_quote);
        if (whole > 0 || m_finished)
            break;
        want *= 2;
        if (want > longestRecord)
            throw Exception(ErrorCode::InvalidInput, m_fileName + " holds a record of more than 64 MiB.",
                            "A double quote is probably opened and never closed.");
    }
    if (m_finished) {
        if (block.size() == 0)
            return false;
        if (block.text().back() != '\n') {
            block.reserve(block.size() + 1);
            block.setSize(block.size() + 1);
            block.data()[block.size() - 1] = '\n';
        }
    } else {
        m_rest.assign(block.text().substr(whole));
        block.setSize(whole);
    }
    m_given += block.size();
    return true;
}

LogFeed::LogFeed(LogOpening &opening, std::vector<std::uint64_t> known)
    : m_opening(opening)
    , m_known(std::move(known))
{
    m_known.resize(opening.files.size(), 0);
    for (const OpenedFile &file : opening.files)
        m_total += file.fileBytes;
}

void LogFeed::open(const OpenedFile &file)
{
    const bool first = m_file == 0;
    if (m_known[m_file] > 0) {
        m_feed.emplace(openTextAt(file.path, m_known[m_file]), 0, file);
        return;
    }
    OpenText text = first && m_opening.first.source
                        ? std::move(m_opening.first)
                        : openText(file.path, file.encoding, first ? firstHeadBytes : furtherHeadBytes);
    m_feed.emplace(std::move(text), file.head.bodyAt, file);
}

bool LogFeed::take(Block &block, std::size_t &number, std::size_t &file)
{
    while (m_file < m_opening.files.size()) {
        const OpenedFile &current = m_opening.files[m_file];
        const bool allKnown = m_known[m_file] > 0 && m_known[m_file] == current.fileBytes;
        if (!m_feed && !allKnown)
            open(current);
        if (!allKnown && m_feed->take(block)) {
            number = m_taken++;
            file = m_file;
            return true;
        }
        m_done += current.fileBytes;
        m_feed.reset();
        ++m_file;
    }
    return false;
}

} // namespace countersign
