// SPDX-License-Identifier: GPL-3.0-or-later
//
// The families of the catalogue, each in a file of its own.
#pragma once

#include "core/stats/catalogue.h"

namespace countersign {

[[nodiscard]] std::span<const Statistic> distanceStatistics();   ///< over bins or categories
[[nodiscard]] std::span<const Statistic> sampleStatistics();     ///< over two samples of numbers
[[nodiscard]] std::span<const Statistic> tableStatistics();      ///< tests of categories
[[nodiscard]] std::span<const Statistic> scoreStatistics();      ///< a score and a binary target
[[nodiscard]] std::span<const Statistic> regressionStatistics(); ///< predicted and actual values
[[nodiscard]] std::span<const Statistic> chunkStatistics();      ///< NannyML's judgement of chunks

} // namespace countersign
