// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logopening.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// Bytes that grow without being set to zero first.
class Block
{
public:
    [[nodiscard]] char *data() { return m_bytes.get(); }
    [[nodiscard]] std::string_view text() const { return {m_bytes.get(), m_size}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    void setSize(std::size_t size) { m_size = size; }
    void assign(std::string_view text);
    void reserve(std::size_t capacity);
    void swap(Block &other) noexcept;

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

/// Cuts a text source into blocks of whole records, in order, for any number of takers.
class BlockFeed
{
public:
    /// From character `from` of what was read ahead on.
    BlockFeed(OpenText text, std::size_t from, const OpenedFile &file);

    /// The next block, ending in a line feed; false at the end. Not for use by two threads at once. Throws
    /// Exception(InvalidInput) for a record of more than 64 MiB, and as TextSource does.
    [[nodiscard]] bool take(Block &block);

    /// Of the file, how much has been read.
    [[nodiscard]] std::uint64_t position() const { return m_source->bytes().filePosition(); }

private:
    std::unique_ptr<TextSource> m_source;
    Block m_rest;
    char m_delimiter;
    QuoteStyle m_quote;
    std::string m_fileName;
    std::uint64_t m_given = 0; ///< bytes
    bool m_finished = false;
};

/// The blocks of all files of a log, one file after another.
class LogFeed
{
public:
    /// `opening` must outlive the feed. `known`: of each file, the bytes from its start to pass over.
    explicit LogFeed(LogOpening &opening, std::vector<std::uint64_t> known = {});

    /// As BlockFeed::take, with the number of the block in the log and of the file it is from.
    [[nodiscard]] bool take(Block &block, std::size_t &number, std::size_t &file);

    /// Bytes of the files, read so far and in all.
    [[nodiscard]] std::uint64_t done() const { return m_done + (m_feed ? m_feed->position() : 0); }
    [[nodiscard]] std::uint64_t total() const { return m_total; }

private:
    void open(const OpenedFile &file);

    LogOpening &m_opening;
    std::vector<std::uint64_t> m_known;
    std::optional<BlockFeed> m_feed;
    std::size_t m_file = 0;
    std::size_t m_taken = 0;
    std::uint64_t m_done = 0;
    std::uint64_t m_total = 0;
};

} // namespace countersign
