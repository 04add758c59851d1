// SPDX-License-Identifier: GPL-3.0-or-later
//
// NannyML's ways of judging chunks, kept to compare with what others have.
#pragma once

#include <cstdint>
#include <span>

namespace countersign {

/// Mean + `deviations` population standard deviations of the statistics of the reference's own chunks: NannyML's
/// default upper threshold at 3. It takes part of the reference as if new, so that few chunks make many false alarms.
/// NaN for none.
[[nodiscard]] double standardDeviationThreshold(std::span<const double> ofReferenceChunks, double deviations);

/// Standard error of a mean of `values` over a chunk of `chunk` rows: population standard deviation over sqrt(chunk),
/// what NannyML calls sampling error of accuracy (values 1 for right, 0 for wrong), MAE (|error|) and MSE (error^2).
/// NaN without values or rows.
[[nodiscard]] double samplingError(std::span<const double> values, std::uint64_t chunk);

} // namespace countersign
