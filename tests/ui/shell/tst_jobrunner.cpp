// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <semaphore>

#include "ui/jobs/latestjob.h"

using namespace countersign;

class TestJobRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theResultArrivesOnTheThreadOfTheWindow()
    {
        JobRunner jobs;
        QThread *worked = nullptr;
        QThread *delivered = nullptr;
        int value = 0;
        jobs.run(
            QStringLiteral("count"), this,
            [&](const CancelToken &, const Progress &) -> Result<int> {
                worked = QThread::currentThread();
                return 42;
            },
            [&](const Result<int> &result) {
                delivered = QThread::currentThread();
                value = *result;
            });
        QVERIFY(jobs.busy());
        QTRY_COMPARE(value, 42);
        QVERIFY(worked != thread());
        QCOMPARE(delivered, thread());
        QVERIFY(!jobs.busy());
    }

    void aCancelledJobSaysSo()
    {
        JobRunner jobs;
        std::binary_semaphore running{0};
        std::optional<ErrorCode> code;
        jobs.run(
            QStringLiteral("wait"), this,
            [&](const CancelToken &cancel, const Progress &) -> Result<int> {
                running.release();
                while (!cancel.cancelled())
                    QThread::yieldCurrentThread();
                cancel.throwIfCancelled();
                return 1;
            },
            [&](const Result<int> &result) { code = result.error().code; });
        running.acquire();
        jobs.cancelCurrent();
        QTRY_VERIFY(code.has_value());
        QCOMPARE(*code, ErrorCode::Cancelled);
    }

    void ofJobsThatReplaceEachOtherTheLatestIsHeard()
    {
        JobRunner jobs;
        std::binary_semaphore running{0};
        std::atomic<int> begun = 0;
        QStringList heard;
        const auto ask = [&](LatestJob &latest, const QString &name, bool waits) {
            latest.run(
                name,
                [&, waits](const CancelToken &cancel, const Progress &) -> Result<int> {
                    ++begun;
                    running.release();
                    while (waits && !cancel.cancelled())
                        QThread::yieldCurrentThread();
                    return 1;
                },
                [&heard, name](const Result<int> &) { heard << name; });
        };
        LatestJob latest(jobs);
        ask(latest, QStringLiteral("at work"), true);
        running.acquire();
        ask(latest, QStringLiteral("waiting"), true); // cancels the first, and never begins itself
        ask(latest, QStringLiteral("last"), false);
        QVERIFY(latest.running());
        QTRY_VERIFY(!latest.running());
        QCOMPARE(heard, QStringList{QStringLiteral("last")});
        QCOMPARE(begun.load(), 2);
        running.acquire();
        {
            LatestJob gone(jobs);
            ask(gone, QStringLiteral("gone"), true);
            running.acquire();
        }
        QTRY_VERIFY(!jobs.busy());
        QCOMPARE(heard.size(), 1);
    }

    void aReceiverThatHasGoneHearsNothing()
    {
        JobRunner jobs;
        std::binary_semaphore go{0};
        bool delivered = false;
        auto receiver = std::make_unique<QObject>();
        jobs.run(
            QStringLiteral("slow"), receiver.get(),
            [&](const CancelToken &, const Progress &) -> Result<int> {
                go.acquire();
                return 1;
            },
            [&](const Result<int> &) { delivered = true; });
        receiver.reset();
        QSignalSpy finished(&jobs, &JobRunner::finished);
        go.release();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!delivered);
    }

    void jobsRunOneAfterTheOther()
    {
        JobRunner jobs;
        QSignalSpy started(&jobs, &JobRunner::started);
        QSignalSpy finished(&jobs, &JobRunner::finished);
        std::atomic<int> together = 0;
        std::atomic<int> most = 0;
        QList<int> order;
        for (int number = 0; number < 3; ++number)
            jobs.run(
                QString::number(number), this,
                [&, number](const CancelToken &, const Progress &) -> Result<int> {
                    most = std::max(most.load(), ++together);
                    --together;
                    return number;
                },
                [&](const Result<int> &result) { order << *result; });
        QTRY_COMPARE(order.size(), 3);
        QCOMPARE(order, (QList<int>{0, 1, 2}));
        QCOMPARE(most.load(), 1);
        QCOMPARE(started.count(), 3);
        QCOMPARE(finished.count(), 1);
    }

    void progressDoesNotFloodTheWindow()
    {
        JobRunner jobs;
        QSignalSpy progressed(&jobs, &JobRunner::progressed);
        bool done = false;
        QElapsedTimer timer;
        timer.start();
        jobs.run(
            QStringLiteral("many"), this,
            [&](const CancelToken &, const Progress &progress) -> Result<int> {
                for (std::uint64_t step = 0; step < 100'000; ++step)
                    report(progress, "step", step, 100'000);
                return 1;
            },
            [&](const Result<int> &) { done = true; });
        QTRY_VERIFY(done);
        QVERIFY(progressed.count() >= 1);
        QVERIFY2(progressed.count() <= 2 + timer.elapsed() / 50, qPrintable(QString::number(progressed.count())));
    }

    void endingTheRunnerCancelsWhatRuns()
    {
        std::binary_semaphore running{0};
        bool cancelled = false;
        {
            JobRunner jobs;
            jobs.run(
                QStringLiteral("endless"), this,
                [&](const CancelToken &cancel, const Progress &) -> Result<int> {
                    running.release();
                    while (!cancel.cancelled())
                        QThread::yieldCurrentThread();
                    cancelled = true;
                    return 1;
                },
                [](const Result<int> &) { QFAIL("nobody is there to hear it"); });
            running.acquire();
        }
        QVERIFY(cancelled);
    }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_jobrunner.moc"
