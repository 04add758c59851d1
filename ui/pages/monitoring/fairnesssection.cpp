// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/fairnesssection.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include "ui/charts/chartpanel.h"
#include "ui/charts/intervalchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/fairnessviewmodel.h"

namespace countersign {

using namespace Qt::StringLiterals;

FairnessSection::FairnessSection(DialogService &dialogs, QWidget *parent)
    : RunSection(dialogs, parent)
    , m_column(new QComboBox)
    , m_measure(new QComboBox)
    , m_groups(new RowsTable(tr("Groups"), FairnessViewModel::headings()))
    , m_byGroup(new IntervalChart)
    , m_timeline(new TimelineChart)
{
    m_column->setAccessibleName(tr("Column of groups"));
    m_measure->setAccessibleName(tr("Fairness measure"));
    m_groups->shareWidth({0});
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    auto *columnLabel = new QLabel(tr("&Groups of"), head);
    columnLabel->setBuddy(m_column);
    auto *measureLabel = new QLabel(tr("&Measure"), head);
    measureLabel->setBuddy(m_measure);
    row->addWidget(columnLabel);
    row->addWidget(m_column);
    row->addSpacing(8);
    row->addWidget(measureLabel);
    row->addWidget(m_measure);
    row->addSpacing(8);
    row->addWidget(new QLabel(tr("Measures for the organisation's own policy; none of them is a legal test."), head));
    row->addStretch(1);
    arrange(head, m_groups,
            {{addPanel(m_byGroup, u"fairness-by-group"_s)}, {addPanel(m_timeline, u"fairness-over-time"_s)}});

    connect(m_timeline, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_column, &QComboBox::currentIndexChanged, this, [this] {
        fillMeasures();
        periodChanged();
    });
    connect(m_measure, &QComboBox::currentIndexChanged, this, [this] { showMeasure(); });
    connect(m_groups, &RowsTable::currentKeyChanged, this, [this] {
        if (const QString key = m_groups->currentKey(); !key.isEmpty() && key != m_group) {
            m_group = key;
            showMeasure();
        }
    });
    connect(m_byGroup, &PlotView::pointActivated, this,
            [this](int index) { m_groups->select(m_groups->rows()->rows().value(index).key); });
}

void FairnessSection::runChanged()
{
    const QSignalBlocker quiet(m_column);
    const QString before = m_column->currentText();
    m_column->clear();
    m_column->addItems(FairnessViewModel(run().result()).columns());
    m_column->setCurrentIndex(std::max(0, m_column->findText(before)));
    fillMeasures();
}

void FairnessSection::fillMeasures()
{
    const QSignalBlocker quiet(m_measure);
    const QVariant before = m_measure->currentData();
    m_measure->clear();
    for (const QString &measure : FairnessViewModel(run().result()).measures(m_column->currentText()))
        m_measure->addItem(FairnessViewModel::title(measure), measure);
    const int kept = m_measure->findData(before);
    m_measure->setCurrentIndex(kept >= 0 ? kept : std::max(0, m_measure->findData(u"adverse_impact_ratio"_s)));
}

void FairnessSection::periodChanged()
{
    const QList<Row> rows = FairnessViewModel(run().result()).rows(m_column->currentText(), period());
    m_groups->setRows(rows);
    m_groups->select(m_group);
    if (m_groups->currentKey().isEmpty() && !rows.isEmpty()) {
        m_group = rows.front().key;
        m_groups->select(m_group);
    }
    showMeasure();
}

void FairnessSection::showMeasure()
{
    const QString measure = m_measure->currentData().toString();
    if (measure.isEmpty())
        return;
    const FairnessViewModel model(run().result());
    m_byGroup->setData(model.byGroup(m_column->currentText(), measure, period()));
    m_timeline->setData(model.timeline(m_column->currentText(), m_group, measure));
    m_timeline->setSelected(period());
}

void FairnessSection::focusStart()
{
    m_column->setFocus();
}

} // namespace countersign
