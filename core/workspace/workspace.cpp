// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspace.h"

#include "core/base/userfolders.h"
#include "core/policy/builtinpacks.h"
#include "core/workspace/registrystorage.h"
#include "core/workspace/workspaceprivate.h"

#include <filesystem>

namespace countersign {

namespace {

std::filesystem::path keystoreFolder(const Environment &environment)
{
    return environment.keystoreFolder.empty() ? Keystore::defaultFolder()
                                              : std::filesystem::path(environment.keystoreFolder);
}

std::filesystem::path cacheFolder(const Environment &environment)
{
    return environment.cacheFolder.empty() ? userCacheFolder() : std::filesystem::path(environment.cacheFolder);
}

std::filesystem::path cacheFile(const Environment &environment, const std::string &origin)
{
    if (environment.cacheFolder.empty())
        return RegistryCache::defaultFile(origin);
    return cacheFolder(environment) / (origin + ".registry");
}

} // namespace

Workspace::Private::Private(const Environment &given)
    : environment(given)
    , keystore(keystoreFolder(given))
{
}

const User *Workspace::Private::user() const
{
    const auto found = registry().users.find(userId);
    return key == nullptr || found == registry().users.end() ? nullptr : &found->second;
}

const User &Workspace::Private::requireUser() const
{
    const User *signedIn = user();
    if (signedIn == nullptr)
        throw Exception(ErrorCode::Forbidden, "Nobody is signed in.", "Sign in first.");
    return *signedIn;
}

SecretBytes Workspace::Private::newSeed(const std::string &holder) const
{
    if (!environment.keySeed)
        return SigningKey::randomSeed();
    const Hash256 seed = environment.keySeed(holder);
    SecretBytes bytes(SigningKey::kSeedSize);
    std::copy(seed.bytes.begin(), seed.bytes.end(), bytes.data());
    return bytes;
}

void Workspace::Private::load(const CancelToken &cancel, const Progress &progress)
{
    dataVersion = file->dataVersion();
    log = std::make_unique<VerifiedLog>(*file);
    if (!readOnly) {
        try {
            cache = std::make_unique<RegistryCache>(cacheFile(environment, file->origin()), kRegistrySchema);
        } catch (const Exception &) {
            cache.reset(); // the next start is slower; nothing else depends on it
        }
    }
    if (cache != nullptr) {
        auto known = loadRegistry(*cache);
        if (!known || !log->resume(std::move(known->registry), known->root, cancel, progress))
            cache->clear();
    }
    const std::uint64_t from = log->leaves().size();
    const Touched touched = log->catchUp(cancel, progress);
    if (log->broken())
        readOnly = true;
    else if (cache != nullptr && log->leaves().size() > from)
        saveRegistry(*cache, registry(), touched, from, log->tree());
}

std::optional<ChangeNotice> Workspace::Private::takeIn(bool byOthers)
{
    const std::uint64_t from = log->leaves().size();
    const bool brokenBefore = log->broken();
    const Touched touched = log->catchUp();
    dataVersion = file->dataVersion();
    if (log->broken())
        readOnly = true;
    else if (cache != nullptr && log->leaves().size() > from)
        saveRegistry(*cache, registry(), touched, from, log->tree());
    if (log->leaves().size() == from && log->broken() == brokenBefore)
        return std::nullopt;
    return ChangeNotice{touched.models, byOthers};
}

void Workspace::Private::notify(const std::optional<ChangeNotice> &notice) const
{
    if (notice)
        for (const auto &listener : listeners)
            listener(*notice);
}

bool Workspace::Private::refresh()
{
    if (file->dataVersion() == dataVersion)
        return false;
    auto notice = takeIn(true);
    if (!notice) {
        log->checkAgain(); // written to without a new entry: no honest program does that
        if (log->broken() && !readOnly) {
            readOnly = true;
            notice = ChangeNotice{{}, true};
        }
    }
    notify(notice);
    return notice.has_value();
}

Workspace::Workspace() = default;
Workspace::~Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::create(const Environment &environment, const std::string &path,
                                                     const NewWorkspace &spec)
{
    return guarded([&] {
        const std::string policyText = spec.policyText.empty() ? builtInPolicyText() : spec.policyText;
        const PolicyPack pack = parsePolicyPack(policyText);
        const Passphrase passphrase(spec.passphrase);
        passphrase.requireQuality();

        std::unique_ptr<Workspace> workspace(new Workspace);
        workspace->m_d = std::make_unique<Private>(environment);
        Private &d = *workspace->m_d;
        d.path = path;
        d.file = LogFile::create(path, environment.ids.next());
        try {
            d.log = std::make_unique<VerifiedLog>(*d.file);
            const SecretBytes seed = d.newSeed(spec.fullName);
            d.key = std::make_unique<SigningKey>(seed);
            User first;
            first.id = d.newId<UserId>();
            first.fullName = spec.fullName;
            first.roles = spec.roles;
            first.roles.insert(Role::administrator);
            first.publicKey = d.key->publicKey().hex();
            first.keyId = d.key->keyId();
            d.userId = first.id;
            const PolicyPublished published{pack.id, pack.version, sha256(policyText), policyText};
            const std::vector<Fact> facts{WorkspaceCreated{spec.organisation}, published, UserEnrolled{first}};
            // The key is kept before the entry is written: an entry whose key is lost could never be followed.
            if (!d.keystore.has(first.keyId))
                d.keystore.create(spec.fullName, passphrase, d.cost(), seed);
            d.appendGenesis(first.id, facts);
            d.load({}, {});
        } catch (...) {
            workspace.reset();
            std::error_code ignored;
            std::filesystem::remove(path, ignored);
            throw;
        }
        return workspace;
    });
}

Result<std::unique_ptr<Workspace>> Workspace::open(const Environment &environment, const std::string &path,
                                                   bool readOnly, const CancelToken &cancel, const Progress &progress)
{
    return guarded([&] {
        std::unique_ptr<Workspace> workspace(new Workspace);
        workspace->m_d = std::make_unique<Private>(environment);
        Private &d = *workspace->m_d;
        d.path = path;
        d.readOnly = readOnly;
        LogFileOptions options;
        options.readOnly = readOnly;
        options.cancel = cancel;
        d.file = LogFile::open(path, options);
        d.load(cancel, progress);
        d.file->setCancelToken({});
        if (d.log->leaves().empty())
            throw Exception(ErrorCode::InvalidInput, path + " holds no entries: it was never finished.",
                            "Make a new workspace.");
        return workspace;
    });
}

const Registry &Workspace::registry() const
{
    return m_d->registry();
}

const PolicyPack &Workspace::policy() const
{
    return m_d->pack();
}

const std::string &Workspace::path() const
{
    return m_d->path;
}

const std::string &Workspace::origin() const
{
    return m_d->log->origin();
}

bool Workspace::readOnly() const
{
    return m_d->readOnly;
}

const VerificationReport &Workspace::verification() const
{
    return m_d->log->report();
}

const Environment &Workspace::environment() const
{
    return m_d->environment;
}

std::string Workspace::logCacheFolder() const
{
    return (cacheFolder(m_d->environment) / "logs").string();
}

Date Workspace::today() const
{
    return m_d->today();
}

Result<bool> Workspace::refresh()
{
    return guarded([&] { return m_d->refresh(); });
}

void Workspace::onChange(std::function<void(const ChangeNotice &)> listener)
{
    m_d->listeners.push_back(std::move(listener));
}

void Workspace::onUnusualTime(std::function<bool(const std::string &)> ask)
{
    m_d->askTime = std::move(ask);
}

std::string builtInPolicyText()
{
    return std::string(builtInPolicyPack());
}

} // namespace countersign
