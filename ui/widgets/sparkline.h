// SPDX-License-Identifier: GPL-3.0-or-later
//
// The course of one figure in the height of a line of text, for tables: the line, a dashed limit, and the last point
// marked by shape and colour.
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

#include "ui/widgets/badge.h"

class QPainter;

namespace countersign {

struct Sparkline
{
    std::vector<std::optional<double>> values; ///< oldest first; nothing: a gap
    std::optional<double> limit;               ///< drawn dashed; on the scale even when all values are far from it
    bool fromZero = false;                     ///< the scale begins at zero
    BadgeStyle last;                           ///< the last value in words, with tone and shape
    QString text;                              ///< all of it in words, for those who do not see it

    friend bool operator==(const Sparkline &, const Sparkline &) = default;
};

void paintSparkline(QPainter &painter, const QRect &area, const Sparkline &line, const QPalette &palette,
                    bool selected);

} // namespace countersign

Q_DECLARE_METATYPE(countersign::Sparkline)
