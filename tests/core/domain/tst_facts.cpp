// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/domain/samplefacts.h"

using namespace countersign;

class TestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFactSurvivesJson()
    {
        const auto samples = world::sampleFacts();
        const auto names = factNames();
        QCOMPARE(samples.size(), names.size());
        QCOMPARE(samples.size(), std::variant_size_v<Fact>);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            QCOMPARE(samples[i].index(), i);
            QCOMPARE(factName(samples[i]), names[i]);
            const auto text = json::serialize(factToJson(samples[i]));
            QVERIFY2(text.starts_with("{\"fact\":\"" + names[i] + "\""), text.c_str());
            const auto back = factFromJson(json::parse(text));
            QCOMPARE(back.index(), i);
            QCOMPARE(json::serialize(factToJson(back)), text);
        }
    }

    void namesAreUniqueAndStartLowerCase()
    {
        const auto names = factNames();
        QCOMPARE(std::set<std::string>(names.begin(), names.end()).size(), names.size());
        for (const auto &name : names)
            QVERIFY(name[0] >= 'a' && name[0] <= 'z');
    }

    void wrongJsonNamesItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("no object") << QByteArray("[]") << QByteArray("facts[3]: expected a fact");
        QTest::newRow("no name") << QByteArray("{}") << QByteArray("facts[3].fact: expected the name of a fact");
        QTest::newRow("name is no text") << QByteArray(R"({"fact":1})") << QByteArray("facts[3].fact: expected text");
        QTest::newRow("unknown") << QByteArray(R"({"fact":"modelBurnt"})")
                                 << QByteArray("facts[3].fact: \"modelBurnt\"");
        QTest::newRow("inside") << QByteArray(R"({"fact":"modelEdited","model":{"owner":7}})")
                                << QByteArray("facts[3].model.owner: expected text");
        QTest::newRow("deep") << QByteArray(R"({"fact":"monitoringRecorded","run":{"breaches":[{"value":0.5}]}})")
                              << QByteArray("facts[3].run.breaches[0].value: expected text");
        QTest::newRow("word") << QByteArray(R"({"fact":"requestSigned","signOff":{"decision":"maybe"}})")
                              << QByteArray("facts[3].signOff.decision: \"maybe\"");
    }

    void wrongJsonNamesItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, place);
        try {
            (void)factFromJson(json::parse(text.toStdString()), "facts[3]");
            QFAIL("accepted");
        } catch (const Exception &exception) {
            QCOMPARE(exception.error().code, ErrorCode::InvalidInput);
            QVERIFY2(exception.error().what.find(place.toStdString()) != std::string::npos, exception.what());
        }
    }

    void displayNamesAreThereAndDiffer()
    {
        allDiffer<Stage>();
        allDiffer<Origin>();
        allDiffer<ModelKind>();
        allDiffer<VersionStage>();
        allDiffer<DocumentKind>();
        allDiffer<ValidationOutcome>();
        allDiffer<Severity>();
        allDiffer<Health>();
        allDiffer<Decision>();
        allDiffer<RequestStatus>();
        allDiffer<Role>();
        QCOMPARE(displayName(Role::executiveReader), std::string("Executive reader"));
        QCOMPARE(displayName(Health::notEnoughData), std::string("Not enough data"));
        QCOMPARE(displayName(Origin::inHouse), std::string("In-house"));
    }

    void rolesAreReadInEitherSpelling()
    {
        for (const auto role : enumValues<Role>()) {
            QCOMPARE(roleFromText(enumName(role)), role);
            QCOMPARE(roleFromText(displayName(role)), role);
        }
        QCOMPARE(roleFromText("MODEL OWNER"), Role::modelOwner);
        QCOMPARE(roleFromText("modelowner"), Role::modelOwner);
        QCOMPARE(roleFromText("  executive   reader "), Role::executiveReader);
        QVERIFY(!roleFromText("owner"));
        QVERIFY(!roleFromText(""));
    }

    void differencesAreInWords()
    {
        auto before = world::model("m1", "CR-014");
        auto after = before;
        QVERIFY(differences(before, after).empty());
        after.revision = 9;
        after.approvedUses = "Retail";
        after.inputs = {"income", "age"};
        after.origin = Origin::vendor;
        after.nextReviewOn = parseDate("2027-01-31");
        const auto changes = differences(before, after);
        QCOMPARE(changes.size(), std::size_t(4));
        QCOMPARE(changes[0].field, std::string("approved uses"));
        QCOMPARE(changes[0].after, std::string("Retail"));
        QCOMPARE(changes[1].after, std::string("income; age"));
        QCOMPARE(changes[2].before, std::string("In-house"));
        QCOMPARE(changes[2].after, std::string("Vendor"));
        QCOMPARE(changes[3].before, std::string());
        QCOMPARE(changes[3].after, std::string("2027-01-31"));
    }

    void differencesOfListsOfRecordsAreInWords()
    {
        auto before = world::version("v1", ModelId("m1"), "1.0");
        auto after = before;
        after.importance = {{"age", 1}, {"income", 0.25}};
        const auto changes = differences(before, after);
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0].field, std::string("importance"));
        QCOMPARE(changes[0].after, std::string("age 1; income 0.25"));
    }

private:
    template <class E>
    void allDiffer()
    {
        std::set<std::string> names;
        for (const auto value : enumValues<E>()) {
            const auto name = displayName(value);
            QVERIFY(!name.empty() && name[0] >= 'A' && name[0] <= 'Z');
            QVERIFY2(names.insert(name).second, name.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestFacts)
#include "tst_facts.moc"
