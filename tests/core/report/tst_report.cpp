// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

#include "core/report/compared.h"
#include "core/report/reports.h"

using namespace countersign;

namespace {

constexpr const char *kEvil = "<script>alert('&')</script> \"x\" | *y*";

Registry sample()
{
    Registry registry;
    registry.organisation = kEvil;
    registry.size = 3;
    User user;
    user.id = UserId("u");
    user.fullName = "Approver, Risk";
    user.roles = {Role::approver};
    registry.users[user.id] = user;
    Model model;
    model.id = ModelId("m");
    model.reference = "CR-014";
    model.name = kEvil;
    model.description = "First line\nsecond line";
    model.owner = "Owner";
    registry.models[model.id] = model;
    ModelVersion version;
    version.id = VersionId("v");
    version.model = model.id;
    version.label = "2.1";
    registry.versions[version.id] = version;
    DeploymentRequest request;
    request.id = RequestId("r");
    request.model = model.id;
    request.version = version.id;
    request.by = user.id;
    request.required = {{Role::approver, 2}};
    SignOff signOff;
    signOff.by = user.id;
    signOff.fullName = user.fullName;
    signOff.meaning = "I approve.";
    signOff.covered = {{"model", "m", "The model", sha256("x")}};
    request.signOffs = {signOff};
    registry.requests[request.id] = request;
    TimelineItem forbidden;
    forbidden.seq = 2;
    forbidden.authorName = "Insider";
    forbidden.fact = "requestSigned";
    forbidden.summary = "=SUM(A1)";
    forbidden.forbidden = "Nobody signs their own request.";
    registry.timeline = {forbidden};
    return registry;
}

} // namespace

/// Reports say what the register says, in forms that cannot be made to do anything else.
class TestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void htmlIsWellFormedAndEscaped()
    {
        const auto registry = sample();
        for (const auto &report : {modelReport(PolicyPack{}, registry, ModelId("m")),
                                   evidenceReport(PolicyPack{}, registry, EvidenceFacts{})}) {
            auto html = toHtml(report);
            QVERIFY(html.find("<script") == std::string::npos);
            QVERIFY(html.find("&lt;script&gt;alert(&#39;&amp;&#39;)") != std::string::npos);
            auto text = QString::fromStdString(html);
            text.replace(QStringLiteral("<!DOCTYPE html>"), QString());
            text.replace(QStringLiteral("<br>"), QStringLiteral("<br/>"));
            text.replace(QStringLiteral("<meta charset=\"utf-8\">"), QString());
            QXmlStreamReader xml(text);
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        }
    }

    void aModelReportHoldsSignaturesWithTheirDigests()
    {
        const auto html = toHtml(modelReport(PolicyPack{}, sample(), ModelId("m")));
        QVERIFY(html.find("I approve.") != std::string::npos);
        QVERIFY(html.find(sha256("x").hex()) != std::string::npos);
        QVERIFY(html.find("First line<br>second line") != std::string::npos);
        QVERIFY_THROWS_EXCEPTION(Exception, (void)modelReport(PolicyPack{}, sample(), ModelId("none")));
    }

    void theEvidenceReportSaysWhatWasWrong()
    {
        EvidenceFacts facts;
        facts.checkpoint = "countersign/abc\n3\nroot\n";
        const auto good = toHtml(evidenceReport(PolicyPack{}, sample(), facts));
        QVERIFY(good.find("The file verified") != std::string::npos);
        QVERIFY(good.find("Nobody signs their own request.") != std::string::npos);
        QVERIFY(good.find("<pre>countersign/abc") != std::string::npos);
        facts.faults = {"Entry 2 is missing."};
        const auto bad = toHtml(evidenceReport(PolicyPack{}, sample(), facts));
        QVERIFY(bad.find("does NOT verify") != std::string::npos);
        QVERIFY(bad.find("Entry 2 is missing.") != std::string::npos);
    }

    void theBriefTellsWhatIsMissing()
    {
        Brief brief;
        brief.requesterName = "Developer";
        brief.outstanding = {{Role::approver, 2}};
        brief.checks = {{"tier", "Risk tier published", CheckState::failed, "None was published."}};
        const auto markdown = toMarkdown(briefReport(brief));
        QVERIFY(markdown.find("| Approver | 2 |") != std::string::npos);
        QVERIFY(markdown.find("| Risk tier published | Does not hold | None was published. |") != std::string::npos);
        QVERIFY(markdown.find("No monitoring run is recorded") != std::string::npos);
    }

    void theOnePageBriefCutsAndCounts()
    {
        Brief brief;
        brief.requesterName = "Developer";
        brief.version.label = "2.1";
        brief.stageLabel = "Pilot";
        brief.request.justification = std::string(500, 'j');
        brief.outstanding = {{Role::approver, 2}};
        brief.checks = {{"tier", "Risk tier published", CheckState::failed, "None was published."}};
        for (int i = 0; i < 9; ++i) {
            Finding finding;
            finding.title = "Finding " + std::to_string(i);
            brief.openFindings.push_back(finding);
        }
        CostEstimate cost;
        cost.title = "Wrong acceptances";
        cost.unit = "EUR";
        cost.decisionsPerYear = 1000;
        cost.wrongShare = 0.02;
        cost.costPerWrong = 1500;
        brief.cost = cost;
        const auto markdown = toMarkdown(onePageBrief(brief));
        for (const auto *words :
             {"goes into production for the first time", "j…", "| and 5 more |", "Not monitored", "Pilot",
              "30,000 EUR a year: 30,000 when wrong, 0 when idle.", "| Still missing: 2 | Approver |",
              "| Risk tier published | Does not hold | None was published. |"})
            QVERIFY2(markdown.find(words) != std::string::npos, (std::string(words) + "\n" + markdown).c_str());
    }

    void theBriefsShowConditionsAndWhenTheyEnd()
    {
        Brief brief;
        brief.organisation = "Nordbank";
        brief.policy = "SR 26-2, version 3";
        brief.asOf = *parseDate("2026-11-24");
        brief.version.label = "2.1";
        brief.status = RequestStatus::approvedWithConditions;
        SignOff signOff;
        signOff.fullName = "Ann Approver";
        signOff.decision = Decision::approveWithConditions;
        signOff.conditions = "Refit on the data of 2026 before the spring campaign.";
        signOff.expiresOn = parseDate("2026-11-20");
        brief.request.signOffs = {signOff};
        Validation validation;
        validation.outcome = ValidationOutcome::fitWithConditions;
        validation.dueConditions = {{"Document the cap on age", "Olga Owner", *parseDate("2027-01-31"), {}, {}, {}},
                                    {"Met already", "Olga Owner", *parseDate("2026-01-31"), brief.asOf, {}, {}},
                                    {"Test the young", "Val Validator", *parseDate("2026-10-31"), {}, {}, {}}};
        brief.validation = validation;
        brief.checks = {{"tier", "Risk tier published", CheckState::passed, "Tier 1."},
                        {"validation", "Validated", CheckState::failed, "Two conditions are open."}};
        for (const auto &markdown : {toMarkdown(onePageBrief(brief)), toMarkdown(briefReport(brief))}) {
            for (const auto *words :
                 {"version 2.1", "Nordbank. As of 2026-11-24. SR 26-2, version 3.", "Conditions of the approval",
                  "| Refit on the data of 2026 before the spring campaign. | Ann Approver | 2026-11-20, expired |",
                  "Open conditions of the validation", "| Test the young | Val Validator | 2026-10-31, past due |",
                  "| Document the cap on age | Olga Owner | 2027-01-31 |", "## Checks"})
                QVERIFY2(markdown.find(words) != std::string::npos, (std::string(words) + "\n" + markdown).c_str());
            QVERIFY(markdown.find("Met already") == std::string::npos);
            QVERIFY(markdown.find("Two conditions are open.") < markdown.find("Risk tier published"));
            QVERIFY(markdown.find("Test the young") < markdown.find("Document the cap"));
        }
    }

    void theBriefsSayWhenADecisionIsDueAndWhenItTimedOut()
    {
        Brief brief;
        brief.deadlines = {parseDate("2026-12-04"), parseDate("2026-12-20")};
        for (const auto &report : {onePageBrief, briefReport}) {
            brief.status = RequestStatus::open;
            brief.decisionOverdue = false;
            QVERIFY(toMarkdown(report(brief)).find("To be decided by 2026-12-04. Times out after 2026-12-20.") !=
                    std::string::npos);
            brief.decisionOverdue = true;
            QVERIFY(toMarkdown(report(brief)).find("Overdue for decision since 2026-12-04. Times out after") !=
                    std::string::npos);
            brief.status = RequestStatus::timedOut;
            brief.decisionOverdue = false;
            const auto timedOut = toMarkdown(report(brief));
            QVERIFY(timedOut.find("It timed out: it could be signed until 2026-12-20") != std::string::npos);
            QVERIFY(timedOut.find(displayName(RequestStatus::timedOut)) != std::string::npos);
            QVERIFY(timedOut.find("Status: Open") == std::string::npos);
        }
    }

    void aChallengerIsBetterOnlyWhereTheIntervalSaysSo()
    {
        const auto figure = [](const char *name, double champion, double challenger, double half) {
            const double difference = challenger - champion;
            return PromotionFigure{name,
                                   "Figure",
                                   {champion, {}, {}},
                                   {challenger, {}, {}},
                                   {difference, difference - half, difference + half},
                                   100,
                                   100,
                                   std::abs(difference) > half};
        };
        QCOMPARE(comparedOf(figure("roc_auc", 0.70, 0.75, 0.02)), Compared::better);
        QCOMPARE(comparedOf(figure("roc_auc", 0.75, 0.70, 0.02)), Compared::worse);
        QCOMPARE(comparedOf(figure("roc_auc", 0.70, 0.75, 0.06)), Compared::notToldApart);
        QCOMPARE(comparedOf(figure("brier", 0.20, 0.10, 0.02)), Compared::better);
        QCOMPARE(comparedOf(figure("calibration_slope", 0.7, 0.9, 0.1)), Compared::better);
        QCOMPARE(comparedOf(figure("calibration_slope", 1.1, 1.4, 0.1)), Compared::worse);
        QCOMPARE(comparedOf(figure("regression_me", -3, 2, 1)), Compared::toldApart);
        QCOMPARE(comparedOf(figure("event_rate", 0.1, 0.2, 0.01)), Compared::toldApart);
        auto psi = figure("score_psi", 0.1, 0.3, 0.1);
        psi.difference.low.reset();
        psi.difference.high.reset();
        QCOMPARE(comparedOf(psi), Compared::noInterval);

        Brief brief;
        brief.championLabel = "1.0";
        brief.version.label = "2.0";
        Promotion promotion;
        for (int i = 0; i < 7; ++i)
            promotion.figures.push_back(figure("roc_auc", 0.70, 0.75, 0.02));
        brief.request.promotion = promotion;
        const auto markdown = toMarkdown(onePageBrief(brief));
        for (const auto *words : {"| Champion | Challenger | Difference | Compared |",
                                  "| Figure | 0.7000 | 0.7500 | 0.0500 | Challenger better |", "| and 2 more |"})
            QVERIFY2(markdown.find(words) != std::string::npos, (std::string(words) + "\n" + markdown).c_str());
    }

    void markdownKeepsTextsOutOfItsMarks()
    {
        Report report{"Title", {}, {}};
        report.table({{"A"}, {{"x | y\nz"}}, {}});
        report.verbatim("```\nline");
        QCOMPARE(toMarkdown(report), std::string("# Title\n\n| A |\n| --- |\n| x \\| y z |\n\n    ```\n    line\n\n"));
    }

    void csvCannotRunAsFormulas()
    {
        const auto csv = timelineCsv(sample());
        QVERIFY(csv.find(",'=SUM(A1),") != std::string::npos);
        QVERIFY(csv.find("Nobody signs their own request.") != std::string::npos);
        QCOMPARE(toCsv({{"A", "B"}, {{"1,2", "say \"x\""}}, {}}), std::string("A,B\r\n\"1,2\",\"say \"\"x\"\"\"\r\n"));
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
