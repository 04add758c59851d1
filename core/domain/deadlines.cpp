// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deadlines.h"

namespace countersign {

namespace {

void keepEarliest(std::optional<Date> &known, Date opened, std::int64_t days)
{
    if (days <= 0)
        return;
    const auto day = opened + std::chrono::days(days);
    if (!known || day < *known)
        known = day;
}

Deadlines earliest(const std::vector<RequiredSignature> &missing, UtcTime at)
{
    Deadlines found;
    for (const auto &signature : missing) {
        keepEarliest(found.remindsOn, dateOf(at), signature.remindAfterDays);
        keepEarliest(found.lastDay, dateOf(at), signature.timeOutAfterDays);
    }
    return found;
}

} // namespace

Deadlines deadlinesOf(const DeploymentRequest &request)
{
    return request.status == RequestStatus::open ? earliest(outstanding(request), request.at) : Deadlines();
}

Deadlines deadlinesOf(const PolicyException &exception)
{
    return exception.status == ExceptionStatus::requested ? earliest(outstanding(exception), exception.at)
                                                          : Deadlines();
}

Deadlines deadlinesOf(const PolicyProposal &proposal)
{
    return proposal.status == ProposalStatus::open ? earliest(outstanding(proposal), proposal.at) : Deadlines();
}

RequestStatus statusOn(const DeploymentRequest &request, Date today)
{
    return deadlinesOf(request).timedOutBy(today) ? RequestStatus::timedOut : request.status;
}

ExceptionStatus statusOn(const PolicyException &exception, Date today)
{
    return deadlinesOf(exception).timedOutBy(today) ? ExceptionStatus::timedOut : exception.status;
}

ProposalStatus statusOn(const PolicyProposal &proposal, Date today)
{
    return deadlinesOf(proposal).timedOutBy(today) ? ProposalStatus::timedOut : proposal.status;
}

std::string timeOutInWords(const Deadlines &deadlines)
{
    return "It timed out: it could be signed until " +
           (deadlines.lastDay ? toString(*deadlines.lastDay) : std::string("a day that is over")) +
           " and was not. Time approves nothing; it must be requested again.";
}

} // namespace countersign
