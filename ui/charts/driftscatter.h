// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "ui/charts/driftscatterdata.h"
#include "ui/charts/plotview.h"
#include "ui/charts/valuescale.h"

class QScatterSeries;
class QValueAxis;

namespace countersign {

/// Importance against drift, a point per feature. Left and right walk by importance, up and down by drift.
class DriftScatter : public PlotView
{
    Q_OBJECT

public:
    explicit DriftScatter(QWidget *parent = nullptr);

    void setData(DriftScatterData data);
    void setSelected(const QString &feature);
    [[nodiscard]] QStringList labelled() const; ///< the features named in the plot as last painted

    [[nodiscard]] QString title() const override { return m_data.title; }
    [[nodiscard]] QString caption() const override { return m_data.caption; }
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] int pointCount() const override { return static_cast<int>(m_data.points.size()); }
    [[nodiscard]] QRectF pointArea(int index) const override;
    [[nodiscard]] QString pointText(int index) const override;

Q_SIGNALS:
    void featureSelected(const QString &feature);

protected:
    void layoutPlots() override;
    void paintUnder(QPainter &painter) override;
    void paintOver(QPainter &painter) override;
    [[nodiscard]] int selectedPoint() const override { return m_selected; }
    [[nodiscard]] int neighbour(int index, Qt::Key key) const override;
    [[nodiscard]] QString emptyText() const override;

private:
    struct NameLabel
    {
        int point;
        QString text;
        QRectF area;
    };

    void fillSeries();
    void placeLabels();
    [[nodiscard]] QPointF position(int index) const;

    DriftScatterData m_data; ///< points in order of x
    QList<int> m_byDrift;    ///< point indexes, least drifted first
    int m_selected = -1;
    ValueScale m_scale;
    QRectF m_plot;
    double m_xLowest = 0;
    double m_xHighest = 1;
    QList<NameLabel> m_labels;
    QChart *m_chart;
    QValueAxis *m_xAxis;
    QValueAxis *m_yAxis;
    QList<QScatterSeries *> m_series; ///< one per Tone
};

} // namespace countersign
