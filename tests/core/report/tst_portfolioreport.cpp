// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/report/reports.h"

using namespace countersign;

namespace {

Portfolio sample(int models)
{
    Portfolio portfolio;
    portfolio.organisation = "Example <Bank>";
    portfolio.policy = "Policy, version 1";
    portfolio.asOf = *parseDate("2026-11-24");
    portfolio.entries = 7;
    portfolio.tiers = {{1, "Tier 1, critical"}, {0, "Not tiered"}};
    portfolio.retired = 1;
    portfolio.stages = {{"proposed", "Proposed", Stage::proposed, false}};
    AppetiteLimit limit{"reviewsOverdue",
                        "No review is overdue",
                        "1 review is overdue",
                        "reviews are overdue",
                        "Every 12 months.",
                        0,
                        0,
                        {}};
    for (int i = 0; i < models; ++i) {
        PortfolioModel model;
        const auto number = std::to_string(1000 + i);
        model.id = ModelId("m" + number);
        model.reference = "CR-" + number;
        model.name = "Model " + number;
        model.tier = i % 2;
        model.stageId = "proposed";
        model.stageLabel = "Proposed";
        model.tierLabel = portfolio.tiers[i % 2 == 1 ? 0 : 1].label;
        model.health = Health::red;
        model.worst = Breach{"income", "2026-10", "PSI", 0.43, 0.25, Health::red};
        model.breaches = 1;
        model.review = ReviewStanding::overdue;
        model.nextReviewOn = portfolio.asOf - std::chrono::days(models - i);
        limit.models.insert(model.id);
        ++limit.count;
        portfolio.models.push_back(model);
    }
    portfolio.limits = {limit};
    return portfolio;
}

bool has(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

} // namespace

/// What executives print: short, whatever the inventory holds.
class TestPortfolioReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWorstBreachIsTheFurthestBeyondItsLimit()
    {
        const Breach drift{"income", "2026-10", "PSI", 0.3, 0.25, Health::red};
        const Breach fairness{"sex", "2026-10", "adverse impact ratio", 0.4, 0.8, Health::red};
        const Breach nothing{"", "2026-10", "rows arrived", 0, 0.5, Health::amber};
        QCOMPARE(excess(drift), 0.3 / 0.25);
        QCOMPARE(excess(fairness), 2.0);
        QCOMPARE(excess(nothing), 1000.0);
        QVERIFY(isWorse(fairness, drift) && !isWorse(drift, fairness));
        QVERIFY2(isWorse(drift, nothing), "red before amber");
    }

    void saysWhatIsOutsideAndWhichModels()
    {
        const auto text = toMarkdown(portfolioReport(sample(2)));
        QVERIFY(has(text, "Outside the appetite in 1 of 1 limit."));
        QVERIFY(has(text, "| Outside | 2 reviews are overdue; 0 allowed. | CR-1000; CR-1001 |"));
        QVERIFY(has(text, "PSI of income in 2026-10 is 0.430 (limit 0.250)"));
        QVERIFY(has(text, "1 retired model is left out."));
    }

    void saysWhenEverythingHolds()
    {
        const auto text = toMarkdown(portfolioReport(sample(0)));
        QVERIFY(has(text, "Inside the appetite in all of 1 limit."));
        QVERIFY(has(text, "No review falls due."));
        QVERIFY(has(text, "Every monitored model is within its limits."));
    }

    void listsAreCutAndSayHowManyMore()
    {
        const auto text = toMarkdown(portfolioReport(sample(100)));
        QVERIFY(has(text, "CR-1000; CR-1001; CR-1002; and 97 more"));
        QVERIFY(has(text, "\nand 94 more.\n"));
        QVERIFY(!has(text, "CR-1090"));
    }

    void longNamesAreCutBetweenCharacters()
    {
        auto portfolio = sample(1);
        portfolio.models[0].name.clear();
        for (int i = 0; i < 200; ++i)
            portfolio.models[0].name += "ü";
        const auto html = toHtml(portfolioReport(portfolio));
        QVERIFY(QString::fromUtf8(html.c_str()).contains(QStringLiteral("ü").repeated(30) + QChar(0x2026)));
        QVERIFY(!QString::fromUtf8(html.c_str()).contains(QChar::ReplacementCharacter));
    }

    void manyTiersAreSummedInOneLine()
    {
        auto portfolio = sample(40);
        portfolio.tiers.clear();
        for (int level = 1; level <= 20; ++level)
            portfolio.tiers.push_back({level, "Level " + std::to_string(level)});
        portfolio.tiers.push_back({0, "Not tiered"});
        for (std::size_t i = 0; i < portfolio.models.size(); ++i)
            portfolio.models[i].tier = std::int64_t(i % 21);
        const auto text = toMarkdown(portfolioReport(portfolio));
        QVERIFY(has(text, "| Level 5 | 2 |"));
        QVERIFY(!has(text, "| Level 6 |"));
        QVERIFY(has(text, "| 15 more tiers | 28 | 0 | 0 | 0 | 0 | 28 |"));
        QVERIFY(has(text, "| All | 40 | 0 | 0 | 0 | 0 | 40 |"));
    }

    void identicalFactsGiveIdenticalBytes()
    {
        QCOMPARE(toHtml(portfolioReport(sample(30))), toHtml(portfolioReport(sample(30))));
        QVERIFY(toHtml(portfolioReport(sample(30))) != toHtml(portfolioReport(sample(31))));
        QVERIFY(has(toHtml(portfolioReport(sample(1))), "Example &lt;Bank&gt;"));
    }
};

QTEST_APPLESS_MAIN(TestPortfolioReport)
#include "tst_portfolioreport.moc"
