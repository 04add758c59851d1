// SPDX-License-Identifier: GPL-3.0-or-later
//
// A person at the real window: finds controls by what is written on them or by their accessible name, and works them by
// keyboard. Fails the journey when something is not there, not visible or not enabled, as a person would be stuck.
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTableView>
#include <QTest>

#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/model/rowstable.h"
#include "ui/shell/commands.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/session.h"
#include "ui/shell/workspaceview.h"
#include "ui/widgets/messagebar.h"

namespace countersign::test {

class Stuck : public std::runtime_error
{
public:
    explicit Stuck(const QString &what)
        : std::runtime_error(what.toStdString())
    {
    }
};

class Person
{
public:
    explicit Person(const Environment &environment)
        : m_settings(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
        , m_services{environment, m_settings, dialogs, m_jobs, [](ThemeMode) {}, {}}
        , window(m_services)
    {
        window.resize(1280, 800);
        window.show();
    }

    /// Opens `workspace` in the window and signs `fullName` in through the dialog.
    void sitDownAt(std::unique_ptr<Workspace> workspace, const char *fullName)
    {
        window.show(std::move(workspace));
        signIn(fullName);
    }
    void signIn(const char *fullName)
    {
        command("people.signIn");
        choose(dialog(), QStringLiteral("Person"), QString::fromUtf8(fullName));
        fill(dialog(), QStringLiteral("Passphrase"), QString::fromUtf8(passphrase));
        press(dialog(), QStringLiteral("Sign in"));
        if (!workspace().user() || workspace().user()->fullName != fullName)
            throw Stuck(QStringLiteral("signing in as %1 did not work").arg(QString::fromUtf8(fullName)));
    }

    /// Signs whoever sits there out and `fullName` in.
    void become(const char *fullName)
    {
        command("people.signOut");
        signIn(fullName);
    }

    /// The menu command of that id.
    void command(const char *id)
    {
        auto *action = window.commands().action(QString::fromLatin1(id));
        if (!action || !action->isEnabled())
            throw Stuck(QStringLiteral("no command %1").arg(QString::fromLatin1(id)));
        action->trigger();
    }

    [[nodiscard]] QWidget *dialog() const
    {
        if (auto *modal = QApplication::activeModalWidget())
            return modal;
        throw Stuck(QStringLiteral("no dialog is open"));
    }
    [[nodiscard]] static bool noDialog() { return QApplication::activeModalWidget() == nullptr; }
    /// The button of the open dialog that does what the dialog is for.
    [[nodiscard]] QAbstractButton *actButton() const
    {
        if (auto *found = dialog()->findChild<QAbstractButton *>(QStringLiteral("act")))
            return found;
        throw Stuck(QStringLiteral("the dialog \"%1\" does nothing").arg(dialog()->windowTitle()));
    }
    void act() { press(dialog(), actButton()->text().remove(QLatin1Char('&'))); }
    /// Leaves the open dialog, and none must be left.
    void cancel()
    {
        QTest::keyClick(dialog(), Qt::Key_Escape);
        if (!QTest::qWaitFor(&Person::noDialog))
            throw Stuck(QStringLiteral("a dialog stays open"));
    }
    /// Signs the request that `signOffs` shows.
    void signOff(QWidget *signOffs, const QString &decision)
    {
        press(signOffs, QStringLiteral("Sign…"));
        press(dialog(), decision);
        fill(dialog(), QStringLiteral("Passphrase"), QString::fromUtf8(passphrase));
        act();
    }
    /// The receipt that is shown after a signature.
    void closeReceipt()
    {
        if (!QTest::qWaitFor([] { return !noDialog(); }))
            throw Stuck(QStringLiteral("there is no receipt"));
        cancel();
    }
    void approve(QWidget *signOffs)
    {
        signOff(signOffs, QStringLiteral("Approve"));
        closeReceipt();
    }

    /// Of the approved version that `signOffs` shows.
    void putIntoProduction(QWidget *signOffs)
    {
        press(signOffs, QStringLiteral("Put into production…"));
        act();
    }

    /// Focuses the button and presses the space bar.
    void press(QWidget *in, const QString &text)
    {
        auto *found = button(in, text);
        if (!found->isEnabled())
            throw Stuck(QStringLiteral("the button \"%1\" is disabled: %2").arg(text, found->toolTip()));
        found->setFocus();
        QTest::keyClick(found, Qt::Key_Space);
    }
    [[nodiscard]] QAbstractButton *button(QWidget *in, const QString &text) const
    {
        for (auto *each : in->findChildren<QAbstractButton *>())
            if (each->isVisibleTo(in) && each->text().remove(QLatin1Char('&')) == text)
                return each;
        throw Stuck(QStringLiteral("no button \"%1\"").arg(text));
    }

    void fill(QWidget *in, const QString &name, const QString &text)
    {
        if (auto *line = named<QLineEdit>(in, name)) {
            line->setFocus();
            line->selectAll();
            QTest::keyClicks(line, text);
        } else if (auto *area = named<QPlainTextEdit>(in, name)) {
            area->setFocus();
            area->selectAll();
            QTest::keyClicks(area, text);
        } else {
            throw Stuck(QStringLiteral("no field \"%1\"").arg(name));
        }
    }

    void choose(QWidget *in, const QString &name, const QString &beginning)
    {
        auto *box = named<QComboBox>(in, name);
        if (!box)
            throw Stuck(QStringLiteral("no choice \"%1\" in \"%2\"; there are: %3")
                            .arg(name, in->windowTitle(), namesOf<QComboBox>(in)));
        for (int index = 0; index < box->count(); ++index) {
            if (box->itemText(index).startsWith(beginning)) {
                box->setCurrentIndex(index);
                return;
            }
        }
        throw Stuck(QStringLiteral("\"%1\" does not offer \"%2\"").arg(name, beginning));
    }

    template <class T>
    [[nodiscard]] static QString namesOf(QWidget *in)
    {
        QStringList names;
        for (const auto *each : in->findChildren<T *>())
            names << each->accessibleName();
        return names.join(QStringLiteral(", "));
    }

    /// Whether these words can be read somewhere in `in`.
    [[nodiscard]] static bool reads(QWidget *in, const QString &words)
    {
        for (const auto *label : in->findChildren<QLabel *>())
            if (label->isVisibleTo(in) && label->text().contains(words))
                return true;
        for (const auto *bar : in->findChildren<MessageBar *>())
            if (bar->isVisibleTo(in) && bar->text().contains(words))
                return true;
        return false;
    }

    static RowsTable *table(QWidget *in, const QString &name)
    {
        auto *found = dynamic_cast<RowsTable *>(named<QTableView>(in, name));
        return found && found->isVisibleTo(in) ? found : nullptr;
    }
    /// Whether these words stand in a row of a table in `in`.
    [[nodiscard]] static bool lists(QWidget *in, const QString &words)
    {
        for (const auto *view : in->findChildren<QAbstractItemView *>()) {
            const auto *model = view->model();
            for (int row = 0; model && row < model->rowCount(); ++row)
                for (int column = 0; column < model->columnCount(); ++column)
                    if (model->index(row, column).data().toString().contains(words))
                        return true;
        }
        return false;
    }

    /// The part `tab` of the model's page, at `item` in it.
    QWidget *openModel(const ModelId &model, const QString &tab, const QString &item = {})
    {
        window.view()->openModel(model, tab, item);
        auto *found = window.view()->currentPage()->findChild<QWidget *>(tab);
        if (!found)
            throw Stuck(QStringLiteral("the model has no part %1").arg(tab));
        return found;
    }
    QWidget *openPage(const char *id)
    {
        command((std::string("view.") + id).c_str());
        return window.view()->currentPage();
    }

    [[nodiscard]] Workspace &workspace() { return window.view()->context().workspace; }
    [[nodiscard]] const Registry &registry() { return workspace().registry(); }

    FakeDialogs dialogs;

private:
    QTemporaryDir m_folder;
    QSettings m_settings;
    JobRunner m_jobs;
    Services m_services;

public:
    MainWindow window;
};

} // namespace countersign::test
