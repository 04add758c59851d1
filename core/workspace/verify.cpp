// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/verify.h"

#include "core/store/logfile.h"
#include "core/store/verifystore.h"
#include "core/workspace/replay.h"

namespace countersign {

namespace {

/// Folds what verifies, and says what policy forbade and which blobs are not there. After a broken entry it folds for
/// the keys alone: what such a log says about permissions means nothing.
class Examiner
{
public:
    explicit Examiner(const LogStore &store)
        : m_store(store)
    {
    }

    std::vector<Fault> operator()(const CheckedEntry &checked)
    {
        if (!checked.valid()) {
            m_broken = true;
            return {};
        }
        std::vector<Fault> faults;
        auto folded = m_replay.fold(*checked.entry);
        if (m_broken)
            return {};
        if (folded.fault)
            return {std::move(*folded.fault)};
        for (const auto &[hash, what] : blobsOf(actOf(*checked.entry)))
            if (!known(hash))
                faults.push_back(
                    {FaultKind::BlobMissing, checked.seq,
                     "Entry " + std::to_string(checked.seq) + " speaks of " + what + ", which is not in the file."});
        return faults;
    }

    [[nodiscard]] const Replay &replay() const { return m_replay; }

private:
    [[nodiscard]] bool known(const Hash256 &hash)
    {
        if (!m_blobs) {
            m_blobs.emplace();
            m_store.forEachBlobHash([&](const Hash256 &stored) { m_blobs->insert(stored); });
        }
        return m_blobs->contains(hash);
    }

    const LogStore &m_store;
    Replay m_replay;
    std::optional<std::set<Hash256>> m_blobs;
    bool m_broken = false;
};

FileVerification damagedFile(const Exception &exception)
{
    FileVerification found;
    found.report.faults.push_back({FaultKind::FileDamaged, std::nullopt, exception.error().what});
    return found;
}

FileVerification examine(const std::string &path, const std::optional<std::string> &checkpoint,
                         const CancelToken &cancel, const Progress &progress)
{
    VerifyOptions options;
    if (checkpoint)
        options.checkpoint = parseCheckpoint(*checkpoint).checkpoint;
    std::unique_ptr<LogFile> file;
    try {
        file = LogFile::open(path, {true, FileCheck::None, sqlite::Connection::kBusyLimit, cancel});
    } catch (const Exception &exception) {
        if (exception.error().code != ErrorCode::Corrupt)
            throw;
        return damagedFile(exception);
    }
    Examiner examiner(*file);
    options.onEntry = [&](const CheckedEntry &checked) { return examiner(checked); };
    options.progress = progress;
    options.cancel = cancel;
    FileVerification found{verifyStore(*file, examiner.replay(), options), {}, {}};
    if (found.report.entriesChecked == 0)
        found.report.faults.push_back({FaultKind::MissingEntry, 0, "The file holds no entries."});
    found.organisation = examiner.replay().registry().organisation;
    const PolicyPack &pack = examiner.replay().pack();
    if (!pack.id.empty())
        found.policy = pack.title + ", version " + std::to_string(pack.version);
    return found;
}

} // namespace

Result<FileVerification> examineFile(const std::string &path, const std::optional<std::string> &checkpoint,
                                     const CancelToken &cancel, const Progress &progress)
{
    return guarded([&] { return examine(path, checkpoint, cancel, progress); });
}

Result<VerificationReport> verifyFile(const std::string &path, const std::optional<std::string> &checkpoint,
                                      const CancelToken &cancel, const Progress &progress)
{
    return guarded([&] { return examine(path, checkpoint, cancel, progress).report; });
}

} // namespace countersign
