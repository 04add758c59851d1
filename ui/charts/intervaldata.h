// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "ui/charts/tone.h"

namespace countersign {

/// Values with their intervals, one under the other: groups of people, periods, two versions.
struct IntervalData
{
    struct Row
    {
        QString label;
        std::optional<double> value; ///< nothing: not defined for this row
        std::optional<double> low;
        std::optional<double> high;
        quint64 n = 0;
        Tone tone = Tone::Plain;
        QString note;
    };

    QString title;
    QString xTitle;
    QString rowTitle;              ///< heading of the labels
    std::vector<LimitLine> limits; ///< vertical lines: the value of no difference, what the policy asks for
    std::vector<Row> rows;
    QString caption;
    QString empty;
};

} // namespace countersign
