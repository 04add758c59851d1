// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "ui/charts/tone.h"

namespace countersign {

/// One point per feature: how much it matters against how far it has drifted.
struct DriftScatterData
{
    struct Point
    {
        QString name;
        std::optional<double> x; ///< importance 0 to 1, or the rank by drift from 1; nothing: not known
        double y = 0;            ///< the drift statistic
        Tone tone = Tone::Unknown;
        QString note; ///< the verdict in words, for the readout
    };

    QString title;
    QString xTitle;
    QString yTitle;
    bool xIsRank = false;
    std::vector<LimitLine> limits;
    std::vector<Point> points;
    QString caption;
};

} // namespace countersign
