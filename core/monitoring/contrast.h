// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two sides of recorded runs beside each other, from stored counts and figures alone: two periods of one run, a
// challenger's run beside the champion's, two segments.
#pragma once

#include "core/monitoring/run.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// A period of a run, or its reference.
struct ContrastSide
{
    const RunResult &run;
    std::optional<std::size_t> period; ///< nothing: the reference
};

struct FigureContrast
{
    std::string name;
    Figure first;
    Figure second;
    /// second minus first; the interval by MOVER (Zou and Donner, Statistics in Medicine 27, 2008) from those of both,
    /// taken as independent: too wide, never too narrow, where both sides are the same rows and their figures move
    /// together. Nothing where either has no interval.
    Figure difference;
    /// Of no difference, two-sided, by the standard error that the interval's half on the side of 0 stands for;
    /// Benjamini-Hochberg over the figures. Nothing where the difference has no interval.
    std::optional<double> adjustedPvalue;
    bool apart = false; ///< adjustedPvalue is at most the false discovery rate of the first run
};

struct FeatureContrast
{
    std::string feature;
    ColumnType type = ColumnType::Numeric;
    std::uint64_t firstRows = 0;
    std::uint64_t secondRows = 0;
    /// What both sides were counted in: the bins of their references where these are the same, else those that all
    /// segments of the log share. Empty where there are neither.
    Bins bins;
    std::vector<std::uint64_t> firstCounts; ///< in the order of `bins`
    std::vector<std::uint64_t> secondCounts;
    std::optional<double> psi; ///< the first side's shares taken as the reference
    std::optional<double> jensenShannonDistance;
    std::optional<double> firstMissingRate;
    std::optional<double> secondMissingRate;
    std::optional<double> pvalue;         ///< of the same distribution, over the counts (core/stats/homogeneity.h)
    std::optional<double> adjustedPvalue; ///< Benjamini-Hochberg over the features
    bool apart = false;                   ///< as of figures
    std::string whyNot;                   ///< why the two cannot be compared; empty: they can
    bool enoughRows = true;               ///< on both sides, by the minimum of the first run's policy; else not apart
};

struct Contrast
{
    std::string firstLabel; ///< "2019-07", or the label of the reference
    std::string secondLabel;
    std::uint64_t firstRows = 0;
    std::uint64_t secondRows = 0;
    bool sameRows = false;                 ///< both sides are the same rows of the same log
    std::vector<FeatureContrast> features; ///< in the order of the first run, then those of the second alone
    std::vector<FigureContrast> figures;   ///< that both sides have
};

/// Throws Exception(InvalidInput) for a period that a run does not have.
[[nodiscard]] Contrast contrastOf(const ContrastSide &first, const ContrastSide &second);

/// second minus first with its interval (MOVER).
[[nodiscard]] Figure differenceOf(const Figure &first, const Figure &second);

} // namespace countersign
