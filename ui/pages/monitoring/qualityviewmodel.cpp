// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/qualityviewmodel.h"

#include <algorithm>
#include <iterator>

#include "core/base/json.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/pages/monitoring/limittext.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

/// Categories that the reference has not, or values out of its range.
std::optional<double> outsideShare(const FeaturePeriod &period)
{
    return period.statistics.unseenRate ? period.statistics.unseenRate : period.statistics.outOfRangeShare;
}

QString percentText(double share)
{
    return tr("%1 %").arg(QString::number(100 * share, 'f', 2));
}

LimitLine referenceLine(double share)
{
    return {tr("reference %1").arg(percentText(share)), 100 * share, Tone::Plain};
}

/// Of a share that is limited by how far it rises over the reference's.
template <class Limit>
QString limitsOnRise(const Limit &limit)
{
    return tr("Limits: %1 (amber) and %2 (red) of the rows more than in the reference.")
        .arg(percentText(limit.amber), percentText(limit.red));
}

Cell percentCell(const std::optional<double> &share)
{
    Cell cell(share ? percentText(*share) : u"–"_s, share ? QVariant(*share) : QVariant());
    cell.number = true;
    return cell;
}

} // namespace

QStringList QualityViewModel::headings()
{
    return {tr("Feature"), tr("Missing"), tr("Reference"), tr("Outside")};
}

QList<Row> QualityViewModel::rows(int period) const
{
    QList<Row> rows;
    for (const FeatureResult &feature : m_run.features) {
        const FeaturePeriod &at = feature.periods.at(static_cast<std::size_t>(period));
        Row row{toQt(feature.name),
                {Cell(toQt(feature.name)), percentCell(at.statistics.missingRate),
                 percentCell(referenceMissingRate(feature)), percentCell(outsideShare(at))}};
        row.cells[1].toolTip =
            tr("%1 of %2 rows have no value")
                .arg(countText(static_cast<qint64>(at.missing)), countText(static_cast<qint64>(at.n)));
        row.cells[2].toolTip = tr("Share of missing values in the reference");
        row.cells[3].toolTip = feature.type == ColumnType::Numeric
                                   ? tr("Share of rows below or above the range of the reference")
                                   : tr("Share of rows in categories that the reference has not");
        rows << row;
    }
    return rows;
}

const FeatureResult *QualityViewModel::find(const QString &name) const
{
    const std::string key = name.toStdString();
    const auto found = std::find_if(m_run.features.begin(), m_run.features.end(),
                                    [&](const FeatureResult &feature) { return feature.name == key; });
    return found == m_run.features.end() ? nullptr : &*found;
}

TimelineData QualityViewModel::perPeriod(const QString &title, const QString &yTitle) const
{
    TimelineData data;
    data.title = title;
    data.yTitle = yTitle;
    data.countTitle = tr("rows");
    for (const RunPeriod &period : m_run.periods) {
        TimelineData::Point point;
        point.label = toQt(period.label);
        point.count = period.rows;
        point.inReference = period.inReference;
        data.points.push_back(std::move(point));
    }
    return data;
}

TimelineData QualityViewModel::feature(const QString &name, Measure measure) const
{
    const FeatureResult *feature = find(name);
    if (!feature)
        return {};
    const bool missing = measure == Measure::Missing;
    TimelineData data =
        perPeriod(missing ? tr("Missing values of %1").arg(name) : tr("Values of %1 outside the reference").arg(name),
                  tr("% of rows"));
    for (std::size_t i = 0; i < data.points.size(); ++i) {
        const FeaturePeriod &at = feature->periods.at(i);
        if (const auto share = missing ? at.statistics.missingRate : outsideShare(at))
            data.points[i].value = 100 * *share;
    }
    const Thresholds &thresholds = m_run.settings.thresholds;
    const bool numeric = feature->type == ColumnType::Numeric;
    const auto limited = missing   ? LimitedStatistic::missingRateRise
                         : numeric ? LimitedStatistic::outOfRangeShare
                                   : LimitedStatistic::unseenRate;
    const auto *limit = limitOn(thresholds, limited);
    const auto before = referenceMissingRate(*feature);
    if (missing && before)
        data.limits = {referenceLine(*before)};
    if (limit)
        std::ranges::move(percentLines(limit->amber, limit->red, missing ? 100 * before.value_or(0) : 0),
                          std::back_inserter(data.limits));
    QString rule = tr("No limits on this share: the verdict is by PSI, which counts it.");
    if (limit)
        rule = (missing ? limitsOnRise(*limit)
                        : tr("Limits: %1 (amber) and %2 (red) of the rows.")
                              .arg(percentText(limit->amber), percentText(limit->red))) +
               setByText(thresholds, enumName(limited));
    const QString method = missing   ? tr("Empty cells and infinite values over all rows.")
                           : numeric ? tr("Rows below or above the range of the reference, over all rows.")
                                     : tr("Rows in categories that the reference has not, over all rows.");
    data.caption =
        tr("%1 rows in the reference (%2). %3 %4")
            .arg(countText(static_cast<qint64>(feature->referenceRows)), toQt(m_run.reference.label), method, rule);
    return data;
}

TimelineData QualityViewModel::timeliness() const
{
    TimelineData data = perPeriod(tr("Rows arrived"), tr("% of the expected rows"));
    const DataQuality *first = nullptr;
    for (std::size_t i = 0; i < data.points.size(); ++i) {
        const DataQuality &quality = m_run.periods[i].quality;
        if (!quality.arrivedShare)
            continue;
        first = first ? first : &quality;
        data.points[i].value = 100 * *quality.arrivedShare;
    }
    if (!first)
        return data;
    data.limits = {{tr("expected"), 100, Tone::Plain}};
    const Thresholds &thresholds = m_run.settings.thresholds;
    const auto *limit = limitOn(thresholds, LimitedFigure::arrivedShare);
    if (limit)
        std::ranges::move(percentLines(limit->amber, limit->red), std::back_inserter(data.limits));
    data.caption =
        tr("Rows of a period over the median of the periods of the reference (%1, %2 rows): %3 rows; these had "
           "%4 to %5.")
            .arg(toQt(m_run.reference.label), countText(static_cast<qint64>(m_run.reference.rows)),
                 figureNumber(first->expectedRows.value_or(0)),
                 countText(static_cast<qint64>(first->leastExpectedRows.value_or(0))),
                 countText(static_cast<qint64>(first->mostExpectedRows.value_or(0)))) +
        (limit ? tr(" Limits: under %1 (amber) and under %2 (red).")
                         .arg(percentText(limit->amber), percentText(limit->red)) +
                     setByText(thresholds, enumName(LimitedFigure::arrivedShare))
               : QString());
    return data;
}

TimelineData QualityViewModel::duplicates() const
{
    TimelineData data = perPeriod(tr("Duplicate rows"), tr("% of rows"));
    for (std::size_t i = 0; i < data.points.size(); ++i) {
        const DataQuality &quality = m_run.periods[i].quality;
        if (!quality.duplicateRate)
            continue;
        data.points[i].value = 100 * *quality.duplicateRate;
        data.points[i].note = tr("%1 duplicate rows").arg(countText(static_cast<qint64>(*quality.duplicateRows)));
    }
    const auto before = m_run.reference.quality.duplicateRate;
    if (before)
        data.limits = {referenceLine(*before)};
    const Thresholds &thresholds = m_run.settings.thresholds;
    const auto *limit = limitOn(thresholds, LimitedFigure::duplicateRateRise);
    if (limit && before)
        std::ranges::move(percentLines(limit->amber, limit->red, 100 * *before), std::back_inserter(data.limits));
    data.caption =
        tr("n = %1 rows in the periods, %2 in the reference (%3). Rows equal in every column read to another "
           "row of the same period, all but one of each kind; found by a 64-bit hash of their values.")
            .arg(countText(static_cast<qint64>(m_run.rows)), countText(static_cast<qint64>(m_run.reference.rows)),
                 toQt(m_run.reference.label)) +
        (limit ? u' ' + limitsOnRise(*limit) + setByText(thresholds, enumName(LimitedFigure::duplicateRateRise))
               : QString());
    return data;
}

bool QualityViewModel::hasDuplicates() const
{
    return std::any_of(m_run.periods.begin(), m_run.periods.end(),
                       [](const RunPeriod &period) { return period.quality.duplicateRate.has_value(); });
}

} // namespace countersign
