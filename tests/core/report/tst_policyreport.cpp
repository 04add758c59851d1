// SPDX-License-Identifier: GPL-3.0-or-later
//
// The policy for reading: every part of every pack that ships is in it.
#include <QTest>

#include "core/policy/builtinpacks.h"
#include "core/report/reports.h"

using namespace countersign;

class TestPolicyReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartOfAPackIsInIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto &pack : builtInPolicyPacks())
            QTest::newRow(std::string(pack.id).c_str()) << QByteArray(pack.text.data(), qsizetype(pack.text.size()));
    }

    void everyPartOfAPackIsInIt()
    {
        QFETCH(QByteArray, text);
        const auto pack = parsePolicyPack(text.toStdString());
        const auto html = toHtml(policyReport(pack));
        const auto says = [&](const std::string &words) { return html.find(escapeHtml(words)) != std::string::npos; };
        QVERIFY(says(pack.title));
        QVERIFY(says(pack.basis));
        QCOMPARE(says("Superseded on"), pack.supersededOn.has_value());
        for (const auto &factor : pack.tierMethod.factors) {
            QVERIFY(says(factor.question));
            for (const auto &answer : factor.answers)
                QVERIFY2(says(answer.text), answer.text.c_str());
        }
        for (const auto &tier : pack.tiers)
            QVERIFY(says(tier.label));
        for (const auto &control : pack.controls)
            QVERIFY2(says(control.title), control.title.c_str());
        for (const auto &rule : pack.approvals)
            QVERIFY(says(displayName(rule.role)));
        for (const auto &stage : pack.lifecycle)
            QVERIFY(says(stage.label));
        for (const auto &question : pack.scope.questions)
            QVERIFY(says(question.question));
        for (const auto decision : enumValues<Decision>())
            QVERIFY(says(pack.meaning(decision)));
        for (const auto &rule : pack.tierMethod.rules)
            QVERIFY(says(rule.title));
    }

    void whatAPackLeavesOutIsSaid()
    {
        const auto markdown = toMarkdown(policyReport(PolicyPack{}));
        for (const char *words : {"asks no question", "No field is required", "asks for no signature",
                                  "Every stage leads to every other", "no fixed term", "Kept apart: nothing"})
            QVERIFY2(markdown.find(words) != std::string::npos, words);
    }
};

QTEST_APPLESS_MAIN(TestPolicyReport)
#include "tst_policyreport.moc"
