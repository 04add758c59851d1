// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QSettings>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/reviews/planreviewdialog.h"
#include "ui/pages/reviews/reviewpage.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

ModelId add(WindowFixture &fixture, const char *reference, std::optional<Date> next)
{
    auto model = WorkspaceFixture::fullModel(reference, std::string("Model ") + reference);
    model.nextReviewOn = next;
    return fixture.addModel(model);
}

/// Overdue by four days, due in 34, due in 158, and without a day.
struct Filled
{
    Filled()
    {
        late = add(fixture, "A", parseDate("2026-11-20"));
        soon = add(fixture, "B", parseDate("2026-12-28"));
        later = add(fixture, "C", parseDate("2027-05-01"));
        never = add(fixture, "D", std::nullopt);
        page.resize(1060, 640);
        page.show();
    }
    QStringList names()
    {
        QStringList found;
        for (int row = 0; row < page.table()->model()->rowCount(); ++row)
            found << page.table()->model()->index(row, 0).data().toString().right(1);
        return found;
    }

    WindowFixture fixture;
    ModelId late, soon, later, never;
    ReviewPage page{fixture.context, nullptr};
};

void choose(QWidget &page, const QString &filter, const QString &text)
{
    auto *box = named<QComboBox>(&page, filter);
    QVERIFY(box);
    QVERIFY2(box->findText(text) >= 0, qPrintable(text));
    box->setCurrentIndex(box->findText(text));
}

} // namespace

class TestReviewPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutModelsItSaysWhatToDo()
    {
        WindowFixture fixture;
        ReviewPage page(fixture.context, nullptr);
        page.show();
        page.focusStart();
        QVERIFY(says(&page, u"There is no model to review"_s));
        QCOMPARE(unnamedControls(&page), QString());
        button(&page, u"Go to the inventory"_s)->click();
        QCOMPARE(fixture.navigator.visited.back(), u"page/inventory"_s);
    }

    void theFirstDueComesFirst()
    {
        Filled filled;
        const QAbstractItemModelTester tester(filled.page.table()->model());
        QCOMPARE(filled.names(), (QStringList{u"A"_s, u"B"_s, u"C"_s, u"D"_s}));
        const auto *model = filled.page.table()->model();
        QCOMPARE(model->index(0, 3).data().toString(), u"4 days overdue"_s);
        QCOMPARE(model->index(0, 4).data().toString(), u"Planned"_s);
        QCOMPARE(model->index(0, 6).data().toString(), toQt(people::validator));
        QCOMPARE(model->index(3, 3).data().toString(), u"No day"_s);
        QVERIFY(says(&filled.page, u"<b>1</b> overdue"_s));
        QCOMPARE(unnamedControls(&filled.page), QString());
        filled.page.focusStart();
        QTest::keyClick(filled.page.table(), Qt::Key_Return);
        QVERIFY(
            filled.fixture.navigator.visited.back().startsWith(u"model/%1/versions"_s.arg(toQt(filled.late.str()))));
    }

    void filtersSayWhatIsDueAndByWhom()
    {
        Filled filled;
        choose(filled.page, u"Due"_s, u"Overdue"_s);
        QCOMPARE(filled.names(), QStringList{u"A"_s});
        choose(filled.page, u"Due"_s, u"Due in 30 days"_s);
        QCOMPARE(filled.names(), QStringList{u"A"_s});
        choose(filled.page, u"Due"_s, u"Due in 90 days"_s);
        QCOMPARE(filled.names(), (QStringList{u"A"_s, u"B"_s}));
        choose(filled.page, u"Due"_s, u"No day"_s);
        QCOMPARE(filled.names(), QStringList{u"D"_s});
        choose(filled.page, u"Due"_s, u"All days"_s);
        filled.fixture.addTier(filled.soon);
        choose(filled.page, u"Tier"_s, u"Not tiered"_s);
        QCOMPARE(filled.names(), (QStringList{u"A"_s, u"C"_s, u"D"_s}));
        auto *bar = filled.page.findChild<FilterBar *>();
        bar->clear();
        choose(filled.page, u"To be done by"_s, toQt(people::validator));
        QCOMPARE(filled.names().size(), 4);
        bar->setText(u"nothing like this"_s);
        QVERIFY(says(&filled.page, u"No review fits"_s));
        QVERIFY(!button(&filled.page, u"Open model"_s)->isEnabled());
        button(&filled.page, u"Clear filters"_s)->click();
        QCOMPARE(filled.names().size(), 4);
    }

    void aReviewIsPlannedFromItsRow()
    {
        Filled filled;
        filled.fixture.signInWindow(people::owner);
        filled.page.table()->selectRow(3);
        button(&filled.page, u"Plan..."_s)->click();
        auto *dialog = filled.page.findChild<PlanReviewDialog *>();
        QVERIFY(dialog);
        QCOMPARE(unnamedControls(dialog), QString());
        auto *act = dialog->findChild<QPushButton *>(u"act"_s);
        QVERIFY(!act->isEnabled());
        named<QLineEdit>(dialog, u"To be done by"_s)->setText(u"Validator, Markets"_s);
        QVERIFY(!act->isEnabled());
        named<QLineEdit>(dialog, u"Reason"_s)->setText(u"On leave."_s);
        act->click();
        QCOMPARE(filled.fixture.registry().models.at(filled.never).validator, std::string("Validator, Markets"));
        QCOMPARE(filled.page.table()->model()->index(3, 6).data().toString(), u"Validator, Markets"_s);
    }

    void whoMayNotIsToldWhyAndWhoCould()
    {
        Filled filled;
        filled.fixture.addVersion(filled.late, "1.0");
        filled.page.table()->selectRow(0);
        auto *validate = button(&filled.page, u"Record validation..."_s);
        QVERIFY(!validate->isEnabled());
        filled.fixture.signInWindow(people::developer);
        QVERIFY(!validate->isEnabled());
        QVERIFY(!validate->toolTip().isEmpty());
        filled.fixture.signInWindow(people::validator);
        QVERIFY2(validate->isEnabled(), qPrintable(validate->toolTip()));
        filled.page.table()->selectRow(1);
        QVERIFY(validate->toolTip().contains(u"no version"_s));
        filled.fixture.signInWindow(people::auditor);
        QVERIFY(!button(&filled.page, u"Plan..."_s)->isEnabled());
    }

    void theListIsExportedAndCopied()
    {
        Filled filled;
        filled.fixture.dialogs.paths << filled.fixture.filePath(u"reviews.csv"_s);
        choose(filled.page, u"Due"_s, u"Due in 90 days"_s);
        for (auto *action : filled.page.findChildren<QAction *>())
            if (action->text().remove(u'&').startsWith(u"Export"_s))
                action->trigger();
        const auto csv = must(readFile(filled.fixture.filePath(u"reviews.csv"_s).toStdString()));
        QVERIFY(csv.find("A,Model A") != std::string::npos && csv.find("C,Model C") == std::string::npos);
        filled.page.table()->copy();
        QVERIFY(QApplication::clipboard()->text().contains(u"Model A\t"_s));
    }

    void theLayoutIsRemembered()
    {
        Filled filled;
        QSettings settings(filled.fixture.filePath(u"settings.ini"_s), QSettings::IniFormat);
        {
            ReviewPage page(filled.fixture.context, &settings);
            page.show();
            page.table()->setColumnHidden(5, true);
            page.table()->horizontalHeader()->resizeSection(0, 333);
        }
        ReviewPage page(filled.fixture.context, &settings);
        page.show();
        QVERIFY(page.table()->isColumnHidden(5));
        QCOMPARE(page.table()->columnWidth(0), 333);
    }

    void followsChangesWhenInSight()
    {
        Filled filled;
        add(filled.fixture, "E", parseDate("2026-10-01"));
        QCOMPARE(filled.names().front(), u"E"_s);
        filled.page.hide();
        add(filled.fixture, "F", parseDate("2026-09-01"));
        QCOMPARE(filled.names().front(), u"E"_s);
        filled.page.show();
        QCOMPARE(filled.names().front(), u"F"_s);
    }
};

QTEST_MAIN(TestReviewPage)
#include "tst_reviewpage.moc"
