// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/store/teststore.h"

#include <csignal>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace countersign;
using namespace countersign::test;

namespace {

const TestSigner founder(1);

constexpr uid_t kNobody = 65534;

/// Another user for a while, so that permissions count even when the tests run as root.
class AsNobody
{
public:
    AsNobody() { m_changed = ::geteuid() == 0 && ::seteuid(kNobody) == 0; }
    AsNobody(const AsNobody &) = delete;
    AsNobody &operator=(const AsNobody &) = delete;
    ~AsNobody()
    {
        if (m_changed && ::seteuid(0) != 0)
            qFatal("cannot become root again");
    }

private:
    bool m_changed = false;
};

/// No file may grow beyond `bytes` for a while: what a full disk looks like.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(std::uintmax_t bytes)
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit limit = m_before;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before = {};
    void (*m_handler)(int) = nullptr;
};

} // namespace

class TestLogFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
        m_path = m_folder / "team.countersign";
    }

    void entriesAndBlobsComeBackToTheByte()
    {
        const std::string document("bytes\0with NUL", 14);
        Hash256 hash;
        {
            const auto file = LogFile::create(m_path, "log-1");
            QCOMPARE(file->size(), 0U);
            const auto writer = file->begin();
            hash = writer->putBlob(document);
            QVERIFY(writer->putBlob(document) == hash);
            writer->putBlob({});
            writer->append("first");
            writer->append("second");
            QCOMPARE(writer->size(), 2U);
            writer->commit();
        }
        const auto file = LogFile::open(m_path);
        QCOMPARE(file->origin(), std::string("log-1"));
        QCOMPARE(file->size(), 2U);
        QCOMPARE(*file->blob(hash), document);
        QCOMPARE(*file->blob(sha256(std::string_view())), std::string());
        QVERIFY(!file->blob(sha256(std::string_view("unknown"))));
        std::vector<std::string> entries;
        file->forEach(1, [&](std::uint64_t seq, std::string_view envelope) {
            entries.push_back(std::to_string(seq) + ":" + std::string(envelope));
        });
        QCOMPARE(entries, std::vector<std::string>{"1:second"});
        QCOMPARE(*file->envelope(0), std::string("first"));
        QVERIFY(!file->envelope(2));
        std::size_t blobs = 0;
        file->forEachBlobHash([&](const Hash256 &) { ++blobs; });
        QCOMPARE(blobs, 2U);
        QVERIFY(file->selfCheck().empty());
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 1); // no journal, no -wal
    }

    void aWriterThatGoesWithoutCommitLeavesNothing()
    {
        const auto file = LogFile::create(m_path, "log");
        {
            const auto writer = file->begin();
            writer->append("x");
            writer->putBlob("y");
        }
        QCOMPARE(file->size(), 0U);
        QVERIFY(!file->blob(sha256(std::string_view("y"))));
    }

    void twoOpenFilesSeeEachOther()
    {
        const auto one = LogFile::create(m_path, "log");
        const auto two = LogFile::open(m_path);
        const auto before = two->dataVersion();
        QCOMPARE(two->dataVersion(), before);
        auto writer = one->begin();
        writer->append("x");
        writer->commit();
        writer.reset();
        QVERIFY(two->dataVersion() != before);
        QCOMPARE(two->size(), 1U);
        const auto behind = two->begin(); // sees that the head has moved, and reads on under the lock
        QCOMPARE(behind->size(), 1U);
        std::string seen;
        two->forEach(0, [&](std::uint64_t, std::string_view envelope) { seen = envelope; });
        QCOMPARE(seen, std::string("x"));
    }

    void aSecondWriterWaitsAndThenSaysWhy()
    {
        const auto one = LogFile::create(m_path, "log");
        LogFileOptions options;
        options.busyLimit = std::chrono::milliseconds(20);
        const auto two = LogFile::open(m_path, options);
        const auto writer = one->begin();
        QVERIFY(fails([&] { (void)two->begin(); }, ErrorCode::Conflict, "Another program is writing"));
        CancelToken cancel;
        cancel.cancel();
        two->setCancelToken(cancel);
        QVERIFY(fails([&] { (void)two->begin(); }, ErrorCode::Cancelled, "cancelled"));
    }

    void aJournalLeftByACrashIsPlayedBack()
    {
        TestLog log(founder);
        writeFile(m_path, log.envelopes());
        const pid_t child = ::fork();
        if (child == 0) { // dies in the middle of a write that is partly in the file already
            RawFile raw(m_path);
            (void)raw.run("PRAGMA cache_size=1; BEGIN IMMEDIATE; INSERT INTO blob VALUES(zeroblob(32), ?1)",
                          std::string(500'000, 'x'));
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        const fs::path journal = m_path.string() + "-journal";
        QVERIFY(fs::exists(journal) && fs::file_size(m_path) > 500'000);
        QVERIFY(fails([&] { (void)openReadOnly(m_path); }, ErrorCode::Io, "left in the middle of a change"));
        QVERIFY(fs::exists(journal));
        const auto file = LogFile::open(m_path);
        QVERIFY(verifyFile(*file, log.checkpoint()).valid());
        QVERIFY(!fs::exists(journal) && fs::file_size(m_path) < 500'000);
    }

    void tablesOnlyGrow()
    {
        writeFile(m_path, TestLog(founder).envelopes());
        {
            const auto file = LogFile::open(m_path);
            const auto writer = file->begin();
            writer->putBlob("document");
            writer->commit();
        }
        RawFile raw(m_path);
        QVERIFY(raw.run("UPDATE entry SET envelope = x'00'").find("never changed") != std::string::npos);
        QVERIFY(raw.run("DELETE FROM entry").find("never removed") != std::string::npos);
        QVERIFY(raw.run("INSERT INTO entry VALUES(0, x'00')").find("only added at the end") != std::string::npos);
        QVERIFY(raw.run("INSERT OR REPLACE INTO entry VALUES(0, x'00')").find("only added at") != std::string::npos);
        QVERIFY(raw.run("INSERT INTO entry VALUES(2, x'00')").find("only added at the end") != std::string::npos);
        QVERIFY(raw.run("INSERT INTO entry VALUES(-1, x'00')") != "");
        QVERIFY(raw.run("UPDATE blob SET bytes = x'00'").find("never changed") != std::string::npos);
        QVERIFY(raw.run("DELETE FROM blob").find("never removed") != std::string::npos);
        QVERIFY(raw.run("INSERT OR REPLACE INTO blob SELECT hash, x'00' FROM blob").find("never replaced") !=
                std::string::npos);
        QVERIFY(raw.run("INSERT INTO blob VALUES(x'00', x'00')") != "");
        QVERIFY(raw.run("UPDATE meta SET value = ''").find("never changes") != std::string::npos);
        QVERIFY(raw.run("DELETE FROM meta").find("never changes") != std::string::npos);
        QVERIFY(raw.run("INSERT INTO meta VALUES('a', 'b')").find("never changes") != std::string::npos);
        QCOMPARE(raw.run("INSERT INTO entry VALUES(1, x'00')"), std::string());
    }

    void filesThatAreNoWorkspaceAreRefused()
    {
        const auto open = [&] { (void)LogFile::open(m_path); };
        QVERIFY(fails(open, ErrorCode::NotFound, "There is no file"));
        fs::create_directory(m_path);
        QVERIFY(fails(open, ErrorCode::InvalidInput, "is a folder"));
        fs::remove(m_path);
        QCOMPARE(::mkfifo(m_path.c_str(), 0600), 0);
        QVERIFY(fails(open, ErrorCode::InvalidInput, "is not a file"));
        fs::remove(m_path);
        for (const std::string &bytes : {std::string(), std::string("x"), std::string("date,score\n2020-01-01,0.5\n"),
                                         std::string(5000, '\0'), std::string("SQLite format 3\0", 16)}) {
            writeBytes(m_path, bytes);
            QVERIFY(fails(open, ErrorCode::InvalidInput, "is no Countersign workspace"));
            QCOMPARE(readBytes(m_path), bytes);
        }
        fs::remove(m_path);
        QCOMPARE(RawFile(m_path).run("CREATE TABLE t(a)"), std::string());
        QVERIFY(fails(open, ErrorCode::InvalidInput, "database of another program"));
        QCOMPARE(RawFile(m_path).run("PRAGMA application_id=0x43534731"), std::string());
        QVERIFY(fails(open, ErrorCode::InvalidInput, "version number"));
        QCOMPARE(RawFile(m_path).run("PRAGMA user_version=1"), std::string());
        QVERIFY(fails(open, ErrorCode::InvalidInput, "tables are not those"));
        QCOMPARE(RawFile(m_path).run("PRAGMA user_version=2"), std::string());
        QVERIFY(fails(open, ErrorCode::InvalidInput, "newer version"));
    }

    void anExistingFileIsNeverOverwritten()
    {
        writeBytes(m_path, "precious");
        QVERIFY(fails([&] { (void)LogFile::create(m_path, "log"); }, ErrorCode::Conflict, "already is a file"));
        QCOMPARE(readBytes(m_path), std::string("precious"));
        QVERIFY(fails([&] { (void)LogFile::create(m_folder / "no" / "folder", "log"); }, ErrorCode::Io,
                      "cannot be opened"));
    }

    void addedViewsAndTriggersAreRefusedAndMissingGuardsTold()
    {
        writeFile(m_path, TestLog(founder).envelopes());
        const std::string original = readBytes(m_path);
        for (const char *sql : {"CREATE VIEW v AS SELECT 1", "CREATE TABLE t(a)", "CREATE INDEX i ON entry(envelope)",
                                "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END"}) {
            QCOMPARE(RawFile(m_path).run(sql), std::string());
            QVERIFY(fails([&] { (void)LogFile::open(m_path); }, ErrorCode::Corrupt, "which no workspace has"));
            writeBytes(m_path, original);
        }
        QCOMPARE(RawFile(m_path).run("DROP TRIGGER entry_no_update"), std::string());
        const auto file = LogFile::open(m_path);
        const auto report = verifyFile(*file);
        QCOMPARE(report.faults.size(), 1U);
        QVERIFY(report.faults[0].kind == FaultKind::FileDamaged);
        QVERIFY(report.faults[0].text.find("entry_no_update") != std::string::npos);
    }

    void everyTruncationIsRefused()
    {
        TestLog log(founder);
        for (int i = 0; i < 20; ++i)
            log.note(founder, std::string(1000, 'x'));
        writeFile(m_path, log.envelopes());
        const std::string whole = readBytes(m_path);
        bool cutOffSaid = false;
        for (std::size_t length = 0; length < whole.size(); length += 512) {
            writeBytes(m_path, whole.substr(0, length == 0 ? 0 : length - 1));
            for (const bool readOnly : {false, true}) {
                try {
                    LogFileOptions options;
                    options.readOnly = readOnly;
                    (void)LogFile::open(m_path, options);
                    QFAIL(("opened with a length of " + std::to_string(length)).c_str());
                } catch (const Exception &exception) {
                    const auto code = exception.error().code;
                    QVERIFY2(code == ErrorCode::Corrupt || code == ErrorCode::InvalidInput, exception.what());
                    cutOffSaid = cutOffSaid || exception.error().what.find("is cut off") != std::string::npos;
                }
            }
        }
        QVERIFY(cutOffSaid);
    }

    void damagedPagesAreRefusedOrReportedOrHarmless()
    {
        TestLog log(founder);
        for (int i = 0; i < 20; ++i)
            log.note(founder, std::string(1000, 'x'));
        writeFile(m_path, log.envelopes());
        const std::string whole = readBytes(m_path);
        std::mt19937 random(20261124);
        int refused = 0;
        int reported = 0;
        for (int round = 0; round < 600; ++round) {
            std::string damaged = whole;
            for (int flips = 1 + round % 8; flips > 0; --flips) {
                const auto at = random() % damaged.size();
                damaged[at] = static_cast<char>(static_cast<unsigned>(damaged[at]) ^ (1U << (random() % 8)));
            }
            writeBytes(m_path, damaged);
            try {
                const auto report = verifyFile(*openReadOnly(m_path), log.checkpoint());
                reported += report.valid() ? 0 : 1;
                QVERIFY(!report.valid() || report.head == log.tree().head());
            } catch (const Exception &exception) {
                ++refused;
                QVERIFY2(exception.error().code != ErrorCode::Internal, exception.what());
            }
        }
        QVERIFY(refused > 20 && reported > 300);
    }

    void fullDisksLoseNothing()
    {
        TestLog log(founder);
        writeFile(m_path, log.envelopes());
        const auto file = LogFile::open(m_path);
        {
            const FileSizeLimit limit(fs::file_size(m_path) + 8192);
            const auto write = [&] {
                const auto writer = file->begin();
                writer->putBlob(std::string(1'000'000, 'x'));
                writer->append(log.note(founder, "never stored"));
                writer->commit();
            };
            QVERIFY(fails(write, ErrorCode::Io, "The disk is full: nothing was written"));
        }
        {
            const FileSizeLimit limit(8192);
            QVERIFY(fails([&] { file->backupTo(m_folder / "copy"); }, ErrorCode::Io, "The disk is full"));
        }
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 1); // no part of a copy
        QCOMPARE(file->size(), 1U);
        QVERIFY(verifyFile(*file).valid());
        const auto writer = file->begin();
        writer->append("works again");
        writer->commit();
        QCOMPARE(LogFile::open(m_path)->size(), 2U);
    }

    void missingPermissionsAreSaid()
    {
        writeFile(m_path, TestLog(founder).envelopes());
        fs::permissions(m_folder, fs::perms(0755));
        {
            fs::permissions(m_path, fs::perms(0200));
            const AsNobody nobody;
            QVERIFY(fails([&] { (void)LogFile::open(m_path); }, ErrorCode::Io, "cannot be opened"));
            QVERIFY(fails([&] { (void)openReadOnly(m_path); }, ErrorCode::Io, "cannot be opened"));
        }
        {
            fs::permissions(m_path, fs::perms(0444));
            if (::geteuid() != 0)
                fs::permissions(m_folder, fs::perms(0555));
            const AsNobody nobody;
            QVERIFY(fails([&] { (void)LogFile::open(m_path); }, ErrorCode::Io, "read-only"));
            const auto file = openReadOnly(m_path);
            QVERIFY(verifyFile(*file).valid());
            QVERIFY(fails([&] { (void)file->begin(); }, ErrorCode::Io, "open for reading only"));
        }
        fs::permissions(m_folder, fs::perms(0755));
    }

    void readingOnlyWritesNothing()
    {
        writeFile(m_path, TestLog(founder).envelopes());
        const std::string before = readBytes(m_path);
        const auto written = fs::last_write_time(m_path);
        {
            LogFileOptions options;
            options.readOnly = true;
            const auto file = LogFile::open(m_path, options);
            QVERIFY(verifyFile(*file).valid());
            QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 1);
        }
        QVERIFY(readBytes(m_path) == before && fs::last_write_time(m_path) == written);
    }

    void writeAheadFilesAreSwitchedBack()
    {
        writeFile(m_path, TestLog(founder).envelopes());
        QCOMPARE(RawFile(m_path).run("PRAGMA journal_mode=WAL"), std::string());
        QVERIFY(fails([&] { (void)openReadOnly(m_path); }, ErrorCode::Io, "write-ahead"));
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 1);
        (void)LogFile::open(m_path);
        QVERIFY(verifyFile(*openReadOnly(m_path)).valid());
    }

    void aFileReplacedWhileOpenTakesNoWrites()
    {
        writeFile(m_path, TestLog(founder).envelopes());
        const auto file = LogFile::open(m_path);
        fs::rename(m_path, m_folder / "elsewhere");
        QVERIFY(fails([&] { (void)file->begin(); }, ErrorCode::Conflict, "moved, deleted or replaced"));
    }

    void copiesAreWholeAndNeverOverwrite()
    {
        TestLog log(founder);
        log.note(founder, "more");
        writeFile(m_path, log.envelopes());
        const auto file = LogFile::open(m_path);
        const fs::path copy = m_folder / "copy.countersign";
        file->backupTo(copy);
        const auto report = verifyFile(*LogFile::open(copy), log.checkpoint());
        QVERIFY(report.valid() && report.entriesChecked == 2);
        QVERIFY(fails([&] { file->backupTo(copy); }, ErrorCode::Conflict, "already is a file"));
        CancelToken cancel;
        cancel.cancel();
        QVERIFY(fails([&] { file->backupTo(m_folder / "other", {}, cancel); }, ErrorCode::Cancelled, "cancelled"));
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 2);
    }

    void strangePathsWork()
    {
        for (const char *name : {"file:x?mode=memory", "with space 'quote' \"double\"", "\xf0\x9f\x93\x88 emoji",
                                 "line\nbreak", "%41?cache=shared#x"}) {
            writeFile(m_folder / name, TestLog(founder).envelopes());
            QVERIFY(verifyFile(*LogFile::open(m_folder / name)).valid());
        }
        QCOMPARE(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()), 5);
    }

    void alteredBlobsAreNoticed()
    {
        writeFile(m_path, TestLog(founder).envelopes());
        const auto file = LogFile::open(m_path);
        Hash256 hash;
        {
            const auto writer = file->begin();
            hash = writer->putBlob("the validation report");
            writer->commit();
        }
        QVERIFY(verifyFile(*file).valid());
        QCOMPARE(RawFile(m_path).runUnguarded("UPDATE blob SET bytes = ?1", "the validation retort"), std::string());
        QVERIFY(fails([&] { (void)file->blob(hash); }, ErrorCode::Corrupt, hash.hex()));
        const auto report = verifyFile(*file);
        QCOMPARE(report.faults.size(), 1U);
        QVERIFY(report.faults[0].kind == FaultKind::BlobAltered);
    }

    void verificationReportsProgressAndCanBeCancelled()
    {
        TestLog log(founder);
        for (int i = 0; i < 600; ++i)
            log.note(founder, "entry");
        const auto file = LogFile::create(m_path, "test-log");
        const auto writer = file->begin();
        for (const auto &envelope : log.envelopes())
            writer->append(envelope);
        writer->commit();
        TestDirectory directory;
        VerifyOptions options;
        std::uint64_t last = 0;
        options.progress = [&](std::string_view step, std::uint64_t done, std::uint64_t total) {
            if (step == "entries") {
                last = done;
                QCOMPARE(total, 601U);
                if (done == 512)
                    options.cancel.cancel();
            }
        };
        QVERIFY(fails([&] { (void)verifyStore(*file, directory, options); }, ErrorCode::Cancelled, "cancelled"));
        QCOMPARE(last, 512U);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
    fs::path m_path;
};

QTEST_APPLESS_MAIN(TestLogFile)
#include "tst_logfile.moc"
