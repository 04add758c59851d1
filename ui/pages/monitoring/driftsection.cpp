// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/driftsection.h"

#include <QComboBox>
#include <QSignalBlocker>

#include "ui/charts/chartpanel.h"
#include "ui/charts/driftscatter.h"
#include "ui/charts/histogramchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftfeaturetable.h"
#include "ui/widgets/tableview.h"

namespace countersign {

using namespace Qt::StringLiterals;

DriftSection::DriftSection(DialogService &dialogs, QWidget *parent)
    : RunSection(dialogs, parent)
    , m_statisticBox(new QComboBox)
    , m_features(new DriftFeatureTable)
    , m_scatter(new DriftScatter)
    , m_histogram(new HistogramChart)
    , m_drift(new TimelineChart)
    , m_performance(new TimelineChart)
    , m_performancePanel(addPanel(m_performance, u"performance-over-time"_s))
{
    arrange(nullptr, m_features,
            {{addPanel(m_scatter, u"drift-scatter"_s), addPanel(m_histogram, u"distribution"_s)},
             {addPanel(m_drift, u"drift-over-time"_s), m_performancePanel}});
    m_statisticBox->setAccessibleName(tr("Drift statistic"));

    connect(m_features, &DriftFeatureTable::featureSelected, this, &DriftSection::selectFeature);
    connect(m_scatter, &DriftScatter::featureSelected, this, &DriftSection::selectFeature);
    connect(m_drift, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_performance, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_statisticBox, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0)
            selectStatistic(static_cast<DriftStatistic>(m_statisticBox->itemData(index).toInt()));
    });
}

void DriftSection::runChanged()
{
    const QList<DriftStatistic> statistics = run().statistics();
    if (!statistics.contains(m_statistic))
        m_statistic = DriftStatistic::Psi;
    const QSignalBlocker quiet(m_statisticBox);
    m_statisticBox->clear();
    for (const DriftStatistic statistic : statistics)
        m_statisticBox->addItem(displayName(statistic), static_cast<int>(statistic));
    m_statisticBox->setCurrentIndex(m_statisticBox->findData(static_cast<int>(m_statistic)));
    if (period() < 0)
        return;
    if (!run().has(m_feature))
        m_feature = run().worstFeature(period());
    const auto performance = run().performance();
    setShown(m_performancePanel, performance.has_value());
    m_performance->setData(performance.value_or(TimelineData{}));
    m_drift->setData(run().drift(m_feature, m_statistic));
}

void DriftSection::selectFeature(const QString &feature)
{
    if (feature == m_feature || !run().has(feature))
        return;
    m_feature = feature;
    m_drift->setData(run().drift(m_feature, m_statistic));
    m_drift->setSelected(period());
    showFeature();
}

void DriftSection::selectStatistic(DriftStatistic statistic)
{
    if (statistic == m_statistic || !run().statistics().contains(statistic))
        return;
    m_statistic = statistic;
    const QSignalBlocker quiet(m_statisticBox);
    m_statisticBox->setCurrentIndex(m_statisticBox->findData(static_cast<int>(m_statistic)));
    m_scatter->setData(run().scatter(m_statistic, period()));
    m_scatter->setSelected(m_feature);
    m_drift->setData(run().drift(m_feature, m_statistic));
    m_drift->setSelected(period());
}

void DriftSection::periodChanged()
{
    m_features->setFeatures(run().features(period()));
    m_scatter->setData(run().scatter(m_statistic, period()));
    m_drift->setSelected(period());
    m_performance->setSelected(period());
    showFeature();
}

void DriftSection::showFeature()
{
    m_features->setSelected(m_feature);
    m_scatter->setSelected(m_feature);
    m_histogram->setData(run().histogram(m_feature, period()));
}

void DriftSection::focusStart()
{
    m_features->view()->setFocus();
}

} // namespace countersign
