// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only thread code of the product. One job at a time, on a thread of its own; its result, a value, arrives on the
// GUI thread. A running job shows its progress and can be cancelled.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace countersign {

class JobRunner : public QObject
{
    Q_OBJECT

public:
    explicit JobRunner(QObject *parent = nullptr);
    ~JobRunner() override; ///< cancels and waits

    /// Runs `work(cancel, progress)` -> Result<T> off the GUI thread, then `done(Result<T>)` on it, unless `receiver`
    /// has gone. Queued while another job runs. `progress` is passed on at most 20 times a second; an Exception thrown
    /// by `work` becomes the Result's error.
    template <class Work, class Done>
    void run(const QString &title, QObject *receiver, Work work, Done done)
    {
        using R = std::invoke_result_t<Work, const CancelToken &, const Progress &>;
        auto result = std::make_shared<std::unique_ptr<R>>();
        enqueue(
            title, receiver,
            [work = std::move(work), result](const CancelToken &cancel, const Progress &progress) {
                try {
                    *result = std::make_unique<R>(work(cancel, progress));
                } catch (const Exception &exception) {
                    *result = std::make_unique<R>(exception.error());
                }
            },
            [done = std::move(done), result] { done(std::move(**result)); });
    }

    void cancelCurrent();
    /// Nothing of what was asked for this receiver is delivered any more: its waiting jobs are dropped, its running one
    /// is cancelled.
    void forget(const QObject *receiver);
    [[nodiscard]] bool busy() const;

Q_SIGNALS:
    void started(const QString &title);
    void progressed(const QString &step, qulonglong done, qulonglong total);
    void finished();

private:
    void enqueue(const QString &title, QObject *receiver,
                 std::function<void(const CancelToken &, const Progress &)> work, std::function<void()> deliver);
    void startNext();

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign
