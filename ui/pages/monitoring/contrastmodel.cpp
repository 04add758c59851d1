// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/contrastmodel.h"

#include <algorithm>

#include "core/base/decimal.h"
#include "core/monitoring/figures.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

Cell optionalCell(const std::optional<double> &value, int places)
{
    Cell cell(value ? toQt(fixed(*value, places)) : u"–"_s, value.value_or(-1));
    cell.number = true;
    return cell;
}

Cell shareCell(const std::optional<double> &share)
{
    Cell cell(share ? u"%1 %"_s.arg(toQt(fixed(100 * *share, 2))) : u"–"_s, share.value_or(-1));
    cell.number = true;
    return cell;
}

Cell apartCell(bool apart, const QString &whyNot, bool enoughRows = true)
{
    if (!whyNot.isEmpty()) {
        Cell cell(BadgeStyle{tr("Not comparable"), Theme::Colour::noData, BadgeShape::ring}, 2);
        cell.toolTip = whyNot;
        return cell;
    }
    if (!enoughRows) {
        Cell cell(BadgeStyle{tr("Not enough data"), Theme::Colour::noData, BadgeShape::ring}, 2);
        cell.toolTip = tr("One side has fewer rows than the policy asks for a verdict.");
        return cell;
    }
    return apart ? Cell(BadgeStyle{tr("Apart"), Theme::Colour::amber, BadgeShape::triangle}, 0)
                 : Cell(BadgeStyle{tr("Not told apart"), Theme::Colour::green, BadgeShape::circle}, 1);
}

} // namespace

QStringList featureContrastHeadings()
{
    return {tr("Feature"),        tr("Compared"),       tr("PSI"), tr("Jensen-Shannon"), tr("p, adjusted"),
            tr("Missing, first"), tr("Missing, second")};
}

QList<Row> featureContrastRows(const Contrast &contrast)
{
    QList<Row> rows;
    for (const auto &feature : contrast.features)
        rows << Row{toQt(feature.feature),
                    {Cell(toQt(feature.feature)), apartCell(feature.apart, toQt(feature.whyNot), feature.enoughRows),
                     optionalCell(feature.psi, 4), optionalCell(feature.jensenShannonDistance, 4),
                     pvalueCell(feature.adjustedPvalue), shareCell(feature.firstMissingRate),
                     shareCell(feature.secondMissingRate)}};
    return rows;
}

QStringList figureContrastHeadings(const Contrast &contrast)
{
    return {tr("Figure"),     tr("Compared"),      toQt(contrast.firstLabel), toQt(contrast.secondLabel),
            tr("Difference"), tr("95 % interval"), tr("p, adjusted")};
}

QList<Row> figureContrastRows(const Contrast &contrast)
{
    QList<Row> rows;
    for (const auto &figure : contrast.figures) {
        const auto info = figureInfo(figure.name);
        Cell title(toQt(info.title));
        title.toolTip = toQt(info.definition);
        rows << Row{toQt(figure.name),
                    {title, apartCell(figure.apart, figure.difference.low ? QString() : tr("It has no interval.")),
                     valueCell(&figure.first), valueCell(&figure.second), valueCell(&figure.difference),
                     intervalCell(&figure.difference), pvalueCell(figure.adjustedPvalue)}};
    }
    return rows;
}

HistogramData contrastHistogram(const Contrast &contrast, const QString &feature)
{
    HistogramData data;
    data.title = tr("%1: %2 beside %3").arg(feature, toQt(contrast.firstLabel), toQt(contrast.secondLabel));
    data.xTitle = feature;
    data.referenceLabel = toQt(contrast.firstLabel);
    data.currentLabel = toQt(contrast.secondLabel);
    const auto found = std::ranges::find(contrast.features, feature.toStdString(), &FeatureContrast::feature);
    if (found == contrast.features.end() || !found->whyNot.empty()) {
        data.caption = found == contrast.features.end() ? QString() : toQt(found->whyNot);
        return data;
    }
    data.referenceRows = found->firstRows;
    data.currentRows = found->secondRows;
    const Bins &bins = found->bins;
    const bool below = found->type == ColumnType::Numeric && bins.minimum.has_value();
    const std::size_t counted = std::min({bins.labels.size(), found->firstCounts.size(), found->secondCounts.size()});
    for (std::size_t i = 0; i < counted; ++i) {
        const bool apart = i >= bins.firstApart(bins.labels.size());
        data.bins.push_back(
            {toQt(bins.labels[i]), found->firstCounts[i], found->secondCounts[i], apart || (below && i == 0)});
    }
    data.caption =
        tr("n = %1 and %2. PSI %3, Jensen-Shannon distance %4, from the stored counts; p of one distribution "
           "on both sides: %5, adjusted over the features by Benjamini and Hochberg.")
            .arg(countText(qint64(found->firstRows)), countText(qint64(found->secondRows)),
                 found->psi ? toQt(fixed(*found->psi, 4)) : u"–"_s,
                 found->jensenShannonDistance ? toQt(fixed(*found->jensenShannonDistance, 4)) : u"–"_s,
                 pvalueText(found->adjustedPvalue));
    return data;
}

QString contrastSummary(const Contrast &contrast)
{
    const auto features = std::ranges::count_if(contrast.features, &FeatureContrast::apart);
    const auto comparable =
        std::ranges::count_if(contrast.features, [](const FeatureContrast &feature) { return feature.whyNot.empty(); });
    const auto figures = std::ranges::count_if(contrast.figures, &FigureContrast::apart);
    auto text = tr("%1 of %2 features and %3 of %4 performance figures lie apart. n = %5 and %6.")
                    .arg(features)
                    .arg(comparable)
                    .arg(figures)
                    .arg(contrast.figures.size())
                    .arg(countText(qint64(contrast.firstRows)), countText(qint64(contrast.secondRows)));
    if (contrast.sameRows)
        text += u' ' + tr("Both sides are the same rows: the intervals of differences take them as independent, and "
                          "are too wide rather than too narrow.");
    return text;
}

} // namespace countersign
