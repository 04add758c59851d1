// SPDX-License-Identifier: GPL-3.0-or-later
//
// Champion and challenger: what a request to promote a version carries, from the recorded runs of both.
#pragma once

#include "core/base/json.h"
#include "core/domain/ids.h"

namespace countersign {

/// A period of a recorded run, or its reference.
struct PromotionSide
{
    VersionId version;
    RunId run;
    Hash256 result; ///< of the run, the blob that every figure can be computed from again
    std::string source;
    std::string period; ///< its label; of a reference that of the reference
    bool reference = false;
    std::int64_t rows = 0;
    std::int64_t labelledRows = 0;
};
BOOST_DESCRIBE_STRUCT(PromotionSide, (), (version, run, result, source, period, reference, rows, labelledRows))

/// A number with its interval at 95 %, where it has one.
struct PromotionValue
{
    std::optional<double> value;
    std::optional<double> low;
    std::optional<double> high;
};
BOOST_DESCRIBE_STRUCT(PromotionValue, (), (value, low, high))

struct PromotionFigure
{
    std::string name;  ///< key of the figure
    std::string title; ///< "AUC"
    PromotionValue champion;
    PromotionValue challenger;
    PromotionValue difference; ///< challenger minus champion
    std::int64_t championRows = 0;
    std::int64_t challengerRows = 0;
    bool apart = false;    ///< the interval of the difference leaves out 0
    bool outcomes = false; ///< of known outcomes on both sides; else of the columns alone
};
BOOST_DESCRIBE_STRUCT(PromotionFigure, (),
                      (name, title, champion, challenger, difference, championRows, challengerRows, apart, outcomes))

struct Promotion
{
    PromotionSide champion; ///< of the version in production
    PromotionSide challenger;
    bool sameRows = false; ///< both sides are the same rows of the same log
    std::vector<PromotionFigure> figures;
};
BOOST_DESCRIBE_STRUCT(Promotion, (), (champion, challenger, sameRows, figures))

} // namespace countersign
