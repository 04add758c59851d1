// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keys/keystore.h"
#include "core/policy/approvals.h"
#include "core/store/logfile.h"
#include "core/store/registrycache.h"
#include "core/workspace/verifiedlog.h"
#include "core/workspace/workspace.h"

namespace countersign {

/// What the acts of a workspace share. Throws Exception; the public face turns it into a Result.
struct Workspace::Private
{
    explicit Private(const Environment &given);

    const Environment environment;
    Keystore keystore;
    std::unique_ptr<LogFile> file;
    std::unique_ptr<VerifiedLog> log;
    std::unique_ptr<RegistryCache> cache; ///< none for a file opened read-only, and where no cache can be written
    std::string path;
    bool readOnly = false;
    std::uint64_t dataVersion = 0; ///< of the file when it was last taken in
    std::unique_ptr<SigningKey> key;
    UserId userId;
    std::vector<std::function<void(const ChangeNotice &)>> listeners;
    std::function<bool(const std::string &)> askTime;
    bool timeAccepted = false; ///< that the clock is behind

    [[nodiscard]] const Registry &registry() const { return log->registry(); }
    [[nodiscard]] Date today() const { return effectiveDay(registry(), environment.clock.now()); }
    [[nodiscard]] const PolicyPack &pack() const { return log->replay().pack(); }
    [[nodiscard]] const User *user() const;
    [[nodiscard]] const User &requireUser() const;
    [[nodiscard]] KdfCost cost() const { return environment.weakKeyDerivation ? KdfCost::Test : KdfCost::Standard; }
    /// From Environment::keySeed, or the system's random source.
    [[nodiscard]] SecretBytes newSeed(const std::string &holder) const;
    template <class IdType>
    [[nodiscard]] IdType newId() const
    {
        return IdType(environment.ids.next());
    }

    /// Verifies the file, from the cache where that is possible.
    void load(const CancelToken &cancel, const Progress &progress);
    /// Takes in new entries and brings the cache along. What changed, for notify(); nothing when nothing did.
    [[nodiscard]] std::optional<ChangeNotice> takeIn(bool byOthers);
    void notify(const std::optional<ChangeNotice> &notice) const;
    /// Takes in what others wrote since the last look.
    bool refresh();

    /// Asked again when others have written since: what speaks against the act now.
    using Recheck = std::function<void()>;
    /// One act of the signed-in user: checked, signed, written, applied, and followed up. Its sequence number.
    std::int64_t append(std::vector<Fact> facts, const std::vector<std::string> &blobs = {},
                        const Recheck &recheck = {});
    /// The same for the first entry, whose author is not in the register yet.
    void appendGenesis(const UserId &author, std::vector<Fact> facts);
    /// Workspace::followUp().
    FollowUp followUp();
    /// Opens a request to put the version into production, with what it is compared with.
    RequestId request(const VersionId &version, const std::string &justification, std::optional<Promotion> promotion);
    /// The blob of an attached file. Throws Corrupt when it is gone.
    [[nodiscard]] std::string bytesOf(const std::string &fileName, const Hash256 &hash) const;
    /// Approves or refuses an exception or a proposal; in place of somebody where the signer stands in for them.
    template <class Signed, class Record>
    void sign(const Record &record, Role role, bool approve, const std::string &comment, const std::string &passphrase)
    {
        const User &signer = requireUser();
        ExceptionSignature signature;
        signature.by = signer.id;
        signature.fullName = signer.fullName;
        signature.role = role;
        signature.approved = approve;
        signature.comment = comment;
        signature.onBehalfOf = standsInFor(pack(), registry(), record, signer, role, today());
        const std::vector<Fact> facts{Signed{record.id, signature, record.revision}};
        requireAllowed(facts);
        keystore.checkPassphrase(signer.keyId, Passphrase(passphrase));
        append(facts);
    }
    /// Checks an act before its blobs and keys are made. Throws what speaks against it.
    void requireAllowed(const std::vector<Fact> &facts) const;

private:
    [[nodiscard]] Act actFor(const UserId &author, std::vector<Fact> facts) const;
    /// Asks about an unusual time; true when something was asked. Throws Cancelled when the answer is no.
    bool requireUsualTime();
    void requireStillAllowed(const std::vector<Fact> &facts, const Recheck &recheck) const;
    void write(LogWriter &writer, const Act &act, const std::vector<std::string> &blobs);
    /// append() without what follows from the act; notifies with `done`.
    std::int64_t appendAlone(std::vector<Fact> facts, const std::vector<std::string> &blobs, const Recheck &recheck,
                             const FollowUp &done);
};

/// The record of `id`, or NotFound in words: "There is no model ...".
template <class K, class T>
const T &recordOf(const std::map<K, T> &records, const K &id, const char *kind)
{
    const auto found = records.find(id);
    if (found == records.end())
        throw Exception(ErrorCode::NotFound, std::string("There is no ") + kind + " with the id \"" + id.str() + "\".",
                        "Refresh the page; it may belong to another workspace.");
    return found->second;
}

/// Throws InvalidInput when a file is too large to be kept.
void requireBearable(const std::string &fileName, const std::string &bytes);

/// A record as a person gave it, with its id and without a past.
template <class T, class Id>
[[nodiscard]] T fresh(T record, Id id)
{
    record.id = std::move(id);
    record.revision = -1;
    record.entry = -1;
    return record;
}

template <class Recorded, class Record>
auto Workspace::record(const Record &given) -> Result<decltype(given.id)>
{
    return guarded([&] {
        const auto made = fresh(given, m_d->newId<decltype(Record::id)>());
        m_d->append({Recorded{made}});
        return made.id;
    });
}

} // namespace countersign
