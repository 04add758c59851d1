// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/limitsviewmodel.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/monitoring/figureverdict.h"
#include "core/workspace/runsummary.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/pages/monitoring/limittext.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const FigureVerdict &figure)
{
    return toQt(enumName(figure.figure) + '\n' + figure.column + '\n' + figure.group);
}

/// "F (sex)", or "all rows".
QString subjectOf(const FigureVerdict &figure)
{
    return figure.column.empty() ? tr("all rows") : tr("%1 (%2)").arg(toQt(figure.group), toQt(figure.column));
}

Cell numberCell(const std::optional<double> &value, const QString &text)
{
    Cell cell(value ? text : u"–"_s, value ? QVariant(*value) : QVariant());
    cell.number = true;
    return cell;
}

} // namespace

QStringList LimitsViewModel::headings()
{
    return {tr("Figure"), tr("Of"), tr("Verdict"), tr("Value"), tr("p, adjusted"), tr("Amber"), tr("Red"), tr("Rows")};
}

QString LimitsViewModel::missing() const
{
    return m_run.settings.thresholds.figures.empty()
               ? tr("The policy sets no limits on calibration, fairness, duplicates or rows arrived. They are added "
                    "under \"thresholds\" of a policy, by tier, class and model.")
               : QString();
}

QList<Row> LimitsViewModel::rows(int period) const
{
    QList<Row> rows;
    for (const FigureVerdict &figure : m_run.periods.at(static_cast<std::size_t>(period)).figureVerdicts) {
        Row row{keyOf(figure),
                {Cell(toQt(nameOf(figure.figure))), Cell(subjectOf(figure)),
                 Cell(badgeFor(healthOf(figure.verdict)), static_cast<int>(figure.verdict)),
                 numberCell(figure.value, figureNumber(figure.value.value_or(0))),
                 numberCell(figure.adjustedPvalue, toQt(smallNumber(figure.adjustedPvalue.value_or(0)))),
                 numberCell(figure.amber, limitText(figure.amber)), numberCell(figure.red, limitText(figure.red)),
                 numberCell(static_cast<double>(figure.rows), countText(static_cast<qint64>(figure.rows)))}};
        for (Cell &cell : row.cells)
            cell.toolTip = toQt(figure.reason);
        rows << row;
    }
    return rows;
}

TimelineData LimitsViewModel::timeline(const QString &key) const
{
    TimelineData data;
    data.countTitle = tr("rows");
    const FigureVerdict *shown = nullptr;
    for (const RunPeriod &period : m_run.periods) {
        TimelineData::Point point;
        point.label = toQt(period.label);
        point.inReference = period.inReference;
        const auto found = std::ranges::find(period.figureVerdicts, key, keyOf);
        if (found != period.figureVerdicts.end()) {
            shown = &*found;
            point.value = found->value;
            point.count = found->rows;
            point.enough = found->verdict != Verdict::NotEnoughData;
            point.tone = toneOf(found->verdict);
            point.note = toQt(found->reason);
        }
        data.points.push_back(std::move(point));
    }
    if (!shown)
        return data;
    data.title = tr("%1 of %2").arg(toQt(nameOf(shown->figure)), subjectOf(*shown));
    data.yTitle = toQt(nameOf(shown->figure));
    data.fromZero = !isFloor(shown->figure);
    data.limits = {{tr("amber %1").arg(limitText(shown->amber)), shown->amber, Tone::Amber},
                   {tr("red %1").arg(limitText(shown->red)), shown->red, Tone::Red}};
    const Thresholds &thresholds = m_run.settings.thresholds;
    data.caption =
        tr("%1 Amber %2 %3, red %2 %4, where it is more than chance among all tests of the run (at most %5 % of them "
           "false) and rests on at least %6 rows; n = %7 in the last period.")
            .arg(toQt(definitionOf(shown->figure)), isFloor(shown->figure) ? tr("under") : tr("over"),
                 limitText(shown->amber), limitText(shown->red), limitText(100 * thresholds.falseDiscoveryRate),
                 countText(static_cast<qint64>(thresholds.minimumRows)), countText(static_cast<qint64>(shown->rows)));
    return data;
}

} // namespace countersign
