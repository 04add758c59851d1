// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/findingrows.h"

#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

namespace {
/// Overdue ones first, longest overdue on top; then those with a date, those without, and the closed ones.
Cell stateCell(const Finding &finding, Date today)
{
    constexpr qlonglong undated = 1'000'000;
    if (!finding.open)
        return {tr("Closed %1").arg(finding.closedAt ? dateText(dateOf(*finding.closedAt)) : QString()), undated + 1};
    if (!finding.dueOn)
        return {tr("Open"), undated};
    const qlonglong left = (*finding.dueOn - today).count();
    if (left >= 0)
        return {tr("Due %1").arg(dateText(finding.dueOn)), left};
    Cell cell(BadgeStyle{tr("Overdue %1").arg(countText(-left, tr("day"), tr("days"))), Theme::Colour::red,
                         BadgeShape::triangle},
              left);
    cell.toolTip = tr("Was due on %1").arg(dateText(finding.dueOn));
    return cell;
}

} // namespace

QStringList findingHeadings()
{
    return {tr("Severity"), tr("Finding"), tr("State")};
}

QList<Row> findingRows(const Registry &registry, const ModelId &model, Date today)
{
    QList<Row> rows;
    for (const auto *finding : registry.findingsOf(model)) {
        Row row{toQt(finding->id.str()), {}};
        row.cells << Cell(badgeFor(finding->severity), -static_cast<int>(finding->severity))
                  << Cell(toQt(finding->title)) << stateCell(*finding, today);
        rows << row;
    }
    return rows;
}

} // namespace countersign
