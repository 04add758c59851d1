// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/runsection.h"

#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/chartpanel.h"
#include "ui/charts/plotview.h"
#include "ui/pages/model/driftviewmodel.h"

namespace countersign {

namespace {

constexpr int sideWidth = 420;

} // namespace

RunSection::RunSection(DialogService &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_dialogs(dialogs)
{
}

void RunSection::show(const DriftViewModel *run, int period)
{
    const bool another = run != m_run;
    if (!another && period == m_period)
        return;
    m_run = run;
    m_period = period;
    if (another)
        runChanged();
    if (period >= 0)
        periodChanged();
}

ChartPanel *RunSection::addPanel(PlotView *plot, const QString &stem)
{
    auto *panel = new ChartPanel(plot, stem, m_dialogs);
    connect(panel, &ChartPanel::enlargeToggled, this, [this, panel](bool enlarged) {
        m_enlarged = enlarged ? panel : nullptr;
        layOut();
        panel->plot()->setFocus();
    });
    m_panels << panel;
    return panel;
}

void RunSection::arrange(QWidget *head, QWidget *side, const QList<QList<ChartPanel *>> &rows)
{
    auto *charts = new QSplitter(Qt::Vertical);
    charts->setChildrenCollapsible(false);
    for (const QList<ChartPanel *> &panels : rows) {
        auto *row = new QSplitter(Qt::Horizontal);
        row->setChildrenCollapsible(false);
        for (ChartPanel *panel : panels) {
            row->addWidget(panel);
            row->setStretchFactor(row->count() - 1, 1);
        }
        m_rows << row;
        charts->addWidget(row);
        charts->setStretchFactor(charts->count() - 1, 1);
    }
    m_side = side;
    m_side->setMinimumWidth(sideWidth);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(side);
    split->addWidget(charts);
    split->setSizes({sideWidth, 2 * sideWidth});
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 2);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    if (head)
        column->addWidget(head);
    column->addWidget(split, 1);
}

void RunSection::setShown(ChartPanel *panel, bool shown)
{
    m_hidden.removeAll(panel);
    if (!shown)
        m_hidden << panel;
    if (!shown && m_enlarged == panel)
        m_enlarged = nullptr;
    layOut();
}

void RunSection::layOut()
{
    m_side->setVisible(!m_enlarged);
    for (ChartPanel *panel : std::as_const(m_panels)) {
        panel->setVisible(!m_hidden.contains(panel) && (!m_enlarged || panel == m_enlarged));
        panel->setEnlarged(panel == m_enlarged);
    }
    for (QSplitter *row : std::as_const(m_rows)) {
        const QList<ChartPanel *> panels = row->findChildren<ChartPanel *>(Qt::FindDirectChildrenOnly);
        row->setVisible(
            std::any_of(panels.begin(), panels.end(), [](const ChartPanel *panel) { return !panel->isHidden(); }));
    }
}

} // namespace countersign
