// SPDX-License-Identifier: GPL-3.0-or-later
//
// One well-formed example of every fact, in the order of the variant.
#pragma once

#include "tests/core/domain/worldcampaigns.h"
#include "tests/core/domain/worldfindings.h"
#include "tests/core/domain/worldproposals.h"

namespace world {

inline std::vector<Fact> sampleFacts()
{
    const World w;
    auto importance = w.first;
    importance.importance = {{"age", 1}, {"income", 0.25}};
    auto tiered = assessment("t1", ModelId("m1"));
    tiered.answers = {{"exposure", "large"}};
    tiered.score = 61.25;
    tiered.overrideLevel = 2;
    tiered.overrideReason = "New market.";
    auto decided = request("r1", w.first, {{Role::validator, 1}, {Role::approver, 2}});
    decided.tierLevel = 1;
    decided.promotion = promotion(run("n1", w.first), run("n2", version("v2", ModelId("m1"), "2.0")));
    return {WorkspaceCreated{"Example Bank"},
            policy("{}"),
            UserEnrolled{w.owner},
            UserChanged{w.owner},
            ModelRegistered{model("m1", "CR-014"), "inventory.csv, row 4"},
            ModelEdited{model("m1", "CR-014"), "Review"},
            VersionRegistered{importance},
            VersionEdited{importance},
            DocumentAttached{document("d1", w.first)},
            ValidationRecorded{validation("a1", w.first)},
            FindingRaised{finding("f1", ModelId("m1"))},
            FindingClosed{FindingId("f1"), "Refitted on complete data.", 7},
            MonitoringRecorded{run("n1", w.first, Health::red)},
            MonitoringExplained{RunId("n1"), "A new product.", 8},
            TierPublished{tiered},
            TierOverrideConfirmed{AssessmentId("t1"), "Agreed.", 9},
            DeploymentRequested{decided, {{"model", "m1", "CR-014", sha256("model")}}},
            RequestSigned{RequestId("r1"), signOff(w.second, Role::approver, Decision::approveWithConditions), 10},
            RequestWithdrawn{RequestId("r1"), "Superseded.", 11},
            RequestAbstained{RequestId("r1"), "My brother owns the firm.", 12},
            DelegationRecorded{delegation("g1", w.approver.id, w.second.id)},
            DelegationEnded{DelegationId("g1"), "Back early.", 13},
            ExceptionRequested{exception("e1", ModelId("m1"))},
            ExceptionSigned{ExceptionId("e1"), exceptionSignature(w.approver, Role::approver), 14},
            ExceptionClosed{ExceptionId("e1"), "Met now.", 15},
            LimitationRecorded{limitation("l1", ModelId("m1"))},
            LimitationChanged{limitation("l1", ModelId("m1"))},
            OverlayRecorded{overlay("o1", ModelId("m1"))},
            OverlayChanged{overlay("o1", ModelId("m1"))},
            IncidentRecorded{incident("i1", ModelId("m1"))},
            IncidentChanged{incident("i1", ModelId("m1"))},
            AssumptionRecorded{assumption("s1", ModelId("m1"))},
            AssumptionChanged{assumption("s1", ModelId("m1"))},
            ConditionMet{ValidationId("a1"), 0, "Reports since June.", 16},
            CampaignOpened{campaign("c1", w.registry)},
            AttestationGiven{attestation("b1", CampaignId("c1"), ModelId("m1"), w.owner)},
            CampaignClosed{CampaignId("c1"), "All asked.", {}, 17},
            UsageRecorded{usage("u1", w.first)},
            UsageChanged{usage("u1", w.first)},
            CostRecorded{cost("k1", ModelId("m1"))},
            CostChanged{cost("k1", ModelId("m1"))},
            RetrainingRecorded{retraining("x1", ModelId("m1"))},
            RetrainingChanged{retraining("x1", ModelId("m1"))},
            HandOverRecorded{handOver("h1", w.first)},
            HandOverChanged{handOver("h1", w.first)},
            ExplanationRecorded{explanation("z1", w.first)},
            ExplanationChanged{explanation("z1", w.first)},
            RemediationPlanned{FindingId("f1"), plan(), 18},
            RemediationEvidenced{FindingId("f1"), remediation(), 19},
            ScopeDecided{ModelId("m1"),
                         {{"method", "Is it a quantitative method?", false}},
                         "non-model",
                         "Not a model",
                         false,
                         "It adds up figures.",
                         20},
            VersionDeployed{RequestId("r1"), 21},
            ExceptionAbstained{ExceptionId("e1"), "My brother owns the firm.", 22},
            SignOffConditionMet{RequestId("r1"), 0, 1, "Reports since June.", 23},
            RecordEvidenced{RecordKind::overlay, "o1", remediation(), 24},
            PolicyProposed{proposal(w.registry, "q1", "{}")},
            ProposalSigned{ProposalId("q1"), exceptionSignature(w.approver, Role::approver), 25},
            ProposalWithdrawn{ProposalId("q1"), "Later.", 26},
            ProposalAbstained{ProposalId("q1"), "My brother sells it.", 27}};
}

} // namespace world
