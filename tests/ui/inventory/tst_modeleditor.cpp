// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/inventory/conflictdialog.h"
#include "ui/pages/inventory/modeleditor.h"
#include "ui/pages/inventory/modelmerge.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

void type(QWidget &root, const QString &field, const QString &text)
{
    for (auto *line : root.findChildren<QLineEdit *>())
        if (line->accessibleName() == field)
            return line->setText(text);
    for (auto *area : root.findChildren<QPlainTextEdit *>())
        if (area->accessibleName() == field)
            return area->setPlainText(text);
    QFAIL(qPrintable(u"no field "_s + field));
}

QPushButton *saveButton(QWidget &root)
{
    for (auto *button : root.findChildren<QPushButton *>())
        if (button->text() == u"&Save"_s || button->text() == u"&Register"_s)
            return button;
    return nullptr;
}

Model registered(const WindowFixture &fixture, const ModelId &id)
{
    return fixture.registry().models.at(id);
}

} // namespace

class TestModelEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registersOnceWhatIsNeededIsThere()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::owner);
        ModelEditor editor(fixture.context, std::nullopt);
        editor.show();
        QCOMPARE(unnamedControls(&editor), QString());
        QVERIFY(!saveButton(editor)->isEnabled());
        type(editor, u"Name"_s, u"Retail PD"_s);
        type(editor, u"Reference"_s, u"CR-014"_s);
        type(editor, u"Purpose"_s, u"Accept loans."_s);
        QVERIFY(!saveButton(editor)->isEnabled());
        type(editor, u"Owner"_s, QLatin1String(people::owner));
        type(editor, u"Inputs"_s, u"applications\n\ncredit bureau\n"_s);
        QVERIFY(saveButton(editor)->isEnabled());
        QSignalSpy saved(&editor, &ModelEditor::saved);
        editor.accept();
        QCOMPARE(saved.count(), 1);
        const auto *model = fixture.registry().modelByReference("CR-014");
        QVERIFY(model);
        QCOMPARE(model->name, std::string("Retail PD"));
        QCOMPARE(model->inputs, (std::vector<std::string>{"applications", "credit bureau"}));
        QVERIFY(!editor.isVisible());
    }

    void aTakenReferenceIsSaidWhileTyping()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        ModelEditor editor(fixture.context, std::nullopt);
        for (const auto &[field, text] : {std::pair(u"Name"_s, u"Other"_s), std::pair(u"Reference"_s, u"CR-001"_s),
                                          std::pair(u"Purpose"_s, u"None"_s), std::pair(u"Owner"_s, u"Somebody"_s)})
            type(editor, field, text);
        QVERIFY(!saveButton(editor)->isEnabled());
        type(editor, u"Reference"_s, u"CR-002"_s);
        QVERIFY(saveButton(editor)->isEnabled());
    }

    void everyFieldComesBackAsItWas()
    {
        WindowFixture fixture;
        const auto id = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        const auto before = registered(fixture, id);
        ModelEditor editor(fixture.context, before);
        QCOMPARE(json::serialize(toJson(editor.edited())), json::serialize(toJson(before)));
    }

    void anEditNeedsAChangeAndAReason()
    {
        WindowFixture fixture;
        const auto id = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        ModelEditor editor(fixture.context, registered(fixture, id));
        QVERIFY(!saveButton(editor)->isEnabled());
        type(editor, u"Name"_s, u"Retail PD, new"_s);
        QVERIFY(!saveButton(editor)->isEnabled());
        type(editor, u"Reason of the change"_s, u"Renamed"_s);
        QVERIFY(saveButton(editor)->isEnabled());
        editor.accept();
        QCOMPARE(registered(fixture, id).name, std::string("Retail PD, new"));
    }

    void aForbiddenEditKeepsWhatWasTyped()
    {
        WindowFixture fixture;
        const auto id = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::auditor);
        ModelEditor editor(fixture.context, registered(fixture, id));
        editor.show();
        type(editor, u"Name"_s, u"Other"_s);
        type(editor, u"Reason of the change"_s, u"Because"_s);
        editor.accept();
        QVERIFY(editor.isVisible());
        QVERIFY(!editor.findChild<MessageBar *>()->text().isEmpty());
        QCOMPARE(editor.edited().name, std::string("Other"));
        QCOMPARE(registered(fixture, id).name, std::string("Retail PD"));
    }

    void aStaleEditIsAShownConflictAndIsMergedFieldByField()
    {
        WindowFixture fixture;
        const auto id = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        ModelEditor editor(fixture.context, registered(fixture, id));
        editor.show();
        type(editor, u"Name"_s, u"My name"_s);
        type(editor, u"Vendor"_s, u"My vendor"_s);
        type(editor, u"Reason of the change"_s, u"Mine"_s);

        auto theirs = registered(fixture, id);
        theirs.name = "Their name";
        theirs.outputs = "Their outputs";
        must(fixture.workspace().editModel(theirs, "Theirs"));

        editor.accept();
        auto *conflict = editor.findChild<ConflictDialog *>();
        QVERIFY(conflict);
        QCOMPARE(unnamedControls(conflict), QString());
        QCOMPARE(registered(fixture, id).name, std::string("Their name"));
        conflict->choose("name", true);
        conflict->accept();
        const auto now = registered(fixture, id);
        QCOMPARE(now.name, std::string("Their name"));
        QCOMPARE(now.vendor, std::string("My vendor"));
        QCOMPARE(now.outputs, std::string("Their outputs"));
        QVERIFY(!editor.isVisible());
    }

    void closingAsksOnlyWhenSomethingWasTyped()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::owner);
        ModelEditor untouched(fixture.context, std::nullopt);
        untouched.show();
        untouched.reject();
        QVERIFY(!untouched.isVisible());
        QVERIFY(fixture.dialogs.asked.isEmpty());
        ModelEditor editor(fixture.context, std::nullopt);
        editor.show();
        type(editor, u"Name"_s, u"Something"_s);
        editor.reject();
        QVERIFY(editor.isVisible());
        QCOMPARE(fixture.dialogs.asked.size(), 1);
        fixture.dialogs.confirmations << true;
        editor.reject();
        QVERIFY(!editor.isVisible());
    }

    void mergingTakesWhatOnlyOneChanged()
    {
        const auto base = WorkspaceFixture::fullModel("CR-001", "Base");
        auto mine = base;
        auto theirs = base;
        mine.vendor = "mine";
        mine.name = "mine";
        theirs.name = "theirs";
        theirs.outputs = "theirs";
        theirs.revision = 7;
        const auto fields = compareModels(base, mine, theirs);
        QCOMPARE(fields.size(), std::size_t(3));
        QVERIFY(fields.front().conflict);
        QCOMPARE(fields.front().field, std::string("name"));
        const auto merged = mergeModels(base, mine, theirs, {});
        QCOMPARE(merged.name, std::string("mine"));
        QCOMPARE(merged.vendor, std::string("mine"));
        QCOMPARE(merged.outputs, std::string("theirs"));
        QCOMPARE(merged.revision, 7);
        QCOMPARE(mergeModels(base, mine, theirs, {"name"}).name, std::string("theirs"));
    }
};

QTEST_MAIN(TestModelEditor)
#include "tst_modeleditor.moc"
