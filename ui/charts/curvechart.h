// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "ui/charts/curvedata.h"
#include "ui/charts/plotview.h"
#include "ui/charts/valuescale.h"

class QLineSeries;
class QScatterSeries;
class QValueAxis;

namespace countersign {

/// Curves from lower left to upper right with the diagonal to judge them by. Left and right walk along a curve, up and
/// down change to the other curves.
class CurveChart : public PlotView
{
    Q_OBJECT

public:
    explicit CurveChart(QWidget *parent = nullptr);

    void setData(CurveData data);

    [[nodiscard]] QString title() const override { return m_data.title; }
    [[nodiscard]] QString caption() const override { return m_data.caption; }
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] int pointCount() const override { return static_cast<int>(m_points.size()); }
    [[nodiscard]] QRectF pointArea(int index) const override;
    [[nodiscard]] QString pointText(int index) const override;

protected:
    void layoutPlots() override;
    void paintUnder(QPainter &painter) override;
    void paintOver(QPainter &painter) override;
    [[nodiscard]] int neighbour(int index, Qt::Key key) const override;
    [[nodiscard]] QString emptyText() const override;

private:
    struct Place
    {
        std::size_t curve;
        std::size_t point;
    };
    struct Series
    {
        QLineSeries *line;
        QScatterSeries *marks;
    };

    [[nodiscard]] const CurveData::Point &at(int index) const;
    [[nodiscard]] QPointF position(const CurveData::Point &point) const;
    [[nodiscard]] QColor colourOf(std::size_t curve) const;
    void fillSeries();

    CurveData m_data;
    std::vector<Place> m_points; ///< of all curves, one curve after the other
    ValueScale m_xScale;
    ValueScale m_yScale;
    QRectF m_plot;
    QChart *m_chart;
    QValueAxis *m_xAxis;
    QValueAxis *m_yAxis;
    std::vector<Series> m_series;
};

} // namespace countersign
