// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/monitoringview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/charts/captionlabel.h"
#include "ui/pages/monitoring/calibrationsection.h"
#include "ui/pages/monitoring/driftsection.h"
#include "ui/pages/monitoring/estimatesection.h"
#include "ui/pages/monitoring/estimateviewmodel.h"
#include "ui/pages/monitoring/fairnesssection.h"
#include "ui/pages/monitoring/fairnessviewmodel.h"
#include "ui/pages/monitoring/limitssection.h"
#include "ui/pages/monitoring/limitsviewmodel.h"
#include "ui/pages/monitoring/performancesection.h"
#include "ui/pages/monitoring/performanceviewmodel.h"
#include "ui/pages/monitoring/qualitysection.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/text.h"

namespace countersign {

using namespace Qt::StringLiterals;

MonitoringView::MonitoringView(DialogService &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_dialogs(dialogs)
    , m_tabs(new QTabBar)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState(u"drift"_s, {}, {}))
    , m_drift(new DriftSection(dialogs))
    , m_sections{m_drift,
                 new PerformanceSection(dialogs),
                 new CalibrationSection(dialogs),
                 new EstimateSection(dialogs),
                 new FairnessSection(dialogs),
                 new QualitySection(dialogs),
                 new LimitsSection(dialogs)}
{
    m_tabs->setAccessibleName(tr("Sections of the run"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setDocumentMode(true);
    for (const QString &title : {tr("Drift"), tr("Performance"), tr("Calibration"), tr("Estimated"), tr("Fairness"),
                                 tr("Data quality"), tr("Limits")})
        m_tabs->addTab(title);
    m_stack->addWidget(m_empty);
    for (RunSection *section : std::as_const(m_sections)) {
        m_stack->addWidget(section);
        connect(section, &RunSection::periodSelected, this, &MonitoringView::selectPeriod);
    }

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeControls());
    column->addWidget(m_tabs);
    column->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &MonitoringView::showSection);
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
    m_badge = new Badge(bar);
    m_summary = new CaptionLabel(2, bar);
    m_warnings = new QToolButton(bar);
    m_warnings->setToolTip(tr("What to know about the columns of this run"));
    connect(m_warnings, &QToolButton::clicked, this,
            [this] { m_dialogs.inform(this, tr("Warnings of the run"), toQt(m_run.result().warnings).join(u'\n')); });
    auto *periodLabel = new QLabel(tr("&Period"), bar);
    periodLabel->setBuddy(m_periodBox);
    m_statisticLabel = new QLabel(tr("&Statistic"), bar);
    m_statisticLabel->setBuddy(m_drift->statisticBox());

    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(periodLabel);
    row->addWidget(m_periodBox);
    row->addWidget(m_slider);
    row->addSpacing(8);
    row->addWidget(m_statisticLabel);
    row->addWidget(m_drift->statisticBox());
    row->addSpacing(8);
    row->addWidget(m_badge);
    row->addWidget(m_summary, 1);
    row->addWidget(m_warnings);

    connect(m_periodBox, &QComboBox::currentIndexChanged, this, &MonitoringView::selectPeriod);
    connect(m_slider, &QSlider::valueChanged, this, &MonitoringView::selectPeriod);
    return bar;
}

void MonitoringView::setRun(DriftViewModel run)
{
    m_run = std::move(run);
    for (RunSection *section : std::as_const(m_sections))
        section->clear();
    m_period = m_run.judgedPeriod();
    fillControls();
    showSection();
}

void MonitoringView::fillControls()
{
    const QSignalBlocker quietPeriods(m_periodBox);
    const QSignalBlocker quietSlider(m_slider);
    const auto warnings = m_run.result().warnings.size();
    m_warnings->setVisible(warnings > 0);
    m_warnings->setText(warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    m_periodBox->clear();
    m_periodBox->addItems(m_run.periods());
    m_slider->setRange(0, std::max(0, m_periodBox->count() - 1));
}

void MonitoringView::selectPeriod(int period)
{
    if (period == m_period || period < 0 || period >= m_periodBox->count())
        return;
    m_period = period;
    showSection();
}

MonitoringView::Section MonitoringView::section() const
{
    return static_cast<Section>(m_tabs->currentIndex());
}

void MonitoringView::selectSection(Section section)
{
    m_tabs->setCurrentIndex(static_cast<int>(section));
}

QString MonitoringView::missing(Section section) const
{
    const RunResult &result = m_run.result();
    switch (section) {
    case Section::Performance:
        return PerformanceViewModel(result).missing();
    case Section::Calibration: {
        const PerformanceViewModel model(result);
        if (!model.missing().isEmpty() || model.hasCurves())
            return model.missing();
        return tr("Calibration is measured of a score against a target of two values; this run predicts numbers.");
    }
    case Section::Estimated:
        return EstimateViewModel(result).missing();
    case Section::Fairness:
        return FairnessViewModel(result).missing();
    case Section::Limits:
        return LimitsViewModel(result).missing();
    case Section::Drift:
    case Section::Quality:
        break;
    }
    return {};
}

void MonitoringView::showSection()
{
    const bool drift = section() == Section::Drift;
    m_statisticLabel->setVisible(drift);
    m_drift->statisticBox()->setVisible(drift);
    if (m_period < 0)
        return;
    const QSignalBlocker quietPeriods(m_periodBox);
    const QSignalBlocker quietSlider(m_slider);
    m_periodBox->setCurrentIndex(m_period);
    m_slider->setValue(m_period);
    m_badge->setBadge(badgeFor(healthOf(m_run.result().periods.at(static_cast<std::size_t>(m_period)).verdict)));
    m_summary->setText(m_run.periodSummary(m_period));
    if (const QString reason = missing(section()); !reason.isEmpty()) {
        m_empty->setTexts(tr("Not in this run"), reason);
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    RunSection *shown = widgetOf(section());
    shown->show(&m_run, m_period);
    m_stack->setCurrentWidget(shown);
}

void MonitoringView::focusStart()
{
    if (m_stack->currentWidget() != m_empty)
        widgetOf(section())->focusStart();
}

} // namespace countersign
