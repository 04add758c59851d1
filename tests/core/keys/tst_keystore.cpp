// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/keys/keystore.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <sodium.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace countersign;
namespace fs = std::filesystem;

namespace {

bool fails(const std::function<void()> &call, ErrorCode code, std::string_view words)
{
    try {
        call();
    } catch (const Exception &exception) {
        if (exception.error().code == code && exception.error().what.find(words) != std::string::npos)
            return true;
        qWarning("failed with %s: %s", toString(exception.error().code), exception.what());
    }
    return false;
}

std::string read(const fs::path &path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

void write(const fs::path &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

mode_t modeOf(const fs::path &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

const Passphrase good("correct horse");

} // namespace

class TestKeystore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_dir->path().toStdString()) / "deep" / "keys";
    }

    void aNewKeySignsAfterUnlocking()
    {
        Keystore store(m_folder);
        QVERIFY(store.list().empty());
        const auto info = store.create("Model owner, Credit", good, KdfCost::Test);
        QCOMPARE(info.keyId, info.publicKey.keyId());
        QVERIFY(store.has(info.keyId));
        const auto key = Keystore(m_folder).unlock(info.keyId, good);
        QVERIFY(key->publicKey() == info.publicKey);
        const std::string message = "message";
        const auto signature = key->sign(message);
        QCOMPARE(crypto_sign_verify_detached(signature.data(), reinterpret_cast<const unsigned char *>(message.data()),
                                             message.size(), info.publicKey.bytes.data()),
                 0);
        const auto other = store.create("Validator", good, KdfCost::Test);
        QVERIFY(other.keyId != info.keyId);
        QCOMPARE(store.list().size(), 2U);
        QCOMPARE(store.list()[0].holder,
                 std::min(info, other, [](auto &a, auto &b) { return a.keyId < b.keyId; }).holder);
    }

    void aWrongPassphraseIsRefusedByName()
    {
        Keystore store(m_folder);
        const auto info = store.create("Ada Example", good, KdfCost::Test);
        const std::string words = "That passphrase does not open the key of Ada Example.";
        QVERIFY(
            fails([&] { (void)store.unlock(info.keyId, Passphrase("correct horsf")); }, ErrorCode::Forbidden, words));
        QVERIFY(fails([&] { store.checkPassphrase(info.keyId, Passphrase("")); }, ErrorCode::Forbidden, words));
        store.checkPassphrase(info.keyId, good);
    }

    void poorPassphrasesAndNamelessKeysAreNotMade()
    {
        Keystore store(m_folder);
        QVERIFY(
            fails([&] { store.create("A", Passphrase("1234567"), KdfCost::Test); }, ErrorCode::InvalidInput, "short"));
        // Seven characters of two bytes each are seven characters.
        QVERIFY(fails(
            [&] {
                store.create("A", Passphrase("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"),
                             KdfCost::Test);
            },
            ErrorCode::InvalidInput, "short"));
        QVERIFY(fails([&] { store.create("", good, KdfCost::Test); }, ErrorCode::InvalidInput, "name"));
        QVERIFY(!fs::exists(m_folder));
    }

    void onlyTheOwnerCanReadTheFiles()
    {
        const auto info = Keystore(m_folder).create("A", good, KdfCost::Test);
        QCOMPARE(modeOf(m_folder), 0700U);
        QCOMPARE(modeOf(m_folder / (info.keyId + ".key")), 0600U);
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()),
                 1); // no temporary file left
    }

    void theSecretIsNotInTheFile()
    {
        SecretBytes seed(SigningKey::kSeedSize);
        std::fill_n(seed.data(), seed.size(), static_cast<unsigned char>('s'));
        const auto info = Keystore(m_folder).create("A", good, KdfCost::Test, seed);
        const auto text = read(m_folder / (info.keyId + ".key"));
        QVERIFY(text.find(std::string(8, 's')) == std::string::npos);
        QVERIFY(text.find("7373737373737373") == std::string::npos);
        QVERIFY(text.find("correct") == std::string::npos);
        QVERIFY(SigningKey(seed).publicKey() == info.publicKey);
        QVERIFY(
            fails([&] { Keystore(m_folder).create("B", good, KdfCost::Test, seed); }, ErrorCode::Conflict, "already"));
    }

    void everyAlteredByteIsNoticed()
    {
        Keystore store(m_folder);
        const auto info = store.create("Ada", good, KdfCost::Test);
        const fs::path path = m_folder / (info.keyId + ".key");
        const std::string original = read(path);
        for (std::size_t i = 0; i + 1 < original.size(); ++i) {
            std::string altered = original;
            altered[i] = static_cast<char>(altered[i] ^ 1);
            write(path, altered);
            try {
                (void)store.unlock(info.keyId, good);
                QFAIL(("byte " + std::to_string(i) + " was not noticed: " + altered).c_str());
            } catch (const Exception &exception) {
                const auto code = exception.error().code;
                QVERIFY2(code == ErrorCode::Corrupt || code == ErrorCode::Forbidden, exception.what());
            }
        }
        write(path, original);
        store.checkPassphrase(info.keyId, good);
    }

    void damagedFilesSayWhatIsWrong()
    {
        Keystore store(m_folder);
        const auto info = store.create("Ada", good, KdfCost::Test);
        const fs::path path = m_folder / (info.keyId + ".key");
        const std::string original = read(path);
        const auto with = [&](const std::string &from, const std::string &to) {
            std::string text = original;
            text.replace(text.find(from), from.size(), to);
            write(path, text);
        };
        const auto damaged = [&](std::string_view words) {
            return fails([&] { (void)store.unlock(info.keyId, good); }, ErrorCode::Corrupt, words);
        };
        write(path, "");
        QVERIFY(damaged("not JSON"));
        QVERIFY(store.list().empty());
        write(path, original.substr(0, original.size() / 2));
        QVERIFY(damaged("not JSON"));
        with("countersign-key", "other-key");
        QVERIFY(damaged("not a Countersign key"));
        with("\"version\":1", "\"version\":2");
        QVERIFY(damaged("newer version"));
        with("\"memory\":8192", "\"memory\":99999999999999");
        QVERIFY(damaged("unreasonable"));
        with("\"passes\":1", "\"passes\":4000000000");
        QVERIFY(damaged("unreasonable"));
        write(path, std::string(100'000, ' '));
        QVERIFY(fails([&] { (void)store.unlock(info.keyId, good); }, ErrorCode::Io, "too large"));

        const auto other = store.create("Bob", good, KdfCost::Test);
        fs::copy_file(m_folder / (other.keyId + ".key"), path, fs::copy_options::overwrite_existing);
        QVERIFY(damaged("another key"));
    }

    void missingKeysAndStrangeNamesAreNotFound()
    {
        Keystore store(m_folder);
        for (const std::string &id : {std::string(32, 'a'), std::string(), std::string("../../../etc/passwd"),
                                      std::string(32, 'A'), std::string("x")}) {
            QVERIFY(!store.has(id));
            QVERIFY(fails([&] { (void)store.unlock(id, good); }, ErrorCode::NotFound, "There is no key"));
        }
    }

    void aChangedPassphraseReplacesTheOldOne()
    {
        Keystore store(m_folder);
        const auto info = store.create("Ada", good, KdfCost::Test);
        const Passphrase next("battery staple");
        QVERIFY(fails([&] { store.changePassphrase(info.keyId, next, good); }, ErrorCode::Forbidden, "Ada"));
        QVERIFY(fails([&] { store.changePassphrase(info.keyId, good, Passphrase("short")); }, ErrorCode::InvalidInput,
                      "short"));
        store.checkPassphrase(info.keyId, good);
        store.changePassphrase(info.keyId, good, next);
        QVERIFY(store.unlock(info.keyId, next)->publicKey() == info.publicKey);
        QVERIFY(fails([&] { store.checkPassphrase(info.keyId, good); }, ErrorCode::Forbidden, "Ada"));
    }

    void aFolderThatCannotBeMadeIsSaid()
    {
        const fs::path file = fs::path(m_dir->path().toStdString()) / "file";
        write(file, "x");
        QVERIFY(
            fails([&] { Keystore(file).create("A", good, KdfCost::Test); }, ErrorCode::Io, "Cannot make the folder"));
        if (::geteuid() == 0)
            return; // root may write everywhere
        const fs::path closed = fs::path(m_dir->path().toStdString()) / "closed";
        fs::create_directory(closed);
        fs::permissions(closed, fs::perms::owner_read | fs::perms::owner_exec);
        QVERIFY(
            fails([&] { Keystore(closed / "keys").create("A", good, KdfCost::Test); }, ErrorCode::Io, "Cannot make"));
    }

    void theDefaultFolderFollowsTheEnvironment()
    {
        qputenv("COUNTERSIGN_KEYSTORE", "/a/b");
        QCOMPARE(Keystore::defaultFolder().string(), std::string("/a/b"));
        qunsetenv("COUNTERSIGN_KEYSTORE");
        qputenv("XDG_DATA_HOME", "/data");
        QCOMPARE(Keystore::defaultFolder().string(), std::string("/data/countersign/keys"));
        qputenv("XDG_DATA_HOME", "relative");
        qputenv("HOME", "/home/x");
        QCOMPARE(Keystore::defaultFolder().string(), std::string("/home/x/.local/share/countersign/keys"));
        qunsetenv("XDG_DATA_HOME");
        qunsetenv("HOME");
        QVERIFY(fails([] { (void)Keystore::defaultFolder(); }, ErrorCode::NotFound, "no folder for keys"));
    }

    void theStandardCostOpensToo()
    {
        Keystore store(m_folder);
        const auto small = store.create("Small", good, KdfCost::Small);
        const auto standard = store.create("Standard", good, KdfCost::Standard);
        store.checkPassphrase(small.keyId, good);
        store.checkPassphrase(standard.keyId, good);
        QVERIFY(read(m_folder / (standard.keyId + ".key")).find("\"memory\":268435456") != std::string::npos);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

QTEST_APPLESS_MAIN(TestKeystore)
#include "tst_keystore.moc"
