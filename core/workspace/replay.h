// SPDX-License-Identifier: GPL-3.0-or-later
//
// From verified entries to the register. The same code judges an act when it is appended, when another program's
// entries come in, when a whole file is verified, and when the register of an earlier day is asked for.
#pragma once

#include "core/domain/registry.h"
#include "core/log/verification.h"
#include "core/policy/policypack.h"

namespace countersign {

/// The act that an entry holds: its body is {"facts":[...]}. Throws InvalidInput for facts this program does not know.
[[nodiscard]] Act actOf(const Entry &entry);
/// The body of an entry for these facts; its action is the first fact's name.
[[nodiscard]] json::value bodyOf(const std::vector<Fact> &facts);
/// The digests of the blobs that an act speaks of, with what each is, for messages.
[[nodiscard]] std::vector<std::pair<Hash256, std::string>> blobsOf(const Act &act);

/// That the entry is signed, but was not allowed.
[[nodiscard]] Fault forbiddenFault(std::int64_t seq, const std::string &why);

class Replay final : public KeyDirectory
{
public:
    Replay() = default;
    /// Goes on from a register made before.
    explicit Replay(Registry registry);

    [[nodiscard]] std::optional<EnrolledKey> keyFor(const Entry &entry) const override;

    /// Why `act` may not stand at this place: it does not fit the register, or the policy in force forbids it. The
    /// first as Conflict, InvalidInput or NotFound, the second as Forbidden.
    [[nodiscard]] std::optional<Error> objection(const Act &act) const;

    struct Folded
    {
        Touched touched;
        std::optional<Fault> fault; ///< the entry was recorded as forbidden and had no effect
    };
    /// Takes in the next entry, already verified.
    Folded fold(const Entry &entry);

    [[nodiscard]] const Registry &registry() const noexcept { return m_registry; }
    /// The pack in force; for an empty register one without any rule.
    [[nodiscard]] const PolicyPack &pack() const noexcept { return m_pack; }

private:
    void followPolicy();

    Registry m_registry;
    PolicyPack m_pack;
    Hash256 m_packHash; ///< of the text m_pack was parsed from
};

} // namespace countersign
