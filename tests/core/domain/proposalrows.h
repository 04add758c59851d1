// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the proposal of a policy and its signatures must be, whatever the policy says.
#pragma once

#include "tests/core/domain/consistencyrows.h"
#include "tests/core/domain/worldproposals.h"

namespace world {

inline std::vector<Row> proposalRows()
{
    using P = PolicyProposal;
    const auto proposed = [](auto change) {
        return [=](Full &full) {
            auto record = proposal(full.registry, "q1", "{}");
            change(record);
            return std::vector<Fact>{PolicyProposed{record}};
        };
    };
    const auto asked = [](Full &full) {
        full.does(full.admin, {PolicyProposed{proposal(full.registry, "q1", "{}")}});
        return full.registry.proposals.at(ProposalId("q1")).revision;
    };
    const auto sign = [=](bool approved, const char *comment, std::int64_t late = 0) {
        return [=](Full &full) {
            const auto revision = asked(full) - late;
            auto signature = exceptionSignature(full.approver, Role::approver, approved);
            signature.comment = comment;
            return std::vector<Fact>{ProposalSigned{ProposalId("q1"), signature, revision}};
        };
    };
    const auto decided = [=](auto fact) {
        return [=](Full &full) {
            auto signature = exceptionSignature(full.approver, Role::approver, false);
            full.does(full.approver, {ProposalSigned{ProposalId("q1"), signature, asked(full)}});
            return std::vector<Fact>{fact(full)};
        };
    };
    const auto abstain = [=](const char *reason) {
        return [=](Full &full) { return std::vector<Fact>{ProposalAbstained{ProposalId("q1"), reason, asked(full)}}; };
    };
    const auto withdraw = [=](const char *reason) {
        return [=](Full &full) { return std::vector<Fact>{ProposalWithdrawn{ProposalId("q1"), reason, asked(full)}}; };
    };
    return {
        {"proposal", {}, "", proposed([](P &) {})},
        {"proposal again", ErrorCode::Conflict, "already a policy proposal",
         [=](Full &full) {
             (void)asked(full);
             return std::vector<Fact>{PolicyProposed{proposal(full.registry, "q1", "{}")}};
         }},
        {"proposal by another", ErrorCode::InvalidInput, "", proposed([](P &p) { p.by = UserId("u-admin"); })},
        {"proposal without a pack", ErrorCode::InvalidInput, "missing", proposed([](P &p) { p.pack.clear(); })},
        {"proposal of version 0", ErrorCode::InvalidInput, "1 or more", proposed([](P &p) { p.version = 0; })},
        {"proposal too long", ErrorCode::InvalidInput, "1 MiB",
         proposed([](P &p) { p.text = std::string((1U << 20U) + 1, ' '); })},
        {"proposal without a reason", ErrorCode::InvalidInput, "reason", proposed([](P &p) { p.reason = " "; })},
        {"proposal signed before", ErrorCode::InvalidInput, "without signatures",
         proposed([](P &p) { p.status = ProposalStatus::approved; })},
        {"proposal to nobody", ErrorCode::InvalidInput, "at least one", proposed([](P &p) { p.required.clear(); })},
        {"proposal to none of them", ErrorCode::InvalidInput, "one signature or more",
         proposed([](P &p) { p.required.front().count = 0; })},
        {"proposal with others", ErrorCode::InvalidInput, "entry of its own",
         [](Full &full) {
             return std::vector<Fact>{PolicyProposed{proposal(full.registry, "q1", "{}")},
                                      ModelEdited{full.registry.models.at(ModelId("m2")), {}}};
         }},
        {"proposal signed", {}, "", sign(true, ""), "u-approver"},
        {"proposal refused", {}, "", sign(false, "Too lax."), "u-approver"},
        {"proposal refused without a comment", ErrorCode::InvalidInput, "comment", sign(false, ""), "u-approver"},
        {"proposal signed in another name", ErrorCode::InvalidInput, "", sign(true, ""), "u-second"},
        {"proposal signed as it was", ErrorCode::Conflict, "changed meanwhile", sign(true, "", 1), "u-approver"},
        {"unknown proposal signed", ErrorCode::NotFound, "no policy proposal",
         [](Full &full) {
             return std::vector<Fact>{
                 ProposalSigned{ProposalId("q9"), exceptionSignature(full.approver, Role::approver), 0}};
         },
         "u-approver"},
        {"decided proposal signed", ErrorCode::Conflict, "decided: refused", decided([](Full &full) {
             return ProposalSigned{ProposalId("q1"), exceptionSignature(full.second, Role::approver),
                                   full.registry.proposals.at(ProposalId("q1")).revision};
         }),
         "u-second"},
        {"proposal abstained from", {}, "", abstain("My brother sells it."), "u-approver"},
        {"proposal abstained from without a reason", ErrorCode::InvalidInput, "reason", abstain(""), "u-approver"},
        {"proposal abstained from twice", ErrorCode::Conflict, "signed or abstained",
         [=](Full &full) {
             full.does(full.approver, abstain("My brother sells it.")(full));
             return std::vector<Fact>{
                 ProposalAbstained{ProposalId("q1"), "Again.", full.registry.proposals.at(ProposalId("q1")).revision}};
         },
         "u-approver"},
        {"decided proposal abstained from", ErrorCode::Conflict, "decided: refused", decided([](Full &full) {
             return ProposalAbstained{ProposalId("q1"), "My brother sells it.",
                                      full.registry.proposals.at(ProposalId("q1")).revision};
         }),
         "u-second"},
        {"proposal withdrawn", {}, "", withdraw("Later.")},
        {"proposal withdrawn without a reason", ErrorCode::InvalidInput, "reason", withdraw("")},
        {"decided proposal withdrawn", ErrorCode::Conflict, "decided: refused", decided([](Full &full) {
             return ProposalWithdrawn{ProposalId("q1"), "Later.",
                                      full.registry.proposals.at(ProposalId("q1")).revision};
         })},
    };
}

} // namespace world
