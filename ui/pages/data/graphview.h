// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QList>

namespace countersign {

/// A box of the graph. Boxes of a lower layer stand further left.
struct GraphNode
{
    QString key;
    QString title;
    QString subtitle;
    int layer = 0;
    bool data = false;   ///< a data source, drawn with round ends
    bool centre = false; ///< what the graph is about
};

struct GraphEdge
{
    QString from;
    QString to;
};

/// Boxes in columns with arrows from left to right. Arrow keys go from box to box, Enter opens one, Ctrl with + - 0 or
/// the wheel zooms.
class GraphView : public QGraphicsView
{
    Q_OBJECT

public:
    explicit GraphView(QWidget *parent = nullptr);

    void setGraph(const QList<GraphNode> &nodes, const QList<GraphEdge> &edges);
    [[nodiscard]] int nodeCount() const { return static_cast<int>(m_nodes.size()); }
    [[nodiscard]] QString currentKey() const;
    /// The whole graph, as it is shown.
    [[nodiscard]] QPixmap picture() const;

Q_SIGNALS:
    void opened(const QString &key);
    void currentChanged(const QString &key);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Placed
    {
        GraphNode node;
        QRectF box;
    };

    void place(const QList<GraphNode> &nodes);
    void draw();
    void drawBox(const Placed &placed, bool current);
    void zoom(double factor);
    void go(QPointF direction);
    [[nodiscard]] int at(const QPoint &position) const;
    [[nodiscard]] int find(const QString &key) const;
    void choose(int node);

    QList<Placed> m_nodes;
    QList<GraphEdge> m_edges;
    int m_current = -1;
};

} // namespace countersign
