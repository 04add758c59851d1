// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/categoryaxis.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr double gap = 4;
constexpr double longestSlanted = 84;
constexpr double roomySlot = 60; ///< wide enough to elide a level label rather than slant it
const double diagonal = std::sqrt(0.5);

} // namespace

CategoryAxis::CategoryAxis(QStringList labels, const QFont &font, double width, Crowded crowded)
    : m_labels(std::move(labels))
    , m_font(font)
{
    const QFontMetricsF metrics(font);
    const double slot = width / std::max(1.0, static_cast<double>(m_labels.size()));
    double longest = 0;
    for (const QString &label : std::as_const(m_labels))
        longest = std::max(longest, metrics.horizontalAdvance(label));
    m_height = metrics.height() + 2 * gap;
    m_longest = longest;
    if (longest + 2 * gap <= slot)
        return;
    if (crowded == Crowded::Thin) {
        m_step = std::max(1, static_cast<int>(std::ceil((longest + 3 * gap) / std::max(slot, 1e-6))));
        return;
    }
    if (slot >= roomySlot) {
        m_longest = slot - 2 * gap;
        return;
    }
    m_slanted = true;
    m_step = std::max(1, static_cast<int>(std::ceil(metrics.height() / std::max(slot, 1e-6))));
    m_longest = std::min(longest, longestSlanted);
    if (!m_labels.isEmpty()) {
        const double first = std::min(m_longest, metrics.horizontalAdvance(m_labels.front()));
        m_overhang = std::max(0.0, diagonal * (first + metrics.height()) - slot / 2);
    }
    m_height = diagonal * (m_longest + metrics.height()) + 2 * gap;
}

void CategoryAxis::draw(QPainter &painter, const QRectF &plot) const
{
    const QFontMetricsF metrics(m_font);
    const double slot = plot.width() / std::max(1.0, static_cast<double>(m_labels.size()));
    painter.setFont(m_font);
    for (int i = 0; i < m_labels.size(); i += m_step) {
        const double centre = plot.left() + (i + 0.5) * slot;
        if (m_slanted) {
            painter.save();
            painter.translate(centre, plot.bottom() + gap);
            painter.rotate(-45);
            const QString text = metrics.elidedText(m_labels.at(i), Qt::ElideRight, m_longest);
            painter.drawText(QRectF(-m_longest - gap, -metrics.height() / 2, m_longest, metrics.height()),
                             Qt::AlignRight | Qt::AlignVCenter, text);
            painter.restore();
        } else {
            const QString text = metrics.elidedText(m_labels.at(i), Qt::ElideRight, m_longest + 1);
            const double half = metrics.horizontalAdvance(text) / 2 + 1;
            const double left = std::min(centre - half, plot.right() + 2 * gap - 2 * half);
            painter.drawText(QRectF(left, plot.bottom() + gap, 2 * half, metrics.height()), Qt::AlignCenter, text);
        }
    }
}

} // namespace countersign
