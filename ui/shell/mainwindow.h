// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <memory>

#include "ui/shell/services.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace countersign {

class Commands;
class StartPage;
class WorkspaceView;

/// The window: menus, status bar, and either the start page or one open workspace. Everything else is in the pages.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const Services &services, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens and verifies as a job; `opened` or a message on the start page follows.
    void openFile(const QString &path, bool readOnly);
    void openDemonstration();
    /// Shows a workspace that is open already.
    void show(std::unique_ptr<Workspace> workspace);
    using QMainWindow::show;
    void closeWorkspace();

    [[nodiscard]] WorkspaceView *view() const { return m_view; } ///< null: the start page
    [[nodiscard]] StartPage *startPage() const { return m_start; }
    [[nodiscard]] Commands &commands() const { return *m_commands; }

Q_SIGNALS:
    void opened();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectCommands();
    void buildStatusBar();
    void fillRecent();
    void rememberRecent(const QString &path);
    void createWorkspace();
    void chooseAndOpen(bool readOnly);
    void open(const Environment &environment, const QString &path, bool readOnly,
              std::function<void(Workspace &)> then = {});
    void failed(const QString &title, const Error &error);
    void updateTitle();

    Services m_services;
    std::unique_ptr<Environment> m_demonstrationEnvironment;
    Commands *m_commands;
    QStackedWidget *m_stack;
    StartPage *m_start;
    WorkspaceView *m_view = nullptr;
    QLabel *m_jobLabel;
    QProgressBar *m_jobProgress;
    QPushButton *m_jobCancel;
};

} // namespace countersign
