// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/scoreprofile.h"

#include <span>
#include <vector>

namespace countersign {

/// A rising function through points, straight between them and level beyond the first and the last.
class IsotonicCurve
{
public:
    IsotonicCurve() = default;
    /// `rows` that each point's step was fitted to; empty: not known.
    /// Precondition: `x` strictly ascending, `y` of the same length, not falling; `rows` empty or of that length.
    IsotonicCurve(std::vector<double> x, std::vector<double> y, std::vector<double> rows = {});

    /// NaN for a curve without points.
    [[nodiscard]] double operator()(double x) const;
    [[nodiscard]] std::span<const double> x() const { return m_x; }
    [[nodiscard]] std::span<const double> y() const { return m_y; }
    [[nodiscard]] std::span<const double> rows() const { return m_rows; }

private:
    std::vector<double> m_x;
    std::vector<double> m_y;
    std::vector<double> m_rows;
};

/// Isotonic regression of events on scores by pooling adjacent violators (Ayer et al. 1955; Barlow et al. 1972): the
/// rising step function of least squared error, kept as the ends of its steps and joined by straight lines, as
/// scikit-learn's IsotonicRegression(out_of_bounds="clip") predicts. Linear time.
/// Preconditions: those of scoreprofile.h.
[[nodiscard]] IsotonicCurve fitIsotonic(std::span<const double> sortedScores, Events events);

} // namespace countersign
