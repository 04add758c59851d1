// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/thresholdbar.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "ui/pages/model/tierrows.h"
#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr int margin = 12;

Theme::Colour toneOf(std::int64_t level)
{
    switch (level) {
    case 1:
        return Theme::Colour::red;
    case 2:
        return Theme::Colour::amber;
    default:
        return Theme::Colour::green;
    }
}

} // namespace

ThresholdBar::ThresholdBar(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Score and tiers"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ThresholdBar::show(const PolicyPack &pack, const TierComputation &computation)
{
    m_least = 0;
    m_most = 0;
    for (const auto &factor : computation.factors) {
        m_least += factor.minimum;
        m_most += factor.maximum;
    }
    m_most = std::max(m_most, m_least + 1);
    m_segments.clear();
    auto end = m_most;
    QStringList limits;
    for (const auto &tier : pack.tiers) {
        const auto from = std::max(tier.minimumScore, m_least);
        if (from < end)
            m_segments.prepend({toQt(tier.label), tier.level, from, end});
        limits << tr("%1 from %2").arg(toQt(tier.label), scoreText(tier.minimumScore));
        end = std::min(end, from);
    }
    const auto range = possibleScores(computation);
    m_low = range.low;
    m_high = range.high;
    m_complete = computation.complete;
    const auto score = m_complete ? tr("Score %1").arg(scoreText(computation.score))
                                  : tr("Score between %1 and %2").arg(scoreText(m_low), scoreText(m_high));
    setAccessibleDescription(score + u". "_s + limits.join(u"; "_s));
    setToolTip(accessibleDescription());
    update();
}

QSize ThresholdBar::sizeHint() const
{
    return {420, fontMetrics().height() * 4 + 8};
}

QSize ThresholdBar::minimumSizeHint() const
{
    return {260, sizeHint().height()};
}

double ThresholdBar::x(double score) const
{
    const auto share = (score - m_least) / (m_most - m_least);
    return margin + std::clamp(share, 0.0, 1.0) * (width() - 2 * margin);
}

void ThresholdBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto theme = Theme::current(this);
    const auto line = fontMetrics().height();
    const QRectF bar(margin, line + 8, width() - 2 * margin, line * 1.6);

    for (const auto &segment : std::as_const(m_segments)) {
        const QRectF box(x(segment.from), bar.top(), x(segment.to) - x(segment.from), bar.height());
        const auto tone = toneOf(segment.level);
        painter.fillRect(box, theme.tint(tone));
        painter.fillRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3), theme.colour(tone));
    }
    if (!m_complete) {
        const QRectF band(x(m_low), bar.top(), std::max(1.0, x(m_high) - x(m_low)), bar.height());
        painter.fillRect(band, QBrush(theme.colour(Theme::Colour::grid), Qt::BDiagPattern));
    }
    for (const auto &segment : std::as_const(m_segments)) {
        const QRectF box(x(segment.from), bar.top(), x(segment.to) - x(segment.from), bar.height());
        painter.setPen(theme.colour(Theme::Colour::text));
        painter.drawText(box.adjusted(4, 0, -4, -3), Qt::AlignCenter,
                         fontMetrics().elidedText(segment.label, Qt::ElideRight, static_cast<int>(box.width()) - 8));
        painter.setPen(theme.colour(Theme::Colour::mutedText));
        const QRectF tick(box.left() - 30, bar.bottom() + 2, 60, line);
        painter.drawText(tick, Qt::AlignHCenter, scoreText(segment.from));
        if (segment.from > m_least) {
            painter.setPen(theme.colour(Theme::Colour::border));
            painter.drawLine(QPointF(box.left(), bar.top()), QPointF(box.left(), bar.bottom() + 2));
        }
    }
    painter.setPen(theme.colour(Theme::Colour::mutedText));
    painter.drawText(QRectF(x(m_most) - 30, bar.bottom() + 2, 30 + margin, line), Qt::AlignRight, scoreText(m_most));
    painter.setPen(theme.colour(Theme::Colour::border));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);

    const auto ink = theme.colour(Theme::Colour::text);
    if (!m_complete)
        return;
    const auto at = x(m_low);
    painter.setPen(QPen(ink, 2));
    painter.drawLine(QPointF(at, bar.top() - 2), QPointF(at, bar.bottom()));
    QPainterPath marker(QPointF(at, bar.top()));
    marker.lineTo(at - 6, bar.top() - 8);
    marker.lineTo(at + 6, bar.top() - 8);
    marker.closeSubpath();
    painter.fillPath(marker, ink);
    auto bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const auto centre = std::clamp(at, 30.0, std::max(30.0, width() - 30.0));
    painter.drawText(QRectF(centre - 40, -1, 80, line), Qt::AlignCenter, scoreText(m_low));
}

} // namespace countersign
