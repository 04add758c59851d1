// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much work a run still does after it was cancelled. Counted in processor time of the thread that works, so that
// what else the machine does makes no difference; tests/bench/cancelling times it on all threads.
#include <QtTest>

#include "core/base/error.h"
#include "core/monitoring/run.h"
#include "logfile.h"

#include <atomic>
#include <ctime>
#include <future>
#include <pthread.h>
#include <random>
#include <thread>

using namespace countersign;

namespace {

constexpr int columns = 60;
constexpr int rows = 60'000;

double secondsOf(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Large months, so that what is done for each column and period takes its time.
std::string wideLog()
{
    std::minstd_rand random(20261130);
    std::string text = "ts";
    for (int column = 0; column < columns; ++column)
        text += ",x" + std::to_string(column);
    text += ",id,score,target\n";
    for (int row = 0; row < rows; ++row) {
        text += "2024-0" + std::to_string(1 + row * 4 / rows) + "-15";
        for (int column = 0; column < columns; ++column)
            text += ',' + std::to_string(random() % 100'000) + ".5";
        text += ",client" + std::to_string(row) + ",0." + std::to_string(10'000 + random() % 90'000) + ',' +
                (random() % 4 == 0 ? '1' : '0') + '\n';
    }
    return text;
}

} // namespace

class TestCancelling : public QObject
{
    Q_OBJECT

private:
    LogFolder m_folder;
    RunSettings m_settings;

    struct Cancelled
    {
        bool wasThrough = false;
        double seconds = 0; ///< of the thread, after the cancelling; of a run that was through, in all
    };

    /// A run on one thread, cancelled when that has worked so long.
    [[nodiscard]] Cancelled cancelAfter(double seconds, const std::string &cache) const
    {
        RunOptions options;
        options.threads = 1;
        options.cacheFolder = cache;
        const CancelToken cancel;
        std::promise<clockid_t> begun;
        std::atomic<double> ended = -1;
        auto through = std::async(std::launch::async, [&] {
            clockid_t clock{};
            pthread_getcpuclockid(pthread_self(), &clock);
            begun.set_value(clock);
            bool whole = true;
            try {
                static_cast<void>(run(m_settings, cancel, {}, options));
            } catch (const Exception &exception) {
                whole = exception.error().code != ErrorCode::Cancelled;
            }
            ended = secondsOf(CLOCK_THREAD_CPUTIME_ID);
            return whole;
        });
        const clockid_t clock = begun.get_future().get();
        while (ended < 0 && secondsOf(clock) < seconds)
            std::this_thread::yield();
        const double cancelled = ended < 0 ? secondsOf(clock) : seconds;
        cancel.cancel();
        if (through.get())
            return {true, ended};
        return {false, std::max(0.0, ended - cancelled)};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_settings.path = m_folder.write("wide.csv", wideLog());
        m_settings.roles.time = "ts";
        m_settings.roles.score = "score";
        m_settings.roles.target = "target";
        m_settings.reference.firstPeriods = 2;
    }

    void itStopsSoonWhereverItIs_data()
    {
        QTest::addColumn<bool>("kept");
        QTest::newRow("read alone") << false;
        QTest::newRow("and kept") << true;
    }
    /// 200 ms are allowed; here each thread stops within 100 ms of its own work, with the assertions of a debug build.
    void itStopsSoonWhereverItIs()
    {
        QFETCH(const bool, kept);
        constexpr double most = 0.1;
        constexpr int steps = 8;
        const double whole = cancelAfter(1e9, {}).seconds;
        int stopped = 0;
        double longest = 0;
        for (int step = 0; step < steps; ++step) {
            const std::string cache = kept ? m_folder.path(("cache" + std::to_string(step)).c_str()) : std::string();
            const Cancelled run = cancelAfter(whole * (step + 0.5) / steps, cache);
            stopped += run.wasThrough ? 0 : 1;
            longest = std::max(longest, run.wasThrough ? 0 : run.seconds);
        }
        qInfo("a run of %.2f s, cancelled %d times: at most %.0f ms more", whole, stopped, 1000 * longest);
        QVERIFY(stopped >= steps / 2);
        QVERIFY2(longest <= most, qPrintable(QString::number(longest)));
    }
};

QTEST_GUILESS_MAIN(TestCancelling)
#include "tst_cancelling.moc"
