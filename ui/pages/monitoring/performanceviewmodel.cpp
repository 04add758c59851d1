// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/performanceviewmodel.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/monitoring/figures.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/pages/monitoring/limittext.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

constexpr std::array calibrationNames{"event_rate"sv,
                                      "mean_score"sv,
                                      "brier"sv,
                                      "calibration_in_the_large"sv,
                                      "calibration_slope"sv,
                                      "calibration_intercept"sv,
                                      "calibration_offset"sv,
                                      "expected_calibration_error"sv,
                                      "hosmer_lemeshow_statistic"sv,
                                      "hosmer_lemeshow_pvalue"sv,
                                      "jeffreys_pvalue"sv,
                                      "binomial_pvalue"sv};

bool belongsTo(PerformanceViewModel::Part part, std::string_view name)
{
    const bool calibration =
        std::find(calibrationNames.begin(), calibrationNames.end(), name) != calibrationNames.end();
    return calibration == (part == PerformanceViewModel::Part::Calibration);
}

const Figure *find(const Performance &performance, const std::string &name)
{
    const auto found = performance.figures.find(name);
    return found == performance.figures.end() ? nullptr : &found->second;
}

QString methodOf(const FigureInfo &info)
{
    return info.interval.empty() ? tr("%1.").arg(toQt(info.definition))
                                 : tr("%1; 95 % interval: %2.").arg(toQt(info.definition), toQt(info.interval));
}

BadgeStyle trafficBadge(TrafficLight light)
{
    switch (light) {
    case TrafficLight::Green:
        return {tr("Green"), Theme::Colour::green, BadgeShape::circle};
    case TrafficLight::Yellow:
        return {tr("Yellow"), Theme::Colour::amber, BadgeShape::triangle};
    case TrafficLight::Red:
        break;
    }
    return {tr("Red"), Theme::Colour::red, BadgeShape::square};
}

/// Of one figure, of which `reference` is that of the reference; who set them among the words.
LimitsInWords limitsOf(const Thresholds &t, const std::string &figure, const std::optional<double> &reference)
{
    const bool auc = figure == "roc_auc";
    if ((auc || figure == "regression_rmse") && reference) {
        LimitsInWords limits = limitsOnPerformance(t, auc, reference);
        limits.words += setByText(t, auc ? "aucDrop" : "rmseRatio");
        return limits;
    }
    if (const auto *gap = limitOn(t, LimitedFigure::calibrationGap); gap && figure == "calibration_in_the_large")
        return {linesAroundZero(gap->amber, gap->red), limitsSentence(t, "calibrationGap", gap->amber, gap->red)};
    return {{}, tr("No limits on this figure.")};
}

QString wilsonText(const CurvePoint &point)
{
    return tr("%1 to %2 at 95 % (Wilson)").arg(figureNumber(point.low), figureNumber(point.high));
}

CurveData::Curve curveOf(const std::vector<CurvePoint> &points, bool intervals)
{
    CurveData::Curve curve;
    for (const CurvePoint &point : points) {
        CurveData::Point shown{point.x, point.y, {}, {}, {}, {}};
        if (intervals) {
            shown.low = point.low;
            shown.high = point.high;
        }
        curve.points.push_back(shown);
    }
    return curve;
}

} // namespace

QStringList PerformanceViewModel::figures(Part part) const
{
    std::vector<FigureInfo> infos = scoreFigureInfos();
    const std::vector<FigureInfo> others = regressionFigureInfos();
    infos.insert(infos.end(), others.begin(), others.end());
    QStringList names;
    for (const FigureInfo &info : infos) {
        const std::string name(info.name);
        const bool any = std::any_of(m_run.periods.begin(), m_run.periods.end(), [&](const RunPeriod &period) {
            const Figure *figure = find(period.performance, name);
            return figure && figure->value;
        });
        if (any && belongsTo(part, info.name))
            names << toQt(name);
    }
    return names;
}

QString PerformanceViewModel::title(const QString &figure)
{
    return toQt(figureInfo(figure.toStdString()).title);
}

QStringList PerformanceViewModel::figureHeadings()
{
    return {tr("Figure"), tr("Value"), tr("95 % interval"), tr("Reference")};
}

QList<Row> PerformanceViewModel::figureRows(Part part, int period) const
{
    QList<Row> rows;
    for (const QString &name : figures(part)) {
        const std::string key = name.toStdString();
        const FigureInfo info = figureInfo(key);
        const Figure *now = find(at(period).performance, key);
        const Figure *before = find(m_run.reference.performance, key);
        Row row{name, {Cell(toQt(info.title)), valueCell(now), intervalCell(now), valueCell(before)}};
        row.cells[0].toolTip = methodOf(info);
        rows << row;
    }
    return rows;
}

TimelineData PerformanceViewModel::timeline(const QString &name) const
{
    TimelineData data;
    const std::string key = name.toStdString();
    const FigureInfo info = figureInfo(key);
    const Thresholds &limits = m_run.settings.thresholds;
    data.yTitle = toQt(info.title);
    data.title = tr("%1 over time").arg(data.yTitle);
    data.countTitle = tr("labelled predictions");
    data.fromZero = false;
    const Figure *figureBefore = find(m_run.reference.performance, key);
    const auto reference = figureBefore ? figureBefore->value : std::nullopt;
    const LimitsInWords shown = limitsOf(limits, key, reference);
    if (reference)
        data.limits = {{tr("reference %1").arg(figureNumber(*reference)), *reference, Tone::Plain}};
    data.limits.insert(data.limits.end(), shown.lines.begin(), shown.lines.end());
    for (const RunPeriod &period : m_run.periods) {
        TimelineData::Point point;
        point.label = toQt(period.label);
        if (const Figure *figure = find(period.performance, key)) {
            point.value = figure->value;
            point.low = figure->low;
            point.high = figure->high;
        }
        point.count = period.labelledRows;
        point.enough = period.labelledRows >= limits.minimumRows;
        point.inReference = period.inReference;
        data.points.push_back(std::move(point));
    }
    data.caption = tr("%1 labelled rows in the reference (%2). %3 %4")
                       .arg(countText(static_cast<qint64>(m_run.reference.labelledRows)), toQt(m_run.reference.label),
                            shown.words, methodOf(info));
    return data;
}

CurveData PerformanceViewModel::curves(int period, const QString &title, const QString &method,
                                       const std::function<CurveData::Curve(const Performance &)> &curve) const
{
    CurveData data;
    data.title = tr("%1, %2").arg(title, toQt(at(period).label));
    CurveData::Curve before = curve(m_run.reference.performance);
    before.name = tr("reference");
    before.reference = true;
    CurveData::Curve now = curve(at(period).performance);
    now.name = toQt(at(period).label);
    if (now.points.empty())
        data.empty = tr("There are not both outcomes among the %1 labelled rows of %2.")
                         .arg(countText(static_cast<qint64>(at(period).labelledRows)), now.name);
    else
        data.curves = {before, now};
    data.caption =
        tr("n = %1 labelled rows now, %2 in the reference (%3). %4")
            .arg(countText(static_cast<qint64>(at(period).labelledRows)),
                 countText(static_cast<qint64>(m_run.reference.labelledRows)), toQt(m_run.reference.label), method);
    return data;
}

CurveData PerformanceViewModel::roc(int period) const
{
    CurveData data = curves(period, tr("ROC curve"),
                            tr("Each point takes the rows with a score at or over one threshold for events; at most "
                               "100 thresholds are kept. The area under the curve is the AUC."),
                            [](const Performance &performance) {
                                if (!performance.scoreEvidence)
                                    return CurveData::Curve{};
                                const auto points = rocPoints(*performance.scoreEvidence);
                                CurveData::Curve curve = curveOf(points, false);
                                const auto &roc = performance.scoreEvidence->roc;
                                for (std::size_t i = 0; i < roc.thresholds.size() && i + 1 < curve.points.size(); ++i) {
                                    CurveData::Point &point = curve.points[i + 1];
                                    point.n = roc.falsePositives[i] + roc.truePositives[i];
                                    point.note = tr("Threshold %1; true positive rate %2")
                                                     .arg(figureNumber(roc.thresholds[i]), wilsonText(points[i + 1]));
                                }
                                return curve;
                            });
    data.xTitle = tr("False positive rate");
    data.yTitle = tr("True positive rate");
    data.diagonal = tr("chance");
    return data;
}

CurveData PerformanceViewModel::gains(int period) const
{
    CurveData data = curves(period, tr("Cumulative gains"),
                            tr("Rows in about ten groups of equal size, the highest scores first. A tenth of the rows "
                               "holds a tenth of the events where scores say nothing."),
                            [](const Performance &performance) {
                                CurveData::Curve curve;
                                if (performance.scoreEvidence) {
                                    const auto points = gainsPoints(*performance.scoreEvidence);
                                    curve = curveOf(points, false);
                                    for (std::size_t i = 1; i < points.size(); ++i)
                                        curve.points[i].note = tr("Share of events %1").arg(wilsonText(points[i]));
                                }
                                curve.marks = true;
                                return curve;
                            });
    data.xTitle = tr("Share of rows, highest scores first");
    data.yTitle = tr("Share of events");
    data.diagonal = tr("chance");
    return data;
}

CurveData PerformanceViewModel::reliability(int period) const
{
    CurveData data =
        curves(period, tr("Reliability"),
               tr("Probabilities in ten bins of equal width against what came to pass, with Jeffreys intervals at "
                  "95 %. Over the diagonal more events came than the score said."),
               [](const Performance &performance) {
                   CurveData::Curve curve = curveOf(reliabilityPoints(performance), true);
                   curve.marks = true;
                   std::size_t point = 0;
                   for (const GradeResult &bin : performance.reliability) {
                       if (bin.n > 0 && point < curve.points.size())
                           curve.points[point++].n = bin.n;
                   }
                   return curve;
               });
    for (CurveData::Curve &curve : data.curves) {
        if (curve.reference)
            for (CurveData::Point &point : curve.points)
                point.low = point.high = std::nullopt;
    }
    if (!data.curves.empty() && data.curves.back().points.empty()) {
        data.curves.clear();
        data.empty = tr("The scores are not probabilities between 0 and 1, so there is nothing to calibrate.");
    }
    data.xTitle = tr("Mean probability");
    data.yTitle = tr("Event rate");
    data.diagonal = tr("calibrated");
    data.wholeUnit = false;
    return data;
}

QStringList PerformanceViewModel::gradeHeadings()
{
    return {tr("Grade"), tr("Score"), tr("Rows"), tr("Event rate"), tr("Light"), tr("Jeffreys p")};
}

QString PerformanceViewModel::gradesTitle(int period) const
{
    const auto &grades = at(period).performance.grades;
    return grades.empty() || grades.front().name.empty()
               ? tr("Grades: about ten groups of equal size")
               : tr("Rating grades of column %1").arg(toQt(m_run.settings.roles.grade));
}

QList<Row> PerformanceViewModel::gradeRows(int period) const
{
    const auto &grades = at(period).performance.grades;
    QList<Row> rows;
    for (std::size_t i = grades.size(); i-- > 0;) {
        const GradeResult &grade = grades[i];
        const auto number = [](const std::optional<double> &value) {
            Cell cell(value ? figureNumber(*value) : u"–"_s, value ? QVariant(*value) : QVariant());
            cell.number = true;
            return cell;
        };
        Cell count(countText(static_cast<qint64>(grade.n)), static_cast<qulonglong>(grade.n));
        count.number = true;
        Cell rate = number(grade.eventRate.value);
        rate.toolTip = tr("%1 events; 95 % interval %2 (Jeffreys)")
                           .arg(countText(static_cast<qint64>(grade.events)), intervalCell(&grade.eventRate).text);
        Cell light = grade.trafficLight ? Cell(trafficBadge(*grade.trafficLight), static_cast<int>(*grade.trafficLight))
                                        : Cell(u"–"_s);
        light.toolTip =
            tr("Binomial test of a mean probability that is too low: p = %1").arg(number(grade.binomialPvalue).text);
        Cell name(grade.name.empty() ? QString::number(i + 1) : toQt(grade.name), static_cast<qulonglong>(i));
        rows << Row{QString::number(i),
                    {name, number(grade.meanScore), count, rate, light, number(grade.jeffreysPvalue)}};
    }
    return rows;
}

bool PerformanceViewModel::hasCurves() const
{
    return std::any_of(m_run.periods.begin(), m_run.periods.end(),
                       [](const RunPeriod &period) { return period.performance.scoreEvidence.has_value(); });
}

QString PerformanceViewModel::missing() const
{
    if (!figures(Part::Discrimination).isEmpty())
        return {};
    if (m_run.settings.roles.target.empty())
        return tr("This run names no column with outcomes. Start a new run and choose the target column to measure "
                  "performance.");
    if (m_run.reference.performance.auc || m_run.reference.performance.rmse)
        return tr("This run was recorded by an earlier version, which kept AUC and errors alone; they stand under "
                  "Drift. A new run has all figures.");
    return tr("No outcome is known yet. Figures appear with the first labelled rows.");
}

} // namespace countersign
