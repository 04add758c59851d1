// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/estimateviewmodel.h"

#include <algorithm>

#include "core/monitoring/estimatefigures.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/pages/monitoring/performanceviewmodel.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

const Figure *pick(const Figures &figures, const std::string &name)
{
    const auto found = figures.find(name);
    return found == figures.end() ? nullptr : &found->second;
}

QStringList namesOf(const RunResult &run, Figures PerformanceEstimate::*member)
{
    QStringList names;
    for (const RunPeriod &period : run.periods) {
        if (!period.estimate)
            continue;
        for (const auto &[name, figure] : (*period.estimate).*member) {
            if (figure.value && !names.contains(toQt(name)))
                names << toQt(name);
        }
    }
    names.sort();
    const QString first = u"roc_auc"_s;
    if (names.removeAll(first) > 0)
        names.prepend(first);
    return names;
}

} // namespace

QStringList EstimateViewModel::figures() const
{
    return namesOf(m_run, &PerformanceEstimate::figures);
}

QStringList EstimateViewModel::gapFigures() const
{
    return namesOf(m_run, &PerformanceEstimate::gaps);
}

TimelineData EstimateViewModel::timeline(const QString &name) const
{
    const std::string key = name.toStdString();
    TimelineData data;
    data.yTitle = PerformanceViewModel::title(name);
    data.title = tr("%1: estimated and realised").arg(data.yTitle);
    data.countTitle = tr("labelled predictions");
    data.otherTitle = tr("estimated");
    data.fromZero = false;
    for (const RunPeriod &period : m_run.periods) {
        TimelineData::Point point;
        point.label = toQt(period.label);
        if (const Figure *realised = pick(period.performance.figures, key)) {
            point.value = realised->value;
            point.low = realised->low;
            point.high = realised->high;
        }
        if (period.estimate) {
            if (const Figure *estimated = pick(period.estimate->figures, key))
                point.other = estimated->value;
            point.tone = period.estimate->suspectedConceptDrift ? Tone::Red : Tone::Plain;
            point.note = toQt(period.estimate->reason);
        }
        point.count = period.labelledRows;
        point.enough = period.labelledRows >= m_run.settings.thresholds.minimumRows;
        point.inReference = period.inReference;
        data.points.push_back(std::move(point));
    }
    data.caption = tr("Calibrated on %1 labelled rows of the reference (%2). %3")
                       .arg(countText(static_cast<qint64>(m_run.reference.labelledRows)), toQt(m_run.reference.label),
                            toQt(estimateAssumption()));
    return data;
}

IntervalData EstimateViewModel::gaps(const QString &name) const
{
    const std::string key = name.toStdString();
    IntervalData data;
    data.rowTitle = tr("Period");
    data.xTitle = tr("%1: realised minus estimated").arg(PerformanceViewModel::title(name));
    data.title = data.xTitle;
    data.limits = {{tr("no gap"), 0, Tone::Plain}};
    std::uint64_t known = 0;
    for (const RunPeriod &period : m_run.periods) {
        if (period.inReference || !period.estimate)
            continue;
        const Figure *gap = pick(period.estimate->gaps, key);
        if (!gap || !gap->value)
            continue;
        known += period.labelledRows;
        data.rows.push_back({toQt(period.label), gap->value, gap->low, gap->high, period.labelledRows,
                             period.estimate->suspectedConceptDrift ? Tone::Red : Tone::Plain,
                             toQt(period.estimate->reason)});
    }
    data.empty = tr("No period outside the reference has enough known outcomes for a gap yet.");
    data.caption = tr("n = %1 rows whose outcome is known, with 95 % intervals; red where the gap is more than "
                      "sampling gives, among all periods (Benjamini-Hochberg): suspected concept drift.")
                       .arg(countText(static_cast<qint64>(known)));
    return data;
}

QStringList EstimateViewModel::headings()
{
    return {tr("Figure"), tr("Estimated"), tr("Expected range"), tr("Realised"), tr("Gap")};
}

QList<Row> EstimateViewModel::rows(int period) const
{
    QList<Row> rows;
    const auto &estimate = at(period).estimate;
    for (const QString &name : figures()) {
        const std::string key = name.toStdString();
        const Figure *estimated = estimate ? pick(estimate->figures, key) : nullptr;
        const Figure *gap = estimate ? pick(estimate->gaps, key) : nullptr;
        rows << Row{name,
                    {Cell(PerformanceViewModel::title(name)), valueCell(estimated), intervalCell(estimated),
                     valueCell(pick(at(period).performance.figures, key)), valueCell(gap)}};
    }
    return rows;
}

QString EstimateViewModel::reason(int period) const
{
    return at(period).estimate ? toQt(at(period).estimate->reason) : QString();
}

bool EstimateViewModel::suspected(int period) const
{
    return at(period).estimate && at(period).estimate->suspectedConceptDrift;
}

QString EstimateViewModel::missing() const
{
    if (!figures().isEmpty())
        return {};
    return tr("Performance without outcomes is estimated from a score and a reference with both outcomes of a target "
              "of two values. This run has no such score, target or reference.");
}

} // namespace countersign
