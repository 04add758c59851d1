// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign {

/// How a plotted value stands to its limits. Charts show it by colour and by shape.
enum class Tone { Plain, Green, Amber, Red, Unknown };

/// A horizontal line with its name: a limit, or the value of the reference.
struct LimitLine
{
    QString label;
    double value = 0;
    Tone tone = Tone::Plain;
};

/// "green", "amber", "red", "not enough data"; empty for Plain.
[[nodiscard]] QString toneWord(Tone tone);

} // namespace countersign
