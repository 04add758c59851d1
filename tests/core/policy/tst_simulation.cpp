// SPDX-License-Identifier: GPL-3.0-or-later
//
// A draft policy simulated on the inventory: who moves, what becomes overdue, what nobody could approve.
#include <QElapsedTimer>
#include <QTest>

#include "core/policy/simulation.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

/// Every third model has an approved request, every seventh an exception, some approved and some open; each has a line
/// of history.
void addPaper(Registry &registry, const PolicyPack &pack, const ModelVersion &version, int i)
{
    const auto at = world::start() - std::chrono::days(i % 60);
    const auto number = std::to_string(i);
    const auto &model = registry.models.at(version.model);
    const auto approver = world::person("u-approver", "Ann Approver", {Role::approver});
    if (i % 3 == 0) {
        auto request = world::request("r" + number, version, requestSignatures(pack, registry, model.id, {}));
        request.tierLevel = tierLevelOf(registry, model.id);
        request.status = i % 2 == 0 ? RequestStatus::open : RequestStatus::approved;
        request.at = at;
        request.entry = registry.size;
        auto signOff = world::signOff(approver, Role::approver);
        signOff.entry = registry.size;
        request.signOffs = {signOff};
        registry.requests.emplace(request.id, request);
    }
    if (i % 7 == 0) {
        auto exception = world::exception("e" + number, model.id);
        exception.status = i % 2 == 0 ? ExceptionStatus::requested : ExceptionStatus::approved;
        exception.at = at;
        exception.entry = registry.size;
        registry.exceptions.emplace(exception.id, exception);
    }
    TimelineItem item;
    item.seq = registry.size++;
    item.at = at;
    item.fact = "modelEdited";
    item.model = model.id;
    item.record = model.id.str();
    registry.timeline.push_back(item);
}

/// A register of `count` models, each with a tier, a validation, a run and a finding, as `pack` has them.
Registry generated(const PolicyPack &pack, std::int64_t count)
{
    world::World w;
    Registry registry;
    for (const auto &user : w.everyone())
        registry.users.emplace(user.id, user);
    const auto start = world::start();
    for (std::int64_t i = 0; i < count; ++i) {
        const auto number = std::to_string(i);
        auto model = world::model("m" + number, "REF-" + number);
        model.stage = i % 50 == 49 ? Stage::retired : Stage::inProduction;
        const auto version = world::version("v" + number, model.id, "1.0");
        auto tier = world::assessment("t" + number, model.id);
        std::size_t place = static_cast<std::size_t>(i);
        for (const auto &factor : pack.tierMethod.factors) {
            tier.answers.push_back({factor.id, factor.answers[place % factor.answers.size()].id});
            place = place / 2 + 7 * place % 5;
        }
        const auto computed = computeTier(pack, tier.answers);
        tier.method = pack.tierMethod.id;
        tier.score = computed.score;
        tier.computedLevel = computed.level;
        tier.at = start - std::chrono::days(i % 900);
        auto validation = world::validation("a" + number, version);
        validation.at = start - std::chrono::days(i % 700);
        auto run = world::run("n" + number, version);
        run.at = start - std::chrono::days(i % 120);
        auto finding = world::finding("f" + number, model.id);
        finding.raisedAt = start - std::chrono::days(i % 300);
        registry.models.emplace(model.id, model);
        registry.versions.emplace(version.id, version);
        registry.assessments.emplace(tier.id, tier);
        registry.validations.emplace(validation.id, validation);
        registry.runs.emplace(run.id, run);
        registry.findings.emplace(finding.id, finding);
        addPaper(registry, pack, version, static_cast<int>(i));
    }
    return registry;
}

} // namespace

class TestSimulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPackSimulatesOnAThousandModels_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < builtInPolicyPacks().size(); ++i)
            QTest::newRow(std::string(builtInPolicyPacks()[i].id).c_str()) << static_cast<int>(i);
    }

    void everyPackSimulatesOnAThousandModels()
    {
        QFETCH(int, index);
        const auto inForce = parsePolicyPack(builtInPolicyPack());
        const auto draft = parsePolicyPack(builtInPolicyPacks()[static_cast<std::size_t>(index)].text);
        const auto registry = generated(inForce, 1000);
        QElapsedTimer timer;
        timer.start();
        const auto found = simulatePolicy(draft, inForce, registry, dateOf(world::start()));
        const auto took = timer.elapsed();
        qInfo("%s: 1,000 models in %lld ms", draft.id.c_str(), static_cast<long long>(took));
        QVERIFY2(took < 1000, "the simulation of 1,000 models takes less than a second");
        QCOMPARE(found.models, std::int64_t(980));
        // Models, assessments, findings and requests once, besides the queues.
        QCOMPARE(found.recordsRead, std::int64_t(3334));
        QCOMPARE(simulatePolicy(draft, inForce, generated(inForce, 2000), dateOf(world::start())).recordsRead,
                 std::int64_t(6667));
        QCOMPARE(registry.timeline.size(), std::size_t(1000));
        QVERIFY(registry.requests.size() > 300 && registry.exceptions.size() > 100);
        QCOMPARE(found.pack, draft.id);
        QVERIFY(found.unmet.empty());
        if (draft.id == inForce.id) {
            QVERIFY(found.moves.empty() && found.overdue.empty());
        } else {
            QVERIFY(!found.moves.empty());
            for (const auto &move : found.moves)
                QVERIFY(move.from != move.to && !move.toLabel.empty() && !move.why.empty());
        }
    }

    void aStricterThresholdMovesModelsUp()
    {
        const auto inForce = parsePolicyPack(builtInPolicyPack());
        auto draft = inForce;
        draft.tiers[0].minimumScore = 40;
        draft.tierMethod.version = 3;
        const auto registry = generated(inForce, 200);
        const auto found = simulatePolicy(draft, inForce, registry, dateOf(world::start()));
        std::set<ModelId> moved;
        for (const auto &move : found.moves) {
            QCOMPARE(move.from, std::int64_t(2));
            QCOMPARE(move.to, std::int64_t(1));
            moved.insert(move.model);
        }
        std::set<ModelId> expected;
        for (const auto &[id, tier] : registry.assessments)
            if (tier.score >= 40 && tier.score < 60 && registry.models.at(tier.model).stage != Stage::retired)
                expected.insert(tier.model);
        QVERIFY(!expected.empty());
        QVERIFY(moved == expected);
    }

    void shorterIntervalsMakeThingsOverdue()
    {
        world::Desk desk;
        desk.prepare();
        auto draft = desk.pack;
        const auto today = dateOf(desk.registry.lastAt) + std::chrono::days(100);
        QVERIFY(simulatePolicy(draft, desk.pack, desk.registry, today).overdue.empty() ||
                draft.tiers[1].monitoringMonths > 0);
        draft.tiers[1].validationMonths = 1;
        const auto found = simulatePolicy(draft, desk.pack, desk.registry, today).overdue;
        const auto review = std::ranges::find(found, "review", &NewlyOverdue::what);
        QVERIFY(review != found.end());
        QCOMPARE(review->reference, std::string("CR-014"));
        QVERIFY(review->days > 60 && review->days < 80);
        QCOMPARE(review->why, std::string("Tier 2, material is reviewed every 1 month."));
    }

    void triggersOfTheDraftMakeReviewsOverdue()
    {
        world::Desk desk;
        desk.prepare();
        desk.does(desk.validator, {FindingRaised{world::finding("f1", ModelId("m1"), Severity::critical)}});
        const auto today = dateOf(desk.registry.lastAt) + std::chrono::days(20);
        auto draft = desk.pack;
        QVERIFY(simulatePolicy(draft, desk.pack, desk.registry, today).overdue.empty());
        draft.reviewTriggers[ReviewTrigger::graveFinding] = 10;
        draft.reviewTriggers[ReviewTrigger::newPolicy] = 0; // counts from its own publication: not overdue yet
        const auto found = simulatePolicy(draft, desk.pack, desk.registry, today).overdue;
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].what, std::string("review"));
        QCOMPARE(found[0].days, std::int64_t(10));
        QVERIFY2(found[0].why.find("Missing incomes") != std::string::npos, found[0].why.c_str());
    }

    void modelsNeverMonitoredAndNeverRatedCount()
    {
        world::Desk desk;
        auto &model = desk.registry.models.at(ModelId("m1"));
        auto &version = desk.registry.versions.at(VersionId("v1"));
        model.stage = Stage::inProduction;
        version.stage = VersionStage::inProduction;
        const auto today = dateOf(desk.registry.lastAt);
        version.deployedOn = today - std::chrono::days(45);
        auto inForce = desk.pack;
        inForce.tiers[0].monitoringMonths = 6;
        const auto found = simulatePolicy(desk.pack, inForce, desk.registry, today); // monthly for the riskiest
        QCOMPARE(found.unrated, std::int64_t(1));
        const auto late = std::ranges::find(found.overdue, "monitoring", &NewlyOverdue::what);
        QVERIFY(late != found.overdue.end());
        QVERIFY2(late->why.find("without a run") != std::string::npos, late->why.c_str());
    }

    void signaturesThatBecomeStaleAreListed()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        const auto today = dateOf(desk.registry.lastAt);
        QVERIFY(simulatePolicy(desk.pack, desk.pack, desk.registry, today).stale.empty());
        auto draft = desk.pack;
        draft.version += 1;
        auto stale = simulatePolicy(draft, desk.pack, desk.registry, today).stale;
        QCOMPARE(stale.size(), std::size_t(1));
        QCOMPARE(stale[0].signer, std::string("Vera Validator, Validator"));
        QVERIFY(!stale[0].material);
        draft.tiers[1].signatures[1].remindAfterDays = 3; // the same people, sooner
        QVERIFY(!simulatePolicy(draft, desk.pack, desk.registry, today).stale[0].material);
        draft.tiers[1].signatures[1].count = 2;
        stale = simulatePolicy(draft, desk.pack, desk.registry, today).stale;
        QVERIFY(stale[0].material);
        QVERIFY2(stale[0].why.find("The draft asks for other signatures: 2 x approver, 1 x validator.") !=
                     std::string::npos,
                 stale[0].why.c_str());
    }

    void whatNobodyCouldApproveIsNamed()
    {
        const world::Desk desk;
        auto draft = desk.pack;
        draft.tiers[0].signatures = {{Role::validator, 1}, {Role::approver, 5}};
        draft.approvals = {{"cro", ApprovalTrigger::deployment, {2}, Role::approver, {"Nobody Here"}}};
        const auto unmet = unmetApprovals(draft, desk.registry);
        QCOMPARE(unmet.size(), std::size_t(2));
        QCOMPARE(unmet[0].subject, std::string("Deployment, Tier 1, critical"));
        QVERIFY2(unmet[0].why.find("5 x approver needed, 2 people could sign") != std::string::npos,
                 unmet[0].why.c_str());
        QVERIFY2(unmet[1].why.find("Nobody Here") != std::string::npos, unmet[1].why.c_str());
    }

    void answersTheDraftDoesNotKnowCountAsUnknownOrAreAskedAnew()
    {
        world::Desk desk;
        desk.publish(0);
        auto draft = desk.pack;
        draft.tierMethod.factors[0].id = "newFactor";
        draft.tierMethod.factors[1].id = "another";
        auto found = simulatePolicy(draft, desk.pack, desk.registry, dateOf(world::start()));
        QCOMPARE(found.moves.size(), std::size_t(1));
        QVERIFY(found.moves[0].to < found.moves[0].from && found.moves[0].to > 0);
        QVERIFY(found.moves[0].why.find("Counted as unknown: newFactor, another") != std::string::npos);
        draft.tierMethod.unknown = UnknownRule::refuse;
        found = simulatePolicy(draft, desk.pack, desk.registry, dateOf(world::start()));
        QCOMPARE(found.moves[0].to, std::int64_t(0));
        QCOMPARE(found.moves[0].toLabel, std::string("To be assessed anew"));
    }

    void aMatrixRatesByItsCells()
    {
        const auto pack = parsePolicyPack(builtInPolicyPacks()[1].text);
        QCOMPARE(pack.id, std::string("ss1-23"));
        auto computed = computeTier(pack, world::answersAt(pack, 0));
        QCOMPARE(computed.level, std::int64_t(3));
        QCOMPARE(computed.axes.size(), std::size_t(2));
        QCOMPARE(computed.axes[0].band, std::string("low"));
        computed = computeTier(pack, world::answersAt(pack, 9));
        QCOMPARE(computed.level, std::int64_t(1));
        QCOMPARE(computed.axes[1].score, 140.0);
        auto answers = world::answersAt(pack, 0);
        answers[4].answer = "opaque"; // alone 40 points of complexity: medium, so tier 3 by the matrix
        computed = computeTier(pack, answers);
        QCOMPARE(computed.scoredLevel, std::int64_t(3));
        QCOMPARE(computed.level, std::int64_t(2));
        QCOMPARE(computed.rule, std::string("opaque-ai"));
    }

    void unknownAnswersFollowTheStatedRule()
    {
        auto pack = parsePolicyPack(builtInPolicyPack());
        auto answers = world::answersAt(pack, 0);
        answers[0].answer = unknownAnswer;
        auto computed = computeTier(pack, answers);
        QVERIFY(computed.complete && computed.provisional && computed.factors[0].unknown);
        QCOMPARE(computed.score, 25.0); // the harshest answer of a factor that weighs 0.25
        pack.tierMethod.unknown = UnknownRule::points;
        pack.tierMethod.unknownPoints = 50;
        QCOMPARE(computeTier(pack, answers).score, 12.5);
        pack.tierMethod.unknown = UnknownRule::refuse;
        QVERIFY_THROWS_EXCEPTION(Exception, (void)computeTier(pack, answers));
    }

    void limitsFollowTierAndClass()
    {
        auto pack = parsePolicyPack(builtInPolicyPack());
        QCOMPARE(pack.limitsFor(1, ModelKind::statistical).psiAmber, 0.10);
        QCOMPARE(pack.limitsFor(3, ModelKind::statistical).psiAmber, 0.15);
        pack.thresholds.push_back(
            {LimitMetric::aucDrop, {}, {ModelKind::machineLearning}, 0.01, 0.02, "MRM", "Watched closely"});
        QCOMPARE(pack.limitsFor(1, ModelKind::machineLearning).aucDropRed, 0.02);
        const auto limits = pack.limitsFor(1, ModelKind::machineLearning);
        QCOMPARE(limits.sourceOf(LimitMetric::aucDrop).setBy, std::string("MRM"));
        QCOMPARE(limits.sourceOf(LimitMetric::rmseRatio).setBy, pack.monitoring.setBy); // which nobody else set
        QCOMPARE(pack.limitsFor(1, ModelKind::statistical).aucDropRed, 0.05);
        pack.thresholds.push_back({LimitMetric::psi, {}, {}, 0.05, 0.1, "MRM", "It decides alone", {"CR-014"}});
        pack.thresholds.push_back({LimitMetric::ks, {1}, {}, 0.1, 0.2, "MRM", "Beside PSI"});
        QCOMPARE(pack.limitsFor(1, ModelKind::statistical, "cr-014").psiRed, 0.1);
        QCOMPARE(pack.limitsFor(1, ModelKind::statistical, "CR-015").psiRed, 0.25);
        QCOMPARE(pack.limitsFor(1, ModelKind::statistical).others.at(LimitMetric::ks).red, 0.2);
        QVERIFY(pack.limitsFor(3, ModelKind::statistical).others.empty());
        QCOMPARE(*pack.findingDueOn(Severity::critical, *parseDate("2026-03-02")), *parseDate("2026-04-01"));
    }

    void stagesFollowTheLifecycle()
    {
        world::Desk desk;
        auto model = desk.registry.models.at(ModelId("m1"));
        model.stage = Stage::restricted;
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}),
                 std::string("Under this policy Proposed does not lead to Restricted use."));
        model.stage = Stage::inValidation;
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string());
        desk.pack.fields.push_back({"limitations", {}, {}});
        const auto why = desk.why(desk.owner, {ModelEdited{model, {}}});
        QVERIFY2(why.find("Missing: limitations.") != std::string::npos, why.c_str());
    }

    void namedPeopleAndOrderAreKept()
    {
        world::Desk desk;
        desk.prepare();
        desk.pack.approvals = {
            {"validator", ApprovalTrigger::deployment, {}, Role::validator, {}, Quorum::any, 1, 1},
            {"cro", ApprovalTrigger::deployment, {2}, Role::approver, {"Sam Second"}, Quorum::all, 1, 2}};
        const auto id = desk.open();
        QCOMPARE(desk.registry.requests.at(id).required.size(), std::size_t(2));
        QVERIFY(desk.whySign(id, desk.approver, Role::approver).find("roles: validator.") != std::string::npos);
        desk.sign(id, desk.validator, Role::validator);
        QVERIFY(desk.whySign(id, desk.approver, Role::approver).find("approver (Sam Second)") != std::string::npos);
        QCOMPARE(desk.whySign(id, desk.second, Role::approver), std::string());
        desk.sign(id, desk.second, Role::approver);
        QVERIFY(desk.registry.requests.at(id).status == RequestStatus::approved);
    }

    void aChangedMethodNeedsAVersionOfItsOwn()
    {
        world::Desk desk;
        std::erase_if(desk.pack.approvals,
                      [](const ApprovalRule &rule) { return rule.trigger == ApprovalTrigger::policyChange; });
        auto draft = desk.pack;
        draft.version = 3;
        draft.tiers[0].minimumScore = 55;
        auto text = policyPackText(draft);
        QVERIFY(desk.why(desk.admin, {world::policy(text, draft.id, 3)}).find("tier method has changed") !=
                std::string::npos);
        draft.tierMethod.version = 3;
        text = policyPackText(draft);
        QCOMPARE(desk.why(desk.admin, {world::policy(text, draft.id, 3)}), std::string());
        draft.deputies = {{"Ann Approver", "Sam Second", *parseDate("2026-01-01"), *parseDate("2026-02-01")}};
        text = policyPackText(draft);
        QVERIFY(desk.why(desk.admin, {world::policy(text, draft.id, 3)}).find("which is over") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
