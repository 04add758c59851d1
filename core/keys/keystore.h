// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/sealedkey.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct KeyInfo
{
    std::string keyId;
    PublicKey publicKey;
    std::string holder;
};

/// The keys of the people who use this machine: one file a key, `<key id>.key`, in a folder of their own outside every
/// workspace. Nothing is kept open: each call reads what it needs.
class Keystore
{
public:
    /// The folder is made (0700) when the first key is.
    explicit Keystore(std::filesystem::path folder);
    /// $COUNTERSIGN_KEYSTORE, else $XDG_DATA_HOME/countersign/keys, else ~/.local/share/countersign/keys.
    /// Throws Exception(NotFound) when none of them is set.
    [[nodiscard]] static std::filesystem::path defaultFolder();

    /// A new key for `holder` (a name for people). Throws Exception(InvalidInput) for a poor passphrase or no name.
    KeyInfo create(const std::string &holder, const Passphrase &passphrase, KdfCost cost = KdfCost::Standard);
    /// The same from a seed that is known, for the demo and for tests. Throws Exception(Conflict) when the key is
    /// there.
    KeyInfo create(const std::string &holder, const Passphrase &passphrase, KdfCost cost, const SecretBytes &seed);

    /// Every readable key, by key id; damaged files are left out (unlock says what is wrong with them).
    [[nodiscard]] std::vector<KeyInfo> list() const;
    [[nodiscard]] bool has(std::string_view keyId) const;

    /// Throws Exception: NotFound, Corrupt for a damaged file, Forbidden for a wrong passphrase.
    [[nodiscard]] std::unique_ptr<SigningKey> unlock(std::string_view keyId, const Passphrase &passphrase) const;
    /// As unlock, without the key: whoever is asked again at a sign-off proves that it is still them.
    void checkPassphrase(std::string_view keyId, const Passphrase &passphrase) const;
    void changePassphrase(std::string_view keyId, const Passphrase &before, const Passphrase &after);

    [[nodiscard]] const std::filesystem::path &folder() const noexcept { return m_folder; }

private:
    [[nodiscard]] std::filesystem::path fileOf(std::string_view keyId) const;
    [[nodiscard]] SealedKey load(std::string_view keyId) const;
    [[nodiscard]] SecretBytes openSeed(const SealedKey &key, const Passphrase &passphrase) const;

    std::filesystem::path m_folder;
};

} // namespace countersign
