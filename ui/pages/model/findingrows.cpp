// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/findingrows.h"

#include "ui/pages/model/words.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

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

/// How far its remediation is: evidence, then a plan within or past its target, then nothing.
Cell remediationCell(const Finding &finding, Date today)
{
    const auto *plan = finding.plan();
    if (!finding.evidence.empty()) {
        Cell cell(tr("Evidence given"), 2'000'000);
        cell.toolTip = evidenceText(finding.evidence.back());
        return cell;
    }
    if (!plan)
        return {finding.open ? tr("No plan") : u"–"_s, finding.open ? 1'000'000 : 3'000'000};
    const qlonglong left = (plan->targetOn - today).count();
    Cell cell = !finding.open || left >= 0
                    ? Cell(tr("Plan by %1").arg(dateText(plan->targetOn)), left)
                    : Cell(BadgeStyle{tr("Plan %1 late").arg(countText(-left, tr("day"), tr("days"))),
                                      Theme::Colour::red, BadgeShape::triangle},
                           left);
    cell.toolTip = tr("%1, by %2: %3").arg(toQt(plan->owner), dateText(plan->targetOn), toQt(plan->text));
    return cell;
}

} // namespace

QStringList findingHeadings()
{
    return {tr("Severity"), tr("Finding"), tr("State"), tr("Remediation")};
}

QList<Row> findingRows(const Registry &registry, const ModelId &model, Date today)
{
    QList<Row> rows;
    for (const auto *finding : registry.findingsOf(model)) {
        Row row{toQt(finding->id.str()), {}};
        row.cells << Cell(badgeFor(finding->severity), -static_cast<int>(finding->severity))
                  << Cell(toQt(finding->title)) << stateCell(*finding, today) << remediationCell(*finding, today);
        rows << row;
    }
    return rows;
}

QStringList evidenceHeadings()
{
    return {tr("Given"), tr("What"), tr("By")};
}

QList<Row> evidenceRows(const Registry &registry, const std::vector<RemediationEvidence> &given)
{
    QList<Row> rows;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto &evidence = given[i];
        const Cell day(timeText(evidence.at).left(10));
        const Cell person(nameOf(registry, evidence.by));
        if (!evidence.text.empty())
            rows << Row{u"%1/text"_s.arg(i), {day, Cell(toQt(evidence.text)), person}};
        for (std::size_t j = 0; j < evidence.files.size(); ++j) {
            const auto &file = evidence.files[j];
            Cell what(tr("%1 (%2)").arg(toQt(file.fileName), sizeText(file.size)));
            what.toolTip = tr("SHA-256 %1").arg(toQt(file.hash.hex()));
            rows << Row{u"%1/%2"_s.arg(i).arg(j), {day, what, person}};
        }
    }
    return rows;
}

QString evidenceText(const RemediationEvidence &evidence)
{
    QStringList files;
    for (const auto &file : evidence.files)
        files << toQt(file.fileName);
    const auto named = files.join(u", "_s);
    if (evidence.text.empty())
        return named;
    return named.isEmpty() ? toQt(evidence.text) : tr("%1 (%2)").arg(toQt(evidence.text), named);
}

} // namespace countersign
