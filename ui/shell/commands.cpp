// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commands.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QWidget>

#include <cassert>

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QKeySequence keys(const char *portable)
{
    return QKeySequence(QLatin1StringView(portable), QKeySequence::PortableText);
}

QList<CommandInfo> makeList()
{
    const auto file = u"&File"_s;
    const auto edit = u"&Edit"_s;
    const auto view = u"&View"_s;
    const auto people = u"&People"_s;
    const auto help = u"&Help"_s;
    return {
        {u"file.new"_s, file, u"&New workspace..."_s, keys("Ctrl+Shift+N"),
         u"Makes a new workspace file with its first user."_s, false, false},
        {u"file.open"_s, file, u"&Open..."_s, keys("Ctrl+O"), u"Opens a workspace file and verifies it."_s, false,
         false},
        {u"file.recent"_s, file, u"Open &recent"_s, {}, u"Opens one of the files used last."_s, false, false},
        {u"file.openReadOnly"_s, file, u"Open read-on&ly..."_s, keys("Ctrl+Shift+O"),
         u"Opens a file for reading; nothing on the disk is touched."_s, false, false},
        {u"file.import"_s, file, u"-&Import inventory..."_s, keys("Ctrl+I"),
         u"Takes in models from a CSV file, with a preview and a report for every row."_s, false, true},
        {u"file.importUsage"_s, file, u"Import &usage..."_s, keys("Ctrl+U"),
         u"Takes in what services did (predictions, failures) from a CSV file, all or nothing."_s, false, true},
        {u"file.export"_s, file, u"Export &evidence..."_s, keys("Ctrl+E"),
         u"Writes a folder that an auditor can check offline."_s, false, true},
        {u"file.checkpoint"_s, file, u"Save chec&kpoint..."_s, keys("Ctrl+K"),
         u"Saves what proves later that nothing was cut off or rewritten."_s, false, true},
        {u"file.close"_s, file, u"-&Close workspace"_s, keys("Ctrl+W"), u"Goes back to the start page."_s, false, true},
        {u"file.quit"_s, file, u"&Quit"_s, keys("Ctrl+Q"), u"Ends Countersign."_s, false, false},

        {u"edit.copy"_s, edit, u"&Copy"_s, keys("Ctrl+C"),
         u"Copies the selected text, or the selected rows as tab-separated text."_s, false, false},
        {u"edit.find"_s, edit, u"&Find"_s, {}, u"Goes to the search box of the page."_s, false, true},
        {u"edit.register"_s, edit, u"-&Register model..."_s, keys("Ctrl+N"), u"Adds a model to the inventory."_s, false,
         true},

        {u"view.home"_s, view, u"&Home"_s, keys("Ctrl+1"), u"What waits for you, drift alerts and what is overdue."_s,
         false, true},
        {u"view.inventory"_s, view, u"&Inventory"_s, keys("Ctrl+2"), u"All models."_s, false, true},
        {u"view.portfolio"_s, view, u"&Portfolio"_s, keys("Ctrl+3"),
         u"All models at a glance: health, limits of the appetite, a report to print."_s, false, true},
        {u"view.reviews"_s, view, u"Re&views"_s, keys("Ctrl+4"),
         u"When each model is reviewed next, why, and by whom."_s, false, true},
        {u"view.data"_s, view, u"Da&ta"_s, keys("Ctrl+5"), u"Which models use which data, and which feed which."_s,
         false, true},
        {u"view.attestation"_s, view, u"Attestatio&n"_s, keys("Ctrl+6"),
         u"Attestation campaigns: who has answered for which model."_s, false, true},
        {u"view.policy"_s, view, u"Polic&y"_s, keys("Ctrl+7"),
         u"The policy in force, a draft of the next one, and every one before."_s, false, true},
        {u"view.audit"_s, view, u"&Audit"_s, keys("Ctrl+8"), u"Every entry of the log, and its verification."_s, false,
         true},
        {u"view.model"_s, view, u"&Model"_s, keys("Ctrl+9"), u"The model opened last."_s, false, true},
        {u"view.refresh"_s, view, u"-&Refresh"_s, keys("F5"),
         u"Takes in what others wrote; this happens every second by itself."_s, false, true},
        {u"view.themeSystem"_s,
         view,
         u"-Colours of the &desktop"_s,
         {},
         u"Light or dark as the desktop says."_s,
         true,
         false},
        {u"view.themeLight"_s, view, u"&Light"_s, {}, u"Light colours."_s, true, false},
        {u"view.themeDark"_s, view, u"Dar&k"_s, {}, u"Dark colours."_s, true, false},

        {u"people.signIn"_s, people, u"&Sign in..."_s, keys("Ctrl+L"), u"Unlocks your key for this sitting."_s, false,
         true},
        {u"people.signOut"_s, people, u"Sign &out"_s, keys("Ctrl+Shift+L"), u"Forgets the unlocked key."_s, false,
         true},
        {u"people.enrol"_s,
         people,
         u"-&Enrol..."_s,
         {},
         u"Adds a person and makes their key on this computer."_s,
         false,
         true},
        {u"people.list"_s, people, u"&People and roles..."_s, keys("Ctrl+P"), u"Who may sign what."_s, false, true},

        {u"help.keyboard"_s, help, u"&Keyboard"_s, keys("F1"), u"All shortcuts."_s, false, false},
        {u"help.about"_s, help, u"&About Countersign"_s, {}, u"Version and licence."_s, false, false},
    };
}

} // namespace

const QList<CommandInfo> &commandList()
{
    static const auto list = makeList();
    return list;
}

QList<QPair<QString, QString>> widgetShortcuts()
{
    return {
        {u"Ctrl+F"_s, u"Goes to the search box of the page or dialog; Esc empties it."_s},
        {u"Enter"_s, u"Opens the selected row."_s},
        {u"Esc"_s, u"Closes a dialog."_s},
        {u"Tab"_s, u"Goes to the next control; Shift+Tab to the one before."_s},
        {u"Alt+letter"_s, u"Presses the control with that underlined letter."_s},
        {u"Ctrl+Tab"_s, u"Goes to the next tab."_s},
    };
}

Commands::Commands(QWidget *window)
    : QObject(window)
{
    for (const auto &info : commandList()) {
        auto text = info.text;
        if (text.startsWith(u'-'))
            text.remove(0, 1);
        auto *action = new QAction(text, window);
        action->setObjectName(info.id);
        action->setShortcut(info.shortcut);
        action->setStatusTip(info.help);
        action->setCheckable(info.checkable);
        action->setEnabled(!info.needsWorkspace);
        action->setMenuRole(info.id == "file.quit"_L1    ? QAction::QuitRole
                            : info.id == "help.about"_L1 ? QAction::AboutRole
                                                         : QAction::NoRole);
        window->addAction(action);
        m_actions.insert(info.id, action);
    }
    m_actions[u"edit.find"_s]->setText(m_actions[u"edit.find"_s]->text() + u"\tCtrl+F"_s);
}

QAction *Commands::action(const QString &id) const
{
    auto *found = m_actions.value(id);
    assert(found);
    return found;
}

void Commands::fillMenus(QMenuBar *bar)
{
    for (const auto &info : commandList()) {
        auto *&menu = m_menus[info.menu];
        if (!menu)
            menu = bar->addMenu(info.menu);
        if (info.text.startsWith(u'-'))
            menu->addSeparator();
        menu->addAction(action(info.id));
    }
}

QMenu *Commands::menu(const QString &title) const
{
    return m_menus.value(title);
}

void Commands::setWorkspaceOpen(bool open)
{
    for (const auto &info : commandList())
        if (info.needsWorkspace)
            action(info.id)->setEnabled(open);
}

} // namespace countersign
