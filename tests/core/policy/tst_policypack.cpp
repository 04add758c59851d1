// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/domain/fact.h"
#include "core/policy/builtinpacks.h"
#include "core/policy/rules.h"
#include "core/policy/scoring.h"
#include "tests/core/domain/world.h"

#include <fstream>
#include <functional>
#include <sstream>

using namespace countersign;

namespace {

json::object shipped()
{
    const auto text = builtInPolicyPack();
    return json::parse({text.data(), text.size()}).get_object();
}

/// The value at a path such as "tiers[1].minimumScore".
json::value &at(json::object &pack, std::string path)
{
    std::string pointer;
    for (const char c : path)
        pointer += c == '.' || c == '[' ? std::string("/") : c == ']' ? std::string() : std::string(1, c);
    json::value *found = pack.if_contains(pointer.substr(0, pointer.find('/')));
    std::size_t from = pointer.find('/');
    while (found && from != std::string::npos) {
        const auto to = pointer.find('/', from + 1);
        const auto key = pointer.substr(from + 1, to == std::string::npos ? to : to - from - 1);
        found =
            found->is_array() ? found->get_array().if_contains(std::stoul(key)) : found->get_object().if_contains(key);
        from = to;
    }
    if (!found)
        throw std::runtime_error("the test names a place that is not there: " + path);
    return *found;
}

struct Fault
{
    const char *name;
    const char *path; ///< that the error must name
    const char *words;
    std::function<void(json::object &)> make;
};

std::function<void(json::object &)> set(const char *path, json::value value)
{
    return [=](json::object &pack) { at(pack, path) = value; };
}

std::function<void(json::object &)> erase(const char *parent, const char *key)
{
    return [=](json::object &pack) { (*parent ? at(pack, parent).get_object() : pack).erase(key); };
}

std::function<void(json::object &)> insert(const char *parent, const char *key, json::value value)
{
    return [=](json::object &pack) { (*parent ? at(pack, parent).get_object() : pack)[key] = value; };
}

std::vector<Fault> faults()
{
    return {
        {"no id", "id", "missing", erase("", "id")},
        {"version", "version", "count from 1", set("version", 0)},
        {"version text", "version", "whole number", set("version", "1")},
        {"no title", "title", "missing", set("title", " ")},
        {"no basis", "basis", "missing", set("basis", "")},
        {"misspelt member", "tierMethods", "no such member", insert("", "tierMethods", 1)},
        {"misspelt inside", "tiers[1].reviewMonth", "no such member", insert("tiers[1]", "reviewMonth", 24)},
        {"misspelt deep", "tierMethod.factors[2].answers[1].point", "no such member",
         insert("tierMethod.factors[2].answers[1]", "point", "3")},
        {"unknown role", "permissions.modelEdited[0]", "\"boss\"", set("permissions.modelEdited[0]", "boss")},
        {"unknown fact", "permissions.modelBurnt", "not a known fact",
         insert("permissions", "modelBurnt", json::array{"validator"})},
        {"nobody may", "permissions.findingClosed", "nobody could", set("permissions.findingClosed", json::array{})},
        {"no entry", "permissions.findingClosed", "nobody could", erase("permissions", "findingClosed")},
        {"reader may", "permissions.findingClosed", "changes nothing",
         set("permissions.findingClosed", json::array{"auditor"})},
        {"executive may", "permissions.modelEdited", "changes nothing",
         set("permissions.modelEdited", json::array{"modelOwner", "executiveReader"})},
        {"no method id", "tierMethod.id", "missing", set("tierMethod.id", "")},
        {"method version", "tierMethod.version", "count from 1", set("tierMethod.version", -1)},
        {"no factors", "tierMethod.factors", "at least one", set("tierMethod.factors", json::array{})},
        {"factor twice", "tierMethod.factors[1].id", "\"exposure\" is there twice",
         set("tierMethod.factors[1].id", "exposure")},
        {"factor without question", "tierMethod.factors[0].question", "missing",
         set("tierMethod.factors[0].question", "")},
        {"weight zero", "tierMethod.factors[0].weight", "more than 0", set("tierMethod.factors[0].weight", "0")},
        {"weight negative", "tierMethod.factors[0].weight", "more than 0", set("tierMethod.factors[0].weight", "-0.1")},
        {"weight NaN", "tierMethod.factors[0].weight", "more than 0", set("tierMethod.factors[0].weight", "nan")},
        {"weight a number", "tierMethod.factors[0].weight", "text", set("tierMethod.factors[0].weight", 0.25)},
        {"weights do not add up", "tierMethod.factors", "add up to 1.01", set("tierMethod.factors[0].weight", "0.26")},
        {"weights off by a trifle", "tierMethod.factors", "not to 1",
         set("tierMethod.factors[0].weight", "0.250000002")},
        {"one answer", "tierMethod.factors[0].answers", "two answers",
         set("tierMethod.factors[0].answers", json::array{json::object{{"id", "a"}, {"text", "A"}, {"points", "1"}}})},
        {"answer twice", "tierMethod.factors[0].answers[1].id", "is there twice",
         set("tierMethod.factors[0].answers[1].id", "negligible")},
        {"answer without text", "tierMethod.factors[0].answers[1].text", "missing",
         set("tierMethod.factors[0].answers[1].text", "")},
        {"points beyond", "tierMethod.factors[0].answers[1].points", "0 to 100",
         set("tierMethod.factors[0].answers[1].points", "101")},
        {"points NaN", "tierMethod.factors[0].answers[1].points", "0 to 100",
         set("tierMethod.factors[0].answers[1].points", "nan")},
        {"no tiers", "tiers", "at least one", set("tiers", json::array{})},
        {"tier numbers", "tiers[1].level", "from the riskiest", set("tiers[1].level", 3)},
        {"tier label twice", "tiers[1].label", "is there twice", set("tiers[1].label", "Tier 1, critical")},
        {"tiers equal", "tiers[1].minimumScore", "lower than", set("tiers[1].minimumScore", "60")},
        {"tiers in disorder", "tiers[1].minimumScore", "lower than", set("tiers[1].minimumScore", "70")},
        {"tier out of reach", "tiers[0].minimumScore", "no combination of answers",
         set("tiers[0].minimumScore", "101")},
        {"tier squeezed out", "tiers[1].minimumScore", "no combination of answers",
         set("tiers[1].minimumScore", "59.999")},
        {"score without tier", "tiers[2].minimumScore", "would belong to no tier", set("tiers[2].minimumScore", "1")},
        {"tier infinite", "tiers[0].minimumScore", "is a number", set("tiers[0].minimumScore", "inf")},
        {"no signatures", "tiers[2].signatures", "at least one", set("tiers[2].signatures", json::array{})},
        {"signature of a reader", "tiers[0].signatures[1].role", "may not sign",
         set("tiers[0].signatures[1].role", "auditor")},
        {"signature of who may not", "tiers[0].signatures[1].role", "may not sign",
         set("permissions.requestSigned", json::array{"validator"})},
        {"signature twice", "tiers[0].signatures[1].role", "is there twice",
         set("tiers[0].signatures[1].role", "validator")},
        {"no count", "tiers[0].signatures[1].count", "1 or more", set("tiers[0].signatures[1].count", 0)},
        {"review", "tiers[0].reviewMonths", "1 to 120", set("tiers[0].reviewMonths", 0)},
        {"blank control", "tiers[0].controls[0]", "missing", set("tiers[0].controls[0]", "")},
        {"unknown document", "tiers[0].requiredDocuments[0]", "not a kind of document",
         set("tiers[0].requiredDocuments[0]", "poem")},
        {"document twice", "tiers[0].requiredDocuments[1]", "is there twice",
         set("tiers[0].requiredDocuments[1]", "documentation")},
        {"PSI order", "monitoring.psiRed", "beyond the amber", set("monitoring.psiRed", "0.1")},
        {"PSI zero", "monitoring.psiAmber", "more than 0", set("monitoring.psiAmber", "0")},
        {"RMSE ratio", "monitoring.rmseRatioAmber", "more than 1", set("monitoring.rmseRatioAmber", "1")},
        {"AUC order", "monitoring.aucDropRed", "beyond the amber", set("monitoring.aucDropRed", "0.01")},
        {"rows", "monitoring.minimumRows", "at least one row", set("monitoring.minimumRows", 0)},
        {"limits by nobody", "monitoring.setBy", "missing", set("monitoring.setBy", "")},
        {"limits for no reason", "monitoring.reason", "missing", set("monitoring.reason", "")},
        {"meaning missing", "meanings.refuse", "missing", erase("meanings", "refuse")},
        {"meaning blank", "meanings.approve", "missing", set("meanings.approve", " ")},
        {"meaning of nothing", "meanings.shrug", "not a decision", insert("meanings", "shrug", "?")},
        {"unknown separation", "separation[0]", "\"anythingGoes\"", set("separation[0]", "anythingGoes")},
        {"tolerated check", "toleratedFailures.approveWithConditions", "\"weather\" is not a check",
         set("toleratedFailures.approveWithConditions[0]", "weather")},
        {"tolerated decision", "toleratedFailures.refuse", "only \"approve\"",
         insert("toleratedFailures", "refuse", json::array{"tier"})},
        {"list for object", "tierMethod", "an object", set("tierMethod", json::array{})},
    };
}

} // namespace

class TestPolicyPack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBuiltInPackParses()
    {
        QVERIFY(!builtInPolicyPacks().empty());
        for (const auto &pack : builtInPolicyPacks())
            QCOMPARE(parsePolicyPack(pack.text).id, std::string(pack.id));
    }

    void builtInPacksAreTheFilesByteForByte()
    {
        for (const auto &pack : builtInPolicyPacks()) {
            std::ifstream file(SOURCE_DIR "/resources/policies/" + std::string(pack.id) + ".json", std::ios::binary);
            std::ostringstream text;
            text << file.rdbuf();
            QVERIFY(!text.str().empty());
            QVERIFY(text.str() == pack.text);
        }
    }

    void theDefaultPackIsWhatItSays()
    {
        const auto pack = parsePolicyPack(builtInPolicyPack());
        QCOMPARE(pack.id, std::string("sr-26-2"));
        QCOMPARE(pack.basis, std::string("SR 26-2 / OCC Bulletin 2026-13 (17 April 2026)"));
        QCOMPARE(pack.tierMethod.factors.size(), std::size_t(7));
        QCOMPARE(pack.tiers.size(), std::size_t(3));
        QCOMPARE(pack.separation.size(), enumValues<SeparationRule>().size());
        for (const auto &tier : pack.tiers)
            QCOMPARE(tier.reviewMonths, tier.level * 12);
        QCOMPARE(pack.tierLabel(0), std::string("Not tiered"));
        QCOMPARE(pack.tierLabel(1), std::string("Tier 1, critical"));
        QVERIFY(!pack.tier(4));
        for (const auto decision : enumValues<Decision>())
            QVERIFY(pack.meaning(decision).starts_with("I have reviewed"));
        for (const auto &factor : pack.tierMethod.factors)
            QVERIFY(!factor.help.empty() && factor.answers.size() >= 3 && factor.answers.size() <= 4);
    }

    void aPackSurvivesItsOwnJson()
    {
        const auto pack = parsePolicyPack(builtInPolicyPack());
        const auto again = parsePolicyPack(json::serialize(toJson(pack)));
        QCOMPARE(json::serialize(toJson(again)), json::serialize(toJson(pack)));
    }

    void aPackWithoutSeparationHasItAll()
    {
        auto text = shipped();
        text.erase("separation");
        QCOMPARE(parsePolicyPack(json::serialize(text)).separation.size(), enumValues<SeparationRule>().size());
        text["separation"] = json::array{};
        QVERIFY(parsePolicyPack(json::serialize(text)).separation.empty());
    }

    void everyFaultIsNamed_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const auto &fault : faults())
            QTest::newRow(fault.name) << index++;
    }

    void everyFaultIsNamed()
    {
        QFETCH(int, index);
        const auto fault = faults()[static_cast<std::size_t>(index)];
        auto pack = shipped();
        fault.make(pack);
        try {
            (void)parsePolicyPack(json::serialize(pack));
            QFAIL("accepted");
        } catch (const Exception &exception) {
            const auto &error = exception.error();
            QCOMPARE(error.code, ErrorCode::InvalidInput);
            const auto place = "Policy pack, " + std::string(fault.path) + ": ";
            QVERIFY2(error.what.starts_with(place), error.what.c_str());
            QVERIFY2(error.what.find(fault.words) != std::string::npos, error.what.c_str());
            QVERIFY(!error.remedy.empty());
        }
    }

    void notJsonIsSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("words") << QByteArray("Tier 1 is critical.");
        QTest::newRow("cut short") << QByteArray("{\"id\":");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("two") << QByteArray("{} {}");
        QTest::newRow("binary") << QByteArray("\x00\xff", 2);
        QTest::newRow("nested too deep") << QByteArray(100, '[');
    }

    void notJsonIsSaid()
    {
        QFETCH(QByteArray, text);
        QVERIFY_THROWS_EXCEPTION(Exception, (void)parsePolicyPack(text.toStdString()));
    }

    void aMemberTwiceIsRefused()
    {
        const std::string text(builtInPolicyPack());
        const std::string entry = "\"findingClosed\": [";
        auto twice = text;
        twice.insert(twice.find(entry), "\"findingClosed\": [\"approver\"], ");
        try {
            (void)parsePolicyPack(twice);
            QFAIL("accepted");
        } catch (const Exception &exception) {
            QVERIFY2(exception.error().what.find("\"findingClosed\" is there twice") != std::string::npos,
                     exception.what());
            QVERIFY2(exception.error().what.find("line 1") != std::string::npos, exception.what());
        }
    }

    void reachabilityHoldsForManyFactors()
    {
        auto pack = shipped();
        json::array factors;
        for (int i = 0; i < 20; ++i) {
            json::array answers;
            for (int j = 0; j < 5; ++j)
                answers.push_back(json::object{
                    {"id", "a" + std::to_string(j)}, {"text", "A"}, {"points", fixed(j * 25 * (1 - i * 0.001), 6)}});
            factors.push_back(json::object{
                {"id", "f" + std::to_string(i)}, {"question", "?"}, {"weight", "0.05"}, {"answers", answers}});
        }
        at(pack, "tierMethod.factors") = factors;
        QCOMPARE(parsePolicyPack(json::serialize(pack)).tierMethod.factors.size(), std::size_t(20));
    }

    void reachableScoresAreExactForFew()
    {
        TierMethod method;
        method.factors = {{"a", "?", {}, 0.5, {{"x", "x", 0}, {"y", "y", 100}}},
                          {"b", "?", {}, 0.5, {{"x", "x", 10}, {"y", "y", 30}}}};
        QCOMPARE(reachableScores(method),
                 (std::set<Millionths>{millionths(5), millionths(15), millionths(55), millionths(65)}));
    }
};

QTEST_APPLESS_MAIN(TestPolicyPack)
#include "tst_policypack.moc"
