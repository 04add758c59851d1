// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "ui/charts/tone.h"

namespace countersign {

/// Reference against current as shares per bin. Shares are counts over `referenceRows` and `currentRows`.
struct HistogramData
{
    struct Bin
    {
        QString label;
        quint64 reference = 0;
        quint64 current = 0;
        bool outside = false; ///< below or above the reference, new categories, missing
    };

    QString title;
    QString xTitle;
    QString referenceLabel;
    QString currentLabel;
    std::vector<Bin> bins;
    quint64 referenceRows = 0;
    quint64 currentRows = 0;
    QString caption;
};

} // namespace countersign
