// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model.h"

namespace countersign::test {

/// A validation that says something in every section of its outline.
inline Validation outlined()
{
    Validation validation;
    validation.summary = "Replicated; ranks well out of time.";
    validation.conceptualSoundness = "Inputs and assumptions hold for retail loans.";
    validation.outcomesAnalysis = "Defaults of 2025 agree with what was expected.";
    validation.ongoingMonitoring = "Monthly, against the limits of the policy.";
    return validation;
}

} // namespace countersign::test
