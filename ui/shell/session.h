// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "core/workspace/workspace.h"
#include "ui/shell/context.h"

namespace countersign {

/// One open workspace on the GUI thread: passes its changes on, and looks once a second for those of others. When
/// somebody signs in, and when a day has passed, it lets the workspace follow up (Workspace::followUp).
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(std::unique_ptr<Workspace> workspace, QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] Workspace &workspace() { return *m_workspace; }
    [[nodiscard]] ChangeNotifier &changes() { return m_changes; }

    /// Workspace::onUnusualTime, without looking for changes of others while the question is asked.
    void onUnusualTime(std::function<bool(const QString &question)> ask);
    /// Takes in now what others wrote.
    void refresh();

Q_SIGNALS:
    /// A refresh failed. Said once; `refreshWorks` follows when one succeeds again.
    void refreshFailed(const countersign::Error &error);
    void refreshWorks();
    /// What was detected could not be written; it stays listed.
    void followUpFailed(const countersign::Error &error);

private:
    void followUp();

    ChangeNotifier m_changes;
    std::unique_ptr<Workspace> m_workspace;
    QTimer m_timer;
    bool m_failing = false;
    Date m_followedOn{}; ///< the day of the last follow-up
};

} // namespace countersign
