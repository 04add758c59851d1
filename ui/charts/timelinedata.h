// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "ui/charts/tone.h"

namespace countersign {

/// One value per period above, the rows it rests on below, on one axis of periods.
struct TimelineData
{
    struct Point
    {
        QString label;
        std::optional<double> value; ///< nothing: not computed for this period
        std::optional<double> low;   ///< interval of the value; both or neither
        std::optional<double> high;
        std::optional<double> other; ///< the second line: an estimate beside what came to pass
        quint64 count = 0;
        bool enough = true; ///< false: fewer rows than the policy asks for; drawn hollow
        bool inReference = false;
        Tone tone = Tone::Plain;
        QString note; ///< the verdict in words, for the readout
    };

    QString title;
    QString yTitle;
    QString countTitle;
    QString otherTitle;   ///< empty: there is no second line
    bool fromZero = true; ///< the value axis starts at 0; otherwise it fits the values
    std::vector<Point> points;
    std::vector<LimitLine> limits;
    QString caption;
};

} // namespace countersign
