// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/valuescale.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr double logarithmicFrom = 10; ///< highest value over the knee from which the scale is logarithmic
constexpr double roomAbove = 1.4;      ///< on a logarithmic scale
constexpr double roomBelow = 0.04;
constexpr int wantedTicks = 4;

double roundStep(double span)
{
    const double raw = span / wantedTicks;
    const double magnitude = std::pow(10.0, std::floor(std::log10(raw)));
    const double leading = raw / magnitude;
    return magnitude * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
}

} // namespace

ValueScale ValueScale::fromZero(double highest, double knee)
{
    ValueScale scale;
    scale.m_highest = std::isfinite(highest) && highest > 0 ? highest : 1;
    if (knee > 0 && scale.m_highest / knee > logarithmicFrom) {
        scale.m_knee = knee;
        scale.m_highest *= roomAbove;
        scale.addLogarithmicTicks();
    } else {
        scale.addLinearTicks();
    }
    return scale;
}

ValueScale ValueScale::around(double lowest, double highest)
{
    ValueScale scale;
    if (!std::isfinite(lowest) || !std::isfinite(highest) || lowest > highest)
        return fromZero(1);
    const double margin = highest > lowest ? 0.08 * (highest - lowest) : std::max(0.05 * std::abs(highest), 0.01);
    scale.m_lowest = lowest >= 0 ? std::max(0.0, lowest - margin) : lowest - margin;
    scale.m_highest = highest + margin;
    scale.addLinearTicks();
    return scale;
}

ValueScale ValueScale::withRoomBelow() const
{
    ValueScale scale = *this;
    scale.m_room = roomBelow;
    return scale;
}

double ValueScale::axis(double value) const
{
    return logarithmic() ? std::log10(1 + std::max(value, 0.0) / m_knee) : value;
}

QString ValueScale::label(double tick) const
{
    if (logarithmic())
        return QString::number(tick, 'g', 4);
    return QLocale().toString(tick, 'f', m_decimals);
}

void ValueScale::addLinearTicks()
{
    const double step = roundStep(m_highest - m_lowest);
    m_decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    const double first = std::ceil(m_lowest / step - 1e-9);
    for (double at = first; at * step <= m_highest + 1e-9 * step; at += 1)
        m_ticks << at * step;
}

void ValueScale::addLogarithmicTicks()
{
    const double decades = std::log10(m_highest / m_knee);
    const QList<double> leading = decades <= 2 ? QList<double>{1, 2.5, 5} : QList<double>{1};
    m_ticks << 0;
    const double least = 0.99 * m_knee;
    for (double decade = std::pow(10.0, std::floor(std::log10(m_knee) + 1e-9)); decade <= m_highest; decade *= 10) {
        for (const double factor : leading) {
            if (factor * decade >= least && factor * decade <= m_highest)
                m_ticks << factor * decade;
        }
    }
}

} // namespace countersign
