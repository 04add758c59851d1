// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>

#include <algorithm>

#include "core/workspace/queues.h"
#include "ui/jobs/jobrunner.h"
#include "ui/pages/start/createworkspacedialog.h"
#include "ui/pages/start/startpage.h"
#include "ui/shell/commands.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/helpdialogs.h"
#include "ui/shell/page.h"
#include "ui/shell/session.h"
#include "ui/shell/settings.h"
#include "ui/shell/workspaceview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr qsizetype recentKept = 8;

const QString &fileFilter()
{
    static const auto filter = MainWindow::tr("Workspaces (*.countersign);;All files (*)");
    return filter;
}

/// In the demonstration: the one for whom most is waiting, so that there is something to do.
void signInBusiest(Workspace &workspace, const std::string &passphrase)
{
    const auto users = workspace.usersWithKeyHere();
    const auto waiting = [&workspace](const User &user) {
        return waitingFor(workspace.policy(), workspace.registry(), user, workspace.today()).size();
    };
    const auto busiest = std::max_element(
        users.begin(), users.end(), [&](const User &one, const User &other) { return waiting(one) < waiting(other); });
    if (busiest != users.end())
        static_cast<void>(workspace.signIn(busiest->id, passphrase)); // who cannot be signed in can still read
}

} // namespace

MainWindow::MainWindow(const Services &services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_commands(new Commands(this))
    , m_stack(new QStackedWidget(this))
    , m_start(new StartPage(services.settings, static_cast<bool>(services.makeDemonstration), this))
    , m_jobLabel(new QLabel(this))
    , m_jobProgress(new QProgressBar(this))
    , m_jobCancel(new QPushButton(tr("Cancel"), this))
{
    setWindowIcon(QIcon(u":/icons/countersign.svg"_s));
    setCentralWidget(m_stack);
    m_stack->addWidget(m_start);
    m_commands->fillMenus(menuBar());
    buildStatusBar();
    connectCommands();
    resize(fontMetrics().averageCharWidth() * 190, fontMetrics().height() * 50);
    restoreGeometry(services.settings.value(settings::windowGeometry).toByteArray());
    updateTitle();
    m_start->focusStart();
}

MainWindow::~MainWindow()
{
    delete m_view; // before the services that its pages use
}

void MainWindow::connectCommands()
{
    const auto on = [this](const QString &id, auto handler) {
        connect(m_commands->action(id), &QAction::triggered, this, handler);
    };
    const auto onView = [this](const QString &id, void (WorkspaceView::*handler)()) {
        connect(m_commands->action(id), &QAction::triggered, this, [this, handler] {
            if (m_view)
                (m_view->*handler)();
        });
    };
    on(u"file.new"_s, [this] { createWorkspace(); });
    on(u"file.open"_s, [this] { chooseAndOpen(false); });
    on(u"file.openReadOnly"_s, [this] { chooseAndOpen(true); });
    on(u"file.close"_s, [this] { closeWorkspace(); });
    on(u"file.quit"_s, [this] { close(); });
    on(u"edit.copy"_s, [] {
        if (auto *focus = QApplication::focusWidget())
            QMetaObject::invokeMethod(focus, "copy");
    });
    for (const auto &page : {u"home"_s, u"inventory"_s, u"portfolio"_s, u"reviews"_s, u"data"_s, u"attestation"_s,
                             u"policy"_s, u"audit"_s, u"model"_s})
        on(u"view."_s + page, [this, page] {
            if (m_view)
                m_view->openPage(page);
        });
    on(u"view.refresh"_s, [this] {
        if (m_view)
            m_view->session().refresh();
    });
    onView(u"edit.find"_s, &WorkspaceView::find);
    onView(u"edit.register"_s, &WorkspaceView::registerModel);
    onView(u"file.import"_s, &WorkspaceView::importInventory);
    onView(u"file.importUsage"_s, &WorkspaceView::importUsage);
    onView(u"file.export"_s, &WorkspaceView::exportEvidence);
    onView(u"file.checkpoint"_s, &WorkspaceView::saveCheckpoint);
    onView(u"people.signIn"_s, &WorkspaceView::signIn);
    onView(u"people.signOut"_s, &WorkspaceView::signOut);
    onView(u"people.enrol"_s, &WorkspaceView::enrol);
    onView(u"people.list"_s, &WorkspaceView::showPeople);
    on(u"help.keyboard"_s, [this] { (new KeyboardDialog(this))->open(); });
    on(u"help.about"_s, [this] { (new AboutDialog(this))->open(); });

    auto *recent = new QMenu(this);
    m_commands->action(u"file.recent"_s)->setMenu(recent);
    connect(recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);

    auto *themes = new QActionGroup(this);
    const auto chosen = m_services.settings.value(settings::theme, u"system"_s).toString();
    const QList<std::tuple<QString, QString, ThemeMode>> modes = {
        {u"view.themeSystem"_s, u"system"_s, ThemeMode::system},
        {u"view.themeLight"_s, u"light"_s, ThemeMode::light},
        {u"view.themeDark"_s, u"dark"_s, ThemeMode::dark}};
    for (const auto &[id, name, mode] : modes) {
        auto *action = themes->addAction(m_commands->action(id));
        action->setChecked(name == chosen);
        connect(action, &QAction::triggered, this, [this, setting = name, choice = mode] {
            m_services.settings.setValue(settings::theme, setting);
            m_services.applyTheme(choice);
        });
    }

    connect(m_start, &StartPage::newRequested, this, &MainWindow::createWorkspace);
    connect(m_start, &StartPage::openRequested, this, [this] { chooseAndOpen(false); });
    connect(m_start, &StartPage::fileRequested, this, [this](const QString &path) { openFile(path, false); });
    connect(m_start, &StartPage::demonstrationRequested, this, &MainWindow::openDemonstration);
}

void MainWindow::buildStatusBar()
{
    m_jobProgress->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    m_jobProgress->setTextVisible(false);
    m_jobProgress->setAccessibleName(tr("Progress"));
    m_jobCancel->setAccessibleName(tr("Cancel the running work"));
    const QList<QWidget *> parts = {m_jobLabel, m_jobProgress, m_jobCancel};
    for (auto *part : parts) {
        statusBar()->addPermanentWidget(part);
        part->hide();
    }
    auto &jobs = m_services.jobs;
    connect(m_jobCancel, &QPushButton::clicked, &jobs, &JobRunner::cancelCurrent);
    connect(&jobs, &JobRunner::started, this, [this, parts](const QString &title) {
        m_jobLabel->setText(title);
        m_jobProgress->setRange(0, 0);
        for (auto *part : parts)
            part->show();
    });
    connect(&jobs, &JobRunner::progressed, this, [this](const QString &step, qulonglong done, qulonglong total) {
        constexpr int steps = 1000;
        m_jobLabel->setText(step);
        m_jobProgress->setRange(0, total > 0 ? steps : 0);
        if (total > 0)
            m_jobProgress->setValue(static_cast<int>(static_cast<double>(done) / static_cast<double>(total) * steps));
    });
    connect(&jobs, &JobRunner::finished, this, [parts] {
        for (auto *part : parts)
            part->hide();
    });
}

void MainWindow::chooseAndOpen(bool readOnly)
{
    const auto title = readOnly ? tr("Open read-only") : tr("Open a workspace");
    if (const auto path = m_services.dialogs.openFile(this, title, fileFilter()))
        openFile(*path, readOnly);
}

void MainWindow::openFile(const QString &path, bool readOnly)
{
    open(m_services.environment, path, readOnly);
}

void MainWindow::open(const Environment &environment, const QString &path, bool readOnly,
                      std::function<void(Workspace &)> then)
{
    using Opened = Result<std::unique_ptr<Workspace>>;
    m_services.jobs.run(
        tr("Opening %1").arg(QFileInfo(path).fileName()), this,
        [&environment, file = toStd(path), readOnly](const CancelToken &cancel, const Progress &progress) -> Opened {
            return Workspace::open(environment, file, readOnly, cancel, progress);
        },
        [this, path, then](Opened result) {
            if (!result) {
                failed(tr("Open a workspace"), result.error());
                return;
            }
            if (then)
                then(**result);
            rememberRecent(path);
            show(*std::move(result));
        });
}

void MainWindow::show(std::unique_ptr<Workspace> workspace)
{
    closeWorkspace();
    m_view = new WorkspaceView(m_services, std::move(workspace), this);
    connect(m_view, &WorkspaceView::currentPageChanged, this, &MainWindow::updateTitle);
    m_stack->addWidget(m_view);
    m_stack->setCurrentWidget(m_view);
    m_commands->setWorkspaceOpen(true);
    updateTitle();
    m_view->openPage(u"home"_s);
    Q_EMIT opened();
}

void MainWindow::closeWorkspace()
{
    delete std::exchange(m_view, nullptr);
    m_commands->setWorkspaceOpen(false);
    m_stack->setCurrentWidget(m_start);
    m_start->messages()->clear();
    m_start->reload();
    updateTitle();
}

void MainWindow::createWorkspace()
{
    auto *dialog = new CreateWorkspaceDialog(m_services.dialogs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CreateWorkspaceDialog::submitted, dialog, [this, dialog] {
        using Created = Result<std::unique_ptr<Workspace>>;
        m_services.jobs.run(
            tr("Making the workspace"), dialog,
            [this, path = toStd(dialog->path()), spec = dialog->spec()](const CancelToken &, const Progress &)
                -> Created { return Workspace::create(m_services.environment, path, spec); },
            [this, dialog](Created result) {
                if (!result) {
                    dialog->failed(result.error());
                    return;
                }
                rememberRecent(dialog->path());
                show(*std::move(result));
                dialog->close();
            });
    });
    dialog->open();
}

void MainWindow::openDemonstration()
{
    if (!m_services.makeDemonstration)
        return;
    m_services.jobs.run(
        tr("Making the demonstration"), this, m_services.makeDemonstration, [this](const Result<Demonstration> &made) {
            if (!made) {
                failed(tr("Demonstration"), made.error());
                return;
            }
            const auto &source = m_services.environment;
            m_demonstrationEnvironment = std::make_unique<Environment>(
                Environment{source.clock, source.ids, made->keystoreFolder, source.cacheFolder, true});
            open(*m_demonstrationEnvironment, toQt(made->path), false,
                 [passphrase = made->passphrase](Workspace &workspace) { signInBusiest(workspace, passphrase); });
        });
}

void MainWindow::failed(const QString &title, const Error &error)
{
    if (m_view)
        m_services.dialogs.error(this, title, error);
    else
        m_start->messages()->showError(error);
}

void MainWindow::rememberRecent(const QString &path)
{
    const auto absolute = QFileInfo(path).absoluteFilePath();
    auto files = m_services.settings.value(settings::recentFiles).toStringList();
    files.removeAll(absolute);
    files.prepend(absolute);
    m_services.settings.setValue(settings::recentFiles, files.mid(0, recentKept));
}

void MainWindow::fillRecent()
{
    auto *menu = m_commands->action(u"file.recent"_s)->menu();
    menu->clear();
    const auto files = m_services.settings.value(settings::recentFiles).toStringList();
    for (qsizetype index = 0; index < files.size(); ++index)
        menu->addAction(u"&%1 %2"_s.arg(index + 1).arg(files[index]), this,
                        [this, path = files[index]] { openFile(path, false); });
    if (files.isEmpty())
        menu->addAction(tr("None yet"))->setEnabled(false);
}

void MainWindow::updateTitle()
{
    if (!m_view || !m_view->currentPage()) {
        setWindowTitle(u"Countersign"_s);
        return;
    }
    const auto &workspace = m_view->context().workspace;
    setWindowTitle(
        tr("%1 – %2 – Countersign").arg(m_view->currentPage()->title(), toQt(workspace.registry().organisation)));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_services.settings.setValue(settings::windowGeometry, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace countersign
