// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRectF>
#include <QStringList>

class QPainter;

namespace countersign {

/// Labels under equally wide slots that stay readable however many there are: level where they fit; otherwise every
/// n-th (periods) or slanted and elided (categories).
class CategoryAxis
{
public:
    enum class Crowded { Thin, Slant };

    CategoryAxis() = default;
    CategoryAxis(QStringList labels, const QFont &font, double width, Crowded crowded);

    [[nodiscard]] double height() const { return m_height; }
    /// How far the first label reaches left of the plot.
    [[nodiscard]] double overhang() const { return m_overhang; }
    [[nodiscard]] bool slanted() const { return m_slanted; }
    [[nodiscard]] int step() const { return m_step; } ///< every n-th label is drawn
    void draw(QPainter &painter, const QRectF &plot) const;

private:
    QStringList m_labels;
    QFont m_font;
    double m_height = 0;
    double m_longest = 0;
    double m_overhang = 0;
    bool m_slanted = false;
    int m_step = 1;
};

} // namespace countersign
