// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/captionlabel.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "ui/charts/chartstyle.h"

namespace countersign {

using namespace Qt::StringLiterals;

CaptionLabel::CaptionLabel(int lines, QWidget *parent)
    : QWidget(parent)
    , m_lines(lines)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void CaptionLabel::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    setToolTip(text.isEmpty() ? text : u"<qt>"_s + text.toHtmlEscaped() + u"</qt>"_s);
    update();
}

void CaptionLabel::setLines(int lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    updateGeometry();
}

QFont CaptionLabel::smallFont() const
{
    QFont small = font();
    if (small.pointSizeF() > 0)
        small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.84));
    return small;
}

QSize CaptionLabel::sizeHint() const
{
    return {200, m_lines * QFontMetrics(smallFont()).lineSpacing() + 2};
}

QSize CaptionLabel::minimumSizeHint() const
{
    return {40, sizeHint().height()};
}

void CaptionLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(ChartStyle::of(palette()).mutedText);
    const QFont small = smallFont();
    painter.setFont(small);
    const QFontMetrics metrics(small);
    QTextLayout layout(m_text, small);
    layout.beginLayout();
    for (int i = 0; i < m_lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width());
        const int top = i * metrics.lineSpacing();
        const bool last = i == m_lines - 1;
        const QString text = last ? metrics.elidedText(m_text.mid(line.textStart()), Qt::ElideRight, width())
                                  : m_text.mid(line.textStart(), line.textLength());
        painter.drawText(QRect(0, top, width(), metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    layout.endLayout();
}

} // namespace countersign
