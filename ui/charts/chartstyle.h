// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include "ui/charts/tone.h"

namespace countersign {

/// The theme's colours by their part in a chart.
struct ChartStyle
{
    QColor background;
    QColor text;
    QColor mutedText;
    QColor grid;
    QColor reference;
    QColor current;
    QColor green;
    QColor amber;
    QColor red;
    QColor unknown;
    QColor greenWash;
    QColor amberWash;
    QColor redWash;
    QColor unknownWash;

    [[nodiscard]] static ChartStyle of(const QPalette &palette);
    [[nodiscard]] QColor tone(Tone tone) const;
    /// A quiet background of the tone.
    [[nodiscard]] QColor wash(Tone tone) const;
};

} // namespace countersign
