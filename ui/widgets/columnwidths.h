// SPDX-License-Identifier: GPL-3.0-or-later
//
// How wide columns that share a width are, on the screen and on paper.
#pragma once

#include <vector>

namespace countersign {

struct ColumnNeed
{
    double least = 0; ///< below it, its text cannot be read
    double best = 0;  ///< of its longest line
    double usual = 0; ///< of its lines, the long ones counting more: their root mean square
};

/// Widths for @p needs whose sum is at most @p room: the best ones where they fit; else each column gets the same share
/// of its usual width, and no less than its least. Only where the least widths together are more than the room are the
/// widest columns cut to one width.
[[nodiscard]] std::vector<double> columnWidths(const std::vector<ColumnNeed> &needs, double room);

} // namespace countersign
