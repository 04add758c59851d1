// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every command of the window in one list: id, menu, text, shortcut. Menus, the keyboard page and the tests read it.
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QString>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace countersign {

struct CommandInfo
{
    QString id;   ///< "file.open"
    QString menu; ///< with mnemonic, "&File"; empty: only by its shortcut
    QString text; ///< with mnemonic; a leading '-' draws a separator before it
    QKeySequence shortcut;
    QString help;           ///< one sentence for the status bar and the keyboard page
    bool checkable = false; ///< theme choices
    bool needsWorkspace = false;
};

/// In menu order.
[[nodiscard]] const QList<CommandInfo> &commandList();
/// Shortcuts that widgets and tables handle themselves, for the keyboard page: (keys, what they do).
[[nodiscard]] QList<QPair<QString, QString>> widgetShortcuts();

/// The actions of one window.
class Commands : public QObject
{
    Q_OBJECT

public:
    explicit Commands(QWidget *window);
    [[nodiscard]] QAction *action(const QString &id) const; ///< the id must be in the list
    void fillMenus(QMenuBar *bar);
    [[nodiscard]] QMenu *menu(const QString &title) const; ///< after fillMenus
    void setWorkspaceOpen(bool open);

private:
    QHash<QString, QAction *> m_actions;
    QHash<QString, QMenu *> m_menus;
};

} // namespace countersign
