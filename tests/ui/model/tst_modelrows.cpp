// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/workspacefixture.h"
#include "ui/pages/model/dependencies.h"
#include "ui/pages/model/findingrows.h"
#include "ui/pages/model/requestrows.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/tierrows.h"
#include "ui/pages/model/versiondialog.h"
#include "ui/pages/model/versionrows.h"
#include "ui/pages/model/words.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

Row row(const QString &key, const QString &text)
{
    return {key, {Cell(text), Cell(text + u"!"_s)}};
}

QStringList keys(const RowsModel &model)
{
    QStringList found;
    for (const auto &item : model.rows())
        found << item.key;
    return found;
}

QStringList column(const QList<Row> &rows, int at)
{
    QStringList found;
    for (const auto &item : rows)
        found << item.cells[at].text;
    return found;
}

} // namespace

class TestModelRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowEveryKindOfChange()
    {
        RowsModel model({u"A"_s, u"B"_s});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QList<QStringList> steps = {
            {u"a"_s, u"b"_s, u"c"_s}, {u"c"_s, u"a"_s, u"b"_s}, {u"b"_s}, {u"x"_s, u"b"_s, u"y"_s}, {},
            {u"y"_s, u"x"_s}};
        for (const auto &step : steps) {
            QList<Row> rows;
            for (const auto &key : step)
                rows << row(key, key + QString::number(step.size()));
            model.setRows(rows);
            QCOMPARE(keys(model), step);
            QCOMPARE(model.rows(), rows);
        }
    }

    void whatStaysKeepsItsPlaceInTheSelection()
    {
        RowsTable table(u"Things"_s, {u"A"_s, u"B"_s});
        table.setRows({row(u"a"_s, u"1"_s), row(u"b"_s, u"2"_s)});
        table.select(u"b"_s);
        QSignalSpy changed(&table, &RowsTable::currentKeyChanged);
        table.setRows({row(u"n"_s, u"0"_s), row(u"a"_s, u"1"_s), row(u"b"_s, u"3"_s)});
        QCOMPARE(table.currentKey(), u"b"_s);
        table.setRows({row(u"n"_s, u"0"_s)});
        QVERIFY(table.currentKey().isEmpty());
        QVERIFY(!changed.isEmpty());
    }

    void reviewIsCountedInDays()
    {
        Model model;
        std::optional<ReviewItem> review(std::in_place);
        QCOMPARE(reviewState(model, review).text, u"No review planned"_s);
        review->due = parseDate("2026-12-28");
        review->days = 34;
        QCOMPARE(reviewState(model, review).text, u"Next review in 34 days"_s);
        review->days = -1;
        QCOMPARE(reviewState(model, review).text, u"Review overdue by 1 day"_s);
        QVERIFY(reviewState(model, review).overdue);
        QCOMPARE(reviewState(model, std::nullopt).text, u"Out of scope: no review is asked for"_s);
        model.retiredOn = parseDate("2026-11-23");
        QCOMPARE(reviewState(model, std::nullopt).text, u"Retired on %1"_s.arg(dateText(model.retiredOn)));
    }

    void dependenciesAreFoundBothWays()
    {
        WorkspaceFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        auto user = WorkspaceFixture::fullModel("CR-002", "Provisions");
        user.dependencies = {"CR-001", "rate curve"};
        const auto id = fixture.addModel(user);
        const auto &registry = fixture.registry();
        const auto upstream = dependenciesOf(registry, registry.models.at(id));
        QCOMPARE(upstream.size(), std::size_t(2));
        QCOMPARE(upstream[0].model->name, std::string("Retail PD"));
        QVERIFY(upstream[1].model == nullptr);
        const auto downstream = dependentsOf(registry, *registry.modelByReference("CR-001"));
        QCOMPARE(downstream.size(), std::size_t(1));
        QCOMPARE(downstream[0].model->reference, std::string("CR-002"));
    }

    void findingsSayHowTheyStandToday()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addFinding(model, "Few young customers", Severity::high);
        const auto due = findingRows(fixture.registry(), model, *parseDate("2027-01-31"));
        QCOMPARE(column(due, 2), QStringList{u"Due 2027-01-31"_s});
        const auto late = findingRows(fixture.registry(), model, *parseDate("2027-02-02"));
        QCOMPARE(column(late, 2), QStringList{u"Overdue 2 days"_s});
    }

    void whoMayNotCloseAFindingIsToldWhoCould()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto finding = fixture.addFinding(model, "Few young customers");
        const FindingClosed closing{finding, "evidence", fixture.registry().findings.at(finding).revision};
        fixture.signIn(people::validator);
        QVERIFY(whyNotNow(fixture.workspace(), closing)->contains(u"raised"_s));
        QCOMPARE(whoCould(fixture.workspace(), closing),
                 (QStringList{QString::fromUtf8(people::approver2), QString::fromUtf8(people::approver)}));
        fixture.signIn(people::approver);
        QVERIFY(!whyNotNow(fixture.workspace(), closing));
    }

    void versionsAreComparedFieldByField()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto one = fixture.addVersion(model, "1.0");
        const auto other = fixture.addVersion(model, "2.0");
        const auto &versions = fixture.registry().versions;
        const auto all = comparisonRows(fixture.registry(), versions.at(one), versions.at(other), false);
        const auto differing = comparisonRows(fixture.registry(), versions.at(one), versions.at(other), true);
        QVERIFY(all.size() > differing.size());
        QCOMPARE(column(differing, 0), (QStringList{u"Changes"_s, u"Artefact"_s}));
        QCOMPARE(differing[1].cells[1].text, u"models/retail-pd/1.0"_s);
        QCOMPARE(differing[1].cells[2].text, u"models/retail-pd/2.0"_s);
    }

    void importanceIsReadLineByLine()
    {
        const auto read = importanceFromText(u"utilisation, 1\nincome\t0.6\n\nloan, to value = 0.2"_s);
        QVERIFY(bool(read));
        QCOMPARE(read->size(), std::size_t(3));
        QCOMPARE((*read)[2].feature, std::string("loan, to value"));
        QVERIFY(!importanceFromText(u"utilisation 1"_s));
        const auto tooLarge = importanceFromText(u"income, 0.6\nutilisation, 1.5"_s);
        QVERIFY(!tooLarge);
        QVERIFY(tooLarge.error().what.find("utilisation, 1.5") != std::string::npos);
        const auto again = importanceFromText(importanceLines(*read));
        QVERIFY(bool(again));
        QCOMPARE(importanceLines(*again), importanceLines(*read));
    }

    void scoresArePossibleFromMildestToHarshest()
    {
        WorkspaceFixture fixture;
        const auto &pack = fixture.workspace().policy();
        const auto nothing = possibleScores(computeTier(pack, {}));
        QCOMPARE(scoreText(nothing.low), u"0"_s);
        QCOMPARE(scoreText(nothing.high), u"100"_s);
        const auto harshest = computeTier(pack, fixture.answers(9));
        QCOMPARE(scoreText(possibleScores(harshest).low), scoreText(harshest.score));
        const auto rows = breakdownRows(harshest);
        QCOMPARE(rows.last().cells[4].text, scoreText(harshest.score));
        QCOMPARE(rows.size(), qsizetype(pack.tierMethod.factors.size()) + 1);
    }

    void answersOfAnotherMethodAreDropped()
    {
        WorkspaceFixture fixture;
        const auto &method = fixture.workspace().policy().tierMethod;
        auto answers = fixture.answers(0);
        answers.push_back({"no such factor", "x"});
        answers.front().answer = "no such answer";
        QCOMPARE(knownAnswers(method, answers).size(), method.factors.size() - 1);
    }

    void whatChangedSinceShownIsNamed()
    {
        const CoveredItem same{"model", "1", "Model", sha256("a")};
        const CoveredItem before{"version", "2", "Version", sha256("b")};
        const CoveredItem after{"version", "2", "Version", sha256("c")};
        const CoveredItem added{"finding", "3", "Finding", sha256("d")};
        const CoveredItem gone{"document", "4", "Document", sha256("e")};
        const auto found = coverDifferences({same, before, gone}, {same, after, added});
        QCOMPARE(found.size(), std::size_t(3));
        QVERIFY(found[0].change == CoverChange::changed && found[0].item.id == "2");
        QVERIFY(found[1].change == CoverChange::added && found[1].item.id == "3");
        QVERIFY(found[2].change == CoverChange::gone && found[2].item.id == "4");
    }
};

QTEST_MAIN(TestModelRows)
#include "tst_modelrows.moc"
