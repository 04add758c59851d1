// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobrunner.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QThread>

#include <cassert>
#include <deque>
#include <utility>

namespace countersign {

namespace {

struct Job
{
    QString title;
    QPointer<QObject> receiver;
    std::function<void(const CancelToken &, const Progress &)> work;
    std::function<void()> deliver;
    CancelToken cancel;
};

constexpr qint64 progressIntervalMs = 50; // twenty a second: more is not seen, and floods the event queue

/// Lives on the worker thread; everything it says goes out as queued signals.
class Worker : public QObject
{
    Q_OBJECT

public:
    void runJob(const Job *job) // the runner keeps it until `ended` has arrived
    {
        QElapsedTimer sinceLast;
        const Progress progress = [&](std::string_view step, std::uint64_t done, std::uint64_t total) {
            if (sinceLast.isValid() && sinceLast.elapsed() < progressIntervalMs)
                return;
            sinceLast.start();
            Q_EMIT progressed(QString::fromUtf8(step.data(), static_cast<qsizetype>(step.size())), done, total);
        };
        job->work(job->cancel, progress);
        Q_EMIT ended();
    }

Q_SIGNALS:
    void progressed(const QString &step, qulonglong done, qulonglong total);
    void ended();
};

} // namespace

struct JobRunner::Private
{
    QThread thread;
    Worker *worker = nullptr;
    std::deque<std::unique_ptr<Job>> waiting;
    std::unique_ptr<Job> current;
};

JobRunner::JobRunner(QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->worker = new Worker;
    m_d->worker->moveToThread(&m_d->thread);
    m_d->thread.setObjectName(QStringLiteral("job"));
    connect(&m_d->thread, &QThread::finished, m_d->worker, &QObject::deleteLater);
    connect(m_d->worker, &Worker::progressed, this, &JobRunner::progressed);
    connect(m_d->worker, &Worker::ended, this, [this] {
        const auto job = std::exchange(m_d->current, nullptr);
        startNext();
        if (!m_d->current)
            Q_EMIT finished();
        if (job->receiver)
            job->deliver();
    });
    m_d->thread.start();
}

JobRunner::~JobRunner()
{
    m_d->waiting.clear();
    if (m_d->current)
        m_d->current->cancel.cancel();
    m_d->thread.quit();
    m_d->thread.wait();
}

void JobRunner::cancelCurrent()
{
    if (m_d->current)
        m_d->current->cancel.cancel();
}

void JobRunner::forget(const QObject *receiver)
{
    std::erase_if(m_d->waiting, [receiver](const std::unique_ptr<Job> &job) { return job->receiver == receiver; });
    if (m_d->current && m_d->current->receiver == receiver) {
        m_d->current->cancel.cancel();
        m_d->current->receiver.clear();
    }
}

bool JobRunner::busy() const
{
    return m_d->current != nullptr;
}

void JobRunner::enqueue(const QString &title, QObject *receiver,
                        std::function<void(const CancelToken &, const Progress &)> work, std::function<void()> deliver)
{
    assert(receiver);
    m_d->waiting.push_back(
        std::make_unique<Job>(Job{title, receiver, std::move(work), std::move(deliver), CancelToken()}));
    if (!m_d->current)
        startNext();
}

void JobRunner::startNext()
{
    while (!m_d->waiting.empty() && !m_d->waiting.front()->receiver)
        m_d->waiting.pop_front();
    if (m_d->waiting.empty())
        return;
    m_d->current = std::move(m_d->waiting.front());
    m_d->waiting.pop_front();
    Q_EMIT started(m_d->current->title);
    QMetaObject::invokeMethod(m_d->worker, [worker = m_d->worker, job = m_d->current.get()] { worker->runJob(job); });
}

} // namespace countersign

#include "jobrunner.moc"
