// SPDX-License-Identifier: GPL-3.0-or-later
//
// How wide the columns of a printed table are: as their words ask, so that no word is broken that fits the page.
#pragma once

#include <vector>

class QPaintDevice;
class QTextTable;

namespace countersign {

/// A text document takes its lengths in pixels of the screen, whatever it is printed on.
[[nodiscard]] double dotsPerPixel(const QPaintDevice &device);

struct ColumnNeed
{
    double least = 0; ///< of its longest word
    double best = 0;  ///< of its longest line
    double usual = 0; ///< of its lines, the long ones counting more: their root mean square
};

/// Widths for @p needs whose sum is at most @p room: the best ones where they fit; else each column gets the same share
/// of its usual width, and no less than its longest word. Only where the longest words together are wider than the room
/// are the widest columns cut to one width, and their words broken.
[[nodiscard]] std::vector<double> columnWidths(const std::vector<ColumnNeed> &needs, double room);

/// Sets the columns of @p table within @p room, in dots of @p device. Type is smaller where only that keeps the words
/// whole, digests are set small, and columns of numbers stand to the right.
void fitColumns(QTextTable &table, double room, QPaintDevice &device);

} // namespace countersign
