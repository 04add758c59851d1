// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotview.h"

#include <QAccessible>
#include <QChart>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QLegend>
#include <QValueAxis>
#include <QXYSeries>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/valuescale.h"

namespace countersign {

namespace {

constexpr double reach = 12; ///< pixels within which the pointer finds a point
constexpr double pad = 6;

} // namespace

PlotView::PlotView(QWidget *parent)
    : QGraphicsView(parent)
    , m_style(ChartStyle::of(palette()))
{
    setScene(new QGraphicsScene(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setRenderHint(QPainter::Antialiasing);
    setViewportUpdateMode(FullViewportUpdate);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
}

void PlotView::paintPlain(QPainter &painter, const QRectF &target)
{
    m_plain = true;
    render(&painter, target, viewport()->rect(), Qt::IgnoreAspectRatio);
    m_plain = false;
}

QFont PlotView::labelFont() const
{
    QFont small = font();
    if (small.pointSizeF() > 0)
        small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.88));
    return small;
}

QChart *PlotView::addChart()
{
    auto *chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setMargins({});
    chart->legend()->hide();
    chart->setAcceptHoverEvents(false);
    scene()->addItem(chart);
    m_charts << chart;
    return chart;
}

QValueAxis *PlotView::addAxis(QChart *chart, Qt::Alignment side)
{
    auto *axis = new QValueAxis(chart);
    chart->addAxis(axis, side);
    axis->setVisible(false);
    return axis;
}

void PlotView::attach(QChart *chart, QAbstractSeries *series, QAbstractAxis *x, QAbstractAxis *y)
{
    chart->addSeries(series);
    series->attachAxis(x);
    series->attachAxis(y);
}

void PlotView::contentWasSet()
{
    m_hovered = -1;
    m_cursor = std::min(m_cursor, pointCount() - 1);
    relayout();
    setAccessibleName(title());
    setAccessibleDescription(description());
    Q_EMIT contentChanged();
}

void PlotView::relayout()
{
    const QRectF whole = viewport()->rect();
    setSceneRect(whole);
    for (QChart *chart : std::as_const(m_charts))
        chart->setGeometry(whole);
    layoutPlots();
    viewport()->update();
}

int PlotView::neighbour(int index, Qt::Key key) const
{
    const int step = key == Qt::Key_Right || key == Qt::Key_Up ? 1 : -1;
    return std::clamp(index + step, 0, pointCount() - 1);
}

int PlotView::pointAt(const QPointF &position) const
{
    int best = -1;
    double bestDistance = reach * reach;
    for (int i = 0; i < pointCount(); ++i) {
        const QRectF area = pointArea(i);
        if (area.isNull())
            continue;
        const double dx = std::max({area.left() - position.x(), position.x() - area.right(), 0.0});
        const double dy = std::max({area.top() - position.y(), position.y() - area.bottom(), 0.0});
        const double distance = dx * dx + dy * dy;
        if (distance < bestDistance) {
            bestDistance = distance;
            best = i;
        }
    }
    return best;
}

void PlotView::announce(int index)
{
    setAccessibleDescription(pointText(index) + u'\n' + description());
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void PlotView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    relayout();
}

void PlotView::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange) {
        m_style = ChartStyle::of(palette());
        relayout();
    }
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    const int found = pointAt(event->position());
    if (found != m_hovered) {
        m_hovered = found;
        viewport()->update();
    }
}

void PlotView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setFocus(Qt::MouseFocusReason);
    if (const int found = pointAt(event->position()); found >= 0) {
        m_cursor = found;
        Q_EMIT pointActivated(found);
        viewport()->update();
    }
}

void PlotView::mouseReleaseEvent(QMouseEvent *) {}

void PlotView::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event);
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

void PlotView::keyPressEvent(QKeyEvent *event)
{
    if (pointCount() == 0)
        return QWidget::keyPressEvent(event);
    const int from = selectedPoint() >= 0 ? selectedPoint() : m_cursor;
    int to = from;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        to = from < 0 ? 0 : neighbour(from, static_cast<Qt::Key>(event->key()));
        break;
    case Qt::Key_Home:
        to = 0;
        break;
    case Qt::Key_End:
        to = pointCount() - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        to = std::max(from, 0);
        break;
    case Qt::Key_Escape:
        if (m_cursor < 0)
            return QWidget::keyPressEvent(event);
        m_cursor = -1;
        viewport()->update();
        return;
    default:
        return QWidget::keyPressEvent(event);
    }
    m_cursor = to;
    m_hovered = -1;
    Q_EMIT pointActivated(to);
    announce(to);
    viewport()->update();
}

void PlotView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && m_cursor < 0)
        m_cursor = selectedPoint();
    viewport()->update();
}

void PlotView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    m_cursor = -1;
    viewport()->update();
}

bool PlotView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        viewport()->update();
    }
    return QGraphicsView::viewportEvent(event);
}

void PlotView::drawBackground(QPainter *painter, const QRectF &)
{
    painter->fillRect(sceneRect(), m_style.background);
    if (pointCount() > 0)
        paintUnder(*painter);
}

void PlotView::drawForeground(QPainter *painter, const QRectF &)
{
    if (pointCount() == 0) {
        painter->setPen(m_style.mutedText);
        painter->setFont(font());
        painter->drawText(sceneRect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, emptyText());
        return;
    }
    paintOver(*painter);
    if (m_plain)
        return;
    const int shown = m_hovered >= 0 ? m_hovered : hasFocus() ? m_cursor : -1;
    if (hasFocus()) {
        painter->setPen(QPen(palette().color(QPalette::Highlight), 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(sceneRect().adjusted(0.75, 0.75, -0.75, -0.75));
    }
    if (shown >= 0 && shown < pointCount())
        paintCallout(*painter, shown);
}

void PlotView::paintCallout(QPainter &painter, int index) const
{
    const QRectF anchor = pointArea(index);
    const QFont small = labelFont();
    const QFontMetricsF metrics(small);
    const QString text = pointText(index);
    const double widest = std::min(300.0, sceneRect().width() - 4 * pad);
    const QRectF measured = metrics.boundingRect(QRectF(0, 0, widest, 400), Qt::TextWordWrap, text);
    QRectF box(0, 0, measured.width() + 2 * pad, measured.height() + 2 * pad);
    box.moveBottomLeft(QPointF(anchor.center().x() + 8, anchor.top() - 4));
    if (box.right() > sceneRect().right() - 2)
        box.moveRight(anchor.center().x() - 8);
    if (box.top() < 2)
        box.moveTop(std::min(anchor.bottom() + 4, sceneRect().bottom() - box.height() - 2));
    box.moveLeft(std::clamp(box.left(), 2.0, std::max(2.0, sceneRect().right() - box.width() - 2)));
    box.moveTop(std::max(2.0, box.top()));
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(anchor.adjusted(-2, -2, 2, 2), 3, 3);
    painter.setPen(QPen(m_style.unknown, 1));
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.setFont(small);
    painter.drawText(box.adjusted(pad, pad, -pad, -pad), Qt::TextWordWrap, text);
}

double PlotView::valueAxisWidth(const ValueScale &scale) const
{
    const QFontMetricsF metrics(labelFont());
    double widest = 0;
    for (const double tick : scale.ticks())
        widest = std::max(widest, metrics.horizontalAdvance(scale.label(tick)));
    return widest + pad;
}

void PlotView::paintValueAxis(QPainter &painter, const QRectF &plot, const ValueScale &scale,
                              const QString &title) const
{
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    double lastTop = std::numeric_limits<double>::max();
    for (const double tick : scale.ticks()) {
        const double y = yOf(plot, scale, tick);
        painter.setPen(QPen(m_style.grid, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const QRectF area(0, y - metrics.height() / 2, plot.left() - pad, metrics.height());
        if (area.bottom() > lastTop)
            continue;
        painter.setPen(m_style.mutedText);
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, scale.label(tick));
        lastTop = area.top();
    }
    painter.setPen(m_style.mutedText);
    const QRectF head(2, plot.top() - metrics.height() - 4, plot.right() - 2, metrics.height());
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     scale.logarithmic() ? tr("%1 (log scale)").arg(title) : title);
}

void PlotView::paintLegend(QPainter &painter, const QRectF &strip, const QList<LegendEntry> &entries) const
{
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    double right = strip.right();
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const double room = right - strip.left() - 18;
        if (room < std::min(60.0, metrics.horizontalAdvance(entry->text) + 1))
            return;
        const QString text = metrics.elidedText(entry->text, Qt::ElideMiddle, room);
        const double width = metrics.horizontalAdvance(text) + 1;
        painter.setPen(m_style.text);
        painter.drawText(QRectF(right - width, strip.top(), width, strip.height()), Qt::AlignVCenter, text);
        const QRectF mark(right - width - 14, strip.center().y() - 4.5, 9, 9);
        painter.setPen(QPen(entry->colour, 1.5));
        painter.setBrush(entry->mark == LegendEntry::Mark::Square ? QBrush(entry->colour) : QBrush(Qt::NoBrush));
        if (entry->mark == LegendEntry::Mark::Line)
            painter.drawLine(QPointF(mark.left(), mark.center().y()), QPointF(mark.right(), mark.center().y()));
        else if (entry->mark == LegendEntry::Mark::Hollow)
            painter.drawEllipse(mark);
        else
            painter.drawRect(mark);
        right = mark.left() - 12;
    }
}

double PlotView::yOf(const QRectF &plot, const ValueScale &scale, double value)
{
    const double share = (scale.axis(value) - scale.minimum()) / (scale.maximum() - scale.minimum());
    return plot.bottom() - share * plot.height();
}

void PlotView::paintLimits(QPainter &painter, const QRectF &plot, const ValueScale &scale,
                           const std::vector<LimitLine> &limits) const
{
    for (const LimitLine &limit : limits) {
        const double y = yOf(plot, scale, limit.value);
        if (y < plot.top() - 1 || y > plot.bottom() + 1)
            continue;
        const bool plain = limit.tone == Tone::Plain;
        painter.setPen(
            QPen(plain ? m_style.mutedText : m_style.tone(limit.tone), 1.2, plain ? Qt::DotLine : Qt::DashLine));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
}

void PlotView::paintLimitNames(QPainter &painter, const QRectF &plot, const ValueScale &scale,
                               std::vector<LimitLine> limits) const
{
    std::sort(limits.begin(), limits.end(), [](const auto &a, const auto &b) { return a.value > b.value; });
    const QFontMetricsF metrics(labelFont());
    painter.setFont(labelFont());
    QColor halo = m_style.background;
    halo.setAlphaF(0.75F);
    double above = plot.top() - metrics.height();
    for (const LimitLine &limit : limits) {
        const double y = yOf(plot, scale, limit.value);
        if (y < plot.top() - 1 || y > plot.bottom() + 1)
            continue;
        const double width = metrics.horizontalAdvance(limit.label) + 4;
        const bool plain = limit.tone == Tone::Plain; // the reference: at the left, out of the way of the limits
        double top = y - metrics.height() - 1;
        if (!plain && top <= above)
            top = std::max(y + 1, above);
        const QRectF area(plain ? plot.left() + 2 : plot.right() - width - 2, top, width, metrics.height());
        painter.fillRect(area, halo);
        painter.setPen(plain ? m_style.mutedText : m_style.tone(limit.tone));
        painter.drawText(area, Qt::AlignCenter, limit.label);
        if (!plain)
            above = std::max(y, top + metrics.height());
    }
}

} // namespace countersign
