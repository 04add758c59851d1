// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace countersign {

/// Curves over two shares or probabilities: ROC, gains, reliability.
struct CurveData
{
    struct Point
    {
        double x = 0;
        double y = 0;
        std::optional<double> low; ///< interval of y; both or neither
        std::optional<double> high;
        std::optional<quint64> n; ///< rows behind the point
        QString note;             ///< for the readout: the threshold, the grade
    };

    struct Curve
    {
        QString name;
        bool reference = false; ///< drawn in the colour of the reference, behind the others
        bool marks = false;     ///< points are drawn, not only the line through them
        std::vector<Point> points;
    };

    QString title;
    QString xTitle;
    QString yTitle;
    QString diagonal;      ///< what the line y = x stands for; empty: not drawn
    bool wholeUnit = true; ///< both axes reach 1; otherwise they fit the points
    std::vector<Curve> curves;
    QString caption;
    QString empty; ///< why there is nothing to show
};

} // namespace countersign
