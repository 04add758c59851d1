// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/charts/captionlabel.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/driftscatter.h"
#include "ui/charts/histogramchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftfeaturetable.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr int featuresWidth = 330;

} // namespace

MonitoringView::MonitoringView(DialogService &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_dialogs(dialogs)
    , m_features(new DriftFeatureTable)
    , m_scatter(new DriftScatter)
    , m_histogram(new HistogramChart)
    , m_drift(new TimelineChart)
    , m_performance(new TimelineChart)
{
    m_split = new QSplitter(Qt::Horizontal);
    m_split->setChildrenCollapsible(false);
    m_features->setMinimumWidth(featuresWidth * 9 / 10);
    m_split->addWidget(m_features);
    m_split->addWidget(makeCharts());
    m_split->setSizes({featuresWidth, 3 * featuresWidth});
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 3);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeControls());
    column->addWidget(m_split, 1);

    connect(m_features, &DriftFeatureTable::featureSelected, this, &MonitoringView::selectFeature);
    connect(m_scatter, &DriftScatter::featureSelected, this, &MonitoringView::selectFeature);
    connect(m_drift, &TimelineChart::periodSelected, this, &MonitoringView::selectPeriod);
    connect(m_performance, &TimelineChart::periodSelected, this, &MonitoringView::selectPeriod);
}

MonitoringView::~MonitoringView() = default;

QWidget *MonitoringView::makeControls()
{
    auto *bar = new QWidget;
    m_periodBox = new QComboBox(bar);
    m_periodBox->setAccessibleName(tr("Period"));
    m_periodBox->setMinimumContentsLength(9);
    m_slider = new QSlider(Qt::Horizontal, bar);
    m_slider->setAccessibleName(tr("Period slider"));
    m_slider->setFixedWidth(150);
    m_slider->setPageStep(1);
    m_statisticBox = new QComboBox(bar);
    m_statisticBox->setAccessibleName(tr("Drift statistic"));
    m_badge = new Badge(bar);
    m_summary = new CaptionLabel(2, bar);
    m_warnings = new QToolButton(bar);
    m_warnings->setToolTip(tr("What to know about the columns of this run"));
    connect(m_warnings, &QToolButton::clicked, this,
            [this] { m_dialogs.inform(this, tr("Warnings of the run"), toQt(m_run.result().warnings).join(u'\n')); });
    auto *periodLabel = new QLabel(tr("&Period"), bar);
    periodLabel->setBuddy(m_periodBox);
    auto *statisticLabel = new QLabel(tr("&Statistic"), bar);
    statisticLabel->setBuddy(m_statisticBox);

    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(periodLabel);
    row->addWidget(m_periodBox);
    row->addWidget(m_slider);
    row->addSpacing(8);
    row->addWidget(statisticLabel);
    row->addWidget(m_statisticBox);
    row->addSpacing(8);
    row->addWidget(m_badge);
    row->addWidget(m_summary, 1);
    row->addWidget(m_warnings);

    connect(m_periodBox, &QComboBox::currentIndexChanged, this, &MonitoringView::selectPeriod);
    connect(m_slider, &QSlider::valueChanged, this, &MonitoringView::selectPeriod);
    connect(m_statisticBox, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0)
            selectStatistic(static_cast<DriftStatistic>(m_statisticBox->itemData(index).toInt()));
    });
    return bar;
}

QWidget *MonitoringView::makeCharts()
{
    m_panels = {new ChartPanel(m_scatter, u"drift-scatter"_s, m_dialogs),
                new ChartPanel(m_histogram, u"distribution"_s, m_dialogs),
                new ChartPanel(m_drift, u"drift-over-time"_s, m_dialogs),
                new ChartPanel(m_performance, u"performance-over-time"_s, m_dialogs)};
    auto *rows = new QSplitter(Qt::Vertical);
    rows->setChildrenCollapsible(false);
    for (std::size_t row = 0; row < 2; ++row) {
        auto *pair = new QSplitter(Qt::Horizontal);
        pair->setChildrenCollapsible(false);
        for (std::size_t at = 2 * row; at < 2 * row + 2; ++at) {
            pair->addWidget(m_panels[at]);
            pair->setStretchFactor(static_cast<int>(at % 2), 1);
            connect(m_panels[at], &ChartPanel::enlargeToggled, this,
                    [this, panel = m_panels[at]](bool enlarged) { enlarge(panel, enlarged); });
        }
        m_chartRows[row] = pair;
        rows->addWidget(pair);
        rows->setStretchFactor(static_cast<int>(row), 1);
    }
    return rows;
}

void MonitoringView::setRun(DriftViewModel run)
{
    m_run = std::move(run);
    m_period = m_run.judgedPeriod();
    if (!m_run.statistics().contains(m_statistic))
        m_statistic = DriftStatistic::Psi;
    fillControls();
    if (m_period < 0)
        return;
    if (!m_run.has(m_feature))
        m_feature = m_run.worstFeature(m_period);
    const auto performance = m_run.performance();
    m_panels[3]->setVisible(performance.has_value());
    m_performance->setData(performance.value_or(TimelineData{}));
    m_drift->setData(m_run.drift(m_feature, m_statistic));
    showPeriod();
}

void MonitoringView::fillControls()
{
    const QSignalBlocker quietPeriods(m_periodBox);
    const QSignalBlocker quietSlider(m_slider);
    const QSignalBlocker quietStatistics(m_statisticBox);
    const auto warnings = m_run.result().warnings.size();
    m_warnings->setVisible(warnings > 0);
    m_warnings->setText(warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    m_periodBox->clear();
    m_periodBox->addItems(m_run.periods());
    m_slider->setRange(0, std::max(0, m_periodBox->count() - 1));
    m_statisticBox->clear();
    for (const DriftStatistic statistic : m_run.statistics())
        m_statisticBox->addItem(displayName(statistic), static_cast<int>(statistic));
    m_statisticBox->setCurrentIndex(m_statisticBox->findData(static_cast<int>(m_statistic)));
}

void MonitoringView::selectFeature(const QString &feature)
{
    if (feature == m_feature || !m_run.has(feature))
        return;
    m_feature = feature;
    m_drift->setData(m_run.drift(m_feature, m_statistic));
    m_drift->setSelected(m_period);
    showFeature();
}

void MonitoringView::selectPeriod(int period)
{
    if (period == m_period || period < 0 || period >= m_periodBox->count())
        return;
    m_period = period;
    showPeriod();
}

void MonitoringView::selectStatistic(DriftStatistic statistic)
{
    if (statistic == m_statistic || !m_run.statistics().contains(statistic))
        return;
    m_statistic = statistic;
    const QSignalBlocker quiet(m_statisticBox);
    m_statisticBox->setCurrentIndex(m_statisticBox->findData(static_cast<int>(m_statistic)));
    m_scatter->setData(m_run.scatter(m_statistic, m_period));
    m_scatter->setSelected(m_feature);
    m_drift->setData(m_run.drift(m_feature, m_statistic));
    m_drift->setSelected(m_period);
}

void MonitoringView::showPeriod()
{
    const QSignalBlocker quietPeriods(m_periodBox);
    const QSignalBlocker quietSlider(m_slider);
    m_periodBox->setCurrentIndex(m_period);
    m_slider->setValue(m_period);
    m_badge->setBadge(badgeFor(healthOf(m_run.result().periods.at(static_cast<std::size_t>(m_period)).verdict)));
    m_summary->setText(m_run.periodSummary(m_period));
    m_features->setFeatures(m_run.features(m_period));
    m_scatter->setData(m_run.scatter(m_statistic, m_period));
    m_drift->setSelected(m_period);
    m_performance->setSelected(m_period);
    showFeature();
}

void MonitoringView::showFeature()
{
    m_features->setSelected(m_feature);
    m_scatter->setSelected(m_feature);
    m_histogram->setData(m_run.histogram(m_feature, m_period));
}

void MonitoringView::enlarge(ChartPanel *panel, bool enlarged)
{
    m_features->setVisible(!enlarged);
    for (ChartPanel *each : m_panels) {
        const bool wanted = each != m_panels[3] || m_run.performance().has_value();
        each->setVisible(wanted && (!enlarged || each == panel));
        each->setEnlarged(enlarged && each == panel);
    }
    for (std::size_t row = 0; row < m_chartRows.size(); ++row)
        m_chartRows[row]->setVisible(!enlarged || panel == m_panels[2 * row] || panel == m_panels[2 * row + 1]);
    panel->plot()->setFocus();
}

void MonitoringView::focusStart()
{
    m_features->view()->setFocus();
}

} // namespace countersign
