// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of a workspace file, as docs/formats/file-format.md tells them to strangers. Each text is stored by SQLite
// as it stands here, so that a file can be compared with it.
#pragma once

#include <array>
#include <cstdint>

namespace countersign::logschema {

inline constexpr std::uint32_t kApplicationId = 0x43534731; // "CSG1"
inline constexpr std::uint32_t kVersion = 1;

struct SchemaObject
{
    const char *name;
    const char *sql;
    bool guard; // keeps honest programs from mistakes; a file without it still holds the same facts
};

inline constexpr std::array<SchemaObject, 12> kObjects = {{
    {"meta", "CREATE TABLE meta(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT", false},
    {"entry", "CREATE TABLE entry(seq INTEGER PRIMARY KEY CHECK(seq >= 0), envelope BLOB NOT NULL) STRICT", false},
    {"blob", "CREATE TABLE blob(hash BLOB PRIMARY KEY NOT NULL CHECK(length(hash) = 32), bytes BLOB NOT NULL) STRICT",
     false},
    {"meta_no_insert",
     "CREATE TRIGGER meta_no_insert BEFORE INSERT ON meta "
     "BEGIN SELECT RAISE(ABORT, 'the description of the log never changes'); END",
     true},
    {"meta_no_update",
     "CREATE TRIGGER meta_no_update BEFORE UPDATE ON meta "
     "BEGIN SELECT RAISE(ABORT, 'the description of the log never changes'); END",
     true},
    {"meta_no_delete",
     "CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta "
     "BEGIN SELECT RAISE(ABORT, 'the description of the log never changes'); END",
     true},
    {"entry_in_order",
     "CREATE TRIGGER entry_in_order BEFORE INSERT ON entry "
     "WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM entry) "
     "BEGIN SELECT RAISE(ABORT, 'entries are only added at the end'); END",
     true},
    {"entry_no_update",
     "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry "
     "BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END",
     true},
    {"entry_no_delete",
     "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry "
     "BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END",
     true},
    {"blob_only_new",
     "CREATE TRIGGER blob_only_new BEFORE INSERT ON blob "
     "WHEN EXISTS(SELECT 1 FROM blob WHERE hash = NEW.hash) "
     "BEGIN SELECT RAISE(ABORT, 'blobs are never replaced'); END",
     true},
    {"blob_no_update",
     "CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob "
     "BEGIN SELECT RAISE(ABORT, 'blobs are never changed'); END",
     true},
    {"blob_no_delete",
     "CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob "
     "BEGIN SELECT RAISE(ABORT, 'blobs are never removed'); END",
     true},
}};

} // namespace countersign::logschema
