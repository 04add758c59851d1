// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds a log: envelopes by number, blobs by their SHA-256, nothing else. Small, so that something other than a
// SQLite file can hold it for a large team. Everything throws Exception with words for a person.
#pragma once

#include "core/base/hash.h"
#include "core/base/progress.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// One write to the log, alone: nobody else writes until it goes. Without commit() nothing happened.
class LogWriter
{
public:
    virtual ~LogWriter() = default;
    /// The number of entries, those of this write included.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Stores `bytes` unless they are there already.
    virtual Hash256 putBlob(std::string_view bytes) = 0;
    /// Stores `envelope` as entry size() and reads it back.
    virtual void append(std::string_view envelope) = 0;
    /// When it returns, the write survives a power failure. When it throws, nothing was written.
    virtual void commit() = 0;
};

class LogStore
{
public:
    virtual ~LogStore() = default;

    /// The id of the log, as the store names it. What counts is the origin inside the signed entries.
    [[nodiscard]] virtual std::string origin() const = 0;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// A number that changes when somebody else has written since.
    [[nodiscard]] virtual std::uint64_t dataVersion() const = 0;

    using EntryVisitor = std::function<void(std::uint64_t seq, std::string_view envelope)>;
    /// Every entry from `from` on, in order of number, from one view of the store. The view lives for the call only.
    virtual void forEach(std::uint64_t from, const EntryVisitor &visit) const = 0;

    /// The envelope stored as entry `seq`, or nothing.
    [[nodiscard]] virtual std::optional<std::string> envelope(std::uint64_t seq) const = 0;

    /// Nothing when there is no such blob; throws Exception(Corrupt) when its bytes no longer fit its hash.
    [[nodiscard]] virtual std::optional<std::string> blob(const Hash256 &hash) const = 0;
    /// Whether there is such a blob; throws as blob() does.
    [[nodiscard]] virtual bool holdsBlob(const Hash256 &hash) const { return blob(hash).has_value(); }
    using BlobVisitor = std::function<void(const Hash256 &hash, std::string_view bytes)>;
    /// Every blob as it is stored, unchecked.
    virtual void forEachBlob(const BlobVisitor &visit) const = 0;
    virtual void forEachBlobHash(const std::function<void(const Hash256 &hash)> &visit) const = 0;

    /// Waits its turn. The caller then compares size() with the entries it knows: when there are more, it reads them
    /// (forEach works meanwhile) or lets the writer go and tries again later. Throws Exception(Conflict) when the wait
    /// is too long. At most one writer of a store at a time.
    [[nodiscard]] virtual std::unique_ptr<LogWriter> begin() = 0;

    /// What is wrong with the container itself, a sentence each.
    [[nodiscard]] virtual std::vector<std::string> selfCheck() const = 0;
};

} // namespace countersign
