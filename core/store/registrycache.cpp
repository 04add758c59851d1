// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/registrycache.h"

#include "core/base/error.h"
#include "core/base/userfolders.h"
#include "core/store/sqlite/statement.h"
#include "core/store/sqlite/transaction.h"

#include <system_error>

namespace countersign {

namespace {

namespace fs = std::filesystem;
using sqlite::Connection;
using sqlite::OpenMode;
using sqlite::Statement;
using sqlite::Transaction;

constexpr std::int64_t kApplicationId = 0x43534752; // "CSGR"

constexpr const char *kSchema = R"sql(
PRAGMA application_id=0x43534752;
CREATE TABLE record(kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(kind, id)) STRICT, WITHOUT ROWID;
CREATE TABLE timeline(seq INTEGER NOT NULL, position INTEGER NOT NULL, model TEXT NOT NULL, body TEXT NOT NULL,
                      PRIMARY KEY(seq, position)) STRICT, WITHOUT ROWID;
CREATE TABLE position(only INTEGER PRIMARY KEY CHECK(only = 1), size INTEGER NOT NULL, root BLOB NOT NULL,
                      frontier BLOB NOT NULL, schema_version INTEGER NOT NULL) STRICT;
)sql";

/// The tree in the position table; nothing when its parts do not fit each other.
std::optional<MerkleTree> readPosition(const Connection &connection)
{
    Statement row(connection, "SELECT size, frontier, root FROM position");
    if (!row.step() || row.integer(0) < 0)
        return std::nullopt;
    auto tree = MerkleTree::fromFrontier(static_cast<std::uint64_t>(row.integer(0)), row.blob(1));
    if (!tree || tree->root().view() != row.blob(2))
        return std::nullopt;
    return tree;
}

void writePosition(const Connection &connection, const MerkleTree &tree, std::int64_t schemaVersion)
{
    const std::string frontier = tree.frontier();
    const Hash256 root = tree.root();
    Statement(connection,
              "INSERT OR REPLACE INTO position(only, size, root, frontier, schema_version) VALUES(1, ?1, ?2, ?3, ?4)")
        .bind(1, static_cast<std::int64_t>(tree.size()))
        .bindBlob(2, root.view())
        .bindBlob(3, frontier)
        .bind(4, schemaVersion)
        .run();
}

} // namespace

RegistryCache::RegistryCache(fs::path file, std::int64_t schemaVersion)
    : m_file(std::move(file))
    , m_schemaVersion(schemaVersion)
{
    std::error_code error;
    fs::create_directories(m_file.parent_path(), error);
    if (!fs::exists(m_file, error)) {
        try {
            begin();
            return;
        } catch (const Exception &exception) {
            if (exception.error().code != ErrorCode::Conflict) // else another window has just begun it
                throw;
        }
    }
    try {
        m_connection = std::make_unique<Connection>(m_file, OpenMode::ReadWrite);
        if (!usable())
            discard();
    } catch (const Exception &exception) {
        if (exception.error().code == ErrorCode::Conflict)
            throw;
        discard();
    }
}

RegistryCache::~RegistryCache() = default;

fs::path RegistryCache::defaultFile(std::string_view origin)
{
    return userCacheFolder() / (std::string(origin) + ".registry");
}

bool RegistryCache::usable() const
{
    return m_connection->integer("PRAGMA application_id") == kApplicationId &&
           m_connection->text("PRAGMA quick_check(1)") == "ok" &&
           m_connection->integer("SELECT schema_version FROM position") == m_schemaVersion &&
           readPosition(*m_connection).has_value();
}

void RegistryCache::begin()
{
    m_connection = std::make_unique<Connection>(m_file, OpenMode::Create);
    std::error_code ignored;
    fs::permissions(m_file, fs::perms::owner_read | fs::perms::owner_write, ignored);
    Transaction transaction(*m_connection, Transaction::Kind::Write);
    m_connection->execute(kSchema);
    writePosition(*m_connection, {}, m_schemaVersion);
    transaction.commit();
}

void RegistryCache::discard()
{
    m_connection.reset();
    std::error_code error;
    fs::remove(m_file, error);
    fs::remove(m_file.string() + "-journal", error);
    begin();
}

MerkleTree RegistryCache::position() const
{
    return readPosition(*m_connection).value_or(MerkleTree());
}

std::optional<RegistryCache::Contents> RegistryCache::load()
{
    try {
        Contents contents;
        Transaction snapshot(*m_connection, Transaction::Kind::Read);
        contents.position = position();
        Statement records(*m_connection, "SELECT kind, id, body FROM record ORDER BY kind, id");
        while (records.step())
            contents.records.push_back(
                {std::string(records.text(0)), std::string(records.text(1)), std::string(records.text(2))});
        Statement rows(*m_connection, "SELECT seq, position, model, body FROM timeline ORDER BY seq, position");
        while (rows.step())
            contents.timeline.push_back({static_cast<std::uint64_t>(rows.integer(0)),
                                         static_cast<std::uint64_t>(rows.integer(1)), std::string(rows.text(2)),
                                         std::string(rows.text(3))});
        return contents;
    } catch (const Exception &exception) {
        if (exception.error().code != ErrorCode::Corrupt)
            throw;
    }
    discard();
    return std::nullopt;
}

bool RegistryCache::apply(const CacheBatch &batch)
{
    Transaction transaction(*m_connection, Transaction::Kind::Write);
    if (position().size() != batch.from || m_connection->fileMoved())
        return false;
    Statement erase(*m_connection, "DELETE FROM record WHERE kind = ?1 AND id = ?2");
    for (const auto &[kind, id] : batch.erased)
        erase.bindText(1, kind).bindText(2, id).run();
    Statement upsert(*m_connection, "INSERT OR REPLACE INTO record(kind, id, body) VALUES(?1, ?2, ?3)");
    for (const auto &record : batch.upserts)
        upsert.bindText(1, record.kind).bindText(2, record.id).bindText(3, record.body).run();
    Statement add(*m_connection, "INSERT OR REPLACE INTO timeline(seq, position, model, body) VALUES(?1, ?2, ?3, ?4)");
    for (const auto &row : batch.timeline)
        add.bind(1, static_cast<std::int64_t>(row.seq))
            .bind(2, static_cast<std::int64_t>(row.position))
            .bindText(3, row.model)
            .bindText(4, row.body)
            .run();
    writePosition(*m_connection, batch.to, m_schemaVersion);
    transaction.commit();
    return true;
}

void RegistryCache::clear()
{
    Transaction transaction(*m_connection, Transaction::Kind::Write);
    m_connection->execute("DELETE FROM record; DELETE FROM timeline");
    writePosition(*m_connection, {}, m_schemaVersion);
    transaction.commit();
}

} // namespace countersign
