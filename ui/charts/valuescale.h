// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace countersign {

/// A value axis with round ticks. Drift statistics span orders of magnitude: where the highest value would press the
/// limits to the floor, the scale is log(1 + value / knee), which is linear near zero, and says so.
class ValueScale
{
public:
    /// From 0 to at least `highest`. `knee` is the smallest value worth telling apart; 0 keeps the scale linear.
    [[nodiscard]] static ValueScale fromZero(double highest, double knee = 0);
    /// From about `lowest` to about `highest`.
    [[nodiscard]] static ValueScale around(double lowest, double highest);

    /// With a little room below the lowest value, so that marks there are drawn whole.
    [[nodiscard]] ValueScale withRoomBelow() const;

    [[nodiscard]] double axis(double value) const;
    [[nodiscard]] double minimum() const { return axis(m_lowest) - m_room * (maximum() - axis(m_lowest)); }
    [[nodiscard]] double maximum() const { return axis(m_highest); }
    [[nodiscard]] bool logarithmic() const { return m_knee > 0; }
    [[nodiscard]] const QList<double> &ticks() const { return m_ticks; }
    [[nodiscard]] QString label(double tick) const;

private:
    void addLinearTicks();
    void addLogarithmicTicks();

    double m_lowest = 0;
    double m_highest = 1;
    double m_knee = 0;
    double m_room = 0;
    int m_decimals = 0;
    QList<double> m_ticks;
};

} // namespace countersign
