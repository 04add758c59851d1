// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/start/createworkspacedialog.h"
#include "ui/pages/start/startpage.h"
#include "ui/shell/commands.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/pagelist.h"
#include "ui/shell/session.h"
#include "ui/shell/settings.h"
#include "ui/shell/workspaceview.h"
#include "ui/widgets/messagebar.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

/// The window with its own settings file; dialogs are answered by the test.
struct Desk
{
    explicit Desk(const Environment &given)
        : environment(given)
        , settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat)
        , services{environment, settings, dialogs, jobs, [this](ThemeMode mode) { themes << mode; }, {}}
        , window(services)
    {
    }

    const Environment &environment;
    QTemporaryDir folder;
    QSettings settings;
    FakeDialogs dialogs;
    JobRunner jobs;
    QList<ThemeMode> themes;
    Services services;
    MainWindow window;

    void trigger(const QString &command) { window.commands().action(command)->trigger(); }
    template <class T>
    T *dialog()
    {
        return qobject_cast<T *>(QApplication::activeModalWidget());
    }
};

QString banner(MainWindow &window)
{
    for (const auto *bar : window.view()->findChildren<MessageBar *>(QString(), Qt::FindChildrenRecursively))
        if (bar->parentWidget()->parentWidget()->parentWidget() == window.view() && bar->isVisible())
            return bar->text();
    return {};
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheStartPage()
    {
        WorkspaceFixture fixture;
        Desk desk(fixture.workspace().environment());
        QVERIFY(!desk.window.view());
        QCOMPARE(unnamedControls(&desk.window), QString());
        QVERIFY(!desk.window.commands().action(u"file.import"_s)->isEnabled());
    }

    void opensAFileAndRemembersIt()
    {
        WorkspaceFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        Desk desk(fixture.workspace().environment());
        desk.window.show();
        QSignalSpy opened(&desk.window, &MainWindow::opened);
        desk.window.openFile(QString::fromStdString(fixture.path()), false);
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(desk.window.view());
        QVERIFY(desk.window.windowTitle().contains(u"Example Bank"_s));
        QCOMPARE(desk.settings.value(settings::recentFiles).toStringList().value(0),
                 QString::fromStdString(fixture.path()));
        QVERIFY(banner(desk.window).contains(u"Nobody is signed in"_s));
        QCOMPARE(unnamedControls(&desk.window), QString());

        desk.trigger(u"file.close"_s);
        QVERIFY(!desk.window.view());
        QVERIFY(desk.window.startPage()->findChild<QListWidget *>()->count() == 1);
    }

    void saysWhyAFileCannotBeOpened()
    {
        WorkspaceFixture fixture;
        QFile file(fixture.filePath(u"letter.countersign"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Dear all");
        file.close();
        Desk desk(fixture.workspace().environment());
        desk.window.openFile(file.fileName(), false);
        QTRY_VERIFY(!desk.window.startPage()->messages()->text().isEmpty());
        QVERIFY(!desk.window.view());
    }

    void goesToEveryPageByKeyboard()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Desk desk(fixture.workspace().environment());
        desk.window.show();
        desk.window.show(fixture.openAgain());
        for (const auto &entry : pageList()) {
            desk.trigger(u"view."_s + entry.id);
            QCOMPARE(desk.window.view()->currentPage()->pageId(), entry.id);
        }
        desk.window.view()->openModel(model);
        QCOMPARE(desk.window.view()->currentPage()->pageId(), u"model"_s);
        auto *navigation = named<QListWidget>(&desk.window, u"Pages"_s);
        QVERIFY(navigation);
        QCOMPARE(navigation->item(navigation->count() - 1)->text(), u"Retail PD"_s);
        desk.trigger(u"view.home"_s);
        desk.trigger(u"view.model"_s);
        QCOMPARE(desk.window.view()->currentPage()->pageId(), u"model"_s);
    }

    void everyPageOpensEmptyWithDataAndReadOnly()
    {
        for (const bool filled : {false, true})
            for (const bool readOnly : {false, true}) {
                WorkspaceFixture fixture;
                if (filled)
                    fixture.addReadyVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
                Desk desk(fixture.workspace().environment());
                desk.window.resize(1280, 800);
                desk.window.show();
                desk.window.show(fixture.openAgain(readOnly));
                for (const auto &entry : pageList()) {
                    desk.trigger(u"view."_s + entry.id);
                    auto *page = desk.window.view()->currentPage();
                    QCOMPARE(page->pageId(), entry.id);
                    QVERIFY(page->isVisible());
                    QCOMPARE(unnamedControls(page), QString());
                    QVERIFY2(page->minimumSizeHint().width() <= 1080, qPrintable(entry.id));
                }
            }
    }

    void findGoesToASearchBox()
    {
        WorkspaceFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        Desk desk(fixture.workspace().environment());
        desk.window.show();
        desk.window.activateWindow();
        desk.window.show(fixture.openAgain());
        desk.trigger(u"edit.find"_s);
        QCOMPARE(desk.window.view()->currentPage()->pageId(), u"inventory"_s);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(desk.window.focusWidget()));
    }

    void saysThatAFileIsReadOnly()
    {
        WorkspaceFixture fixture;
        Desk desk(fixture.workspace().environment());
        desk.window.show();
        desk.window.show(fixture.openAgain(true));
        QVERIFY(banner(desk.window).contains(u"read-only"_s));
    }

    void signsInWithThePassphraseAndSaysWhenItIsWrong()
    {
        WorkspaceFixture fixture;
        Desk desk(fixture.workspace().environment());
        desk.window.show();
        desk.window.show(fixture.openAgain());
        desk.trigger(u"people.signIn"_s);
        auto *dialog = desk.dialog<QDialog>();
        QVERIFY(dialog);
        QCOMPARE(unnamedControls(dialog), QString());
        auto *person = named<QComboBox>(dialog, u"Person"_s);
        for (int index = 0; index < person->count(); ++index)
            if (person->itemText(index).startsWith(QLatin1String(people::owner)))
                person->setCurrentIndex(index);
        auto *field = named<QLineEdit>(dialog, u"Passphrase"_s);
        field->setText(u"wrong"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!desk.window.view()->context().workspace.user());
        QVERIFY(!dialog->findChild<MessageBar *>()->text().isEmpty());
        field->setText(QLatin1String(passphrase));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(desk.window.view()->context().workspace.user());
        QCOMPARE(desk.window.view()->context().workspace.user()->fullName, std::string(people::owner));
        QVERIFY(banner(desk.window).isEmpty());
        desk.trigger(u"people.signOut"_s);
        QVERIFY(!desk.window.view()->context().workspace.user());
    }

    void twoWindowsSeeEachOther()
    {
        WorkspaceFixture fixture;
        Desk desk(fixture.workspace().environment());
        desk.window.show(fixture.openAgain());
        QSignalSpy changed(&desk.window.view()->session().changes(), &ChangeNotifier::changed);
        fixture.addModel("CR-001", "Retail PD");
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 2000);
        QCOMPARE(desk.window.view()->context().workspace.registry().models.size(), std::size_t(1));
    }

    void aForbiddenActIsRefusedBeforeTheForm()
    {
        WorkspaceFixture fixture;
        Desk desk(fixture.workspace().environment());
        desk.window.show(fixture.openAgain());
        for (const auto &command : {u"edit.register"_s, u"file.import"_s, u"people.enrol"_s}) {
            desk.dialogs.errors.clear();
            desk.trigger(command);
            QCOMPARE(desk.dialogs.errors.size(), 1);
            QVERIFY(!desk.dialog<QDialog>());
        }
    }

    void theThemeIsChosenAndRemembered()
    {
        WorkspaceFixture fixture;
        Desk desk(fixture.workspace().environment());
        desk.trigger(u"view.themeDark"_s);
        QCOMPARE(desk.themes, QList<ThemeMode>{ThemeMode::dark});
        QCOMPARE(desk.settings.value(settings::theme).toString(), u"dark"_s);
        MainWindow again(desk.services);
        QVERIFY(again.commands().action(u"view.themeDark"_s)->isChecked());
    }

    void makesANewWorkspace()
    {
        WorkspaceFixture fixture;
        Desk desk(fixture.workspace().environment());
        desk.window.show();
        desk.trigger(u"file.new"_s);
        auto *dialog = desk.dialog<CreateWorkspaceDialog>();
        QVERIFY(dialog);
        QCOMPARE(unnamedControls(dialog), QString());
        QPushButton *create = nullptr;
        for (auto *button : dialog->findChildren<QPushButton *>())
            if (button->text() == u"C&reate"_s)
                create = button;
        QVERIFY(create && !create->isEnabled());
        named<QLineEdit>(dialog, u"Organisation"_s)->setText(u"Other Bank (invented)"_s);
        named<QLineEdit>(dialog, u"Your full name"_s)->setText(u"Administrator, Other"_s);
        named<QLineEdit>(dialog, u"Passphrase"_s)->setText(QLatin1String(passphrase));
        named<QLineEdit>(dialog, u"Passphrase again"_s)->setText(u"something else"_s);
        named<QLineEdit>(dialog, u"File"_s)->setText(fixture.filePath(u"other"_s));
        QVERIFY(!create->isEnabled());
        named<QLineEdit>(dialog, u"Passphrase again"_s)->setText(QLatin1String(passphrase));
        QVERIFY(create->isEnabled());
        QSignalSpy opened(&desk.window, &MainWindow::opened);
        create->click();
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(desk.window.view()->context().workspace.registry().organisation, std::string("Other Bank (invented)"));
        QVERIFY(QFile::exists(fixture.filePath(u"other.countersign"_s)));
    }

    void aFileThatDoesNotVerifyIsSaidToBeSo()
    {
        WorkspaceFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        QFile file(QString::fromStdString(fixture.path()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto bytes = file.readAll();
        const QByteArray before = "\"payload\":\"";
        const auto at = bytes.indexOf(before) + before.size() + 40; // within the base64 of an entry
        QVERIFY(at > before.size() + 40);
        QVERIFY(file.seek(at));
        file.putChar(bytes[at] == 'A' ? 'B' : 'A');
        file.close();
        auto elsewhere = fixture.workspace().environment(); // a desk that has not seen the file before
        elsewhere.cacheFolder = fixture.filePath(u"other-cache"_s).toStdString();
        Desk desk(elsewhere);
        desk.window.show();
        desk.window.openFile(file.fileName(), false);
        QTRY_VERIFY(desk.window.view());
        QVERIFY(banner(desk.window).contains(u"does not verify"_s));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
