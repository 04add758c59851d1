// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/charts/histogramchart.h"
#include "ui/pages/model/monitoringtab.h"
#include "ui/pages/model/promotiondialog.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/contrastdialog.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

class TestContrastDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastTwoPeriodsStandBesideEachOther()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto run = f.addRun(f.addVersion(model, "2.1"), true);
        ContrastDialog dialog(f.context, model, run, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const QAbstractItemModelTester features(dialog.features()->model());
        QCOMPARE(unnamedControls(&dialog), QString());
        const auto recorded = must(f.workspace().runResult(run));
        QCOMPARE(dialog.contrast()->secondLabel, recorded.periods.back().label);
        QCOMPARE(dialog.features()->rows()->rowCount(), int(recorded.features.size()));
        QVERIFY(dialog.figures()->rows()->rowCount() > 3);
        QVERIFY(dialog.histogram()->pointCount() > 0);
        dialog.features()->select(u"income"_s);
        QVERIFY(dialog.histogram()->title().contains(u"income"_s));
    }

    void aPeriodBesideItselfIsNotApartAndTheReferenceIsASide()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto run = f.addRun(f.addVersion(model, "2.1"), true);
        ContrastDialog dialog(f.context, model, run, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.choose(0, run, 5);
        dialog.choose(1, run, 5);
        QVERIFY(dialog.contrast()->sameRows);
        for (const auto &feature : dialog.contrast()->features)
            QVERIFY(!feature.apart);
        dialog.choose(0, run, -1);
        QVERIFY(!dialog.contrast()->sameRows);
        QVERIFY(std::ranges::any_of(dialog.contrast()->features, &FeatureContrast::apart)); // it drifts
        const auto first = dialog.contrast()->firstLabel;
        QTest::mouseClick(button(&dialog, u"Swap"_s), Qt::LeftButton);
        QCOMPARE(dialog.contrast()->secondLabel, first);
    }

    void twoVersionsOnTheSameLog()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto champion = f.addRun(f.addVersion(model, "2.1"));
        const auto challenger = f.addRun(f.addVersion(model, "2.2"));
        ContrastDialog dialog(f.context, model, champion, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.choose(0, champion, 4);
        dialog.choose(1, challenger, 4);
        QVERIFY(dialog.contrast()->sameRows);
        dialog.show();
        QVERIFY(says(&dialog, u"the same rows"_s));
    }

    void aChallengerIsPutForwardFromTheComparison()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto first = f.addReadyVersion(model, "2.1");
        const auto request = f.addRequest(first);
        f.sign(people::approver, Role::approver, request);
        f.deploy(request);
        const auto champion = f.registry().latestRun(first)->id;
        const auto challenger = f.addRun(f.addVersion(model, "2.2"));
        f.signInWindow(people::developer);
        ContrastDialog dialog(f.context, model, champion, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto *promote = button(&dialog, u"Request promotion…"_s);
        QVERIFY(!promote->isEnabled());
        QVERIFY(promote->toolTip().contains(u"second side"_s));
        dialog.choose(0, champion, 5);
        dialog.choose(1, challenger, 4);
        QVERIFY(promote->isEnabled());
        promote->click();
        auto *asked = dialog.findChild<PromotionDialog *>();
        QVERIFY(asked);
        QVERIFY(asked->figures()->rows()->rowCount() > 3);
        QVERIFY(says(asked, u"different rows"_s)); // another month
        asked->reject();
        QTest::mouseClick(button(&dialog, u"Swap"_s), Qt::LeftButton);
        QVERIFY(!promote->isEnabled());
        QVERIFY(promote->toolTip().contains(u"first side"_s));
        f.signInWindow(people::auditor);
        dialog.choose(0, champion, 5);
        dialog.choose(1, challenger, 5);
        QVERIFY(!promote->isEnabled());
    }

    void theComparisonIsExported()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto run = f.addRun(f.addVersion(model, "2.1"), true);
        ContrastDialog dialog(f.context, model, run, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        f.dialogs.paths << f.filePath(u"compared.csv"_s);
        QTest::mouseClick(button(&dialog, u"Export…"_s), Qt::LeftButton);
        QFile saved(f.filePath(u"compared.csv"_s));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const auto text = saved.readAll();
        QVERIFY(text.contains("feature,income"));
        QVERIFY(text.contains("figure,"));
    }
};

QTEST_MAIN(TestContrastDialog)
#include "tst_contrastdialog.moc"
