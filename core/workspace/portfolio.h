// SPDX-License-Identifier: GPL-3.0-or-later
//
// The portfolio as the register stands, and the course of a model's figures over the last periods.
#pragma once

#include "core/monitoring/run.h"
#include "core/policy/policypack.h"
#include "core/report/portfolio.h"

namespace countersign {

/// One pass over each kind of record: linear in the register.
///
/// The limits are those of the pack (PolicyPack::appetite), in its order, by these measures (AppetiteMeasure); a model
/// without a tier is held to the demands of the riskiest, as a deployment is. A model in use is one in production or
/// restricted. Models that are retired or out of scope count nowhere.
/// - reviewsOverdue: models whose next review was due before `today`
/// - redUnexplained: models whose run is red and not explained
/// - productionUntiered: models in use without a published tier
/// - productionUnmonitored: models in use without a run though their tier asks for monitoring
/// - monitoringOverdue: models in use whose next run (core/policy/monitoringdue.h) was due before `today`
/// - productionUnvalidated: versions in production without a validation that found them fit though their tier asks for
///   one
/// - findingsPastDue: open findings, high or critical, past their date
/// - conditionsPastDate: deployments approved with conditions whose date has passed, not approved again since
/// - approvalsExpired: versions in production on nothing but such an approval
[[nodiscard]] Portfolio makePortfolio(const PolicyPack &pack, const Registry &registry, Date today);

/// The figure of one period.
struct TrendPoint
{
    std::string period;
    std::optional<double> value; ///< nothing: not computed, or too little data where other periods had enough
    Verdict verdict = Verdict::NotEnoughData;
};

/// How a run went period by period, reference periods left out.
struct RunTrend
{
    std::vector<TrendPoint> drift; ///< the largest PSI of any feature
    double driftLimit = 0;         ///< PSI from which a period is red
    std::string measure;           ///< "AUC" or "RMSE"; empty: no outcomes
    std::vector<TrendPoint> performance;
    std::optional<double> reference; ///< the measure on the reference
};
/// The last `most` periods.
[[nodiscard]] RunTrend trendOf(const RunResult &result, std::size_t most = 12);

} // namespace countersign
