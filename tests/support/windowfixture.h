// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QQueue>
#include <QStringList>

#include "tests/support/workspacefixture.h"
#include "ui/jobs/jobrunner.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"

namespace countersign::test {

/// Answers in the person's place from prepared answers; without one it answers "cancel". Keeps what was asked and told.
class FakeDialogs final : public DialogService
{
public:
    std::optional<QString> openFile(QWidget *, const QString &title, const QString &) override { return answer(title); }
    QStringList openFiles(QWidget *, const QString &title, const QString &) override
    {
        return answer(title).value_or(QString()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    std::optional<QString> saveFile(QWidget *, const QString &title, const QString &suggestion,
                                    const QString &) override
    {
        suggestions << suggestion;
        return answer(title);
    }
    std::optional<QString> chooseFolder(QWidget *, const QString &title) override { return answer(title); }
    bool confirm(QWidget *, const QString &, const QString &question, const QString &) override
    {
        asked << question;
        return !confirmations.isEmpty() && confirmations.dequeue();
    }
    void inform(QWidget *, const QString &, const QString &text) override { informed << text; }
    void error(QWidget *, const QString &, const Error &error) override
    {
        errors << QString::fromStdString(error.text());
    }

    QQueue<QString> paths;      ///< answers for files and folders, in order; several files by line feeds
    QQueue<bool> confirmations; ///< answers for questions, in order
    QStringList asked;
    QStringList suggestions;
    QStringList informed;
    QStringList errors;

private:
    std::optional<QString> answer(const QString &title)
    {
        asked << title;
        if (paths.isEmpty())
            return std::nullopt;
        return paths.dequeue();
    }
};

/// Remembers where the window was sent: "model/<id>/<tab>/<item>", "page/<name>" or "inventory/<title>/<models>".
class FakeNavigator final : public Navigator
{
public:
    void openModel(const ModelId &model, const QString &tab, const QString &item) override
    {
        visited << QStringLiteral("model/%1/%2/%3").arg(QString::fromStdString(model.str()), tab, item);
    }
    void openPage(const QString &page) override { visited << QStringLiteral("page/") + page; }
    void openInventory(const ModelSelection &selection) override
    {
        visited << QStringLiteral("inventory/%1/%2").arg(selection.title).arg(selection.models.size());
        selections << selection;
    }

    QStringList visited;
    QList<ModelSelection> selections;
};

/// A workspace with all that a page is given; changes reach the page as in the window.
class WindowFixture : public WorkspaceFixture
{
public:
    explicit WindowFixture()
        : context{workspace(), changes, dialogs, jobs, navigator}
    {
        workspace().onChange([this](const ChangeNotice &notice) { Q_EMIT changes.changed(notice); });
    }
    /// Signs in as the window does: pages are told.
    void signInWindow(const std::string &fullName)
    {
        signIn(fullName);
        Q_EMIT changes.sessionChanged();
    }
    void signOutWindow()
    {
        workspace().signOut();
        Q_EMIT changes.sessionChanged();
    }

    ChangeNotifier changes;
    FakeDialogs dialogs;
    JobRunner jobs;
    FakeNavigator navigator;
    Context context;
};

} // namespace countersign::test
