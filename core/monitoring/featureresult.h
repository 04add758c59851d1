// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run records of one column: evidence of each period, and the statistics and verdicts that follow from it.
#pragma once

#include "core/monitoring/frozenbins.h"
#include "core/monitoring/thresholds.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

enum class ColumnType { Numeric, Categorical };
BOOST_DESCRIBE_ENUM(ColumnType, Numeric, Categorical)

/// Where the two empirical distributions lie furthest apart: D = |referenceAtOrBelow/n - currentAtOrBelow/m| at x.
struct KsEvidence
{
    double x = 0;
    std::uint64_t referenceAtOrBelow = 0;
    std::uint64_t currentAtOrBelow = 0;
    std::uint64_t n = 0; ///< reference values, missing and special left out
    std::uint64_t m = 0; ///< current values, missing and special left out
};
BOOST_DESCRIBE_STRUCT(KsEvidence, (), (x, referenceAtOrBelow, currentAtOrBelow, n, m))

/// The first Wasserstein distance, exact, missing and special values left out.
struct WassersteinEvidence
{
    double distance = 0;             ///< in the unit of the column
    std::optional<double> deviation; ///< population standard deviation of the rows compared with; none of a database
};
BOOST_DESCRIBE_STRUCT(WassersteinEvidence, (), (distance, deviation))

/// What goes through all values of both sides once more, as core/stats defines it; missing and special values left
/// out. Nothing where it is undefined.
struct TestsOfValues
{
    std::optional<double> ksPvalueExact; ///< up to ksExactLargest values a side
    std::optional<double> energyDistance;
    std::optional<double> cramerVonMises; ///< T
    std::optional<double> cramerVonMisesPvalue;
    std::optional<double> andersonDarling; ///< normalised
    std::optional<double> andersonDarlingPvalue;
};
BOOST_DESCRIBE_STRUCT(TestsOfValues, (),
                      (ksPvalueExact, energyDistance, cramerVonMises, cramerVonMisesPvalue, andersonDarling,
                       andersonDarlingPvalue))

/// Nothing where a statistic does not apply to the column or is undefined for its data.
struct FeatureStatistics
{
    std::optional<double> psi;
    std::optional<double> jensenShannonDistance; ///< base 2
    std::optional<double> hellinger;
    std::optional<double> lInfinity;
    std::optional<double> ksStatistic;   ///< numeric columns
    std::optional<double> ksPvalue;      ///< asymptotic
    std::optional<double> chi2Statistic; ///< categorical columns, missing and special left out
    std::optional<double> chi2Pvalue;
    std::optional<double> cramersV;
    std::optional<double> missingRate;
    std::optional<double> unseenRate;       ///< categorical: rows in categories that the reference has not, over rows
    std::optional<double> outOfRangeShare;  ///< numeric: rows below or above the reference's range, over rows
    std::optional<double> wasserstein = {}; ///< numeric, in the unit of the column
    std::optional<double> wassersteinNormed = {}; ///< over the standard deviation of the reference (as Evidently)
};
BOOST_DESCRIBE_STRUCT(FeatureStatistics, (),
                      (psi, jensenShannonDistance, hellinger, lInfinity, ksStatistic, ksPvalue, chi2Statistic,
                       chi2Pvalue, cramersV, missingRate, unseenRate, outOfRangeShare, wasserstein, wassersteinNormed))

/// The parts of a drift verdict: PSI over a limit AND more than chance gives, by itself and among all tests of the run,
/// AND enough rows; or another statistic with a limit that is breached.
struct DriftVerdict
{
    Verdict verdict = Verdict::NotEnoughData; ///< the worst of PSI's and the other statistics'
    double amberLimit = 0;                    ///< on PSI, as Thresholds::psiRule gives them
    double redLimit = 0;
    std::optional<double> criticalPsi; ///< (1/n + 1/m) * chi2(B - 1, 0.95), over the B bins not empty on both sides
    std::uint64_t bins = 0;            ///< B
    bool overAmber = false;
    bool overRed = false;
    std::optional<double> pvalue; ///< of no drift, over the counts (core/stats/homogeneity.h)
    std::optional<double>
        adjustedPvalue;           ///< by Benjamini-Hochberg over the run; periods of the reference by themselves
    bool distinguishable = false; ///< PSI > criticalPsi, and adjustedPvalue <= the false discovery rate
    bool enoughRows = false;
    std::string reason;                         ///< for people: a sentence on PSI, and one for each breach
    std::vector<StatisticBreach> breaches = {}; ///< of other statistics, in the order of Thresholds::statistics

    /// What PSI alone comes to, given enough rows.
    [[nodiscard]] Verdict ofPsi() const
    {
        if (!overAmber || !distinguishable)
            return Verdict::Green;
        return overRed ? Verdict::Red : Verdict::Amber;
    }
};
BOOST_DESCRIBE_STRUCT(DriftVerdict, (),
                      (verdict, amberLimit, redLimit, criticalPsi, bins, overAmber, overRed, pvalue, adjustedPvalue,
                       distinguishable, enoughRows, reason, breaches))

struct FeaturePeriod
{
    std::vector<std::uint64_t> counts; ///< in the order of Bins
    std::uint64_t n = 0;               ///< rows
    std::uint64_t missing = 0;
    std::optional<KsEvidence> ks;
    FeatureStatistics statistics;
    DriftVerdict verdict;
    std::optional<WassersteinEvidence> wasserstein = {};
    std::optional<TestsOfValues> tests = {}; ///< numeric, of RunSettings::testsOfValues; no verdict rests on them
};
BOOST_DESCRIBE_STRUCT(FeaturePeriod, (), (counts, n, missing, ks, statistics, verdict, wasserstein, tests))

struct FeatureResult
{
    std::string name;
    ColumnType type = ColumnType::Numeric;
    bool isScore = false;             ///< the score or prediction column, judged like a feature
    std::optional<double> importance; ///< 0 to 1, the largest of the run being 1
    Bins bins;
    std::vector<std::uint64_t> referenceCounts;
    std::uint64_t referenceRows = 0;
    std::uint64_t referenceMissing = 0;
    std::vector<FeaturePeriod> periods;       ///< one for each of RunResult::periods
    Verdict verdict = Verdict::NotEnoughData; ///< of the last period outside the reference
    /// By which segments are compared (contrast.h). Of a run of one segment; nothing where the log has too many
    /// categories, and in runs recorded before.
    std::optional<SharedCounts> shared = {};
};
BOOST_DESCRIBE_STRUCT(FeatureResult, (),
                      (name, type, isScore, importance, bins, referenceCounts, referenceRows, referenceMissing, periods,
                       verdict, shared))

} // namespace countersign
