// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/estimatesection.h"

#include "ui/charts/chartpanel.h"
#include "ui/charts/intervalchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/estimateviewmodel.h"
#include "ui/widgets/messagebar.h"

namespace countersign {

using namespace Qt::StringLiterals;

EstimateSection::EstimateSection(DialogService &dialogs, QWidget *parent)
    : RunSection(dialogs, parent)
    , m_verdict(new MessageBar)
    , m_figures(new RowsTable(tr("Estimated figures"), EstimateViewModel::headings()))
    , m_timeline(new TimelineChart)
    , m_gaps(new IntervalChart)
    , m_gapsPanel(addPanel(m_gaps, u"estimate-gap"_s))
{
    m_verdict->setClosable(false);
    m_figures->shareWidth({0});
    arrange(m_verdict, m_figures, {{addPanel(m_timeline, u"estimated-performance"_s)}, {m_gapsPanel}});
    connect(m_timeline, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_figures, &RowsTable::currentKeyChanged, this, [this] {
        if (const QString key = m_figures->currentKey(); !key.isEmpty() && key != m_figure) {
            m_figure = key;
            showFigure();
        }
    });
}

void EstimateSection::runChanged()
{
    const QStringList names = EstimateViewModel(run().result()).figures();
    if (!names.contains(m_figure))
        m_figure = names.value(0);
}

void EstimateSection::periodChanged()
{
    const EstimateViewModel model(run().result());
    m_figures->setRows(model.rows(period()));
    m_figures->select(m_figure);
    const QString reason = model.reason(period());
    if (reason.isEmpty())
        m_verdict->clear();
    else
        m_verdict->showMessage(model.suspected(period()) ? MessageBar::Kind::warning : MessageBar::Kind::info, reason);
    showFigure();
}

void EstimateSection::showFigure()
{
    if (m_figure.isEmpty())
        return;
    const EstimateViewModel model(run().result());
    m_timeline->setData(model.timeline(m_figure));
    m_timeline->setSelected(period());
    const bool hasGaps = model.gapFigures().contains(m_figure);
    if (hasGaps)
        m_gaps->setData(model.gaps(m_figure));
    setShown(m_gapsPanel, hasGaps);
}

void EstimateSection::focusStart()
{
    m_figures->setFocus();
}

} // namespace countersign
