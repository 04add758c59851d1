// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/verifystore.h"

#include "core/base/error.h"

namespace countersign {

namespace {

constexpr std::uint64_t kEntriesBetweenReports = 256;

void verifyEntries(const LogStore &store, LogVerifier &verifier, const VerifyOptions &options)
{
    const std::uint64_t total = store.size();
    std::uint64_t done = 0;
    store.forEach(0, [&](std::uint64_t seq, std::string_view envelope) {
        options.cancel.throwIfCancelled();
        const CheckedEntry checked = verifier.next(seq, envelope);
        if (options.onEntry)
            for (auto &fault : options.onEntry(checked))
                verifier.add(std::move(fault));
        if (++done % kEntriesBetweenReports == 0 || done == total)
            report(options.progress, "entries", done, total);
    });
}

void verifyBlobs(const LogStore &store, std::vector<Fault> &faults, const VerifyOptions &options)
{
    std::uint64_t done = 0;
    store.forEachBlob([&](const Hash256 &hash, std::string_view bytes) {
        options.cancel.throwIfCancelled();
        if (sha256(bytes) != hash)
            faults.push_back({FaultKind::BlobAltered, std::nullopt, "The document " + hash.hex() + " was altered."});
        report(options.progress, "documents", ++done, 0);
    });
}

/// Damage is a finding; anything else (cancelled, no memory) is a failure of the verification itself.
template <class F>
void noteDamage(std::vector<Fault> &faults, F &&body)
{
    try {
        std::forward<F>(body)();
    } catch (const Exception &exception) {
        if (exception.error().code != ErrorCode::Corrupt)
            throw;
        faults.push_back({FaultKind::FileDamaged, std::nullopt, exception.error().what});
    }
}

} // namespace

VerificationReport verifyStore(const LogStore &store, const KeyDirectory &directory, const VerifyOptions &options)
{
    std::vector<Fault> damage;
    std::string origin;
    noteDamage(damage, [&] { origin = store.origin(); });
    LogVerifier verifier(directory, std::move(origin));
    if (options.checkpoint)
        verifier.expect(*options.checkpoint);
    noteDamage(damage, [&] { verifyEntries(store, verifier, options); });
    VerificationReport result = verifier.finish();
    noteDamage(damage, [&] { verifyBlobs(store, result.faults, options); });
    for (auto &finding : store.selfCheck())
        damage.push_back({FaultKind::FileDamaged, std::nullopt, std::move(finding)});
    result.faults.insert(result.faults.end(), damage.begin(), damage.end());
    return result;
}

} // namespace countersign
