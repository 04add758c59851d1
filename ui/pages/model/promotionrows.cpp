// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/promotionrows.h"

#include "core/report/compared.h"
#include "ui/pages/monitoring/figuretext.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

Figure figureOf(const PromotionValue &value)
{
    return {value.value, value.low, value.high};
}

QString sideText(const PromotionSide &side)
{
    return tr("%1, %2 (%3, %4 with a score and an outcome)")
        .arg(toQt(side.source), side.reference ? tr("reference %1").arg(toQt(side.period)) : toQt(side.period),
             countText(side.rows, tr("row"), tr("rows")), countText(side.labelledRows));
}

Cell comparedCell(const PromotionFigure &figure)
{
    const auto compared = comparedOf(figure);
    const auto text = toQt(displayName(compared));
    switch (compared) {
    case Compared::better:
        return Cell(BadgeStyle{text, Theme::Colour::green, BadgeShape::circle});
    case Compared::worse:
        return Cell(BadgeStyle{text, Theme::Colour::red, BadgeShape::square});
    case Compared::toldApart:
        return Cell(BadgeStyle{text, Theme::Colour::amber, BadgeShape::triangle});
    case Compared::notToldApart:
    case Compared::noInterval:
        break;
    }
    return Cell(BadgeStyle{text, Theme::Colour::noData, BadgeShape::ring});
}

Cell rowsCell(const PromotionFigure &figure)
{
    Cell cell(figure.championRows == figure.challengerRows
                  ? countText(figure.championRows)
                  : tr("%1 and %2").arg(countText(figure.championRows), countText(figure.challengerRows)),
              qlonglong(figure.challengerRows));
    cell.number = true;
    return cell;
}

} // namespace

QStringList promotionHeadings(const std::string &champion, const std::string &challenger)
{
    return {tr("Figure"),
            tr("Champion %1").arg(toQt(champion)),
            tr("Challenger %1").arg(toQt(challenger)),
            tr("Difference"),
            tr("95 % interval"),
            tr("Compared"),
            tr("n")};
}

QList<Row> promotionRows(const Promotion &promotion)
{
    QList<Row> rows;
    for (const auto &figure : promotion.figures) {
        const auto champion = figureOf(figure.champion);
        const auto challenger = figureOf(figure.challenger);
        const auto difference = figureOf(figure.difference);
        rows << Row{toQt(figure.name),
                    {Cell(toQt(figure.title)), valueCell(&champion), valueCell(&challenger), valueCell(&difference),
                     intervalCell(&difference), comparedCell(figure), rowsCell(figure)}};
    }
    return rows;
}

QString promotionSidesText(const Promotion &promotion)
{
    return tr("Difference = challenger minus champion. Champion: %1. Challenger: %2. ")
               .arg(sideText(promotion.champion), sideText(promotion.challenger)) +
           (promotion.sameRows
                ? tr("The same rows on both sides: the intervals take them as independent and are too wide rather than "
                     "too narrow.")
                : tr("The two sides are different rows: a part of a difference may come from the data."));
}

} // namespace countersign
