// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the one-page brief and the full one both say of a request.
#pragma once

#include "core/report/brief.h"
#include "core/report/report.h"

namespace countersign {

/// "Bank. As of 2026-11-24. SR 26-2, version 3."
[[nodiscard]] std::string briefHeader(const Brief &brief);
/// When a decision is or was due, by the policy that the request was opened under.
void addDeadlines(Report &report, const Brief &brief);
/// Those that do not hold first.
[[nodiscard]] ReportTable checkTable(const Brief &brief);
/// What those who approved with conditions wrote, and until when it may be so.
[[nodiscard]] ReportTable approvalConditions(const Brief &brief);
/// Those that somebody still owes, the earliest first.
[[nodiscard]] ReportTable openValidationConditions(const Brief &brief);
/// Of all signatures, those that somebody owes by a day and that are not met.
[[nodiscard]] ReportTable openApprovalConditions(const Brief &brief);

} // namespace countersign
