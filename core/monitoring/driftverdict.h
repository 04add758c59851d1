// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/ownreference.h"
#include "core/stats/multipletesting.h"

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
    /// `test` is pvalue(period), by itself and among all tests of the run.
    [[nodiscard]] DriftVerdict judge(std::size_t period, const AdjustedTest &test) const;

private:
    struct Limits
    {
        double amber;
        double red;
        std::string origin; ///< of a limit that is not the policy's fixed one: ", which ..."
    };
    [[nodiscard]] bool enoughRows(const FeaturePeriod &period, std::uint64_t referenceRows) const;
    [[nodiscard]] Limits limits(std::size_t period, std::uint64_t referenceRows, std::uint64_t bins) const;
    /// From the periods of the reference without the one left out.
    [[nodiscard]] Limits learntWithout(std::optional<std::size_t> leftOut) const;
    /// Adds the breaches of other statistics; the verdict on PSI is there.
    void judgeOthers(std::size_t period, const ComparedCounts &reference, DriftVerdict &verdict) const;
    [[nodiscard]] std::string unusableBecause() const;
    [[nodiscard]] bool isConstant() const;

    const RunResult &m_run;
    const FeatureResult &m_feature;
    std::string m_unusable;         ///< why no period is judged; empty: it is
    std::optional<Limits> m_learnt; ///< of the periods outside the reference, where limits are learnt
};

} // namespace countersign
