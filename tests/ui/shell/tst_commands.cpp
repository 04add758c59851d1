// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTest>

#include "ui/shell/commands.h"

using namespace countersign;

class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAndShortcutsAreUnique()
    {
        QSet<QString> ids;
        QSet<QString> shortcuts;
        for (const auto &keys : widgetShortcuts())
            shortcuts << keys.first;
        for (const auto &command : commandList()) {
            QVERIFY2(!ids.contains(command.id), qPrintable(command.id));
            ids << command.id;
            const auto keys = command.shortcut.toString(QKeySequence::PortableText);
            QVERIFY2(keys.isEmpty() || !shortcuts.contains(keys), qPrintable(command.id + u' ' + keys));
            shortcuts << keys;
        }
    }

    void mnemonicsAreUniqueInTheirMenu()
    {
        QSet<QString> seen;
        for (const auto &command : commandList()) {
            const auto at = command.text.indexOf(u'&');
            QVERIFY2(at >= 0, qPrintable(command.id + QStringLiteral(" has no mnemonic")));
            const auto key = command.menu + command.text.mid(at + 1, 1).toLower();
            QVERIFY2(!seen.contains(key), qPrintable(command.id + QStringLiteral(" repeats ") + key));
            seen << key;
        }
    }

    void everyCommandExplainsItself()
    {
        for (const auto &command : commandList())
            QVERIFY2(command.help.endsWith(u'.'), qPrintable(command.id));
    }

    void everyCommandIsInAMenu()
    {
        QMainWindow window;
        Commands commands(&window);
        commands.fillMenus(window.menuBar());
        for (const auto &command : commandList()) {
            QVERIFY(commands.menu(command.menu));
            QVERIFY(commands.menu(command.menu)->actions().contains(commands.action(command.id)));
            QCOMPARE(commands.action(command.id)->isEnabled(), !command.needsWorkspace);
        }
        commands.setWorkspaceOpen(true);
        for (const auto &command : commandList())
            QVERIFY(commands.action(command.id)->isEnabled());
    }
};

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
