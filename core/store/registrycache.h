// SPDX-License-Identifier: GPL-3.0-or-later
//
// What replay made of a log, kept so that the next start need not replay all of it. Lives in the user's cache, never in
// a shared file; what is in it came from entries that this desk has verified. Holds opaque JSON text. It may be deleted
// at any time: a cache that is damaged, foreign or of another schema is thrown away without a word and begun anew.
#pragma once

#include "core/log/merkle.h"
#include "core/store/sqlite/connection.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct CachedRecord
{
    std::string kind;
    std::string id;
    std::string body;
};

struct CachedTimelineRow
{
    std::uint64_t seq = 0;      // the entry
    std::uint64_t position = 0; // of the fact in the entry
    std::string model;
    std::string body;
};

/// What one or several entries changed; what is erased goes before what is written.
struct CacheBatch
{
    std::uint64_t from = 0; // the size that the cache must have
    MerkleTree to;          // what it stands for afterwards
    std::vector<CachedRecord> upserts;
    std::vector<std::pair<std::string, std::string>> erased; // kind, id
    std::vector<CachedTimelineRow> timeline;
};

class RegistryCache
{
public:
    /// Opens or begins `file`. `schemaVersion` is the caller's: it names the form of the bodies and of the fold.
    /// Throws Exception(Io) only when there is no way to write there.
    RegistryCache(std::filesystem::path file, std::int64_t schemaVersion);
    ~RegistryCache();
    RegistryCache(const RegistryCache &) = delete;
    RegistryCache &operator=(const RegistryCache &) = delete;

    /// $XDG_CACHE_HOME/countersign/<origin>.registry, else below ~/.cache, else below the temporary folder.
    [[nodiscard]] static std::filesystem::path defaultFile(std::string_view origin);

    /// The tree the cache stands for: size 0 when it is empty. Compare its root with the log before you trust the rest.
    [[nodiscard]] MerkleTree position() const;

    struct Contents
    {
        MerkleTree position;
        std::vector<CachedRecord> records;       // by kind, then id
        std::vector<CachedTimelineRow> timeline; // in order
    };
    /// All of it from one view. Nothing when the cache turned out damaged: then it is empty now.
    [[nodiscard]] std::optional<Contents> load();

    /// In one transaction. False when the cache does not stand at `batch.from`, since another window moved it on: then
    /// nothing is changed.
    bool apply(const CacheBatch &batch);
    void clear();

private:
    void begin();
    void discard();
    [[nodiscard]] bool usable() const;

    std::filesystem::path m_file;
    std::int64_t m_schemaVersion;
    std::unique_ptr<sqlite::Connection> m_connection;
};

} // namespace countersign
