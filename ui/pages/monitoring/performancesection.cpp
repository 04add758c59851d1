// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/performancesection.h"

#include "ui/charts/chartpanel.h"
#include "ui/charts/curvechart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/performanceviewmodel.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

constexpr auto discriminationPart = PerformanceViewModel::Part::Discrimination;

} // namespace

PerformanceSection::PerformanceSection(DialogService &dialogs, QWidget *parent)
    : RunSection(dialogs, parent)
    , m_figures(new RowsTable(tr("Performance figures"), PerformanceViewModel::figureHeadings()))
    , m_timeline(new TimelineChart)
    , m_roc(new CurveChart)
    , m_gains(new CurveChart)
    , m_rocPanel(addPanel(m_roc, u"roc-curve"_s))
    , m_gainsPanel(addPanel(m_gains, u"cumulative-gains"_s))
{
    m_figures->shareWidth({0});
    arrange(nullptr, m_figures, {{addPanel(m_timeline, u"performance-figure"_s)}, {m_rocPanel, m_gainsPanel}});
    connect(m_timeline, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_figures, &RowsTable::currentKeyChanged, this, [this] {
        if (const QString key = m_figures->currentKey(); !key.isEmpty() && key != m_figure) {
            m_figure = key;
            showFigure();
        }
    });
}

void PerformanceSection::runChanged()
{
    const PerformanceViewModel model(run().result());
    const QStringList names = model.figures(discriminationPart);
    if (!names.contains(m_figure))
        m_figure = names.value(0);
    setShown(m_rocPanel, model.hasCurves());
    setShown(m_gainsPanel, model.hasCurves());
}

void PerformanceSection::periodChanged()
{
    const PerformanceViewModel model(run().result());
    m_figures->setRows(model.figureRows(discriminationPart, period()));
    m_figures->select(m_figure);
    m_roc->setData(model.roc(period()));
    m_gains->setData(model.gains(period()));
    showFigure();
}

void PerformanceSection::showFigure()
{
    if (m_figure.isEmpty())
        return;
    const bool judged = m_figure == u"roc_auc"_s || m_figure == u"regression_rmse"_s;
    m_timeline->setData(judged ? run().performance().value_or(TimelineData{})
                               : PerformanceViewModel(run().result()).timeline(m_figure));
    m_timeline->setSelected(period());
}

void PerformanceSection::focusStart()
{
    m_figures->setFocus();
}

} // namespace countersign
