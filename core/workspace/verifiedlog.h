// SPDX-License-Identifier: GPL-3.0-or-later
//
// A log as one desk has verified it: the tree, the register and the faults, brought forward entry by entry.
#pragma once

#include "core/base/progress.h"
#include "core/store/logstore.h"
#include "core/workspace/replay.h"

#include <memory>

namespace countersign {

class VerifiedLog
{
public:
    /// `store` must outlive this.
    explicit VerifiedLog(const LogStore &store);
    VerifiedLog(const VerifiedLog &) = delete;
    VerifiedLog &operator=(const VerifiedLog &) = delete;

    /// Takes `known` as the register of the first known.size entries if they hash to `root`; nothing has happened and
    /// false is returned when they do not. Before the first catchUp().
    [[nodiscard]] bool resume(Registry known, const Hash256 &root, const CancelToken &cancel, const Progress &progress);
    /// Verifies and folds what was added since.
    Touched catchUp(const CancelToken &cancel = {}, const Progress &progress = {});
    /// Hashes every entry again and compares with what was verified; a difference becomes a fault.
    void checkAgain(const CancelToken &cancel = {});
    void add(Fault fault);

    /// What was verified before the first fault.
    [[nodiscard]] const Registry &registry() const noexcept { return m_frozen ? *m_frozen : m_replay.registry(); }
    [[nodiscard]] const Replay &replay() const noexcept { return m_replay; }
    [[nodiscard]] const std::vector<Hash256> &leaves() const noexcept { return m_leaves; }
    [[nodiscard]] const std::string &origin() const noexcept { return m_report.origin; }
    [[nodiscard]] const MerkleTree &tree() const noexcept { return m_verifier->tree(); }
    [[nodiscard]] TreeHead head() const { return tree().head(); }
    [[nodiscard]] const VerificationReport &report() const noexcept { return m_report; }
    /// Something is wrong with the log itself, beyond acts that policy forbade.
    [[nodiscard]] bool broken() const noexcept { return m_frozen.has_value(); }

private:
    void take(std::uint64_t seq, std::string_view envelope, Touched &touched);
    void checkBlobs(const Entry &entry);
    void updateReport();
    void freeze();

    const LogStore &m_store;
    Replay m_replay;
    std::unique_ptr<LogVerifier> m_verifier;
    std::vector<Hash256> m_leaves;
    std::optional<Registry> m_frozen; ///< the register before the first fault of the log
    std::uint64_t m_resumed = 0;      ///< entries taken from a register made before
    std::vector<Fault> m_ownFaults;   ///< besides the verifier's: policy, blobs, container
    VerificationReport m_report;
};

} // namespace countersign
