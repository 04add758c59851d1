// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/cache/filedigest.h"

#include "core/base/json.h"
#include "core/monitoring/bytesource.h"
#include "core/monitoring/cache/cachefolder.h"

#include <boost/filesystem/operations.hpp>
#include <optional>

namespace countersign {

namespace {

struct KeptDigest
{
    std::string identity; ///< of the file
    std::string sha256;
    std::string check; ///< of both: what is damaged is not taken for a digest
};
BOOST_DESCRIBE_STRUCT(KeptDigest, (), (identity, sha256, check))

std::string checkOf(const KeptDigest &kept)
{
    return sha256(kept.identity + '\n' + kept.sha256).hex();
}

std::optional<Hash256> recall(const CacheEntry &entry, const std::string &identity)
{
    const auto text = entry.index();
    boost::system::error_code damaged;
    const json::value value = text ? json::parse(*text, damaged) : json::value();
    if (!value.is_object() || damaged)
        return std::nullopt;
    try {
        const auto kept = fromJson<KeptDigest>(value);
        if (kept.identity == identity && kept.check == checkOf(kept))
            return Hash256::fromHex(kept.sha256);
    } catch (const Exception &) { // of another version
    }
    return std::nullopt;
}

} // namespace

Hash256 cachedSha256(const std::string &path, const std::string &cacheFolder, const CancelToken &cancel)
{
    const std::string identity = cacheFolder.empty() ? std::string() : identityOfFile(path);
    if (identity.empty())
        return sha256OfFile(path, cancel);
    const CacheEntry entry(cacheFolder, "sha256 " + boost::filesystem::absolute(path).string());
    if (const auto known = recall(entry, identity))
        return *known;
    const Hash256 digest = sha256OfFile(path, cancel);
    if (identityOfFile(path) != identity || writtenJustNow(path))
        return digest;
    KeptDigest kept{identity, digest.hex(), {}};
    kept.check = checkOf(kept);
    try {
        entry.setIndex(json::serialize(toJson(kept)), {});
    } catch (const Exception &) { // no room, or no right to write: it is read again
    }
    return digest;
}

} // namespace countersign
