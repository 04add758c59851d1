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

namespace countersign {

namespace {

constexpr double reach = 12; ///< pixels within which the pointer finds a point

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
    setAccessibleName(tr("Chart"));
    setAccessibleDescription(tr("Nothing to show yet"));
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

} // namespace countersign
