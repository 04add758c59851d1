// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/fairnessviewmodel.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/monitoring/fairnessfigures.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/pages/monitoring/limittext.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

/// The rule of thumb of US employment selection (29 CFR 1607.4(D)), a line to look at and no more.
constexpr double fourFifths = 0.8;

std::optional<FigureInfo> entryFor(const QString &measure)
{
    const std::string name = measure.toStdString();
    for (const auto &info : fairnessFigureInfos())
        if (info.name == name)
            return info;
    return std::nullopt;
}

/// The value that says there is no difference, where there is one.
std::optional<double> noDifference(const std::optional<FigureInfo> &info)
{
    if (!info || (info->better != Better::NearZero && info->better != Better::NearOne))
        return std::nullopt;
    return info->better == Better::NearOne ? 1.0 : 0.0;
}

QString definitionOf(const std::optional<FigureInfo> &info)
{
    return info ? capitalised(toQt(info->definition)) + u'.' : QString();
}

const Figure *figureFor(const GroupFairness &group, const std::string &name)
{
    const auto found = group.figures.find(name);
    return found == group.figures.end() ? nullptr : &found->second;
}

} // namespace

QString FairnessViewModel::title(const QString &measure)
{
    const auto entry = entryFor(measure);
    return entry ? toQt(entry->title) : measure;
}

QStringList FairnessViewModel::columns() const
{
    QStringList names;
    for (const RunPeriod &period : m_run.periods) {
        for (const FairnessResult &result : period.fairness) {
            if (!names.contains(toQt(result.column)))
                names << toQt(result.column);
        }
    }
    return names;
}

QStringList FairnessViewModel::measures(const QString &column) const
{
    QStringList names;
    for (const auto &entry : fairnessFigureInfos()) {
        const bool any = std::any_of(m_run.periods.begin(), m_run.periods.end(), [&](const RunPeriod &period) {
            return std::any_of(period.fairness.begin(), period.fairness.end(), [&](const FairnessResult &result) {
                return toQt(result.column) == column &&
                       std::any_of(result.groups.begin(), result.groups.end(), [&](const GroupFairness &group) {
                           const Figure *figure = figureFor(group, std::string(entry.name));
                           return figure && figure->value;
                       });
            });
        });
        if (any)
            names << toQt(entry.name);
    }
    return names;
}

const FairnessResult *FairnessViewModel::find(const QString &column, int period) const
{
    const auto &results = m_run.periods.at(static_cast<std::size_t>(period)).fairness;
    const std::string name = column.toStdString();
    const auto found = std::find_if(results.begin(), results.end(),
                                    [&](const FairnessResult &result) { return result.column == name; });
    return found == results.end() ? nullptr : &*found;
}

QString FairnessViewModel::method(const FairnessResult &result) const
{
    const DecisionRule &rule = m_run.settings.decision;
    const QString decision =
        rule.favourable == FavourableDecision::AtOrOver ? tr("a score at or over %1") : tr("a score under %1");
    QString text = tr("Favourable decision: %1. Compared with the group \"%2\".")
                       .arg(decision.arg(figureNumber(rule.threshold)), toQt(result.comparison));
    if (result.rowsWithoutGroup > 0)
        text +=
            tr(" %1 rows without a group are left out.").arg(countText(static_cast<qint64>(result.rowsWithoutGroup)));
    return text + tr(" Measures for the organisation's own policy; none of them is a legal test.");
}

std::vector<LimitLine> FairnessViewModel::lines(const QString &measure) const
{
    std::vector<LimitLine> lines;
    if (const auto none = noDifference(entryFor(measure)))
        lines.push_back({tr("no difference"), *none, Tone::Plain});
    if (const auto *limit = limitOn(measure)) {
        const auto drawn = limit->figure == LimitedFigure::adverseImpactRatio
                               ? limitLines(limit->amber, limit->red, 2)
                               : linesAroundZero(limit->amber, limit->red);
        lines.insert(lines.end(), drawn.begin(), drawn.end());
    } else if (measure == u"adverse_impact_ratio"_s) {
        lines.push_back({tr("four fifths 0.80"), fourFifths, Tone::Amber});
    }
    return lines;
}

const FigureLimit *FairnessViewModel::limitOn(const QString &measure) const
{
    const Thresholds &thresholds = m_run.settings.thresholds;
    if (measure == u"adverse_impact_ratio"_s)
        return countersign::limitOn(thresholds, LimitedFigure::adverseImpactRatio);
    return measure == u"equal_opportunity_difference"_s
               ? countersign::limitOn(thresholds, LimitedFigure::equalOpportunityDifference)
               : nullptr;
}

QString FairnessViewModel::limitsText(const QString &measure) const
{
    const auto *limit = limitOn(measure);
    return limit ? u' ' + limitsSentence(m_run.settings.thresholds, enumName(limit->figure), limit->amber, limit->red)
                 : QString();
}

IntervalData FairnessViewModel::byGroup(const QString &column, const QString &measure, int period) const
{
    IntervalData data;
    data.rowTitle = column;
    data.xTitle = title(measure);
    data.title =
        tr("%1 by %2, %3").arg(data.xTitle, column, toQt(m_run.periods.at(static_cast<std::size_t>(period)).label));
    const FairnessResult *result = find(column, period);
    if (!result)
        return data;
    const auto entry = entryFor(measure);
    data.limits = lines(measure);
    const bool ratio = measure == u"adverse_impact_ratio"_s;
    const auto *limit = limitOn(measure);
    const double least = limit ? limit->amber : fourFifths;
    std::uint64_t smallest = std::numeric_limits<std::uint64_t>::max();
    for (const GroupFairness &group : result->groups) {
        IntervalData::Row row;
        row.label = toQt(group.group);
        if (const Figure *figure = figureFor(group, measure.toStdString())) {
            row.value = figure->value;
            row.low = figure->low;
            row.high = figure->high;
        }
        row.n = group.n;
        smallest = std::min(smallest, group.n);
        const bool few = group.n < m_run.settings.thresholds.minimumRows;
        row.tone = few ? Tone::Unknown : ratio && row.high && *row.high < least ? Tone::Amber : Tone::Plain;
        row.note =
            few                                 ? tr("Too few rows to judge by")
            : group.group == result->comparison ? tr("The group that the others are compared with")
            : row.tone == Tone::Amber
                ? tr("Below %1 even at the upper end of its interval").arg(limit ? limitText(least) : tr("four fifths"))
                : QString();
        data.rows.push_back(row);
    }
    data.caption = tr("%1 groups, the smallest with %2 rows; 95 % intervals. %3 %4")
                       .arg(result->groups.size())
                       .arg(countText(static_cast<qint64>(result->groups.empty() ? 0 : smallest)), definitionOf(entry),
                            method(*result)) +
                   limitsText(measure);
    return data;
}

TimelineData FairnessViewModel::timeline(const QString &column, const QString &group, const QString &measure) const
{
    TimelineData data;
    const auto entry = entryFor(measure);
    data.yTitle = title(measure);
    data.title = tr("%1 of %2 over time").arg(data.yTitle, group);
    data.countTitle = tr("rows of the group");
    data.fromZero = false;
    data.limits = lines(measure);
    const std::string name = group.toStdString();
    std::uint64_t rows = 0;
    for (std::size_t i = 0; i < m_run.periods.size(); ++i) {
        TimelineData::Point point;
        point.label = toQt(m_run.periods[i].label);
        point.inReference = m_run.periods[i].inReference;
        if (const FairnessResult *result = find(column, static_cast<int>(i))) {
            for (const GroupFairness &each : result->groups) {
                if (each.group != name)
                    continue;
                point.count = each.n;
                if (const Figure *figure = figureFor(each, measure.toStdString())) {
                    point.value = figure->value;
                    point.low = figure->low;
                    point.high = figure->high;
                }
            }
            rows += point.count;
            data.caption = tr("n = %1 rows of %2 in all periods; 95 % intervals. %3 %4")
                               .arg(countText(static_cast<qint64>(rows)), group, definitionOf(entry), method(*result)) +
                           limitsText(measure);
        }
        point.enough = point.count >= m_run.settings.thresholds.minimumRows;
        data.points.push_back(std::move(point));
    }
    return data;
}

QStringList FairnessViewModel::headings()
{
    return {tr("Group"), tr("Rows"), tr("Selected"), tr("Impact ratio")};
}

QList<Row> FairnessViewModel::rows(const QString &column, int period) const
{
    QList<Row> rows;
    const FairnessResult *result = find(column, period);
    if (!result)
        return rows;
    for (const GroupFairness &group : result->groups) {
        Cell count(countText(static_cast<qint64>(group.n)), static_cast<qulonglong>(group.n));
        count.number = true;
        Row row{toQt(group.group),
                {Cell(toQt(group.group)), count, valueCell(figureFor(group, "selection_rate")),
                 valueCell(figureFor(group, "adverse_impact_ratio"))}};
        if (group.group == result->comparison)
            row.cells[0].toolTip = tr("The group that the others are compared with");
        rows << row;
    }
    return rows;
}

QString FairnessViewModel::missing() const
{
    if (!columns().isEmpty())
        return {};
    if (m_run.settings.roles.groups.empty())
        return tr("This run names no column of groups of people. Start a new run and choose one or more, such as sex "
                  "or region, to see how decisions and outcomes differ between them.");
    return tr("None of the columns of groups could be measured: it takes a score to decide by.");
}

} // namespace countersign
