// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/calibrationsection.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/charts/chartpanel.h"
#include "ui/charts/curvechart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/performanceviewmodel.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr auto calibrationPart = PerformanceViewModel::Part::Calibration;

} // namespace

CalibrationSection::CalibrationSection(DialogService &dialogs, QWidget *parent)
    : RunSection(dialogs, parent)
    , m_figures(new RowsTable(tr("Calibration figures"), PerformanceViewModel::figureHeadings()))
    , m_grades(new RowsTable(tr("Grades"), PerformanceViewModel::gradeHeadings()))
    , m_heading(new QLabel)
    , m_reliability(new CurveChart)
    , m_timeline(new TimelineChart)
{
    m_figures->shareWidth({0});
    m_grades->shareWidth({3});
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_figures, 1);
    m_heading->setBuddy(m_grades);
    column->addWidget(m_heading);
    column->addWidget(m_grades, 1);
    arrange(nullptr, side,
            {{addPanel(m_reliability, u"reliability"_s)}, {addPanel(m_timeline, u"calibration-over-time"_s)}});
    connect(m_timeline, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_figures, &RowsTable::currentKeyChanged, this, [this] {
        if (const QString key = m_figures->currentKey(); !key.isEmpty() && key != m_figure) {
            m_figure = key;
            showFigure();
        }
    });
}

void CalibrationSection::runChanged()
{
    const QStringList names = PerformanceViewModel(run().result()).figures(calibrationPart);
    if (names.contains(m_figure))
        return;
    const QString first = u"calibration_in_the_large"_s;
    m_figure = names.contains(first) ? first : names.value(0);
}

void CalibrationSection::periodChanged()
{
    const PerformanceViewModel model(run().result());
    m_figures->setRows(model.figureRows(calibrationPart, period()));
    m_figures->select(m_figure);
    m_heading->setText(model.gradesTitle(period()));
    m_grades->setRows(model.gradeRows(period()));
    m_reliability->setData(model.reliability(period()));
    showFigure();
}

void CalibrationSection::showFigure()
{
    if (m_figure.isEmpty())
        return;
    m_timeline->setData(PerformanceViewModel(run().result()).timeline(m_figure));
    m_timeline->setSelected(period());
}

void CalibrationSection::focusStart()
{
    m_figures->setFocus();
}

} // namespace countersign
