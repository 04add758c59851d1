// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session.h"

#include "ui/widgets/text.h"

namespace countersign {

namespace {
constexpr int refreshIntervalMs = 1000; // two windows on one file see each other within two seconds
}

Session::Session(std::unique_ptr<Workspace> workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(std::move(workspace))
{
    m_workspace->onChange([this](const ChangeNotice &notice) { Q_EMIT m_changes.changed(notice); });
    connect(&m_timer, &QTimer::timeout, this, &Session::refresh);
    connect(&m_changes, &ChangeNotifier::sessionChanged, this, &Session::followUp);
    m_timer.start(refreshIntervalMs);
}

Session::~Session()
{
    m_workspace->onChange({});
}

void Session::onUnusualTime(std::function<bool(const QString &)> ask)
{
    m_workspace->onUnusualTime([this, ask = std::move(ask)](const std::string &question) {
        m_timer.stop();
        const bool right = ask(toQt(question));
        m_timer.start(refreshIntervalMs);
        return right;
    });
}

void Session::refresh()
{
    const auto result = m_workspace->refresh();
    if (result.ok() == m_failing) {
        m_failing = !result.ok();
        if (m_failing)
            Q_EMIT refreshFailed(result.error());
        else
            Q_EMIT refreshWorks();
    }
    if (result && m_workspace->user() && m_followedOn != m_workspace->today())
        followUp();
}

void Session::followUp()
{
    if (!m_workspace->user())
        return;
    m_followedOn = m_workspace->today(); // once a day, also when it fails
    if (const auto done = m_workspace->followUp(); !done)
        Q_EMIT followUpFailed(done.error());
}

} // namespace countersign
