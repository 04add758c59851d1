// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/domain/ids.h"

namespace countersign {

enum class Role { administrator, modelOwner, developer, validator, approver, executiveReader, auditor };
BOOST_DESCRIBE_ENUM(Role, administrator, modelOwner, developer, validator, approver, executiveReader, auditor)

/// "Model owner", "Executive reader", ...
[[nodiscard]] std::string displayName(Role role);
/// The role of either spelling ("model owner", "modelOwner", any case), or nothing.
[[nodiscard]] std::optional<Role> roleFromText(std::string_view text);

/// A person who may sign. `fullName` is unique in a workspace: models name people by it, so that the register can
/// name someone who has no key, and separation of duties still recognises those who do.
struct User
{
    UserId id;
    std::string fullName;
    std::set<Role> roles;
    std::string publicKey; ///< Ed25519, 64 hexadecimal digits
    std::string keyId;     ///< first 32 hexadecimal digits of SHA-256 of the key
    bool active = true;
    std::int64_t revision = -1; ///< sequence number of the entry that last changed it

    [[nodiscard]] bool has(Role role) const { return roles.contains(role); }
};
BOOST_DESCRIBE_STRUCT(User, (), (id, fullName, roles, publicKey, keyId, active, revision))

} // namespace countersign
