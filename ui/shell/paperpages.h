// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a text document that was laid out in one piece is cut into pages: between rows and paragraphs, never inside a
// line, and never between a heading and what it heads.
#pragma once

#include <QList>

class QTextDocument;

namespace countersign {

/// A stretch of the document, in its own dots from the top.
struct PaperStretch
{
    double top = 0;
    double bottom = 0;
    [[nodiscard]] double height() const { return bottom - top; }
};

struct PaperPage
{
    PaperStretch header; ///< of a table that goes on from the page before, drawn again; else empty
    PaperStretch body;
};

/// The pages of @p document, at least one, each at most @p height tall.
[[nodiscard]] QList<PaperPage> paperPages(const QTextDocument &document, double height);

} // namespace countersign
