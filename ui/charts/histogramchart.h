// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/categoryaxis.h"
#include "ui/charts/histogramdata.h"
#include "ui/charts/plotview.h"
#include "ui/charts/valuescale.h"

class QBarSeries;
class QBarSet;
class QValueAxis;

namespace countersign {

/// Reference and current shares per bin, side by side.
class HistogramChart : public PlotView
{
    Q_OBJECT

public:
    explicit HistogramChart(QWidget *parent = nullptr);

    void setData(HistogramData data);
    [[nodiscard]] double referenceShare(int bin) const;
    [[nodiscard]] double currentShare(int bin) const;

    [[nodiscard]] QString title() const override { return m_data.title; }
    [[nodiscard]] QString caption() const override { return m_data.caption; }
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] int pointCount() const override { return static_cast<int>(m_data.bins.size()); }
    [[nodiscard]] QRectF pointArea(int index) const override;
    [[nodiscard]] QString pointText(int index) const override;

protected:
    void layoutPlots() override;
    void paintUnder(QPainter &painter) override;
    void paintOver(QPainter &painter) override;
    [[nodiscard]] int pointAt(const QPointF &position) const override; ///< the whole slot
    [[nodiscard]] QString emptyText() const override;

private:
    HistogramData m_data;
    ValueScale m_scale;
    CategoryAxis m_labels;
    QRectF m_plot;
    QChart *m_chart;
    QValueAxis *m_xAxis;
    QValueAxis *m_yAxis;
    QBarSeries *m_bars;
    QBarSet *m_reference;
    QBarSet *m_current;
};

} // namespace countersign
