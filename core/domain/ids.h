// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

namespace countersign {

using ModelId = Id<struct ModelTag>;
using VersionId = Id<struct VersionTag>;
using UserId = Id<struct UserTag>;
using DocumentId = Id<struct DocumentTag>;
using ValidationId = Id<struct ValidationTag>;
using FindingId = Id<struct FindingTag>;
using RunId = Id<struct RunTag>;
using AssessmentId = Id<struct AssessmentTag>;
using RequestId = Id<struct RequestTag>;
using PolicyId = Id<struct PolicyTag>;
using ProposalId = Id<struct ProposalTag>;
using ExceptionId = Id<struct ExceptionTag>;
using LimitationId = Id<struct LimitationTag>;
using OverlayId = Id<struct OverlayTag>;
using IncidentId = Id<struct IncidentTag>;
using AssumptionId = Id<struct AssumptionTag>;
using DelegationId = Id<struct DelegationTag>;
using CampaignId = Id<struct CampaignTag>;
using AttestationId = Id<struct AttestationTag>;
using UsageId = Id<struct UsageTag>;
using CostEstimateId = Id<struct CostEstimateTag>;
using RetrainingId = Id<struct RetrainingTag>;
using HandOverId = Id<struct HandOverTag>;
using ExplanationId = Id<struct ExplanationTag>;

} // namespace countersign
