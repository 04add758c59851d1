// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/userfolders.h"

#include <cstdlib>

namespace countersign {

namespace fs = std::filesystem;

namespace {

fs::path absoluteFromEnvironment(const char *name)
{
    const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nothing sets the environment
    const fs::path path = value ? fs::path(value) : fs::path();
    return path.is_absolute() ? path : fs::path();
}

} // namespace

fs::path userCacheFolder()
{
    fs::path base = absoluteFromEnvironment("XDG_CACHE_HOME");
    if (base.empty())
        if (const auto home = absoluteFromEnvironment("HOME"); !home.empty())
            base = home / ".cache";
    if (base.empty())
        base = fs::temp_directory_path();
    return base / "countersign";
}

} // namespace countersign
