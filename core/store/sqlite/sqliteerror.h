// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>

struct sqlite3;

namespace countersign::sqlite {

/// The failure in words for a person. `code` is an extended result code, `detail` SQLite's own words, `systemError` an
/// errno or 0.
[[nodiscard]] Error describe(int code, int systemError, const char *detail, const std::filesystem::path &path);

/// The errno of the last failure on the file behind `db`, or 0. A rollback hides SQLite's own; the file remembers.
[[nodiscard]] int systemError(sqlite3 *db);

/// What the last call on `db` failed with.
[[nodiscard]] Error lastError(sqlite3 *db, const std::filesystem::path &path);

} // namespace countersign::sqlite
