// SPDX-License-Identifier: GPL-3.0-or-later
//
// Four processes append signed entries to one file and are killed (-9) at moments of a seeded sequence, again and
// again. An entry is acknowledged once commit() has returned: none of those may be lost, and the file must verify.
#include <QDir>
#include <QFileInfo>
#include <QTest>

#include "tests/core/store/teststore.h"

#include <array>
#include <csignal>
#include <poll.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace countersign;
using namespace countersign::test;

namespace {

constexpr int kProcesses = 4;
constexpr int kMostAcknowledged = 8; // in a cycle, before the kill
constexpr int kPatienceMs = 30'000;

struct Acknowledgement
{
    std::uint64_t seq = 0;
    Hash256 leaf;
};

/// The verified past: what every process knows when it starts.
struct Known
{
    TestDirectory directory;
    MerkleTree tree;
};

/// Catches up under the write lock and appends, until it is killed.
[[noreturn]] void appendForever(const fs::path &path, const TestSigner &signer, Known known, int pipe)
{
    try {
        LogFileOptions options;
        options.check = FileCheck::None;
        const auto file = LogFile::open(path, options);
        for (int count = 0;; ++count) {
            const auto writer = file->begin();
            if (writer->size() != known.tree.size())
                file->forEach(known.tree.size(),
                              [&](std::uint64_t, std::string_view envelope) { known.tree.append(leafHash(envelope)); });
            const json::object body{{"facts", json::array()}, {"note", std::string(300, 'n')}, {"count", count}};
            const std::string envelope = sealEntry(headerFor(known.tree, signer), body, signer);
            writer->putBlob(std::to_string(known.tree.size()));
            writer->append(envelope);
            writer->commit();
            const Acknowledgement done{known.tree.size(), leafHash(envelope)};
            known.tree.append(done.leaf);
            if (::write(pipe, &done, sizeof done) != sizeof done)
                ::_exit(1);
        }
    } catch (const std::exception &exception) {
        std::fprintf(stderr, "a writer failed: %s\n", exception.what());
        ::_exit(1);
    }
}

/// Reads acknowledgements until `enough` of them or, when 0, until the end.
void readAcknowledgements(int pipe, int enough, std::vector<Acknowledgement> &acknowledged)
{
    int count = 0;
    Acknowledgement done;
    while (enough == 0 || count < enough) {
        pollfd waiting{pipe, POLLIN, 0};
        if (::poll(&waiting, 1, kPatienceMs) != 1)
            qFatal("no writer acknowledged anything for %d ms", kPatienceMs);
        const auto length = ::read(pipe, &done, sizeof done);
        if (length == 0)
            return;
        if (length != sizeof done)
            qFatal("an acknowledgement was torn");
        acknowledged.push_back(done);
        ++count;
    }
}

} // namespace

class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // 200 cycles. What a process gave to the kernel survives its death on any kind of disk; in memory the kills fall on
    // more of the steps of a commit, on a disk mostly into its waits.
    void killedWritersLoseNothingTheyAcknowledged_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("cycles");
        QTest::newRow("on disk") << QDir::tempPath() << 40;
        const QString memory = QStringLiteral("/dev/shm");
        QTest::newRow("in memory") << (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) << 160;
    }
    void killedWritersLoseNothingTheyAcknowledged()
    {
        QFETCH(QString, folder);
        QFETCH(int, cycles);
        const QTemporaryDir dir(folder + QStringLiteral("/countersign-crash-XXXXXX"));
        QVERIFY(dir.isValid());
        const fs::path path = fs::path(dir.path().toStdString()) / "team.countersign";
        std::vector<TestSigner> signers;
        for (unsigned char i = 1; i <= kProcesses; ++i)
            signers.emplace_back(i);
        TestLog log(signers[0]);
        for (int i = 1; i < kProcesses; ++i)
            log.add(signers[0], enrolment(signers[static_cast<std::size_t>(i)]));
        writeFile(path, log.envelopes());

        Known known;
        std::vector<Hash256> leaves;
        std::mt19937 random(20261124);
        std::vector<Acknowledgement> acknowledged;
        for (int cycle = 0; cycle < cycles; ++cycle) {
            catchUp(path, known, leaves); // no connection stays open in this process when it forks
            std::array<int, 2> pipe{};
            QCOMPARE(::pipe(pipe.data()), 0);
            std::vector<pid_t> writers;
            for (const auto &signer : signers) {
                const pid_t child = ::fork();
                QVERIFY(child >= 0);
                if (child == 0) {
                    ::close(pipe[0]);
                    appendForever(path, signer, known, pipe[1]);
                }
                writers.push_back(child);
            }
            ::close(pipe[1]);
            readAcknowledgements(pipe[0], static_cast<int>(random() % kMostAcknowledged) + 1, acknowledged);
            pollfd nothing{-1, 0, 0};
            ::poll(&nothing, 1, static_cast<int>(random() % 4)); // not always right after a commit
            for (const pid_t writer : writers)
                ::kill(writer, SIGKILL);
            for (const pid_t writer : writers) {
                int status = 0;
                QCOMPARE(::waitpid(writer, &status, 0), writer);
                QVERIFY2(WIFSIGNALED(status), "a writer ended by itself");
            }
            readAcknowledgements(pipe[0], 0, acknowledged);
            ::close(pipe[0]);
        }
        catchUp(path, known, leaves);

        for (const auto &[seq, leaf] : acknowledged) {
            QVERIFY2(seq < leaves.size(), "an acknowledged entry is gone");
            QVERIFY2(leaves[seq] == leaf, "an acknowledged entry was replaced");
        }
        const auto file = LogFile::open(path);
        const auto report = verifyFile(*file, Checkpoint{"test-log", known.tree.head()});
        QVERIFY2(report.valid(), report.faults.empty() ? "" : report.faults[0].text.c_str());
        QCOMPARE(report.entriesChecked, leaves.size());
        qInfo("%zu acknowledged, %zu stored", acknowledged.size(), leaves.size());
        QVERIFY(acknowledged.size() >= static_cast<std::size_t>(cycles) &&
                leaves.size() >= acknowledged.size() + kProcesses);
    }

private:
    static void catchUp(const fs::path &path, Known &known, std::vector<Hash256> &leaves)
    {
        const auto file = LogFile::open(path); // plays the journal back; quick_check
        LogVerifier verifier(known.directory, "test-log", known.tree);
        file->forEach(known.tree.size(), [&](std::uint64_t seq, std::string_view envelope) {
            const auto checked = verifier.next(seq, envelope);
            known.directory.fold(checked);
            leaves.push_back(checked.leaf);
        });
        const auto report = verifier.finish();
        QVERIFY2(report.valid(), report.faults.empty() ? "" : report.faults[0].text.c_str());
        known.tree = verifier.tree();
    }
};

QTEST_APPLESS_MAIN(TestCrash)
#include "tst_crash.moc"
