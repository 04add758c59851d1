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

json::array group(json::array people)
{
    return {json::object{{"id", "mrc"}, {"label", "Model risk committee"}, {"people", std::move(people)}}};
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
        {"group of nobody", "groups[0].people", "at least one member", set("groups", group({}))},
        {"group that nobody asks", "groups[0].id", "no approval rule asks", set("groups", group({"Ann Approver"}))},
        {"group member twice", "groups[0].people[1]", "is there twice",
         set("groups", group({"Ann Approver", "Ann Approver"}))},
        {"no such group", "approvals[0].group", "there is no group \"board\"", set("approvals[0].group", "board")},
        {"group and people", "approvals[0].group", "not both",
         [](json::object &pack) {
             at(pack, "groups") = group({"Ann Approver"});
             at(pack, "approvals[0].group") = "mrc";
             at(pack, "approvals[0].people") = json::array{"Sam Second"};
         }},
        {"more than the group", "approvals[0].count", "3 of 2 people",
         [](json::object &pack) {
             at(pack, "groups") = group({"Ann Approver", "Sam Second"});
             at(pack, "approvals[0].group") = "mrc";
             at(pack, "approvals[0].quorum") = "atLeast";
             at(pack, "approvals[0].count") = 3;
         }},
        {"origin", "approvals[0].origins[0]", "\"elsewhere\"", set("approvals[0].origins", json::array{"elsewhere"})},
        {"registered nowhere", "registration.stages", "no stage \"pilot\"",
         set("registration.stages", json::array{"pilot"})},
        {"registration term", "registration.approvalDays", "3650 days", set("registration.approvalDays", -1)},
        {"signed in scope", "scope.outcomes[0].signatures", "rules of its tier",
         set("scope.outcomes[0].signatures", json::array{json::object{{"role", "approver"}, {"count", 1}}})},
        {"signed out of scope by a reader", "scope.outcomes[2].signatures[0].role", "may not sign",
         set("scope.outcomes[2].signatures", json::array{json::object{{"role", "auditor"}, {"count", 1}}})},
        {"no tiers", "tiers", "at least one", set("tiers", json::array{})},
        {"tier numbers", "tiers[1].level", "from the riskiest", set("tiers[1].level", 3)},
        {"tier label twice", "tiers[1].label", "is there twice", set("tiers[1].label", "Tier 1, critical")},
        {"tiers equal", "tiers[1].minimumScore", "lower than", set("tiers[1].minimumScore", "60")},
        {"tiers in disorder", "tiers[1].minimumScore", "lower than", set("tiers[1].minimumScore", "70")},
        {"tier out of reach", "tiers[0].minimumScore", "no combination of answers",
         set("tiers[0].minimumScore", "101")},
        {"tier squeezed out", "tiers[1].minimumScore", "no combination of answers",
         [](json::object &pack) {
             at(pack, "tiers[1].minimumScore") = "59.999";
             at(pack, "tierMethod.rules") = json::array{}; // a rule would reach it all the same
         }},
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
        {"blank control", "controls[0].title", "missing", set("controls[0].title", "")},
        {"control of no tier", "controls[0].tiers", "no effect", set("controls[0].tiers", json::array{})},
        {"control of an unknown tier", "controls[0].tiers", "no tier 9", set("controls[0].tiers", json::array{9})},
        {"control with unknown check", "controls[0].check", "not a check", set("controls[0].check", "weather")},
        {"control twice", "controls[1].id", "is there twice", set("controls[1].id", "validation")},
        {"superseded by nothing", "supersededOn", "both", set("supersededOn", "2026-04-17")},
        {"scope in a circle", "scope.questions[0]", "circle: generative -> quantitative -> generative",
         set("scope.questions[1].no", "generative")},
        {"scope to nowhere", "scope.questions[1].no", "no question or outcome", set("scope.questions[1].no", "moon")},
        {"scope question twice", "scope.questions[1].id", "is there twice", set("scope.questions[1].id", "generative")},
        {"field unknown", "fields[0].field", "not a field", set("fields[0].field", "colour")},
        {"field twice", "fields[1].field", "is there twice", set("fields[1].field", "purpose")},
        {"rule on an unknown factor", "tierMethod.rules[0].when[0].factor", "no factor",
         set("tierMethod.rules[0].when[0].factor", "weather")},
        {"rule on an unknown answer", "tierMethod.rules[0].when[0].answers", "no answer",
         set("tierMethod.rules[0].when[0].answers[0]", "maybe")},
        {"rule to an unknown tier", "tierMethod.rules[0].level", "no tier 7", set("tierMethod.rules[0].level", 7)},
        {"rule for nothing", "tierMethod.rules[0].when", "needs a condition",
         set("tierMethod.rules[0].when", json::array{})},
        {"points for unknown", "tierMethod.unknownPoints", "0 to 100", set("tierMethod.unknownPoints", "5")},
        {"axes of a scorecard", "tierMethod.axes", "two axes",
         set("tierMethod.axes", json::array{json::object{{"id", "a"}}})},
        {"lifecycle without a stage", "lifecycle", "\"retired\" is missing",
         [](json::object &pack) { at(pack, "lifecycle").get_array().pop_back(); }},
        {"lifecycle stage twice", "lifecycle[1].stage", "is there twice", set("lifecycle[1].stage", "proposed")},
        {"lifecycle after the end", "lifecycle[6].next", "stays so", set("lifecycle[6].next", json::array{"proposed"})},
        {"threshold order", "thresholds[0].red", "beyond the amber", set("thresholds[0].red", "0.1")},
        {"threshold twice", "thresholds[1]", "twice", set("thresholds[1].metric", "psi")},
        {"threshold by nobody", "thresholds[0].setBy", "missing", set("thresholds[0].setBy", "")},
        {"finding term missing", "findingDays.high", "missing", erase("findingDays", "high")},
        {"finding terms in disorder", "findingDays.high", "not due later", set("findingDays.high", 400)},
        {"approval by nobody", "approvals[0].role", "nobody can satisfy",
         insert("", "approvals",
                json::array{json::object{{"id", "a"}, {"role", "auditor"}}, json::object{{"id", "b"}}})},
        {"approval of too many", "approvals[0].count", "2 of 1 people",
         insert("", "approvals",
                json::array{
                    json::object{{"id", "a"}, {"people", json::array{"Ann"}}, {"quorum", "atLeast"}, {"count", 2}}})},
        {"comparison of an unknown tier", "comparisons[0].tiers", "no tier 9",
         insert("", "comparisons", json::array{json::object{{"tiers", json::array{9}}}})},
        {"comparison twice", "comparisons[1].tiers", "tier 2 is asked for a comparison twice",
         insert("", "comparisons",
                json::array{json::object{{"tiers", json::array{1, 2}}}, json::object{{"tiers", json::array{2}}}})},
        {"comparison misspelt", "comparisons[0].outcome", "no such member",
         insert("", "comparisons", json::array{json::object{{"outcome", true}}})},
        {"deputies in a circle", "deputies[0]", "circle",
         insert("", "deputies",
                json::array{
                    json::object{{"person", "A"}, {"deputy", "B"}, {"from", "2026-01-01"}, {"until", "2027-01-01"}},
                    json::object{{"person", "B"}, {"deputy", "A"}, {"from", "2026-01-01"}, {"until", "2027-01-01"}}})},
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
        {"limit above what can be", "thresholds[0].red", "never above 1",
         [](json::object &pack) {
             at(pack, "thresholds[0]").get_object()["metric"] = "ks";
             at(pack, "thresholds[0]").get_object()["red"] = "1.5";
         }},
        {"floor in disorder", "thresholds[0].amber", "beyond the amber",
         [](json::object &pack) {
             auto &limit = at(pack, "thresholds[0]").get_object();
             limit["metric"] = "adverseImpactRatio";
             limit["amber"] = "0.8";
             limit["red"] = "0.9";
         }},
        {"floor above what can be", "thresholds[0].amber", "never above 1",
         [](json::object &pack) {
             auto &limit = at(pack, "thresholds[0]").get_object();
             limit["metric"] = "arrivedShare";
             limit["amber"] = "1.2";
             limit["red"] = "0.9";
         }},
        {"limit of an unknown metric", "thresholds[0].metric", "\"taste\"", set("thresholds[0].metric", "taste")},
        {"limit for no model", "thresholds[0].models", "missing", set("thresholds[0].models", json::array{" "})},
        {"limit twice", "thresholds[1]", "twice",
         [](json::object &pack) {
             auto again = at(pack, "thresholds[0]");
             at(pack, "thresholds[1]") = again;
         }},
        {"meaning missing", "meanings.refuse", "missing", erase("meanings", "refuse")},
        {"meaning blank", "meanings.approve", "missing", set("meanings.approve", " ")},
        {"meaning of nothing", "meanings.shrug", "not a decision", insert("meanings", "shrug", "?")},
        {"unknown separation", "separation[0]", "\"anythingGoes\"", set("separation[0]", "anythingGoes")},
        {"tolerated check", "toleratedFailures.approveWithConditions", "\"weather\" is not a check",
         set("toleratedFailures.approveWithConditions[0]", "weather")},
        {"tolerated decision", "toleratedFailures.refuse", "only \"approve\"",
         insert("toleratedFailures", "refuse", json::array{"tier"})},
        {"role twice", "permissions.modelEdited[1]", "is there twice",
         set("permissions.modelEdited", json::array{"modelOwner", "modelOwner"})},
        {"stage leads twice to another", "lifecycle[0].next[3]", "\"retired\" is there twice",
         [](json::object &pack) { at(pack, "lifecycle[0].next").get_array().emplace_back("retired"); }},
        {"ids that differ by case", "controls[1].id", "differ only by case", set("controls[1].id", "Validation")},
        {"labels that differ by case", "tiers[1].label", "differ only by case",
         set("tiers[1].label", "tier 1,  CRITICAL")},
        {"deputy twice", "deputies[1]", "on the same days twice",
         insert("", "deputies",
                json::array{
                    json::object{{"person", "A"}, {"deputy", "B"}, {"from", "2026-01-01"}, {"until", "2027-01-01"}},
                    json::object{{"person", "a"}, {"deputy", "B"}, {"from", "2026-12-31"}, {"until", "2027-06-01"}}})},
        {"rule that contradicts itself", "tierMethod.rules[0].when", "contradict each other",
         [](json::object &pack) {
             at(pack, "tierMethod.rules[0].when")
                 .get_array()
                 .emplace_back(json::object{{"factor", "purpose"}, {"answers", json::array{"information"}}});
         }},
        {"rule behind another", "tierMethod.rules[1].when", "an earlier one does (\"regulatory-use\")",
         [](json::object &pack) {
             auto rule = at(pack, "tierMethod.rules[0]").get_object();
             rule["id"] = "later";
             rule["level"] = 1;
             at(rule, "when")
                 .get_array()
                 .emplace_back(json::object{{"factor", "data"}, {"answers", json::array{"poor"}}});
             at(pack, "tierMethod.rules").get_array().emplace_back(rule);
         }},
        {"rule that changes nothing", "tierMethod.rules[0].level", "changes nothing",
         set("tierMethod.rules[0].level", 3)},
        {"cost without a unit", "tierMethod.costUnit", "in which unit",
         set("tierMethod.factors[0].answers[1].fromCost", "1000")},
        {"unit without a cost", "tierMethod.costUnit", "no answer follows from a cost",
         set("tierMethod.costUnit", "EUR")},
        {"weak from nothing", "residual.weakFrom", "1 or more", set("residual.weakFrom", 0)},
        {"share of nothing", "residual.missingShare", "above 0", set("residual.missingShare", "0")},
        {"essential control unknown", "residual.essential", "no control \"moon\"",
         set("residual.essential", json::array{"moon"})},
        {"essential control without a check", "residual.essential", "never counts",
         set("residual.essential", json::array{"monitoring-plan"})},
        {"more levels than tiers", "residual.milderBy.missing", "only 3 tiers", set("residual.milderBy.missing", -3)},
        {"missing controls that leave less", "residual.milderBy.missing", "do not leave less risk",
         set("residual.milderBy.missing", 1)},
        {"unknown controls that leave less", "residual.milderBy.unknown", "nobody has judged",
         insert("residual.milderBy", "unknown", 1)},
        {"appetite of an unknown measure", "appetite[0].measure", "\"luck\"", set("appetite[0].measure", "luck")},
        {"appetite below 0", "appetite[0].atMost", "0 or more", set("appetite[0].atMost", -1)},
        {"appetite by nobody", "appetite[0].setBy", "missing", set("appetite[0].setBy", "")},
        {"appetite for no reason", "appetite[0].reason", "missing", set("appetite[0].reason", "")},
        {"appetite twice", "appetite[1]", "twice", set("appetite[1].measure", "reviewsOverdue")},
        {"appetite of an unknown tier", "appetite[0].tiers", "no tier 9", set("appetite[0].tiers", json::array{9})},
        {"appetite without effect", "appetite[1].atMost", "no effect",
         [](json::object &pack) {
             at(pack, "appetite[1].measure") = "reviewsOverdue";
             at(pack, "appetite[1].tiers") = json::array{1};
         }},
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
        QCOMPARE(pack.version, std::int64_t(2));
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

    void whatTheEditorWritesIsStable()
    {
        for (const auto &shippedPack : builtInPolicyPacks()) {
            const auto pack = parsePolicyPack(shippedPack.text);
            const auto text = policyPackText(pack);
            QVERIFY2(text == shippedPack.text, "the file is not in the form that the editor writes");
            const auto again = parsePolicyPack(text);
            QVERIFY(toJson(again) == toJson(pack));
            QVERIFY(policyPackText(again) == text);
            QVERIFY(checkPolicyText(text, parseDate("2026-11-24")).empty());
        }
    }

    void theFourPacksSayWhatTheyFollow()
    {
        std::map<std::string, PolicyPack> packs;
        for (const auto &pack : builtInPolicyPacks())
            packs.emplace(pack.id, parsePolicyPack(pack.text));
        QCOMPARE(packs.size(), std::size_t(4));
        QCOMPARE(packs.at("sr-11-7").supersededOn, parseDate("2026-04-17"));
        QVERIFY(packs.at("sr-11-7").supersededBy.find("SR 26-2 / OCC Bulletin 2026-13") != std::string::npos);
        for (const auto *current : {"sr-26-2", "ss1-23", "osfi-e-23"})
            QVERIFY(!packs.at(current).supersededOn);
        QVERIFY(packs.at("osfi-e-23").basis.find("effective 1 May 2027") != std::string::npos);
        QVERIFY(packs.at("ss1-23").tierMethod.kind == TierMethodKind::riskMatrix);
        QVERIFY(packs.at("osfi-e-23").tierMethod.kind == TierMethodKind::scorecardSum);
        for (const auto &[id, pack] : packs) {
            QVERIFY(!pack.scope.questions.empty() && !pack.fields.empty() && !pack.controls.empty());
            QVERIFY(!pack.lifecycle.empty() && pack.findingDays.size() == 4 && !pack.monitoring.reason.empty());
            for (const auto &fact : factNames())
                QVERIFY2(pack.permissions.contains(fact), (id + ": " + fact).c_str());
            for (const auto &tier : pack.tiers) {
                QVERIFY(!requiredSignatures(pack, tier.level).empty());
                QVERIFY(std::ranges::any_of(pack.controls, [&](const Control &control) {
                    return control.tiers.contains(tier.level) && !control.check.empty();
                }));
            }
        }
    }

    void everyFaultHasItsLine()
    {
        const std::string text = R"({
  "id": "bad",
  "title": "Bad", "basis": "None",
  "permissions": {
    "modelEdited": ["modelOwner",
      "boss"],
    "weather": []
  },
  "scope": {"questions": [
    {"id": "a", "question": "?", "yes": "b", "no": "a2"},
    {"id": "b", "question": "?", "yes": "a", "no": "a"}],
    "outcomes": []},
  "tierMethod": {"id": "m", "title": "M", "factors": [
    {"id": "f", "question": "?", "weight": "0.5", "answers": [
      {"id": "x", "text": "X", "points": "0"},
      {"id": "x", "text": "Y", "points": "100"}]},
    {"id": "f", "question": "?", "weight": "0.4", "answers": [
      {"id": "x", "text": "X", "points": "0"},
      {"id": "y", "text": "Y", "points": "100"}]}]},
  "deputies": [{"person": "Ann", "deputy": "Bo", "from": "2025-01-01",
    "until": "2025-12-31"}]
})";
        std::map<std::string, PolicyFault> found;
        for (const auto &fault : checkPolicyText(text, parseDate("2026-11-24")))
            found.emplace(fault.path, fault);
        const std::map<std::string, std::int64_t> expected{
            {"permissions.modelEdited[1]", 6}, {"permissions.weather", 7}, {"scope.questions[0]", 10},
            {"scope.questions[0].no", 10},     {"tierMethod.factors", 13}, {"tierMethod.factors[0].answers[1].id", 16},
            {"tierMethod.factors[1].id", 17},  {"deputies[0].until", 21}};
        for (const auto &[path, line] : expected) {
            QVERIFY2(found.contains(path), path.c_str());
            QVERIFY2(found.at(path).line == line, (path + " at " + std::to_string(found.at(path).line)).c_str());
        }
        QVERIFY(checkPolicyText(text).size() < checkPolicyText(text, parseDate("2026-11-24")).size());
    }

    void aRuleThatNeverHoldsReachesNoTier()
    {
        auto pack = shipped();
        at(pack, "tiers[1].minimumScore") = "59.999"; // no score is between: a rule alone could give this tier
        QVERIFY(checkPolicyText(json::serialize(pack)).empty());
        at(pack, "tierMethod.rules[0].when")
            .get_array()
            .emplace_back(json::object{{"factor", "purpose"}, {"answers", json::array{"information"}}});
        std::set<std::string> paths;
        for (const auto &fault : checkPolicyText(json::serialize(pack)))
            paths.insert(fault.path);
        QCOMPARE(paths, (std::set<std::string>{"tierMethod.rules[0].when", "tiers[1].minimumScore"}));
    }

    void aBrokenTextHasOneFaultWithItsLine()
    {
        const auto faults = checkPolicyText("{\n\"id\": ,\n}");
        QCOMPARE(faults.size(), std::size_t(1));
        QCOMPARE(faults[0].line, std::int64_t(2));
    }

    void aPackWithoutSeparationHasAllOfTheRulesOfItsTime()
    {
        auto text = shipped();
        text.erase("separation");
        const auto read = parsePolicyPack(json::serialize(text));
        for (const auto rule : enumValues<SeparationRule>())
            QCOMPARE(read.holds(rule), rule < SeparationRule::ownerDoesNotExplainRed);
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
            const auto second = twice.begin() + static_cast<std::ptrdiff_t>(twice.rfind(entry));
            const auto line = "line " + std::to_string(1 + std::count(twice.begin(), second, '\n')) + ":";
            QVERIFY2(exception.error().what.find(line) != std::string::npos, exception.what());
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
        at(pack, "tierMethod.rules") = json::array{};
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
