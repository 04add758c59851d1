// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the controls of the control matrix stand for a model, and what they leave of its risk: inherent tier, control
// state and residual tier, kept apart.
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// The checks that a control may name: those of a deployment that one version shows (checkIds without "comparison"),
/// and these of the model in use:
/// - review: the last validation is not older than the tier allows (reviewInterval)
/// - monitoringInTime: the last run is not older than TierLevel::monitoringMonths
/// - ratingInTime: nothing asks for a new tier assessment (rerating.h)
/// - findingsInTime: no open finding is past its date
/// - attestation: the owner answered the newest campaign that asked
/// - signatures: the version in production was approved by signatures that still hold
[[nodiscard]] std::vector<std::string> controlCheckIds();

/// byPeople: the program cannot judge it, a person's word counts. notNeeded: judged, and not asked for at this moment.
enum class ControlStanding { met, notMet, notNeeded, byPeople };
BOOST_DESCRIBE_ENUM(ControlStanding, met, notMet, notNeeded, byPeople)
[[nodiscard]] std::string displayName(ControlStanding standing);
[[nodiscard]] std::string displayName(ControlState state);

struct ControlResult
{
    std::string id;
    std::string title;
    ControlStanding standing = ControlStanding::byPeople;
    std::string detail; ///< what was found; empty when only people can tell
};
BOOST_DESCRIBE_STRUCT(ControlResult, (), (id, title, standing, detail))

/// The three sides of a model's risk.
struct RiskStanding
{
    std::int64_t inherent = 0; ///< the tier in force; 0: not tiered
    std::string inherentLabel;
    bool provisional = false; ///< an answer behind the tier was not known
    ControlState controls = ControlState::unknown;
    std::string controlsWhy;   ///< a sentence: how many of how many are met, and by which rule that counts as it does
    std::int64_t residual = 0; ///< 0: not tiered
    std::string residualLabel;
    std::string residualWhy;            ///< a sentence
    std::vector<ControlResult> results; ///< of the controls of the tier: its own, then those of the matrix
};
BOOST_DESCRIBE_STRUCT(RiskStanding, (),
                      (inherent, inherentLabel, provisional, controls, controlsWhy, residual, residualLabel,
                       residualWhy, results))

/// The model as it stands on `today`, judged on its version in production, else its newest. With `level`, as if that
/// were its tier. A model without a tier has no controls that the matrix asks for.
[[nodiscard]] RiskStanding riskStanding(const PolicyPack &pack, const Registry &registry, const Model &model,
                                        Date today, std::optional<std::int64_t> level = {});

/// Months between the reviews of a model of that tier: the shorter of its two intervals.
[[nodiscard]] std::int64_t reviewInterval(const TierLevel &tier);

} // namespace countersign
