// SPDX-License-Identifier: GPL-3.0-or-later
//
// The folder an auditor takes away. Written beside and renamed: it is whole or not there.
#include "core/base/replacefile.h"
#include "core/exchange/inventoryimport.h"
#include "core/exchange/wholefile.h"
#include "core/report/reports.h"
#include "core/workspace/receipt.h"
#include "core/workspace/workspaceprivate.h"

#include <algorithm>
#include <filesystem>

namespace countersign {

namespace {

namespace fs = std::filesystem;

constexpr const char *kReadme = R"(EVIDENCE PACKAGE

workspace.countersign  a copy of the whole file: every signed entry and every document
checkpoint.txt         size and root of the log when this was exported; keep it apart from the copy
inventory.csv          the inventory, one line a model; can be imported again
timeline.csv           every act, one line a change
report.html            the same for reading and printing
receipts/              a receipt for every signature on a deployment
MANIFEST.sha256        SHA-256 of every file here

To check that the files of this folder are as they were exported:
    sha256sum --check MANIFEST.sha256

To check the signatures, the order of the entries, the documents and the policy:
    countersign-verify workspace.countersign --checkpoint checkpoint.txt

It prints what is wrong, first the first broken entry, and ends with 0 (valid), 1 (broken) or 2 (could not run).
Everything can be checked by hand with sqlite3 and openssl too: docs/formats/file-format.md of Countersign says how.
What these files prove: nothing that was signed, nor anything before it, was changed since; and nothing was cut off up
to the checkpoint. Times are as the signers' machines told them.
)";

/// Without a slash at its end, so that what is put beside it is not put inside.
fs::path targetOf(const std::string &folder)
{
    const fs::path path = fs::absolute(fs::path(folder)).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

/// A folder beside the target that disappears unless it is moved there.
class Staging
{
public:
    explicit Staging(fs::path target)
        : m_target(std::move(target))
        , m_folder(m_target.string() + ".part")
    {
        std::error_code error;
        if (fs::exists(m_target) && (!fs::is_directory(m_target) || !fs::is_empty(m_target)))
            throw Exception(ErrorCode::Conflict, m_target.string() + " is there already and not empty.",
                            "Choose a new folder: evidence is never written over.");
        fs::remove_all(m_folder, error);
        fs::create_directories(m_folder / "receipts", error);
        if (error)
            throw Exception(ErrorCode::Io, m_folder.string() + " cannot be made: " + error.message() + ".",
                            "Choose a folder where you may write.");
    }
    ~Staging()
    {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
    Staging(const Staging &) = delete;
    Staging &operator=(const Staging &) = delete;

    [[nodiscard]] const fs::path &folder() const { return m_folder; }

    void write(const std::string &name, const std::string &bytes)
    {
        replaceFile((m_folder / name).string(), bytes);
        add(name, bytes);
    }
    void add(const std::string &name, std::string_view bytes) { m_manifest[name] = sha256(bytes).hex(); }

    void publish()
    {
        std::string manifest;
        for (const auto &[name, digest] : m_manifest)
            manifest += digest + "  " + name + "\n";
        replaceFile((m_folder / "MANIFEST.sha256").string(), manifest);
        std::error_code error;
        fs::remove(m_target, error); // an empty folder
        fs::rename(m_folder, m_target, error);
        if (error)
            throw Exception(ErrorCode::Io, m_target.string() + " cannot be made: " + error.message() + ".",
                            "Choose a folder where you may write.");
    }

private:
    fs::path m_target;
    fs::path m_folder;
    std::map<std::string, std::string> m_manifest;
};

std::vector<const Model *> modelsByReference(const Registry &registry)
{
    std::vector<const Model *> models;
    models.reserve(registry.models.size());
    for (const auto &[id, model] : registry.models)
        models.push_back(&model);
    std::sort(models.begin(), models.end(), [](const Model *a, const Model *b) { return a->reference < b->reference; });
    return models;
}

/// A name that every file system takes.
std::string fileNamePart(const std::string &text)
{
    std::string name;
    for (const char c : text)
        name += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : '-';
    return name.substr(0, 60);
}

} // namespace

Result<void> Workspace::exportEvidence(const std::string &folder) const
{
    return guarded([&] {
        if (folder.empty())
            throw Exception(ErrorCode::InvalidInput, "No folder was named.", "Choose one.");
        Staging staging{targetOf(folder)};
        const auto copy = (staging.folder() / "workspace.countersign").string();
        m_d->file->backupTo(copy);

        // Everything is told of the copy, not of this desk: others may have written meanwhile.
        const auto verified = examineFile(copy, std::nullopt);
        if (!verified)
            throw Exception(verified.error());
        staging.add("workspace.countersign", readWholeFile(copy, UINTMAX_MAX));
        LogFileOptions options;
        options.readOnly = true;
        const auto exported = LogFile::open(copy, options);
        VerifiedLog log(*exported);
        log.catchUp();
        const Registry &registry = log.registry();
        const PolicyPack &pack = log.replay().pack();
        const Checkpoint checkpoint{log.origin(), log.head()};
        const std::string checkpointText = m_d->key == nullptr || log.broken()
                                               ? writeCheckpoint(checkpoint)
                                               : signCheckpoint(checkpoint, *m_d->key, m_d->userId.str());

        EvidenceFacts facts;
        facts.origin = log.origin();
        facts.entries = static_cast<std::int64_t>(verified->report.entriesChecked);
        facts.signatures = static_cast<std::int64_t>(verified->report.signaturesChecked);
        facts.root = verified->report.head.root.hex();
        facts.checkpoint = checkpointText;
        for (const Fault &fault : verified->report.faults)
            facts.faults.push_back(fault.text);
        facts.exportedAt = m_d->environment.clock.now();

        staging.write("checkpoint.txt", checkpointText);
        staging.write("inventory.csv", inventoryCsv(modelsByReference(registry)));
        staging.write("timeline.csv", timelineCsv(registry));
        staging.write("report.html", toHtml(evidenceReport(pack, registry, facts)));
        for (const auto &[id, request] : registry.requests)
            for (std::size_t i = 0; i < request.signOffs.size(); ++i) {
                const SignOff &signOff = request.signOffs[i];
                staging.write("receipts/" + fileNamePart(registry.models.at(request.model).reference) + "-entry-" +
                                  std::to_string(signOff.entry) + "-" + fileNamePart(signOff.fullName) + ".txt",
                              receiptText(registry, request, signOff, log.leaves(), log.origin()));
            }
        staging.write("README.txt", kReadme);
        staging.publish();
    });
}

} // namespace countersign
