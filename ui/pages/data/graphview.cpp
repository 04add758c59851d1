// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/graphview.h"

#include <QGraphicsPathItem>
#include <QGraphicsTextItem>
#include <QKeyEvent>
#include <QMap>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/shell/theme.h"

namespace countersign {

namespace {

constexpr double columnGap = 70;
constexpr double rowGap = 14;
constexpr double padding = 8;
constexpr double zoomStep = 1.2;

} // namespace

GraphView::GraphView(QWidget *parent)
    : QGraphicsView(parent)
{
    setScene(new QGraphicsScene(this));
    setAccessibleName(tr("Graph of data and models"));
    setRenderHint(QPainter::Antialiasing);
    setFocusPolicy(Qt::StrongFocus);
    setDragMode(QGraphicsView::ScrollHandDrag);
    setFrameShape(QFrame::NoFrame);
}

void GraphView::setGraph(const QList<GraphNode> &nodes, const QList<GraphEdge> &edges)
{
    m_edges = edges;
    place(nodes);
    m_current = -1;
    for (int i = 0; i < m_nodes.size(); ++i)
        if (m_nodes[i].node.centre)
            m_current = i;
    draw();
    resetTransform();
    setAccessibleDescription(
        nodes.isEmpty()
            ? tr("Nothing to show")
            : tr("%1 boxes, %2 arrows; the list beside it says the same in words").arg(nodes.size()).arg(edges.size()));
    if (m_current >= 0)
        ensureVisible(m_nodes[m_current].box);
}

/// Columns by layer; within one, near the mean height of what leads there.
void GraphView::place(const QList<GraphNode> &nodes)
{
    const QFontMetricsF metrics(font());
    const double width = metrics.averageCharWidth() * 30 + 2 * padding;
    const double height = metrics.height() * 2 + 2 * padding;
    QMap<int, QList<GraphNode>> columns;
    for (const auto &node : nodes)
        columns[node.layer] << node;
    m_nodes.clear();
    QHash<QString, double> heights;
    double left = 0;
    for (auto &column : columns) {
        QHash<QString, double> wanted;
        for (const auto &node : std::as_const(column)) {
            double sum = 0;
            int count = 0;
            for (const auto &edge : std::as_const(m_edges))
                if (edge.to == node.key && heights.contains(edge.from)) {
                    sum += heights[edge.from];
                    ++count;
                }
            wanted[node.key] = count == 0 ? 0 : sum / count;
        }
        std::stable_sort(column.begin(), column.end(),
                         [&](const GraphNode &a, const GraphNode &b) { return wanted[a.key] < wanted[b.key]; });
        double top = -(height + rowGap) * static_cast<double>(column.size()) / 2;
        for (const auto &node : std::as_const(column)) {
            m_nodes << Placed{node, QRectF(left, top, width, height)};
            heights[node.key] = top;
            top += height + rowGap;
        }
        left += width + columnGap;
    }
}

void GraphView::draw()
{
    scene()->clear();
    const auto theme = Theme::current(this);
    setBackgroundBrush(theme.colour(Theme::Colour::surface));
    const QString currentNode = currentKey();
    for (const auto &edge : std::as_const(m_edges)) {
        const int from = find(edge.from);
        const int to = find(edge.to);
        if (from < 0 || to < 0)
            continue;
        const QPointF start(m_nodes[from].box.right(), m_nodes[from].box.center().y());
        const QPointF end(m_nodes[to].box.left(), m_nodes[to].box.center().y());
        const double reach = std::max(columnGap / 2, std::abs(end.x() - start.x()) / 2);
        QPainterPath path(start);
        path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end);
        path.moveTo(end);
        path.lineTo(end + QPointF(-8, -4));
        path.moveTo(end);
        path.lineTo(end + QPointF(-8, 4));
        const bool touches = edge.from == currentNode || edge.to == currentNode;
        scene()->addPath(
            path, QPen(theme.colour(touches ? Theme::Colour::accent : Theme::Colour::mutedText), touches ? 1.8 : 1.0));
    }
    for (int i = 0; i < m_nodes.size(); ++i)
        drawBox(m_nodes[i], i == m_current);
    scene()->setSceneRect(scene()->itemsBoundingRect().adjusted(-20, -20, 20, 20));
}

void GraphView::drawBox(const Placed &placed, bool current)
{
    const auto theme = Theme::current(this);
    const auto &node = placed.node;
    const double round = node.data ? placed.box.height() / 2 : 4;
    QPainterPath outline;
    outline.addRoundedRect(placed.box, round, round);
    const QColor border = theme.colour(current || node.centre ? Theme::Colour::accent : Theme::Colour::border);
    scene()->addPath(outline,
                     QPen(border, current && hasFocus() ? 3
                                  : node.centre         ? 2
                                                        : 1),
                     node.centre ? theme.tint(Theme::Colour::accent) : palette().color(QPalette::Base));
    const QFontMetricsF metrics(font());
    const double room = placed.box.width() - 2 * padding - (node.data ? round : 0);
    const auto addLine = [&](const QString &text, bool muted, double top) {
        auto *item = scene()->addSimpleText(metrics.elidedText(text, Qt::ElideRight, room), font());
        item->setBrush(theme.colour(muted ? Theme::Colour::mutedText : Theme::Colour::text));
        item->setPos(placed.box.left() + padding + (node.data ? round / 2 : 0), top);
        item->setToolTip(text);
    };
    addLine(node.title, false, placed.box.top() + padding);
    addLine(node.subtitle, true, placed.box.top() + padding + metrics.height());
}

int GraphView::find(const QString &key) const
{
    for (int i = 0; i < m_nodes.size(); ++i)
        if (m_nodes[i].node.key == key)
            return i;
    return -1;
}

int GraphView::at(const QPoint &position) const
{
    const auto point = mapToScene(position);
    for (int i = 0; i < m_nodes.size(); ++i)
        if (m_nodes[i].box.contains(point))
            return i;
    return -1;
}

QString GraphView::currentKey() const
{
    return m_current < 0 ? QString() : m_nodes[m_current].node.key;
}

void GraphView::choose(int node)
{
    if (node < 0 || node == m_current)
        return;
    m_current = node;
    draw();
    ensureVisible(m_nodes[node].box);
    Q_EMIT currentChanged(currentKey());
}

/// To the nearest box that lies more that way than across it.
void GraphView::go(QPointF direction)
{
    if (m_current < 0) {
        choose(m_nodes.isEmpty() ? -1 : 0);
        return;
    }
    int nearest = -1;
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < m_nodes.size(); ++i) {
        const auto way = m_nodes[i].box.center() - m_nodes[m_current].box.center();
        const double along = QPointF::dotProduct(way, direction);
        const double across = std::abs(way.x() * direction.y() - way.y() * direction.x());
        const bool vertical = direction.y() != 0;
        if (i == m_current || along <= 0 || (vertical && across > 1))
            continue;
        if (const double distance = along + 2 * across; distance < least) {
            least = distance;
            nearest = i;
        }
    }
    choose(nearest);
}

QPixmap GraphView::picture() const
{
    const auto area = scene()->sceneRect();
    QPixmap pixmap(area.size().toSize().expandedTo(QSize(1, 1)));
    pixmap.fill(backgroundBrush().color());
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    scene()->render(&painter, QRectF(), area);
    return pixmap;
}

void GraphView::zoom(double factor)
{
    constexpr double smallest = 0.2;
    constexpr double largest = 4;
    const double now = transform().m11() * factor;
    if (now >= smallest && now <= largest)
        scale(factor, factor);
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    if (m_current >= 0)
        ensureVisible(m_nodes[m_current].box);
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Left:
        return go({-1, 0});
    case Qt::Key_Right:
        return go({1, 0});
    case Qt::Key_Up:
        return go({0, -1});
    case Qt::Key_Down:
        return go({0, 1});
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT opened(currentKey());
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        if (control)
            return zoom(zoomStep);
        break;
    case Qt::Key_Minus:
        if (control)
            return zoom(1 / zoomStep);
        break;
    case Qt::Key_0:
        if (control)
            return resetTransform();
        break;
    default:
        break;
    }
    QGraphicsView::keyPressEvent(event);
}

void GraphView::mousePressEvent(QMouseEvent *event)
{
    choose(at(event->pos()));
    QGraphicsView::mousePressEvent(event);
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const int node = at(event->pos()); node >= 0)
        Q_EMIT opened(m_nodes[node].node.key);
}

void GraphView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier))
        zoom(event->angleDelta().y() > 0 ? zoomStep : 1 / zoomStep);
    else
        QGraphicsView::wheelEvent(event);
}

void GraphView::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    draw();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    draw();
}

} // namespace countersign
