// SPDX-License-Identifier: GPL-3.0-or-later
//
// When what waits for signatures reminds, and when it times out. Both follow from the days that the policy had fixed
// when it was opened and from the signatures still missing, by the same functions when an act is appended, at every
// replay and in the window. A time-out never approves.
#pragma once

#include "core/domain/policyproposal.h"

namespace countersign {

struct Deadlines
{
    std::optional<Date> remindsOn; ///< from this day on a decision is overdue
    std::optional<Date> lastDay;   ///< the last on which it may be signed; it times out after it

    [[nodiscard]] bool overdueOn(Date today) const { return remindsOn && *remindsOn <= today; }
    [[nodiscard]] bool timedOutBy(Date today) const { return lastDay && *lastDay < today; }
};

/// The earliest of the signatures still missing; nothing once decided, or where the policy set none.
[[nodiscard]] Deadlines deadlinesOf(const DeploymentRequest &request);
[[nodiscard]] Deadlines deadlinesOf(const PolicyException &exception);
[[nodiscard]] Deadlines deadlinesOf(const PolicyProposal &proposal);

/// The status on that day: as recorded, or `timedOut`.
[[nodiscard]] RequestStatus statusOn(const DeploymentRequest &request, Date today);
[[nodiscard]] ExceptionStatus statusOn(const PolicyException &exception, Date today);
[[nodiscard]] ProposalStatus statusOn(const PolicyProposal &proposal, Date today);
[[nodiscard]] inline bool isOpenOn(const DeploymentRequest &request, Date today)
{
    return statusOn(request, today) == RequestStatus::open;
}

/// Why a timed-out request, exception or proposal can no longer be signed, and what to do.
[[nodiscard]] std::string timeOutInWords(const Deadlines &deadlines);

} // namespace countersign
