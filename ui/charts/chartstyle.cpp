// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartstyle.h"

#include "ui/shell/theme.h"

namespace countersign {

using namespace Qt::StringLiterals;

QString toneWord(Tone tone)
{
    switch (tone) {
    case Tone::Green:
        return u"green"_s;
    case Tone::Amber:
        return u"amber"_s;
    case Tone::Red:
        return u"red"_s;
    case Tone::Unknown:
        return u"not enough data"_s;
    case Tone::Plain:
        break;
    }
    return {};
}

ChartStyle ChartStyle::of(const QPalette &palette)
{
    const Theme theme = Theme::of(palette);
    using Colour = Theme::Colour;
    return {theme.colour(Colour::surface), theme.colour(Colour::text),      theme.colour(Colour::mutedText),
            theme.colour(Colour::grid),    theme.colour(Colour::reference), theme.colour(Colour::current),
            theme.colour(Colour::green),   theme.colour(Colour::amber),     theme.colour(Colour::red),
            theme.colour(Colour::noData),  theme.tint(Colour::green),       theme.tint(Colour::amber),
            theme.tint(Colour::red),       theme.tint(Colour::noData)};
}

QColor ChartStyle::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Green:
        return green;
    case Tone::Amber:
        return amber;
    case Tone::Red:
        return red;
    case Tone::Unknown:
        return unknown;
    case Tone::Plain:
        break;
    }
    return current;
}

QColor ChartStyle::wash(Tone tone) const
{
    switch (tone) {
    case Tone::Green:
        return greenWash;
    case Tone::Amber:
        return amberWash;
    case Tone::Red:
        return redWash;
    default:
        return unknownWash;
    }
}

} // namespace countersign
