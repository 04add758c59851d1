// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/run.h"

#include <cstddef>

namespace countersign {

/// Judges one feature of a run by its counts: limits, test of no drift, verdict and its reason. The statistics of the
/// feature's periods must be there already. Keeps references to both.
class DriftJudge
{
public:
    DriftJudge(const RunResult &run, const FeatureResult &feature);

    /// Of no drift in this period; NaN where the period is not judged.
    [[nodiscard]] double pvalue(std::size_t period) const;
    /// `adjustedPvalue` is pvalue(period) adjusted for all tests of the run.
    [[nodiscard]] DriftVerdict judge(std::size_t period, double adjustedPvalue) const;

private:
    struct Limits
    {
        double amber;
        double red;
        std::string origin; ///< of a limit that is not the policy's fixed one: ", which ..."
    };
    [[nodiscard]] bool enoughRows(const FeaturePeriod &period) const;
    [[nodiscard]] Limits limits(std::size_t period, std::uint64_t bins) const;
    [[nodiscard]] std::string unusableBecause() const;
    [[nodiscard]] bool isConstant() const;

    const RunResult &m_run;
    const FeatureResult &m_feature;
    std::string m_unusable; ///< why no period is judged; empty: it is
};

} // namespace countersign
