// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/keystore.h"

#include "core/base/error.h"
#include "core/keys/privatefile.h"

#include <algorithm>
#include <cstdlib>

namespace countersign {

namespace {

namespace fs = std::filesystem;

constexpr const char *kExtension = ".key";
constexpr std::size_t kKeyIdLength = 32;

bool isKeyId(std::string_view text)
{
    return text.size() == kKeyIdLength && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// The value of an environment variable that names an absolute path (XDG ignores relative ones).
fs::path pathFromEnvironment(const char *name)
{
    const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nothing sets the environment
    const fs::path path = value ? fs::path(value) : fs::path();
    return path.is_absolute() ? path : fs::path();
}

} // namespace

Keystore::Keystore(fs::path folder)
    : m_folder(std::move(folder))
{
}

fs::path Keystore::defaultFolder()
{
    if (const char *chosen = std::getenv("COUNTERSIGN_KEYSTORE"); chosen && *chosen) // NOLINT(concurrency-mt-unsafe)
        return fs::absolute(chosen);
    if (const auto data = pathFromEnvironment("XDG_DATA_HOME"); !data.empty())
        return data / "countersign" / "keys";
    if (const auto home = pathFromEnvironment("HOME"); !home.empty())
        return home / ".local" / "share" / "countersign" / "keys";
    throw Exception(ErrorCode::NotFound, "There is no folder for keys: HOME is not set.",
                    "Set COUNTERSIGN_KEYSTORE to a folder of your own.");
}

KeyInfo Keystore::create(const std::string &holder, const Passphrase &passphrase, KdfCost cost)
{
    return create(holder, passphrase, cost, SigningKey::randomSeed());
}

KeyInfo Keystore::create(const std::string &holder, const Passphrase &passphrase, KdfCost cost, const SecretBytes &seed)
{
    if (holder.empty())
        throw Exception(ErrorCode::InvalidInput, "A key needs the name of its holder.", "Enter the full name.");
    passphrase.requireQuality();
    if (const std::string keyId = SigningKey(seed).publicKey().keyId(); has(keyId))
        throw Exception(ErrorCode::Conflict, "The key " + keyId + " is in " + m_folder.string() + " already.");
    const SealedKey key = SealedKey::seal(seed, holder, passphrase, cost);
    makePrivateFolder(m_folder);
    writePrivateFile(fileOf(key.publicKey().keyId()), key.toText());
    return {key.publicKey().keyId(), key.publicKey(), holder};
}

std::vector<KeyInfo> Keystore::list() const
{
    std::vector<KeyInfo> keys;
    std::error_code error;
    for (fs::directory_iterator file(m_folder, error), end; !error && file != end; file.increment(error)) {
        const std::string keyId = file->path().stem().string();
        if (file->path().extension() != kExtension || !isKeyId(keyId))
            continue;
        try {
            const SealedKey key = load(keyId);
            keys.push_back({keyId, key.publicKey(), key.holder()});
        } catch (const Exception &) {
            continue;
        }
    }
    std::sort(keys.begin(), keys.end(), [](const auto &a, const auto &b) { return a.keyId < b.keyId; });
    return keys;
}

bool Keystore::has(std::string_view keyId) const
{
    std::error_code error;
    return isKeyId(keyId) && fs::is_regular_file(fileOf(keyId), error);
}

std::unique_ptr<SigningKey> Keystore::unlock(std::string_view keyId, const Passphrase &passphrase) const
{
    return std::make_unique<SigningKey>(openSeed(load(keyId), passphrase));
}

void Keystore::checkPassphrase(std::string_view keyId, const Passphrase &passphrase) const
{
    (void)openSeed(load(keyId), passphrase);
}

void Keystore::changePassphrase(std::string_view keyId, const Passphrase &before, const Passphrase &after)
{
    const SealedKey key = load(keyId);
    const SecretBytes seed = openSeed(key, before);
    after.requireQuality();
    writePrivateFile(fileOf(keyId), key.reseal(seed, after).toText());
}

fs::path Keystore::fileOf(std::string_view keyId) const
{
    return m_folder / (std::string(keyId) + kExtension);
}

SealedKey Keystore::load(std::string_view keyId) const
{
    if (!has(keyId))
        throw Exception(ErrorCode::NotFound, "There is no key " + std::string(keyId) + " in " + m_folder.string() + ".",
                        "Use the machine on which the key was made, or copy its file into this folder.");
    const fs::path path = fileOf(keyId);
    const std::string damaged = "The key file " + path.string() + " is damaged. ";
    const std::string text = readSmallFile(path);
    try {
        SealedKey key = SealedKey::fromText(text);
        if (key.publicKey().keyId() != keyId)
            throw Exception(ErrorCode::InvalidInput, "It holds another key than its name says.");
        return key;
    } catch (const Exception &exception) {
        throw Exception(ErrorCode::Corrupt, damaged + exception.error().what, "Restore it from a backup.");
    }
}

SecretBytes Keystore::openSeed(const SealedKey &key, const Passphrase &passphrase) const
{
    auto seed = key.open(passphrase);
    if (!seed)
        throw Exception(ErrorCode::Forbidden, "That passphrase does not open the key of " + key.holder() + ".",
                        "Type it again. If you are sure of it, the key file was altered: restore it from a backup.");
    return std::move(*seed);
}

} // namespace countersign
