// SPDX-License-Identifier: GPL-3.0-or-later
//
// How wide the columns of a printed table are: as their words ask, so that no word is broken that fits the page.
#pragma once

class QPaintDevice;
class QTextTable;

namespace countersign {

/// A text document takes its lengths in pixels of the screen, whatever it is printed on.
[[nodiscard]] double dotsPerPixel(const QPaintDevice &device);

/// Sets the columns of @p table within @p room, in dots of @p device. Type is smaller where only that keeps the words
/// whole, digests are set small, and columns of numbers stand to the right.
void fitColumns(QTextTable &table, double room, QPaintDevice &device);

} // namespace countersign
