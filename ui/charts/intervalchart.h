// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "ui/charts/intervaldata.h"
#include "ui/charts/plotview.h"
#include "ui/charts/valuescale.h"

class QScatterSeries;
class QValueAxis;

namespace countersign {

/// A row per group: its value as a mark, its interval as a line through it, and the lines it is judged by.
class IntervalChart : public PlotView
{
    Q_OBJECT

public:
    explicit IntervalChart(QWidget *parent = nullptr);

    void setData(IntervalData data);

    [[nodiscard]] QString title() const override { return m_data.title; }
    [[nodiscard]] QString caption() const override { return m_data.caption; }
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] int pointCount() const override { return static_cast<int>(m_data.rows.size()); }
    [[nodiscard]] QRectF pointArea(int index) const override;
    [[nodiscard]] QString pointText(int index) const override;

protected:
    void layoutPlots() override;
    void paintUnder(QPainter &painter) override;
    void paintOver(QPainter &painter) override;
    [[nodiscard]] int neighbour(int index, Qt::Key key) const override;
    [[nodiscard]] QString emptyText() const override;

private:
    [[nodiscard]] const IntervalData::Row &row(int index) const;
    [[nodiscard]] double xOf(double value) const;
    [[nodiscard]] double centreOf(int index) const; ///< of the row, from the top
    [[nodiscard]] double rowHeight() const;
    void paintAxis(QPainter &painter) const;

    IntervalData m_data;
    ValueScale m_scale;
    QRectF m_plot;
    QChart *m_chart;
    QValueAxis *m_xAxis;
    QValueAxis *m_yAxis;
    QList<QScatterSeries *> m_marks; ///< one per Tone
};

} // namespace countersign
