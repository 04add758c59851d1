// SPDX-License-Identifier: GPL-3.0-or-later
//
// A policy that somebody proposes: where the policy in force asks signatures for a change of policy, it is published
// only when they are there.
#pragma once

#include "core/domain/registers.h"

namespace countersign {

/// `timedOut` is never recorded: it follows from the day (core/domain/deadlines.h).
enum class ProposalStatus { open, approved, refused, withdrawn, published, timedOut };
BOOST_DESCRIBE_ENUM(ProposalStatus, open, approved, refused, withdrawn, published, timedOut)
[[nodiscard]] std::string displayName(ProposalStatus status);

struct PolicyProposal
{
    ProposalId id;
    std::string pack; ///< as in PolicyPublished
    std::int64_t version = 0;
    std::string text;
    std::string reason;
    PolicyId basedOn;                        ///< in force when it was proposed; none other may be when it is published
    std::vector<RequiredSignature> required; ///< by that policy
    std::vector<ExceptionSignature> signatures;
    ProposalStatus status = ProposalStatus::open;
    std::string closingReason; ///< of who withdrew it
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
    std::vector<Abstention> abstentions = {};
};
BOOST_DESCRIBE_STRUCT(PolicyProposal, (),
                      (id, pack, version, text, reason, basedOn, required, signatures, status, closingReason, by, at,
                       revision, entry, abstentions))
/// Signatures still missing on a proposal.
[[nodiscard]] std::vector<RequiredSignature> outstanding(const PolicyProposal &proposal);

struct PolicyProposed
{
    PolicyProposal record;
};
BOOST_DESCRIBE_STRUCT(PolicyProposed, (), (record))

struct ProposalSigned
{
    ProposalId proposal;
    ExceptionSignature signature;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(ProposalSigned, (), (proposal, signature, basedOn))

/// As RequestAbstained, of a proposal.
struct ProposalAbstained
{
    ProposalId proposal;
    std::string reason;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(ProposalAbstained, (), (proposal, reason, basedOn))

struct ProposalWithdrawn
{
    ProposalId proposal;
    std::string reason;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(ProposalWithdrawn, (), (proposal, reason, basedOn))

} // namespace countersign
