// SPDX-License-Identifier: GPL-3.0-or-later
//
// What all plots share: points that can be hovered, clicked, reached by the arrow keys and read out; a table of what
// is shown; a description in words for those who cannot see it. Series are Qt Charts'; plot areas are set explicitly
// and all text is painted here, because Qt Charts' own axes drop or truncate labels when there are many.
#pragma once

#include <QGraphicsView>
#include <QList>
#include <vector>

#include "ui/charts/chartstyle.h"
#include "ui/charts/charttable.h"

class QAbstractAxis;
class QAbstractSeries;
class QChart;
class QValueAxis;

namespace countersign {

class ValueScale;

class PlotView : public QGraphicsView
{
    Q_OBJECT

public:
    explicit PlotView(QWidget *parent = nullptr);

    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QString caption() const = 0;
    [[nodiscard]] virtual ChartTable table() const = 0;
    /// What the plot shows, in words. Also its accessible description.
    [[nodiscard]] virtual QString description() const = 0;

    [[nodiscard]] virtual int pointCount() const = 0;
    /// Where a point can be hit, in view coordinates.
    [[nodiscard]] virtual QRectF pointArea(int index) const = 0;
    [[nodiscard]] virtual QString pointText(int index) const = 0;

    [[nodiscard]] int hovered() const { return m_hovered; }
    [[nodiscard]] int cursor() const { return m_cursor; } ///< the point the keyboard is at; -1: none
    /// The plot as it stands, without callout and focus.
    void paintPlain(QPainter &painter, const QRectF &target);
    [[nodiscard]] QSize sizeHint() const override { return {420, 260}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 128}; }

Q_SIGNALS:
    void contentChanged();
    void pointActivated(int index); ///< by click, arrow keys or Return

protected:
    struct LegendEntry
    {
        QString text;
        QColor colour;
        enum class Mark { Square, Line, Hollow } mark = Mark::Square;
    };

    virtual void layoutPlots() = 0; ///< places and fills the series for the present size, data and style
    virtual void paintUnder(QPainter &painter) = 0;
    virtual void paintOver(QPainter &painter) = 0;
    [[nodiscard]] virtual int selectedPoint() const { return -1; }
    /// The point meant by a position in the view; -1: none. The default takes the nearest within reach.
    [[nodiscard]] virtual int pointAt(const QPointF &position) const;
    /// The point reached from `index` by an arrow key; the default walks in order.
    [[nodiscard]] virtual int neighbour(int index, Qt::Key key) const;
    [[nodiscard]] virtual QString emptyText() const = 0;

    [[nodiscard]] const ChartStyle &colours() const { return m_style; }
    [[nodiscard]] QFont labelFont() const;
    QChart *addChart();
    /// Adds a series on hidden axes of its own range; the caller sets the ranges.
    static void attach(QChart *chart, QAbstractSeries *series, QAbstractAxis *x, QAbstractAxis *y);
    static QValueAxis *addAxis(QChart *chart, Qt::Alignment side);
    void contentWasSet(); ///< call after new data: lays out, repaints and tells everybody

    void paintValueAxis(QPainter &painter, const QRectF &plot, const ValueScale &scale, const QString &title) const;
    void paintLegend(QPainter &painter, const QRectF &strip, const QList<LegendEntry> &entries) const;
    void paintLimits(QPainter &painter, const QRectF &plot, const ValueScale &scale,
                     const std::vector<LimitLine> &limits) const;
    /// Limits are named over their lines at the right end; with `beside`, right of the plot where no mark can be.
    void paintLimitNames(QPainter &painter, const QRectF &plot, const ValueScale &scale, std::vector<LimitLine> limits,
                         bool beside = false) const;
    [[nodiscard]] double limitNamesWidth(const std::vector<LimitLine> &limits) const;
    [[nodiscard]] static double yOf(const QRectF &plot, const ValueScale &scale, double value);
    [[nodiscard]] double valueAxisWidth(const ValueScale &scale) const;

    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    void paintCallout(QPainter &painter, int index) const;
    void relayout();
    void announce(int index);

    QList<QChart *> m_charts;
    ChartStyle m_style;
    int m_hovered = -1;
    int m_cursor = -1;
    bool m_plain = false;
};

} // namespace countersign
