// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <cmath>

namespace countersign {

/// Agreement relative to the expected value, or to 0.001 where that is smaller; prints both where they differ.
inline bool near(double value, double expected, double relative = 1e-9)
{
    if (std::abs(value - expected) <= relative * std::max(1e-3, std::abs(expected)))
        return true;
    qWarning("expected %.17g, found %.17g", expected, value);
    return false;
}

} // namespace countersign
