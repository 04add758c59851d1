// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/qualitysection.h"

#include <algorithm>

#include "ui/charts/chartpanel.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/qualityviewmodel.h"

namespace countersign {

using namespace Qt::StringLiterals;

QualitySection::QualitySection(DialogService &dialogs, QWidget *parent)
    : RunSection(dialogs, parent)
    , m_features(new RowsTable(tr("Data quality by feature"), QualityViewModel::headings()))
    , m_missing(new TimelineChart)
    , m_outside(new TimelineChart)
    , m_arrived(new TimelineChart)
    , m_duplicates(new TimelineChart)
    , m_arrivedPanel(addPanel(m_arrived, u"rows-arrived"_s))
    , m_duplicatesPanel(addPanel(m_duplicates, u"duplicate-rows"_s))
{
    m_features->shareWidth({0});
    arrange(nullptr, m_features,
            {{addPanel(m_missing, u"missing-values"_s), addPanel(m_outside, u"values-outside"_s)},
             {m_arrivedPanel, m_duplicatesPanel}});
    for (TimelineChart *chart : {m_missing, m_outside, m_arrived, m_duplicates})
        connect(chart, &TimelineChart::periodSelected, this, &RunSection::periodSelected);
    connect(m_features, &RowsTable::currentKeyChanged, this, [this] {
        if (const QString key = m_features->currentKey(); !key.isEmpty() && key != m_feature) {
            m_feature = key;
            showFeature();
        }
    });
}

void QualitySection::runChanged()
{
    const QualityViewModel model(run().result());
    if (!run().has(m_feature))
        m_feature = period() < 0 ? QString() : run().worstFeature(period());
    const TimelineData arrived = model.timeliness();
    setShown(m_arrivedPanel, std::any_of(arrived.points.begin(), arrived.points.end(),
                                         [](const auto &point) { return point.value.has_value(); }));
    m_arrived->setData(arrived);
    setShown(m_duplicatesPanel, model.hasDuplicates());
    m_duplicates->setData(model.duplicates());
}

void QualitySection::periodChanged()
{
    m_features->setRows(QualityViewModel(run().result()).rows(period()));
    m_features->select(m_feature);
    m_arrived->setSelected(period());
    m_duplicates->setSelected(period());
    showFeature();
}

void QualitySection::showFeature()
{
    if (m_feature.isEmpty())
        return;
    const QualityViewModel model(run().result());
    m_missing->setData(model.feature(m_feature, QualityViewModel::Measure::Missing));
    m_outside->setData(model.feature(m_feature, QualityViewModel::Measure::Outside));
    m_missing->setSelected(period());
    m_outside->setSelected(period());
}

void QualitySection::focusStart()
{
    m_features->setFocus();
}

} // namespace countersign
