// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "ui/charts/categoryaxis.h"
#include "ui/charts/plotview.h"
#include "ui/charts/timelinedata.h"
#include "ui/charts/valuescale.h"

class QBarSeries;
class QBarSet;
class QLineSeries;
class QScatterSeries;
class QValueAxis;

namespace countersign {

/// A statistic per period with its limits, and underneath, on the same axis of periods, the rows it rests on.
class TimelineChart : public PlotView
{
    Q_OBJECT

public:
    explicit TimelineChart(QWidget *parent = nullptr);

    void setData(TimelineData data);
    void setSelected(int period);
    [[nodiscard]] int selected() const { return m_selected; }

    [[nodiscard]] QString title() const override { return m_data.title; }
    [[nodiscard]] QString caption() const override { return m_data.caption; }
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] int pointCount() const override { return static_cast<int>(m_data.points.size()); }
    [[nodiscard]] QRectF pointArea(int index) const override;
    [[nodiscard]] QString pointText(int index) const override;

Q_SIGNALS:
    void periodSelected(int period);

protected:
    void layoutPlots() override;
    void paintUnder(QPainter &painter) override;
    void paintOver(QPainter &painter) override;
    [[nodiscard]] int selectedPoint() const override { return m_selected; }
    [[nodiscard]] int pointAt(const QPointF &position) const override; ///< the whole slot
    [[nodiscard]] QString emptyText() const override;

private:
    [[nodiscard]] const TimelineData::Point &point(int index) const;
    [[nodiscard]] double slot() const;
    void fillValues();
    void fillLines(QList<QLineSeries *> &lines, std::optional<double> TimelineData::Point::*value, const QPen &pen);
    void paintIntervals(QPainter &painter) const;
    void fillCounts();
    void paintCountAxis(QPainter &painter) const;

    TimelineData m_data;
    int m_selected = -1;
    ValueScale m_scale;
    ValueScale m_countScale;
    CategoryAxis m_labels;
    QRectF m_plot;
    QRectF m_countPlot;
    QChart *m_values;
    QValueAxis *m_xAxis;
    QValueAxis *m_yAxis;
    QList<QLineSeries *> m_lines; ///< one per run of periods without a gap
    QList<QLineSeries *> m_otherLines;
    QList<QScatterSeries *> m_marks; ///< one per Tone, then those without enough data
    QChart *m_counts;
    QValueAxis *m_countXAxis;
    QValueAxis *m_countYAxis;
    QBarSeries *m_bars;
    QBarSet *m_barSet;
};

} // namespace countersign
