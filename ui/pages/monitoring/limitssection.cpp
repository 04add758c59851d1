// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/limitssection.h"

#include "ui/charts/chartpanel.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/limitsviewmodel.h"

namespace countersign {

using namespace Qt::StringLiterals;

LimitsSection::LimitsSection(DialogService &dialogs, QWidget *parent)
    : RunSection(dialogs, parent)
    , m_figures(new RowsTable(tr("Figures with limits"), LimitsViewModel::headings()))
    , m_timeline(new TimelineChart)
{
    m_figures->shareWidth({0});
    m_figures->setWrapping();
    arrange(nullptr, m_figures, {{addPanel(m_timeline, u"figure-over-time"_s)}});
    connect(m_timeline, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_figures, &RowsTable::currentKeyChanged, this, [this] {
        if (const QString key = m_figures->currentKey(); !key.isEmpty() && key != m_figure) {
            m_figure = key;
            showFigure();
        }
    });
}

void LimitsSection::runChanged()
{
    m_figures->setRows({});
}

void LimitsSection::periodChanged()
{
    m_figures->setRows(LimitsViewModel(run().result()).rows(period()));
    m_figures->select(m_figure);
    if (m_figures->currentKey() != m_figure || m_figure.isEmpty()) {
        m_figures->selectFirst();
        m_figure = m_figures->currentKey();
    }
    showFigure();
}

void LimitsSection::showFigure()
{
    m_timeline->setData(LimitsViewModel(run().result()).timeline(m_figure));
    m_timeline->setSelected(period());
}

void LimitsSection::focusStart()
{
    m_figures->setFocus();
}

} // namespace countersign
