// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/findingrows.h"

#include <QCoreApplication>

#include "core/policy/rules.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {
QString tr(const char *text)
{
    return QCoreApplication::translate("FindingRows", text);
}

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

/// The act of closing `finding` as `user`, for asking the rules.
Act closing(const Registry &registry, const Finding &finding, const User &user)
{
    Act act;
    act.seq = registry.size;
    act.at = registry.lastAt;
    act.author = user.id;
    act.facts = {FindingClosed{finding.id, "evidence", finding.revision}};
    return act;
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

std::optional<ClosingAdvice> whyNotClose(const PolicyPack &pack, const Registry &registry, const Finding &finding,
                                         const User &user)
{
    const auto why = whyForbidden(pack, registry, closing(registry, finding, user));
    if (!why)
        return std::nullopt;
    ClosingAdvice advice{toQt(*why), {}};
    for (const auto &[id, other] : registry.users)
        if (other.active && id != user.id && !whyForbidden(pack, registry, closing(registry, finding, other)))
            advice.whoCould << toQt(other.fullName);
    return advice;
}

} // namespace countersign
