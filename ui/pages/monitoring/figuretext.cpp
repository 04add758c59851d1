// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/figuretext.h"

#include <cmath>

#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

QString figureNumber(double value)
{
    const double size = std::abs(value);
    if (size > 0 && (size < 1e-4 || size >= 1e9))
        return QString::number(value, 'g', 3);
    if (size >= 1000)
        return QString::number(value, 'f', size >= 1e5 ? 0 : 1);
    return QString::number(value, 'f', size >= 10 ? 2 : 4);
}

Cell valueCell(const Figure *figure)
{
    const bool known = figure && figure->value;
    Cell cell(known ? figureNumber(*figure->value) : u"–"_s, known ? QVariant(*figure->value) : QVariant());
    cell.toolTip = known ? QString::number(*figure->value, 'g', 17) : tr("Not defined, or not known yet");
    cell.number = true;
    return cell;
}

Cell intervalCell(const Figure *figure)
{
    const bool known = figure && figure->low && figure->high;
    Cell cell(known ? tr("%1 to %2").arg(figureNumber(*figure->low), figureNumber(*figure->high)) : u"–"_s,
              known ? QVariant(*figure->low) : QVariant());
    cell.number = true;
    return cell;
}

QString pvalueText(const std::optional<double> &pvalue)
{
    constexpr double least = 0.001; // that three decimals show
    return !pvalue ? u"–"_s : *pvalue < least ? u"<0.001"_s : QString::number(*pvalue, 'f', 3);
}

Cell pvalueCell(const std::optional<double> &pvalue)
{
    Cell cell(pvalueText(pvalue), pvalue ? QVariant(*pvalue) : QVariant());
    cell.number = true;
    return cell;
}

} // namespace countersign
