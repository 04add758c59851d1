// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/requestrows.h"

#include <QHash>

#include <algorithm>
#include <set>

#include "core/domain/deadlines.h"
#include "ui/pages/model/words.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

BadgeStyle badgeFor(CheckState state)
{
    switch (state) {
    case CheckState::passed:
        return {tr("Holds"), Theme::Colour::green, BadgeShape::circle};
    case CheckState::failed:
        return {tr("Fails"), Theme::Colour::red, BadgeShape::square};
    case CheckState::notNeeded:
        break;
    }
    return {tr("Not needed"), Theme::Colour::noData, BadgeShape::ring};
}

BadgeStyle badgeFor(Decision decision)
{
    const auto text = toQt(displayName(decision));
    switch (decision) {
    case Decision::approve:
        return {text, Theme::Colour::green, BadgeShape::circle};
    case Decision::approveWithConditions:
        return {text, Theme::Colour::amber, BadgeShape::triangle};
    case Decision::requestChanges:
        return {text, Theme::Colour::amber, BadgeShape::square};
    case Decision::refuse:
        break;
    }
    return {text, Theme::Colour::red, BadgeShape::square};
}

std::int64_t total(const std::vector<RequiredSignature> &signatures)
{
    std::int64_t sum = 0;
    for (const auto &signature : signatures)
        sum += signature.count;
    return sum;
}

bool sameRecord(const CoveredItem &one, const CoveredItem &other)
{
    return one.kind == other.kind && one.id == other.id;
}

BadgeStyle staleBadge(RequestStatus status)
{
    return {tr("%1, stale").arg(toQt(displayName(status))), Theme::Colour::amber, BadgeShape::triangle};
}

Cell statusCell(const DeploymentRequest &request, bool stale, Date today)
{
    const auto status = statusOn(request, today);
    const auto deadlines = deadlinesOf(request);
    const bool overdue = status == RequestStatus::open && deadlines.overdueOn(today);
    Cell cell(status == RequestStatus::timedOut ? countersign::badgeFor(status)
              : stale                           ? staleBadge(status)
              : overdue ? BadgeStyle{tr("Overdue for decision"), Theme::Colour::red, BadgeShape::triangle}
                        : countersign::badgeFor(status),
              static_cast<qlonglong>(status));
    if (status == RequestStatus::timedOut)
        cell.toolTip = toQt(timeOutInWords(deadlines));
    else if (overdue)
        cell.toolTip = tr("To be decided since %1").arg(dateText(deadlines.remindsOn));
    return cell;
}

QString orDash(const std::string &text)
{
    return text.empty() ? u"–"_s : toQt(text);
}

} // namespace

QStringList requestHeadings()
{
    return {tr("Version"), tr("Status"), tr("Signatures"), tr("Requested by"), tr("Requested"), tr("Justification")};
}

QList<Row> requestRows(const Registry &registry, const ModelId &model, Date today)
{
    QList<Row> rows;
    std::set<RequestId> stale;
    for (const auto &signOff : staleSignOffs(registry, today, model))
        stale.insert(signOff.request);
    for (const auto *request : registry.requestsOf(model)) {
        const auto version = registry.versions.find(request->version);
        Row row{toQt(request->id.str()), {}};
        row.cells << Cell(version == registry.versions.end() ? QString() : toQt(version->second.label))
                  << statusCell(*request, stale.contains(request->id), today) << Cell(progressText(*request))
                  << Cell(nameOf(registry, request->by)) << Cell(timeText(request->at))
                  << Cell(toQt(request->justification));
        rows << row;
    }
    return rows;
}

QStringList changeHeadings()
{
    return {tr("Field"), tr("Before"), tr("After")};
}

QList<Row> changeRows(const std::vector<FieldChange> &changes)
{
    QList<Row> rows;
    for (const auto &change : changes) {
        Row row{u"%1 %2"_s.arg(QString::number(rows.size()), toQt(change.field)), {}};
        row.cells << Cell(capitalised(toQt(change.field))) << Cell(orDash(change.before)) << Cell(orDash(change.after));
        rows << row;
    }
    return rows;
}

QString changeText(const StaleChange &change)
{
    return tr("%1 (%2, %3)").arg(toQt(change.what), toQt(change.by), timeText(change.at).left(10));
}

QStringList staleHeadings()
{
    return {tr("What changed since"), tr("Difference"), tr("Signed before")};
}

QList<Row> staleRows(const std::vector<StaleSignOff> &stale, const RequestId &request)
{
    QList<Row> rows;
    QHash<QString, qsizetype> placeOf; // one row a change, whoever signed before it
    for (const auto &signOff : stale) {
        if (signOff.request != request)
            continue;
        for (const auto &change : signOff.changes) {
            const auto what = changeText(change);
            const auto key = u"%1 %2"_s.arg(QString::number(change.entry), what);
            const auto signer = toQt(signOff.signer);
            if (const auto known = placeOf.constFind(key); known != placeOf.cend()) {
                rows[*known].cells[2].text += u'\n' + signer;
                continue;
            }
            QStringList differences;
            for (const auto &field : change.changes)
                differences
                    << tr("%1: %2 → %3").arg(capitalised(toQt(field.field)), orDash(field.before), orDash(field.after));
            placeOf.insert(key, rows.size());
            Row row{key, {}};
            row.cells << Cell(what) << Cell(differences.isEmpty() ? tr("new record") : differences.join(u'\n'))
                      << Cell(signer);
            rows << row;
        }
    }
    return rows;
}

QStringList checkHeadings()
{
    return {tr("Result"), tr("Check"), tr("What was found")};
}

QList<Row> checkRows(const std::vector<Check> &checks)
{
    QList<Row> rows;
    for (const auto &check : checks) {
        Row row{toQt(check.id), {}};
        row.cells << Cell(badgeFor(check.state), static_cast<qlonglong>(check.state)) << Cell(toQt(check.title))
                  << Cell(toQt(check.detail));
        rows << row;
    }
    return rows;
}

QStringList signatureHeadings()
{
    return {tr("Role"), tr("Who"), tr("Decision"), tr("When")};
}

QList<Row> signatureRows(const Registry &registry, const DeploymentRequest &request, Date today)
{
    QList<Row> rows;
    for (const auto &signOff : request.signOffs) {
        Row row{QString::number(rows.size()), {}};
        auto name = signOff.fullName.empty() ? nameOf(registry, signOff.by) : toQt(signOff.fullName);
        if (!signOff.onBehalfOf.empty())
            name = tr("%1 for %2").arg(name, toQt(signOff.onBehalfOf));
        row.cells << Cell(toQt(displayName(signOff.role))) << Cell(name) << Cell(badgeFor(signOff.decision))
                  << Cell(timeText(signOff.at));
        rows << row;
    }
    for (const auto &abstention : request.abstentions) {
        Row row{u"abstained %1"_s.arg(toQt(abstention.by.str())), {}};
        Cell decision(BadgeStyle{tr("Abstained"), Theme::Colour::noData, BadgeShape::square});
        decision.toolTip = toQt(abstention.reason);
        Cell who(toQt(abstention.fullName));
        who.toolTip = toQt(abstention.reason);
        row.cells << Cell(tr("Conflict of interest")) << who << decision << Cell(timeText(abstention.at));
        rows << row;
    }
    if (!isOpenOn(request, today))
        return rows;
    for (const auto &missing : outstanding(request)) {
        for (std::int64_t place = 0; place < missing.count; ++place) {
            Row row{u"missing %1 %2 %3"_s.arg(toQt(enumName(missing.role)), toQt(missing.rule), QString::number(place)),
                    {}};
            QStringList people;
            for (const auto &person : missing.people)
                people << toQt(person);
            row.cells << Cell(toQt(displayName(missing.role)))
                      << Cell(people.isEmpty() ? tr("not signed yet")
                                               : tr("%1: not signed yet").arg(people.join(tr(" or "))))
                      << Cell(BadgeStyle{tr("Waiting"), Theme::Colour::noData, BadgeShape::ring}) << Cell();
            rows << row;
        }
    }
    return rows;
}

QString progressText(const DeploymentRequest &request)
{
    const auto required = total(request.required);
    return tr("%1 of %2").arg(QString::number(required - total(outstanding(request))), QString::number(required));
}

std::vector<CoverDifference> coverDifferences(const std::vector<CoveredItem> &shown,
                                              const std::vector<CoveredItem> &now)
{
    std::vector<CoverDifference> found;
    for (const auto &item : now) {
        const auto seen =
            std::find_if(shown.begin(), shown.end(), [&](const CoveredItem &other) { return sameRecord(item, other); });
        if (seen == shown.end())
            found.push_back({item, CoverChange::added});
        else if (seen->hash != item.hash)
            found.push_back({item, CoverChange::changed});
    }
    for (const auto &item : shown)
        if (std::none_of(now.begin(), now.end(), [&](const CoveredItem &other) { return sameRecord(item, other); }))
            found.push_back({item, CoverChange::gone});
    return found;
}

} // namespace countersign
