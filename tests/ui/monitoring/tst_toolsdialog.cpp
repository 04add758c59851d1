// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QFile>
#include <QPushButton>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/model/monitoringtab.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/toolsdialog.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

class TestToolsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachToolStandsBesideOurs()
    {
        WindowFixture f;
        const auto run = f.addRun(f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1"), true);
        const RunResult recorded = must(f.workspace().runResult(run));
        ToolsDialog dialog(f.context, recorded, u"income"_s, 5, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const QAbstractItemModelTester tester(dialog.figures()->model());
        QTRY_VERIFY(dialog.counted().has_value());
        QVERIFY2(dialog.message().isEmpty(), qPrintable(dialog.message()));
        QCOMPARE(unnamedControls(&dialog), QString());
        const int psi = dialog.figures()->rows()->rowOf(u"psi"_s);
        QVERIFY(psi >= 0);
        const auto &cells = dialog.figures()->rows()->rows().at(psi).cells;
        QCOMPARE(cells.size(), 5);
        const auto feature = std::ranges::find(recorded.features, "income", &FeatureResult::name);
        QCOMPARE(cells[1].sort.toDouble(), *feature->periods[5].statistics.psi);
        QVERIFY(dialog.figures()->rows()->rowOf(u"wasserstein"_s) >= 0);
        dialog.choose(u"utilisation"_s, 4);
        QTRY_VERIFY(dialog.counted().has_value());
        QVERIFY(dialog.figures()->rows()->rowCount() > 5);
    }

    void aLogThatIsGoneOrChangedIsSaidSo()
    {
        WindowFixture f;
        const auto run = f.addRun(f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1"));
        const RunResult recorded = must(f.workspace().runResult(run));
        const QString path = QString::fromStdString(recorded.settings.path);
        QFile log(path);
        QVERIFY(log.open(QIODevice::Append));
        log.write("2026-07-15,0.5,1,2,0\n");
        log.close();
        ToolsDialog dialog(f.context, recorded, {}, -1, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QTRY_VERIFY(dialog.counted().has_value());
        QVERIFY(dialog.message().contains(u"has changed since the run was recorded"_s));
        QVERIFY(QFile::rename(path, path + u".gone"_s));
        dialog.choose(u"income"_s, 0);
        QTRY_VERIFY(dialog.message().contains(u"steady.csv"_s));
        QCOMPARE(dialog.figures()->rows()->rowCount(), 0);
    }

    void theTabOpensIt()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        MonitoringTab tab(f.context);
        tab.showModel(model);
        tab.show();
        QVERIFY(!button(&tab, u"Other tools…"_s)->isEnabled());
        f.addRun(f.addVersion(model, "2.1"));
        tab.showModel(model);
        button(&tab, u"Other tools…"_s)->click();
        auto *dialog = tab.findChild<ToolsDialog *>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->counted().has_value());
        dialog->close();
    }
};

QTEST_MAIN(TestToolsDialog)
#include "tst_toolsdialog.moc"
