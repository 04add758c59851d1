// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTest>

#include "ui/shell/commands.h"
#include "ui/shell/theme.h"

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

    void textIsReadableInBothThemes_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << Theme::lightPalette();
        QTest::newRow("dark") << Theme::darkPalette();
    }
    void textIsReadableInBothThemes()
    {
        QFETCH(QPalette, palette);
        constexpr double enough = 4.5; // WCAG 2 AA
        const auto theme = Theme::of(palette);
        using Colour = Theme::Colour;
        const QList<QColor> grounds = {palette.color(QPalette::Window), palette.color(QPalette::Base),
                                       palette.color(QPalette::AlternateBase), theme.colour(Colour::surface)};
        for (const auto role : {Colour::green, Colour::amber, Colour::red, Colour::noData, Colour::accent, Colour::text,
                                Colour::mutedText}) {
            for (const auto &ground : grounds)
                QVERIFY2(Theme::contrast(theme.colour(role), ground) >= enough,
                         qPrintable(theme.colour(role).name() + QStringLiteral(" on ") + ground.name()));
            QVERIFY(Theme::contrast(theme.colour(Colour::text), theme.tint(role)) >= enough);
            QVERIFY(Theme::contrast(theme.colour(role), theme.tint(role)) >= enough);
        }
        for (const auto &[text, ground] :
             {std::pair(QPalette::WindowText, QPalette::Window), std::pair(QPalette::Text, QPalette::Base),
              std::pair(QPalette::ButtonText, QPalette::Button),
              std::pair(QPalette::ToolTipText, QPalette::ToolTipBase),
              std::pair(QPalette::HighlightedText, QPalette::Highlight),
              std::pair(QPalette::PlaceholderText, QPalette::Base), std::pair(QPalette::Link, QPalette::Base)})
            QVERIFY(Theme::contrast(palette.color(text), palette.color(ground)) >= enough);
    }

    void theThemeIsToldFromThePalette()
    {
        QVERIFY(!Theme::of(Theme::lightPalette()).dark());
        QVERIFY(Theme::of(Theme::darkPalette()).dark());
    }

    void everyIconIsThere()
    {
        for (const auto *name :
             {"home",   "inventory", "audit", "model",  "search", "columns", "success", "warning",
              "error",  "info",      "close", "copy",   "lock",   "user",    "add",     "import",
              "export", "drift",     "clock", "verify", "open",   "edit",    "waiting", "countersign"})
            QVERIFY2(!themedIcon(QString::fromLatin1(name), QPalette()).isNull(), name);
    }
};

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
